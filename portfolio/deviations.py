"""When a project or product is marked, and proposed for the board's next agenda (reporting.md, "Deviation rules").

One small function per rule, of plain values; each answers with the deviation it found, or None. What is not known never
marks anybody. The two limits are settings: SLOW_END_DAYS and OVERSPEND_PERCENT.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_UP, Decimal

from django.conf import settings
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import ReportLight, StatusReport

ENOUGH_USERS = 2


@dataclass(frozen=True, slots=True)
class Deviation:
    """A limit that is passed: a few words for a table, a sentence with the figures, and the figures themselves."""

    code: str
    label: str
    sentence: str
    area: str = ""
    value: Decimal | None = None
    limit: Decimal | None = None


def overspent(*, approved: Decimal | None, forecast: Decimal | None) -> Deviation | None:
    """The forecast cost exceeds the approved budget by more than OVERSPEND_PERCENT."""
    if not approved or forecast is None:
        return None
    # Rounded up, so that a forecast just over the limit is not told as the limit itself.
    over = ((forecast - approved) * 100 / approved).quantize(Decimal("0.1"), rounding=ROUND_UP)
    limit = settings.OVERSPEND_PERCENT
    if over <= limit:
        return None
    sentence = _("Den forventede udgift er %(percent)s %% over det godkendte budget, grænsen er %(limit)d %%.")
    return Deviation(
        code="overspent",
        label=_("Udgift over %(limit)d %%") % {"limit": limit},
        sentence=sentence % {"percent": number_format(over, 1), "limit": limit},
        area=ReportLight.Area.ECONOMY,
        value=over,
        limit=Decimal(limit),
    )


def slow(*, planned_end: date | None, forecast_end: date | None) -> Deviation | None:
    """The end date slips by more than SLOW_END_DAYS."""
    if planned_end is None or forecast_end is None:
        return None
    days, limit = (forecast_end - planned_end).days, settings.SLOW_END_DAYS
    if days <= limit:
        return None
    return Deviation(
        code="slow",
        label=_("Slutdato over %(limit)d dage") % {"limit": limit},
        sentence=_("Slutdatoen er %(days)d dage efter planen, grænsen er %(limit)d.") % {"days": days, "limit": limit},
        area=ReportLight.Area.TIME,
        value=Decimal(days),
        limit=Decimal(limit),
    )


def red_twice(*, now: Collection[str], before: Collection[str]) -> list[Deviation]:
    """The same area is red in two reports in a row. Takes the red areas of each."""
    return [
        Deviation(
            code=f"red_twice_{area.value}",
            label=_("Rød to gange: %(area)s") % {"area": area.label},
            sentence=_("%(area)s er rød i to rapporter i træk.") % {"area": capfirst(area.label)},
            area=area,
        )
        for area in ReportLight.Area
        if area in now and area in before
    ]


def sla_missed(*, sla: str) -> Deviation | None:
    """The latest report says that the service level agreement was not kept."""
    if sla != StatusReport.Sla.MISSED:
        return None
    return Deviation(
        code="sla_missed",
        label=_("Driftsaftale ikke overholdt"),
        sentence=_("Driftsaftalen (SLA) er ikke overholdt ifølge den seneste rapport."),
        area=ReportLight.Area.OPERATIONS,
    )


def few_users(*, users: int | None) -> Deviation | None:
    """Fewer than two organisations use the product. None means that nobody has registered its use."""
    if users is None or users >= ENOUGH_USERS:
        return None
    words = {"users": users, "limit": ENOUGH_USERS}
    found = ngettext("%(users)d anvender", "%(users)d anvendere", users) % words
    return Deviation(
        code="few_users",
        label=_("Under %(limit)d anvendere") % words,
        sentence=_("Produktet har %(found)s; der bør være mindst %(limit)d.") % {**words, "found": found},
        value=Decimal(users),
        limit=Decimal(ENOUGH_USERS),
    )


def no_steering_group(*, has_group: bool, level: int | None) -> Deviation | None:
    """A product on N2 or N3 without a steering group; on N1 an owner is enough (report 4.1.4)."""
    if has_group or level is None or level <= 1:
        return None
    return Deviation(
        code="no_steering_group",
        label=_("Ingen styregruppe"),
        sentence=_("Ingen styregruppe er registreret. På niveau %(level)d skal produktet have en.") % {"level": level},
    )


def no_value(*, holds: bool | None) -> Deviation | None:
    """The product's group answers in the latest report that the business value does not hold."""
    if holds is not False:
        return None
    return Deviation(
        code="no_value",
        label=_("Forretningsværdi holder ikke"),
        sentence=_("Gruppen svarer, at business case og kvalitative mål ikke holder."),
    )


def of_project(
    *,
    approved: Decimal | None,
    forecast: Decimal | None,
    planned_end: date | None,
    forecast_end: date | None,
    red_now: Collection[str],
    red_before: Collection[str],
) -> tuple[Deviation, ...]:
    """Every deviation of a project: from the approved budget, the latest received report and the one before it."""
    return _found(
        overspent(approved=approved, forecast=forecast),
        slow(planned_end=planned_end, forecast_end=forecast_end),
        *red_twice(now=red_now, before=red_before),
    )


def of_product(
    *,
    level: int | None,
    has_steering_group: bool,
    users: int | None,
    sla: str,
    value_holds: bool | None,
    red_now: Collection[str],
    red_before: Collection[str],
) -> tuple[Deviation, ...]:
    """Every deviation of a product. Only its operations count as red twice (reporting.md)."""
    operations = {ReportLight.Area.OPERATIONS}
    return _found(
        *red_twice(now=operations.intersection(red_now), before=red_before),
        sla_missed(sla=sla),
        few_users(users=users),
        no_steering_group(has_group=has_steering_group, level=level),
        no_value(holds=value_holds),
    )


def _found(*deviations: Deviation | None) -> tuple[Deviation, ...]:
    rows: Iterable[Deviation | None] = deviations
    return tuple(row for row in rows if row is not None)
