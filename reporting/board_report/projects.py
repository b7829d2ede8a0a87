"""Projects: a page each on N2 and N3, an entry each below; and what is on its way: ideas and concepts."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portfolio.gates import Result
from portfolio.models import Level, ReportLight, Requirement, Stage
from reporting.frozen import MilestoneState, ReportState, SnapshotData, SnapshotInitiative

from . import words
from .changes import anchor_of
from .front import taken_on
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
from .timeline import timeline

Area = ReportLight.Area
# More than this many are told by their number, so that an ordinary project keeps to its page.
MOST_MILESTONES = 6


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """One milestone of the table."""

    number: int
    name: str
    planned: str
    reached: str
    status: str
    days: str
    is_late: bool
    is_done: bool


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """A project on N2 or N3."""

    anchor: str
    name: str
    kicker: str
    flag: str
    is_marked: bool
    purpose: str
    lights: tuple[LightCell, ...]
    no_report: str
    timeline: SafeString
    milestones: tuple[MilestoneRow, ...]
    milestones_left_out: str
    economy: tuple[EconomyRow, ...]
    economy_unit: str
    notes: tuple[Fact, ...]
    risks: tuple[RiskRow, ...]
    risks_left_out: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ProjectEntry:
    """A project on N1, in the sandbox, or on a level that is not known."""

    anchor: str
    name: str
    kicker: str
    flag: str
    purpose: str
    rows: tuple[tuple[str, str, str, str], ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ComingRow:
    """An idea or a concept."""

    name: str
    level: str
    stage: str
    priority: str
    says: str
    gate: str


def big_projects(content: SnapshotData) -> tuple[ProjectPage, ...]:
    """A page for each project on N2 and N3."""
    return tuple(_page(i, content) for i in content.counted if i.stage == Stage.PROJECT and _is_big(i))


def small_projects(content: SnapshotData) -> tuple[ProjectEntry, ...]:
    """An entry for every other project."""
    return tuple(_entry(i) for i in content.counted if i.stage == Stage.PROJECT and not _is_big(i))


def coming(content: SnapshotData) -> tuple[ComingRow, ...]:
    """Concepts first, then ideas."""
    found = [i for i in content.counted if i.stage in (Stage.CONCEPT, Stage.IDEA)]
    return tuple(_coming(i, content) for i in sorted(found, key=lambda i: (i.stage != Stage.CONCEPT, i.sort_key)))


def _is_big(initiative: SnapshotInitiative) -> bool:
    return initiative.level is not None and initiative.level >= Level.N2


def _page(initiative: SnapshotInitiative, content: SnapshotData) -> ProjectPage:
    report = initiative.report
    milestones = report.milestones if report else ()
    risks = report.risks if report else ()
    return ProjectPage(
        anchor=anchor_of(initiative),
        name=initiative.name,
        kicker=kicker(
            initiative, _("Projekt"), initiative.phase and _("fase: %(phase)s") % {"phase": initiative.phase}
        ),
        flag=flag(initiative),
        is_marked=bool(initiative.deviations),
        purpose=initiative.purpose or _("Formålet er ikke oplyst."),
        lights=light_cells(report),
        no_report=no_report(initiative),
        timeline=_timeline(initiative, milestones, content),
        milestones=tuple(_milestone(m, content.limits.end_days) for m in milestones[:MOST_MILESTONES]),
        milestones_left_out=_left_out(len(milestones) - MOST_MILESTONES, _("milepæle")),
        economy=report_economy(report),
        economy_unit=economy_unit(initiative.budget("project"), _("hele projektet")),
        notes=tuple(_notes(initiative)),
        risks=tuple(risk_row(risk) for risk in risks[:MOST_RISKS]),
        risks_left_out=_left_out(len(risks) - MOST_RISKS, _("risici")),
        facts=_facts(initiative),
    )


def _timeline(
    initiative: SnapshotInitiative, milestones: tuple[MilestoneState, ...], content: SnapshotData
) -> SafeString:
    if not milestones:
        return SafeString()
    shown = milestones[:MOST_MILESTONES]
    ends = _("Slutdatoen er ikke oplyst.")
    report = initiative.report
    if report and report.planned_end and report.forecast_end:
        ends = _("Planlagt slut %(planned)s, forventet slut %(forecast)s.") % {
            "planned": words.written(report.planned_end),
            "forecast": words.written(report.forecast_end),
        }
    title = _("Tidslinje for %(name)s med plan og prognose. %(ends)s Tallene 1 til %(count)d er milepælene i tabellen.")
    return timeline(
        shown,
        today=taken_on(content),
        late_days=content.limits.end_days,
        title=title % {"name": initiative.name, "ends": ends, "count": len(shown)},
    )


def _milestone(milestone: MilestoneState, late_days: int) -> MilestoneRow:
    reached = milestone.done or milestone.forecast
    days = (reached - milestone.planned).days if reached else None
    status = _("Nået") if milestone.done else _("Prognose") if milestone.forecast else _("Ikke oplyst")
    return MilestoneRow(
        number=milestone.number,
        name=milestone.name,
        planned=words.day(milestone.planned),
        reached=words.day(reached),
        status=status,
        days=words.signed(days),
        is_late=days is not None and days > late_days,
        is_done=milestone.done is not None,
    )


def _left_out(count: int, what: str) -> str:
    if count <= 0:
        return ""
    return _("%(count)d %(what)s mere står i statusrapporten i portalen.") % {"count": count, "what": what}


def _notes(initiative: SnapshotInitiative):
    report = initiative.report
    if report is None:
        return
    hours = (report.hours_estimated, report.hours_used, report.hours_forecast)
    if any(value is not None for value in hours):
        values = dict(zip(("estimated", "used", "forecast"), (words.whole(value) for value in hours), strict=True))
        yield Fact(_("Timer"), _("%(estimated)s estimeret, %(used)s brugt, %(forecast)s ventet.") % values)
    if report.progress is not None:
        yield Fact(_("Fremdrift"), f"{report.progress}{words.NBSP}%.")
    holds = _("gælder stadig.") if report.business_case_holds else words.sentence(report.business_case_note)
    yield Fact(_("Business case og kvalitative mål"), holds or _("holder ikke."))
    if not report.purpose_holds:
        yield Fact(_("Forretningsidé og formål er ændret"), words.sentence(report.purpose_note))


def _facts(initiative: SnapshotInitiative) -> tuple[Fact, ...]:
    report = initiative.report
    always = told_and_unknown(
        (
            Fact(_("Åbne vilkår"), conditions_text(initiative)),
            Fact(_("Organisering"), organisation_text(initiative)),
            Fact(_("Deltagere"), participants_text(initiative)),
            Fact(_("Forventet effekt"), initiative.expected_effect),
        )
    )
    if report is None:
        return always
    reported = (
        Fact(_("Bemærkninger"), report.remarks),
        Fact(_("Organisering på N3"), report.n3_organisation),
        Fact(_("Drift på N3"), report.n3_operations),
        Fact(_("Teknik på N3"), report.n3_technology),
    )
    return (*always, *(fact for fact in reported if fact.text))


def _entry(initiative: SnapshotInitiative) -> ProjectEntry:
    report = initiative.report
    facts = []
    if report is not None:
        holds = _("ja") if report.purpose_holds else _("nej. %(note)s") % {"note": report.purpose_note}
        day = words.written(report.received_on or report.period_end)
        facts.append(Fact(_("Idéen gælder stadig"), f"{holds}, {_('modtaget')} {day}."))
        if report.remarks:
            facts.append(Fact(_("Risici og afvigelser"), report.remarks))
    if initiative.open_conditions:
        facts.append(Fact(_("Åbne vilkår"), conditions_text(initiative)))
    people = (
        Fact(_("Organisering"), organisation_text(initiative)),
        Fact(_("Deltagere"), participants_text(initiative)),
    )
    facts += told_and_unknown(people)
    facts += [Fact(words.stated(s.kind), f"{s.text} ({words.source(s.source)})") for s in initiative.stated]
    return ProjectEntry(
        anchor=anchor_of(initiative),
        name=initiative.name,
        kicker=kicker(initiative, _("Projekt")),
        flag=flag(initiative) if initiative.deviations else "",
        purpose=initiative.purpose or initiative.idea or _("Formålet er ikke oplyst."),
        rows=tuple(_entry_rows(initiative, report)) if report else (),
        facts=tuple(facts),
    )


def _entry_rows(initiative: SnapshotInitiative, report: ReportState):
    """(label, mark, value, note) for time, end, economy and budget."""
    time, economy = report.light(Area.TIME), report.light(Area.ECONOMY)
    if time:
        yield words.area(Area.TIME), words.light_class(time.light), words.light(time.light), time.reason
    forecast = _("prognose %(day)s") % {"day": words.day(report.forecast_end)}
    if initiative.slip_days:
        days = ngettext("%(days)s dag", "%(days)s dage", initiative.slip_days)
        forecast = f"{forecast}, {days % {'days': words.signed(initiative.slip_days)}}"
    yield _("Slutdato"), "", words.day(report.planned_end or initiative.planned_end), forecast
    if economy:
        yield words.area(Area.ECONOMY), words.light_class(economy.light), words.light(economy.light), economy.reason
    rows = report_economy(report)
    if rows:
        total = rows[-1]
        note = _("brugt %(spent)s, prognose %(forecast)s (%(percent)s)")
        values = {"spent": total.spent, "forecast": total.forecast, "percent": total.percent}
        yield _("Budget, kr."), "", total.planned, note % values


def _coming(initiative: SnapshotInitiative, content: SnapshotData) -> ComingRow:
    asked = [r for r in initiative.requirements if _is_due_at_start(initiative, r.code, content)]
    missing = sum(1 for requirement in asked if requirement.result == Result.MISSING)
    gate = _("%(missing)d af %(all)d krav til start mangler") % {"missing": missing, "all": len(asked)}
    return ComingRow(
        name=initiative.name,
        level=words.level_of(initiative),
        stage=words.stage(initiative.stage),
        priority=words.priority(initiative.priority),
        says=words.first_sentence(initiative.purpose or initiative.idea),
        gate=gate if asked else words.DASH,
    )


def _is_due_at_start(initiative: SnapshotInitiative, code: str, content: SnapshotData) -> bool:
    requirement = content.requirement(initiative.catalogue, code)
    return requirement is not None and requirement.due == Requirement.Due.START
