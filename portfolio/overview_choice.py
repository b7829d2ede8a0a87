"""Choosing among the lines of an overview: filter, sort, group, sum. In one pass over plain values, no database.

Filters that need the facts of an initiative (its open conditions) take them from the caller.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.danish import sort_key

from .models import Initiative, Level, ReportLight, Stage
from .overview_lines import Line, ProjectLine

UNPLACED = "none"
Light = ReportLight.Light
LineT = TypeVar("LineT", bound=Line)

STATUSES: dict[str, str | Promise] = {
    "markeret": gettext_lazy("Markeret"),
    "roed": gettext_lazy("Noget er rødt"),
    "gul": gettext_lazy("Noget er gult"),
    "vilkaar": gettext_lazy("Åbne vilkår"),
    "forfalden": gettext_lazy("Forfaldne vilkår"),
    "rapport": gettext_lazy("Rapport over fristen"),
}
BY_CONDITIONS = frozenset({"vilkaar", "forfalden"})
GROUPS: dict[str, str | Promise] = {
    "stadie": gettext_lazy("Stadie"),
    "niveau": gettext_lazy("Niveau"),
    "organisation": gettext_lazy("Initiativtager"),
    "driftsstatus": gettext_lazy("Driftsstatus"),
    "ingen": gettext_lazy("Ingen gruppering"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader asked to see. `sort` is a key of SORTS, with a dash before it for the other way round."""

    level: str = ""
    stage: str = ""
    operating_status: str = ""
    status: str = ""
    group: str = ""
    sort: str = "navn"

    @property
    def sort_key(self) -> str:
        """What is sorted by."""
        key = self.sort.removeprefix("-")
        return key if key in SORTS else "navn"

    @property
    def is_descending(self) -> bool:
        """Whether the largest comes first."""
        return self.sort.startswith("-")


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of some lines. Percent over budget counts only the lines where both are known."""

    count: int
    marked: int
    budget: Decimal
    spent: Decimal
    forecast: Decimal
    over_percent: Decimal | None
    hours_used: int
    hours_estimated: int


@dataclass(frozen=True, slots=True)
class Group(Generic[LineT]):
    """The lines of one group, in order, with their sums. `stage` is what they share when they are grouped by it."""

    label: str
    lines: tuple[LineT, ...]
    totals: Totals
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Section(Generic[LineT]):
    """The part of a group that stands on a page; its sums stand where it ends."""

    group: Group[LineT]
    lines: tuple[LineT, ...]
    ends_here: bool


def fitting(lines: Iterable[LineT], choice: Choice, on: date) -> list[LineT]:
    """The lines that were found and fit, conditions aside."""
    return [line for line in lines if line.is_found and _fits(line, choice, on)]


def _fits(line: Line, choice: Choice, on: date) -> bool:
    if choice.level and choice.level != (UNPLACED if line.level is None else str(line.level)):
        return False
    if choice.stage and choice.stage != line.stage:
        return False
    if choice.operating_status and choice.operating_status != getattr(line, "operating_status", ""):
        return False
    held = {fact.light for fact in line.lights.values()}
    holds = {
        "markeret": bool(line.deviations),
        "roed": Light.RED in held,
        "gul": Light.YELLOW in held,
        "rapport": line.report_due is not None and line.report_due < on,
    }
    return holds.get(choice.status, True)


# What can be sorted by: the value, or None where it is not known; those stand last, whichever way.
SORTS: dict[str, Callable[[Any], Any]] = {
    "navn": lambda line: line.sort_key,
    "niveau": lambda line: line.level,
    "fase": lambda line: line.phase or None,
    "slut": lambda line: line.planned_end,
    "ventes": lambda line: line.forecast_end,
    "fremdrift": lambda line: line.progress,
    "timer": lambda line: line.hours_used,
    "budget": lambda line: line.budget,
    "brugt": lambda line: line.spent,
    "forventet": lambda line: line.forecast,
    "afvigelse": lambda line: line.over_percent,
    "prioritet": lambda line: line.priority or None,
    "driftsstatus": lambda line: line.operating_status or None,
    "anvendere": lambda line: line.users,
    "leverandoerer": lambda line: line.vendors,
    "rapport": lambda line: line.report.period_end if line.report else None,
}


def arranged(lines: Sequence[LineT], choice: Choice) -> list[Group[LineT]]:
    """The lines sorted within their groups, with sums; groups in the order of what they are."""
    ordered = _sorted(lines, choice)
    grouped: dict[tuple[Any, str, str], list[LineT]] = {}
    for line in ordered:
        grouped.setdefault(_group_of(line, choice.group), []).append(line)
    return [
        Group(label, tuple(members), totals_of(members), stage)
        for (_place, label, stage), members in sorted(grouped.items(), key=lambda entry: entry[0])
    ]


def _sorted(lines: Sequence[LineT], choice: Choice) -> list[LineT]:
    value_of = SORTS[choice.sort_key]
    # A column of the other overview may be asked for in an address that was typed.
    known = [(value, line) for line in lines if (value := _value(value_of, line)) is not None]
    known.sort(key=lambda pair: pair[0], reverse=choice.is_descending)
    placed = {line.pk for _v, line in known}
    return [line for _v, line in known] + [line for line in lines if line.pk not in placed]


def _value(value_of: Callable[[Any], Any], line: Line) -> Any:
    try:
        return value_of(line)
    except AttributeError:
        return None


def _by_level(line: Line) -> tuple[Any, str, str]:
    if line.level is None:
        return len(Level), _("Niveau ikke oplyst"), ""
    return Level.N3 - line.level, capfirst(str(Level(line.level).label)), ""


def _by_organisation(line: Line) -> tuple[Any, str, str]:
    name = line.lead_organisation
    return (not name, sort_key(name)), name or _("Uden initiativtager"), ""


def _by_operating_status(line: Line) -> tuple[Any, str, str]:
    known = Initiative.OperatingStatus.values
    status = getattr(line, "operating_status", "")
    if not status:
        return len(known), _("Driftsstatus ikke oplyst"), ""
    return known.index(status), capfirst(str(Initiative.OperatingStatus(status).label)), ""


def _by_stage(line: Line) -> tuple[Any, str, str]:
    """Furthest first: projects stand above the concepts that may become projects."""
    return -list(Stage).index(Stage(line.stage)), capfirst(str(Stage(line.stage).label)), line.stage


_GROUP_OF: dict[str, Callable[[Line], tuple[Any, str, str]]] = {
    "niveau": _by_level,
    "organisation": _by_organisation,
    "driftsstatus": _by_operating_status,
    "stadie": _by_stage,
}


def _group_of(line: Line, group: str) -> tuple[Any, str, str]:
    """Place, label and (for stages) the stage of the group that a line belongs to."""
    return _GROUP_OF[group](line) if group in _GROUP_OF else (0, "", "")


def totals_of(lines: Collection[Line]) -> Totals:
    """The sums of some lines."""
    both = [line for line in lines if line.budget and line.forecast is not None]
    budget = _sum(line.budget for line in both)
    over = (_sum(line.forecast for line in both) - budget) * 100 / budget if budget else None
    projects = [line for line in lines if isinstance(line, ProjectLine)]
    return Totals(
        count=len(lines),
        marked=sum(1 for line in lines if line.deviations),
        budget=_sum(line.budget for line in lines),
        spent=_sum(line.spent for line in lines),
        forecast=_sum(line.forecast for line in lines),
        over_percent=over,
        hours_used=sum(line.hours_used or 0 for line in projects),
        hours_estimated=sum(line.hours_estimated or 0 for line in projects),
    )


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def sections_on(groups: Sequence[Group[LineT]], shown: Collection[LineT]) -> list[Section[LineT]]:
    """The groups that have lines on a page, with those lines."""
    pks = {line.pk for line in shown}
    sections = []
    for group in groups:
        here = tuple(line for line in group.lines if line.pk in pks)
        if here:
            sections.append(Section(group, here, ends_here=here[-1] is group.lines[-1]))
    return sections


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """How many there are, and the address that shows them."""

    count: int
    url: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A level (None: not placed) with how many lines stand in each column."""

    level: int | None
    cells: tuple[MatrixCell, ...]
    total: int


def matrix_of(
    lines: Iterable[Line],
    columns: Sequence[str],
    *,
    column_of: Callable[[Any], str],
    url_of: Callable[[str, str], str],
) -> list[MatrixRow]:
    """How many lines there are per level and column, filters aside; N1 to N3 always, others when there are some.

    `url_of` takes the choice of a level and a column.
    """
    counts = Counter((line.level, column_of(line)) for line in lines)
    rows = []
    for level in (*reversed(Level), None):
        choice = UNPLACED if level is None else str(int(level))
        cells = tuple(MatrixCell(counts[level, column], url_of(choice, column)) for column in columns)
        total = sum(cell.count for cell in cells)
        if total or level in (Level.N1, Level.N2, Level.N3):
            rows.append(MatrixRow(level, cells, total))
    return rows
