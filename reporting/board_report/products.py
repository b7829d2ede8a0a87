"""A page for each product: lights, compliance with the requirements, who is behind it, economy, use."""

from collections import Counter
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portfolio.gates import Result
from portfolio.models import Requirement, Stage, StatedFact
from reporting.frozen import ReportState, RequirementState, SnapshotData, SnapshotInitiative

from . import words
from .changes import anchor_of
from .figures import requirement_cells
from .portfolio import EconomyRow
from .sheets import (
    MOST_RISKS,
    Fact,
    LightCell,
    RiskRow,
    conditions_text,
    economy_unit,
    flag,
    kicker,
    light_cells,
    no_report,
    organisation_text,
    participants_text,
    report_economy,
    risk_row,
    told_and_unknown,
)

# In the order they are drawn and counted: what is done first.
UNANSWERED = "unanswered"
SHOWN = (
    *(str(r) for r in (Result.MET, Result.EXPLAINED, Result.NOT_APPLICABLE, Result.DEFERRED, Result.MISSING)),
    UNANSWERED,
)
MOST_NAMES = 30
# More than this many of a kind are told by their number; the checklist names them all.
MOST_REQUIREMENTS = 12


@dataclass(frozen=True, slots=True)
class ComplianceRow:
    """One theme: a cell for each requirement, and the same in numbers."""

    theme: str
    figure: SafeString
    words: str


@dataclass(frozen=True, slots=True)
class Compliance:
    """How the requirements stand, theme by theme, and what is open by name."""

    caption: str
    unit: str
    rows: tuple[ComplianceRow, ...]
    says: str


@dataclass(frozen=True, slots=True)
class UseRow:
    """What is known of the use of a product, and from where."""

    what: str
    source: str


@dataclass(frozen=True, slots=True)
class ProductPage:
    """A product."""

    anchor: str
    name: str
    kicker: str
    flag: str
    is_marked: bool
    purpose: str
    lights: tuple[LightCell, ...]
    no_report: str
    compliance: Compliance | None
    facts: tuple[Fact, ...]
    economy: tuple[EconomyRow, ...]
    economy_unit: str
    use: tuple[UseRow, ...]
    risks: tuple[RiskRow, ...]
    more: tuple[Fact, ...]


def products_of(content: SnapshotData) -> tuple[ProductPage, ...]:
    """A page for each product, by name."""
    functions: dict[str, list[str]] = {}
    for initiative in content.live:
        if initiative.is_function and initiative.part_of:
            functions.setdefault(initiative.part_of, []).append(initiative.name)
    return tuple(_page(i, functions.get(i.slug, []), content) for i in content.counted if i.stage == Stage.PRODUCT)


def _page(initiative: SnapshotInitiative, functions: list[str], content: SnapshotData) -> ProductPage:
    report = initiative.report
    status = words.operating_status(initiative.operating_status)
    return ProductPage(
        anchor=anchor_of(initiative),
        name=initiative.name,
        kicker=kicker(initiative, _("Produkt"), status),
        flag=flag(initiative),
        is_marked=bool(initiative.deviations),
        purpose=initiative.purpose or initiative.description or _("Formålet er ikke oplyst."),
        lights=light_cells(report),
        no_report=no_report(initiative),
        compliance=_compliance(initiative, content),
        facts=_facts(initiative, functions),
        economy=report_economy(report),
        economy_unit=economy_unit(initiative.budget("product"), _("hele budgettet")),
        use=tuple(_use(initiative)),
        risks=tuple(risk_row(risk) for risk in (report.risks[:MOST_RISKS] if report else ())),
        more=tuple(_more(initiative, report)),
    )


# ---------------------------------------------------------------- compliance
def _compliance(initiative: SnapshotInitiative, content: SnapshotData) -> Compliance | None:
    if not initiative.requirements:
        return None
    by_theme: dict[str, list[RequirementState]] = {theme: [] for theme in Requirement.Theme.values}
    for state in initiative.requirements:
        found = content.requirement(initiative.catalogue, state.code)
        if found is not None:
            by_theme[found.theme].append(state)
    return Compliance(
        caption=_("Kravopfyldelse på %(level)s") % {"level": words.level_long(initiative.level)},
        unit=_("katalog %(version)s; tomt felt er ubesvaret") % {"version": initiative.catalogue},
        rows=tuple(_compliance_row(theme, states) for theme, states in by_theme.items() if states),
        says=_open_requirements(initiative, content),
    )


def _shown(state: RequirementState) -> str:
    """What nobody has answered is not known: unanswered, not missing."""
    return state.result if state.is_answered or state.result != Result.MISSING else UNANSWERED


def _compliance_row(theme: str, states: list[RequirementState]) -> ComplianceRow:
    shown = sorted((_shown(state) for state in states), key=SHOWN.index)
    counts = Counter(shown)
    told = [_("%(met)d af %(all)d opfyldt") % {"met": counts[Result.MET], "all": len(states)}]
    told += [f"{counts[name]} {_result_word(name)}" for name in SHOWN[1:] if counts[name]]
    label, said = words.theme(theme), " · ".join(told)
    return ComplianceRow(label, requirement_cells(shown, title=f"{label}: {said}"), said)


def _result_word(name: str) -> str:
    return _("ubesvaret") if name == UNANSWERED else words.result(name).lower()


def _open_requirements(initiative: SnapshotInitiative, content: SnapshotData) -> str:
    told = []
    for result in (Result.EXPLAINED, Result.DEFERRED, Result.MISSING):
        found = [state for state in initiative.requirements if _shown(state) == result]
        if len(found) > MOST_REQUIREMENTS:
            told.append(
                _("%(label)s: %(count)d krav, se tjeklisten.") % {"label": words.result(result), "count": len(found)}
            )
        elif found:
            named = ", ".join(_named(state, initiative, content) for state in found)
            told.append(f"{words.result(result)}: {named}.")
    unreviewed = sum(1 for state in initiative.requirements if state.is_answered and not state.is_reviewed)
    if unreviewed:
        told.append(
            ngettext("%(count)d svar er ikke gennemset.", "%(count)d svar er ikke gennemset.", unreviewed)
            % {"count": unreviewed}
        )
    stale = sum(1 for state in initiative.requirements if state.is_stale)
    if stale:
        values = {"count": stale, "days": content.limits.answer_days}
        one, many = _("%(count)d svar er over %(days)d dage gammelt."), _("%(count)d svar er over %(days)d dage gamle.")
        told.append((one if stale == 1 else many) % values)
    return " ".join(told)


def _named(state: RequirementState, initiative: SnapshotInitiative, content: SnapshotData) -> str:
    found = content.requirement(initiative.catalogue, state.code)
    name = f"{state.code} {found.title}" if found else state.code
    return f"{name} ({words.day(state.until)})" if state.until else name


# ---------------------------------------------------------------- facts
def _facts(initiative: SnapshotInitiative, functions: list[str]) -> tuple[Fact, ...]:
    agreements = [
        f"{s.text} ({words.source(s.source)})" for s in initiative.stated if s.kind == StatedFact.Kind.AGREEMENT
    ]
    known = [
        Fact(_("Organisering"), organisation_text(initiative)),
        Fact(_("Deltagere"), participants_text(initiative)),
        Fact(_("Driftsstatus"), _operation(initiative)),
        Fact(_("Aftale"), "; ".join(agreements)),
        Fact(_("Udbredelse"), words.DASH if any(_use(initiative)) else ""),
        Fact(_("Leverandører"), _vendors(initiative)),
        Fact(_("Forventet effekt"), initiative.expected_effect),
        Fact(_("Åbne vilkår"), conditions_text(initiative) if initiative.catalogue else ""),
        Fact(_("Funktioner"), words.listed(functions) if functions else words.DASH),
    ]
    return told_and_unknown(fact for fact in known if fact.text != words.DASH)


def _operation(initiative: SnapshotInitiative) -> str:
    report = initiative.report
    told = [words.operating_status(initiative.operating_status)] if initiative.operating_status else []
    if report and report.sla:
        told.append(_("driftsaftale: %(sla)s") % {"sla": words.sla(report.sla)})
    return "; ".join(told)


def _vendors(initiative: SnapshotInitiative) -> str:
    names = [vendor.name for vendor in initiative.vendors]
    if not names:
        return ""
    goal = "" if len(names) > 1 else _("; målet er mindst to")
    return f"{len(names)} ({words.listed(names)}){goal}"


def _use(initiative: SnapshotInitiative):
    if initiative.adoptions:
        names = [adoption.organisation.name for adoption in initiative.adoptions]
        shown = words.listed(names[:MOST_NAMES])
        if len(names) > MOST_NAMES:
            shown = _("%(names)s med flere") % {"names": shown}
        count = ngettext("%(count)d anvender: %(names)s", "%(count)d anvendere: %(names)s", len(names))
        yield UseRow(count % {"count": len(names), "names": shown}, _("registreret i portalen"))
    for stated in initiative.stated:
        if stated.kind == StatedFact.Kind.USERS:
            yield UseRow(stated.text, _dated(stated.source, stated.stated_on, stated.year))


def _dated(source: str, day, year: int | None) -> str:
    when = words.day(day) if day else str(year or "")
    return ", ".join(part for part in (words.source(source), when) if part)


def _more(initiative: SnapshotInitiative, report: ReportState | None):
    if report is not None:
        changed = (report.users_new, report.users_planned, report.users_left)
        if any(value is not None for value in changed):
            values = dict(zip(("new", "planned", "left"), (words.whole(value) for value in changed), strict=True))
            yield Fact(_("Anvendere"), _("%(new)s nye, %(planned)s planlagte, %(left)s holdt op.") % values)
        for label, text in (
            (_("Fremdrift på ændringer"), report.change_progress),
            (_("Realiserede gevinster"), report.benefits_realised),
            (_("Bemærkninger"), report.remarks),
        ):
            if text:
                yield Fact(label, text)
        if not report.business_case_holds:
            yield Fact(_("Værdien holder ikke"), words.sentence(report.business_case_note))
    for stated in initiative.stated:
        if stated.kind in (StatedFact.Kind.ECONOMY, StatedFact.Kind.STAGE, StatedFact.Kind.LEVEL):
            amount = f", {words.kroner(stated.amount)}" if stated.amount is not None else ""
            source = _dated(stated.source, stated.stated_on, stated.year)
            yield Fact(words.stated(stated.kind), f"{stated.text}{amount} ({source})")
