"""A status report as its page shows it: in the order of the form, only what was filled in, with what is new marked."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .models import ReportEconomyLine, ReportMilestone, ReportRisk, StatusReport
from .report_changes import ReportChanges, light_word, value_in_words


@dataclass(frozen=True, slots=True)
class LightLine:
    """A light with its reason; `was` is what it was in the report before, if that is another."""

    area: str
    symbol: str
    word: str
    reason: str
    was: str


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """Budget, spent and forecast of a category or of all, the difference, and the report before."""

    label: str
    planned: Decimal
    spent: Decimal
    forecast: Decimal
    before: "ReportEconomyLine | MoneyLine | None" = None
    is_changed: bool = False

    @property
    def over(self) -> Decimal:
        """How much the forecast is over the budget."""
        return self.forecast - self.planned

    @property
    def percent(self) -> Decimal | None:
        """The same in percent of the budget."""
        return self.over * 100 / self.planned if self.planned else None


# Label, value, and what it was before if that is another.
Fact = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class ReportView:
    """All of a report but its long texts, which the page takes from the report itself."""

    lights: tuple[LightLine, ...]
    facts: tuple[tuple[str, str, tuple[Fact, ...]], ...]
    milestones: tuple[tuple[ReportMilestone, ReportMilestone | None, bool], ...]
    economy: tuple[MoneyLine, ...]
    total: MoneyLine | None
    risks: tuple[tuple[ReportRisk, bool], ...]


def view_of(report: StatusReport, changes: ReportChanges) -> ReportView:
    """The report in words, with the changes since the one before."""
    is_compared = changes.since is not None
    economy = tuple(_money(line, changes) for line in report.economy.all())
    return ReportView(
        lights=tuple(_lights(report, changes)),
        facts=tuple(_sections(report, changes)),
        milestones=tuple(_milestone(row, changes) for row in report.milestones.all()),
        economy=economy,
        total=_total(economy, changes) if len(economy) > 1 else None,
        risks=tuple((risk, is_compared and risk.text not in changes.risks) for risk in report.risks.all()),
    )


def _lights(report: StatusReport, changes: ReportChanges) -> Iterable[LightLine]:
    for light in report.lights.all():
        was = changes.lights.get(light.area)
        yield LightLine(
            area=capfirst(light.get_area_display()),
            symbol=f"s-{light.light or 'none'}",
            word=capfirst(light_word(light.light)),
            reason=light.reason,
            was=light_word(was) if was is not None and was != light.light else "",
        )


def _sections(report: StatusReport, changes: ReportChanges) -> Iterable[tuple[str, str, tuple[Fact, ...]]]:
    """Only sections with something in them. The empty ones belong to other shapes, or were left open."""
    sections = (
        (_("Fase og tid"), "tid", ("phase", "planned_end", "forecast_end", "progress")),
        (_("Drift og anvendere"), "drift", ("operating_status", "sla", "users_new", "users_planned", "users_left")),
        (_("Ændringer og videreudvikling"), "udvikling", ("change_progress",)),
        (_("Timer"), "timer", ("hours_estimated", "hours_used", "hours_forecast")),
        (_("Niveau 3"), "n3", ("n3_organisation", "n3_operations", "n3_technology")),
    )
    is_product = report.shape == StatusReport.Shape.PRODUCT
    for title, anchor, names in sections:
        # A product has no end: dates that came along from its time as a project say nothing of it.
        told = () if is_product and anchor == "tid" else names
        facts = tuple(
            (
                _field_word(name),
                value_in_words(report, name),
                changes.fields.get(name, ""),
            )
            for name in told
            if getattr(report, name) not in (None, "")
        )
        if facts:
            yield title, anchor, facts


def _milestone(row: ReportMilestone, changes: ReportChanges) -> tuple[ReportMilestone, ReportMilestone | None, bool]:
    before = changes.milestones.get(row.name)
    told = ("planned", "forecast", "done")
    is_changed = before is None or any(getattr(row, name) != getattr(before, name) for name in told)
    return row, before, changes.since is not None and is_changed


def _money(line: ReportEconomyLine, changes: ReportChanges) -> MoneyLine:
    before = changes.economy.get(line.category_id)
    told = ("planned", "spent", "forecast")
    is_changed = before is None or any(getattr(line, name) != getattr(before, name) for name in told)
    return MoneyLine(
        label=str(line.category or _("I alt")),
        planned=line.planned,
        spent=line.spent,
        forecast=line.forecast,
        before=before,
        is_changed=changes.since is not None and is_changed,
    )


def _total(lines: tuple[MoneyLine, ...], changes: ReportChanges) -> MoneyLine:
    rows = changes.economy.values()
    before = _sum(_("I alt"), rows) if changes.since is not None else None
    return _sum(_("I alt"), lines, before=before)


def _sum(label: str, lines: Iterable[MoneyLine | ReportEconomyLine], before: MoneyLine | None = None) -> MoneyLine:
    rows = list(lines)
    planned, spent, forecast = (
        sum((getattr(row, name) for row in rows), Decimal(0)) for name in ("planned", "spent", "forecast")
    )
    return MoneyLine(label, planned, spent, forecast, before=before)


def _field_word(name: str) -> str:
    """What a field of the report is called."""
    field = StatusReport._meta.get_field(name)  # noqa: SLF001 - documented as public
    return capfirst(str(getattr(field, "verbose_name", name)))
