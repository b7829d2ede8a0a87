"""What the board reads first: the front page with the agenda, and what it is to decide."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from governance.models import Case
from reporting.frozen import CaseState, SnapshotData

from . import words


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One point of the agenda, and where in the report it is."""

    number: int | None
    case_number: str
    title: str
    purpose: str
    minutes: int | None
    anchor: str
    note: str = ""
    is_decision: bool = False


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One case in the table of what is to be decided."""

    number: str
    title: str
    line: str
    gate: str
    gate_strong: str
    amount: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Front:
    """Front page and "what you are to decide"."""

    title: str
    subtitle: str
    when_and_where: str
    voters: str
    basis: str
    agenda: tuple[AgendaRow, ...]
    minutes_total: int
    decisions: tuple[DecisionRow, ...]
    others: tuple[AgendaRow, ...]
    funding: tuple[tuple[str, str], ...]
    funding_total: str


def case_anchor(case: CaseState) -> str:
    """A case's place in the report: #sag-2026-41."""
    return f"sag-{case.number}"


def front_of(content: SnapshotData) -> Front:
    """Everything on the first pages."""
    decisions = [case for case in content.cases if case.purpose == Case.Purpose.DECISION]
    others = [case for case in content.cases if case.purpose != Case.Purpose.DECISION]
    funding = _funding(decisions)
    return Front(
        title=_("Bestyrelsesrapport"),
        subtitle=_subtitle(content),
        when_and_where=_when_and_where(content),
        voters=_voters(content),
        basis=_basis(content),
        agenda=tuple(agenda_row(case) for case in content.cases),
        minutes_total=sum(case.minutes or 0 for case in content.cases),
        decisions=tuple(_decision(case) for case in decisions),
        others=tuple(agenda_row(case) for case in others),
        funding=tuple((capfirst(words.funding(source)), words.whole(amount)) for source, amount in funding.items()),
        funding_total=words.whole(sum(funding.values(), Decimal(0))),
    )


def meeting_line(content: SnapshotData) -> str:
    """What stands on top of every page."""
    if content.meeting is None:
        return _("OS2 · %(day)s · ikke offentlig") % {"day": words.written(taken_on(content))}
    values = {
        "kind": words.meeting_kind(content.meeting.body_kind, content.meeting.procedure).lower(),
        "day": words.written(content.meeting.held_on),
    }
    return _("OS2 · %(kind)s %(day)s · ikke offentlig") % values


def taken_on(content: SnapshotData):
    """The local day of the snapshot: what "today" means everywhere in the report."""
    return timezone.localdate(content.taken_at)


def moment(value) -> str:
    """1. december 2026 kl. 9.00, in Danish time."""
    local = timezone.localtime(value)
    return f"{words.written(local.date())} kl.{words.NBSP}{clock(local)}"


def clock(local) -> str:
    """9.00, as Danish clocks are written."""
    return f"{local.hour}.{local.minute:02d}"


def _subtitle(content: SnapshotData) -> str:
    if content.meeting is None:
        return _("Porteføljen %(day)s") % {"day": words.written(taken_on(content))}
    values = {
        "kind": words.meeting_kind(content.meeting.body_kind, content.meeting.procedure),
        "day": words.long_day(content.meeting.held_on),
    }
    return _("%(kind)s %(day)s") % values


def _when_and_where(content: SnapshotData) -> str:
    meeting = content.meeting
    if meeting is None:
        return _("Rapporten er lavet uden et møde.")
    begins, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    times = _("Kl. %(from)s til %(to)s") % {"from": clock(begins), "to": clock(ends)}
    if begins.date() != ends.date():
        times = _("%(from)s til %(to)s") % {"from": moment(meeting.starts_at), "to": moment(meeting.ends_at)}
    return f"{times}, {meeting.place or _('stedet er ikke oplyst')}"


def _voters(content: SnapshotData) -> str:
    """Who votes; empty without a meeting."""
    meeting = content.meeting
    if meeting is None:
        return ""
    if not meeting.voters:
        return _("Ingen pladser med stemmeret er registreret.")
    values = {"all": len(meeting.voters), "needed": meeting.quorum}
    sentence = _("%(all)d pladser med stemmeret.") % values
    if meeting.quorum:
        sentence = _("%(all)d pladser med stemmeret. Beslutningsdygtig, når mindst %(needed)d deltager.") % values
    return f"{sentence} {_('Forretningslederen deltager uden stemme.')}"


def _basis(content: SnapshotData) -> str:
    values = {"number": content.number, "at": moment(content.taken_at)}
    sentences = [_("Øjebliksbillede nr. %(number)d af %(at)s.") % values]
    if content.changes is not None:
        values = {"number": content.changes.number, "day": words.written(timezone.localdate(content.changes.taken_at))}
        sentences = [
            _("Øjebliksbillede nr. %(number)d af %(at)s, sammenlignet med nr. %(before)d af %(day)s.")
            % {**values, "number": content.number, "at": moment(content.taken_at), "before": content.changes.number}
        ]
    if content.catalogues:
        versions = words.listed([catalogue.version for catalogue in content.catalogues])
        sentences.append(_("Kravkatalog %(versions)s.") % {"versions": versions})
    return " ".join(sentences)


def agenda_row(case: CaseState) -> AgendaRow:
    """A case as a point of the agenda."""
    notes = []
    if case.postponed_from:
        notes.append(_("udsat fra %(day)s") % {"day": words.written(case.postponed_from)})
    if case.is_late:
        notes.append(_("kom efter fristen"))
    return AgendaRow(
        number=case.agenda_number,
        case_number=case.number,
        title=case.title,
        purpose=words.purpose(case.purpose),
        minutes=case.minutes,
        anchor=case_anchor(case),
        note=", ".join(notes),
        is_decision=case.purpose == Case.Purpose.DECISION,
    )


def _decision(case: CaseState) -> DecisionRow:
    met = sum(1 for row in case.gate if row.now != "missing")
    now_met = sum(1 for row in case.gate if row.now == "missing" and row.after != "missing")
    still_missing = sum(1 for row in case.gate if row.after == "missing")
    gate = _("%(met)d af %(all)d på plads") % {"met": met, "all": len(case.gate)} if case.gate else _("ingen krav")
    strong = []
    if now_met:
        strong.append(_("%(count)d opfyldes nu") % {"count": now_met})
    if still_missing:
        strong.append(_("%(count)d mangler") % {"count": still_missing})
    return DecisionRow(
        number="" if case.agenda_number is None else str(case.agenda_number),
        title=case.title,
        line=case.recommendation_line or "; ".join(case.effects),
        gate=gate,
        gate_strong=", ".join(strong),
        amount=words.whole(case.budget.total) if case.budget else words.DASH,
        anchor=case_anchor(case),
    )


def _funding(cases: list[CaseState]) -> dict[str, Decimal]:
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for case in cases:
        for line in case.budget.lines if case.budget else ():
            totals[line.funding] += line.planned
    return dict(totals)
