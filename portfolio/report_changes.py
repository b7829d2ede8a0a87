"""What is new in a status report since the one before it, so that the reader sees it without comparing.

Pure functions of two reports with their parts loaded. Reports of different shapes are not compared.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import ReportEconomyLine, ReportLight, ReportMilestone, StatusReport

# What a reader is told "før ..." about, beside lights, milestones and money.
COMPARED = (
    "phase",
    "planned_end",
    "forecast_end",
    "progress",
    "hours_estimated",
    "hours_used",
    "hours_forecast",
    "operating_status",
    "sla",
    "users_planned",
    "n3_organisation",
    "n3_operations",
    "n3_technology",
)


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the summary: where it is, and before and now in words, or as lights (symbol and words)."""

    label: str
    anchor: str
    before: str = ""
    now: str = ""
    lights: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReportChanges:
    """Everything that differs. Without a report to compare with it is all empty, and `since` is None."""

    since: StatusReport | None = None
    lights: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    milestones: dict[str, ReportMilestone] = field(default_factory=dict)
    economy: dict[int | None, ReportEconomyLine] = field(default_factory=dict)
    risks: frozenset[str] = frozenset()
    lines: tuple[Change, ...] = ()


def changes_of(report: StatusReport) -> ReportChanges:
    """What is new in the report since its previous one."""
    before = report.previous
    if before is None or before.shape != report.shape:
        return ReportChanges()
    fields = {name: value_in_words(before, name) for name in COMPARED if getattr(report, name) != getattr(before, name)}
    return ReportChanges(
        since=before,
        lights={light.area: light.light for light in before.lights.all()},
        fields=fields,
        milestones={row.name: row for row in before.milestones.all()},
        economy={row.category_id: row for row in before.economy.all()},
        risks=frozenset(row.text for row in before.risks.all()),
        lines=tuple(_lines(report, before, fields)),
    )


def _lines(report: StatusReport, before: StatusReport, fields: dict[str, str]) -> Iterable[Change]:
    lights = {light.area: light.light for light in before.lights.all()}
    for light in report.lights.all():
        was = lights.get(light.area, "")
        if was != light.light:
            shown = ((_("Før: %s"), was), (_("Nu: %s"), light.light))
            pair = tuple((f"s-{value or 'none'}", words % light_word(value)) for words, value in shown)
            yield Change(capfirst(light.get_area_display()), "status", lights=pair)
    labels = {
        "phase": (_("Fase"), "tid"),
        "forecast_end": (_("Slutdato"), "tid"),
        "progress": (_("Fremdrift"), "tid"),
        "hours_used": (_("Timer brugt"), "timer"),
        "hours_forecast": (_("Timer i alt"), "timer"),
        "operating_status": (_("Driftsstatus"), "drift"),
        "sla": (_("Driftsaftale"), "drift"),
    }
    for name, (label, anchor) in labels.items():
        if name in fields:
            yield Change(label, anchor, fields[name], value_in_words(report, name))
    dearer = _sum(report, "forecast") - _sum(before, "forecast")
    if dearer:
        amount = number_format(dearer, 0, use_l10n=True, force_grouping=True)
        yield Change(_("Forventet udgift"), "oekonomi", now=f"{'+' if dearer > 0 else ''}{amount} kr.")
    known = {row.text for row in before.risks.all()}
    new = sum(1 for row in report.risks.all() if row.text not in known)
    if new:
        yield Change(_("Risici"), "risici", now=ngettext("%(n)d ny", "%(n)d nye", new) % {"n": new})


def _sum(report: StatusReport, name: str) -> Decimal:
    return sum((getattr(line, name) for line in report.economy.all()), Decimal(0))


def value_in_words(report: StatusReport, name: str) -> str:
    """A value as the reader sees it."""
    value: Any = getattr(report, name)
    if value in (None, ""):
        return _("ikke oplyst")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if name == "progress":
        return _("%(percent)d %%") % {"percent": value}
    if isinstance(value, int):
        return number_format(value, 0, use_l10n=True, force_grouping=True)
    shown = getattr(report, f"get_{name}_display", None)
    return str(shown() if shown else value)


def light_word(light: str) -> str:
    """A light in lower case, for sentences."""
    return str(ReportLight.Light(light).label) if light else _("ikke vurderet")
