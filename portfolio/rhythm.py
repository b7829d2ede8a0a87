"""How often an initiative reports, when the next status report is due, and who is late (reporting.md, "how often")."""

import calendar
from datetime import date

from .models import Level, Stage, StatusReport

# Months between reports, by shape and whether it is on N3.
MONTHS_BETWEEN: dict[tuple[str, bool], int] = {
    (StatusReport.Shape.SMALL_PROJECT, False): 6,
    (StatusReport.Shape.PROJECT, False): 3,
    (StatusReport.Shape.PROJECT, True): 1,
    (StatusReport.Shape.PRODUCT, False): 6,
    (StatusReport.Shape.PRODUCT, True): 3,
}


def shape_of(stage: str, level: int | None) -> str | None:
    """Which of the three shapes is reported on a stage and level; None where nothing is reported."""
    if stage == Stage.PRODUCT:
        return StatusReport.Shape.PRODUCT
    if stage != Stage.PROJECT:
        return None
    return StatusReport.Shape.PROJECT if level is not None and level >= Level.N2 else StatusReport.Shape.SMALL_PROJECT


def months_between(stage: str, level: int | None) -> int | None:
    """Months from one report to the next; N3 more often, the sandbox and unknown levels as N1."""
    shape = shape_of(stage, level)
    return None if shape is None else MONTHS_BETWEEN[shape, level == Level.N3]


def next_report_due(stage: str, level: int | None, *, since: date | None) -> date | None:
    """The last day for the next report. `since`: the day of the latest one, or when the stage began.

    None where nothing is reported, or where the start is unknown.
    """
    months = months_between(stage, level)
    return None if months is None or since is None else _months_after(since, months)


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last: 31 August and six months is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
