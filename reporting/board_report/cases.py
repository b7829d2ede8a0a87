"""The cases: in full with six parts and the gate now and after, or as a short entry when there is little to say."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from governance.models import Case
from portfolio.gates import Result
from reporting.frozen import BudgetState, CaseState, GateRow, SnapshotData

from . import words
from .front import case_anchor

# A case that fits a quarter of a page is printed as an entry.
SHORT_TEXT = 900


@dataclass(frozen=True, slots=True)
class GateLine:
    """A requirement that is not met today, with what happens to it."""

    code: str
    title: str
    now: str
    now_class: str
    after: str
    after_class: str
    basis: str


@dataclass(frozen=True, slots=True)
class BudgetTable:
    """A budget by year and category, and by funding."""

    caption: str
    lines: tuple[tuple[str, str, str], ...]
    funding: tuple[tuple[str, str], ...]
    total: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case as it is printed."""

    anchor: str
    kicker: str
    title: str
    number: str
    recommendation: str
    effects: tuple[str, ...]
    effects_label: str
    parts: tuple[tuple[str, str], ...]
    written_parts: tuple[tuple[str, str], ...]
    gate: tuple[GateLine, ...]
    gate_caption: str
    gate_unit: str
    met: str
    levels: str
    budget: BudgetTable | None
    is_decision: bool
    is_short: bool


def cases_of(content: SnapshotData) -> tuple[CasePage, ...]:
    """The cases in the order of the agenda."""
    return tuple(_page(case, content) for case in content.cases)


def _page(case: CaseState, content: SnapshotData) -> CasePage:
    gate = tuple(_gate_line(row) for row in case.gate if row.now not in (Result.MET, Result.NOT_APPLICABLE))
    texts = (case.about, case.background, case.analysis, case.consequences, case.conclusion)
    is_short = not case.gate and case.budget is None and sum(len(text) for text in texts) <= SHORT_TEXT
    return CasePage(
        anchor=case_anchor(case),
        kicker=_kicker(case),
        title=case.title,
        number=case.number,
        recommendation=case.recommendation,
        effects=case.effects,
        effects_label=words.letters(len(case.effects)),
        parts=_parts(case),
        written_parts=_written_parts(case),
        gate=gate,
        gate_caption=_("Krav, der ikke er opfyldt i dag"),
        gate_unit=_gate_unit(case),
        met=_met(case),
        levels=_levels(case, content),
        budget=budget_table(case.budget) if case.budget else None,
        is_decision=case.purpose == Case.Purpose.DECISION,
        is_short=is_short,
    )


def _kicker(case: CaseState) -> str:
    parts = [_("sag %(number)s") % {"number": case.number}, words.purpose(case.purpose)]
    if case.agenda_number is not None:
        parts.insert(0, _("punkt %(number)d") % {"number": case.agenda_number})
    if case.minutes:
        parts.append(_("%(minutes)d min.") % {"minutes": case.minutes})
    if case.postponed_from:
        parts.append(_("udsat fra %(day)s") % {"day": words.written(case.postponed_from)})
    if case.is_late:
        parts.append(_("kom efter fristen"))
    parts.append(_("ansvarlig: %(who)s") % {"who": case.responsible})
    line = " · ".join(parts)
    return line[0].upper() + line[1:]


def _parts(case: CaseState) -> tuple[tuple[str, str], ...]:
    """The parts in their fixed order; one that nobody wrote says so, so that its place is kept."""
    unwritten = _("Ikke skrevet.")
    return (
        (_("1 Formål"), case.about or unwritten),
        (_("2 Baggrund"), case.background or unwritten),
        (_("3 Analyse"), case.analysis or unwritten),
        (_("4 Indstilling"), _("Som ovenfor.") if case.recommendation else unwritten),
        (_("5 Konsekvenser"), case.consequences or unwritten),
        (_("6 Konklusion"), case.conclusion or unwritten),
    )


def _written_parts(case: CaseState) -> tuple[tuple[str, str], ...]:
    """What a short case says beside its recommendation."""
    parts = (
        (_("Formål"), case.about),
        (_("Baggrund"), case.background),
        (_("Analyse"), case.analysis),
        (_("Konsekvenser"), case.consequences),
        (_("Konklusion"), case.conclusion),
    )
    return tuple((label, text) for label, text in parts if text)


def _gate_line(row: GateRow) -> GateLine:
    basis = words.sentence(row.message)
    if row.after == Result.MISSING:
        can = _("Kan udskydes ved beslutningen.") if row.deferrable else _("Kan ikke udskydes.")
        basis = f"{basis} {can}".strip()
    elif row.now == Result.MISSING:
        basis = f"{basis} {_('Opfyldes, hvis indstillingen følges.')}".strip()
    return GateLine(
        code=row.code if row.theme else words.DASH,  # a condition of the portal is no requirement and has no code
        title=row.title,
        now=words.result(row.now),
        now_class=words.RESULT_CLASS.get(row.now, ""),
        after=words.result(row.after),
        after_class=words.RESULT_CLASS.get(row.after, ""),
        basis=basis,
    )


def _gate_unit(case: CaseState) -> str:
    parts = []
    if case.gate_catalogue:
        parts.append(_("katalog %(version)s") % {"version": case.gate_catalogue})
    if case.gate_level is not None:
        parts.append(words.level_long(case.gate_level))
    if case.gate_on is not None:
        parts.append(_("regnet for %(day)s") % {"day": words.written(case.gate_on)})
    return ", ".join(parts)


def _met(case: CaseState) -> str:
    rows = [
        f"{row.code} {row.title}" if row.theme else row.title
        for row in case.gate
        if row.now in (Result.MET, Result.NOT_APPLICABLE)
    ]
    if not rows:
        return ""
    return _("Opfyldt eller ikke relevant (%(count)d): %(rows)s.") % {"count": len(rows), "rows": "; ".join(rows)}


def _levels(case: CaseState, content: SnapshotData) -> str:
    if not case.levels:
        return ""
    before, after = case.levels
    initiative = content.initiative(case.initiative)
    catalogue = initiative.catalogue if initiative else ""
    values = {
        "before": words.level_long(before),
        "after": words.level_long(after),
        "added": _codes(case.added, catalogue, content),
        "dropped": _codes(case.dropped, catalogue, content),
    }
    return (
        _("Fra %(before)s til %(after)s. Kommer til: %(added)s. Bortfalder: %(dropped)s. Svar, der er givet, bliver.")
        % values
    )


def _codes(codes: tuple[str, ...], catalogue: str, content: SnapshotData) -> str:
    found = [(code, content.requirement(catalogue, code)) for code in codes]
    return "; ".join(f"{code} {row.title}" if row else code for code, row in found) or _("ingen krav")


def budget_table(budget: BudgetState) -> BudgetTable:
    """A budget for decision: its lines, where the money comes from, and the sum."""
    by_place: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    by_funding: dict[str, Decimal] = defaultdict(Decimal)
    for line in budget.lines:
        by_place[line.year, line.category] += line.planned
        by_funding[line.funding] += line.planned
    return BudgetTable(
        caption=_("Budget, version %(version)d") % {"version": budget.version},
        lines=tuple((str(year), category, words.whole(amount)) for (year, category), amount in by_place.items()),
        funding=tuple((capfirst(words.funding(code)), words.whole(amount)) for code, amount in by_funding.items()),
        total=words.whole(budget.total),
    )
