"""The portfolio at a glance: how many on which level and stage, each project's worst light, the projects' economy."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import LIVE_STAGES, Initiative, Level, ReportLight, Stage
from .overview_lines import ProjectLine

Light = ReportLight.Light
WORST_FIRST = (Light.RED, Light.YELLOW, Light.GREEN)


@dataclass(frozen=True, slots=True)
class Cell:
    """A number in the matrix, and what the list of initiatives is chosen by to show them."""

    count: int
    stage: str
    level: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A level (None: without one) with the number on each stage."""

    level: int | None
    cells: tuple[Cell, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Glance:
    """The figures, worked out at one moment."""

    rows: tuple[MatrixRow, ...]
    stages: tuple[str, ...]
    totals: tuple[int, ...]
    total: int
    projects: int
    lights: tuple[tuple[str, int, str], ...]
    lights_label: str
    budget: Decimal
    spent: Decimal
    forecast: Decimal

    @property
    def deviation(self) -> Decimal:
        """How much the forecast is over the budget; negative under it."""
        return self.forecast - self.budget


def glance(lines: Sequence[ProjectLine]) -> Glance:
    """The figures of the whole portfolio; takes the project lines that the desk has loaded already."""
    counts = Counter(
        {
            (level, stage): count
            for level, stage, count in Initiative.objects.live()
            .order_by()
            .values_list("level", "stage")
            .annotate(count=Count("pk"))
        }
    )
    projects = [line for line in lines if line.stage == Stage.PROJECT]
    lights = Counter(_worst(line) for line in projects)
    symbols = {Light.GREEN: "s-green", Light.YELLOW: "s-yellow", Light.RED: "s-red", "": "s-none"}
    shares = tuple(
        (symbols[light], lights[light], _in_words(light, lights[light])) for light in (*reversed(WORST_FIRST), "")
    )
    return Glance(
        rows=tuple(_rows(counts)),
        stages=tuple(LIVE_STAGES),
        totals=tuple(sum(n for (_l, own), n in counts.items() if own == stage) for stage in LIVE_STAGES),
        total=sum(counts.values()),
        projects=len(projects),
        lights=shares,
        lights_label=", ".join(f"{count} {word}" for _symbol, count, word in shares if count),
        budget=_sum(line.budget for line in projects),
        spent=_sum(line.spent for line in projects),
        forecast=_sum(line.forecast for line in projects),
    )


def _in_words(light: str, count: int) -> str:
    words: dict[str, str] = {
        Light.GREEN: ngettext("grønt", "grønne", count),
        Light.YELLOW: ngettext("gult", "gule", count),
        Light.RED: ngettext("rødt", "røde", count),
    }
    return words.get(light, _("uden rapport"))


def _rows(counts: Counter[tuple[int | None, str]]) -> Iterable[MatrixRow]:
    for level in (*reversed(Level), None):
        total = sum(n for (own, _stage), n in counts.items() if own == level)
        if total or level in (Level.N1, Level.N2, Level.N3):
            chosen = "none" if level is None else str(int(level))
            cells = tuple(Cell(counts[level, stage], stage.value, chosen) for stage in LIVE_STAGES)
            yield MatrixRow(level=level, cells=cells, total=total)


def _worst(line: ProjectLine) -> str:
    """The worst light of the latest received report; nothing without one."""
    held = {fact.light for fact in line.lights.values()}
    return next((light for light in WORST_FIRST if light in held), "")


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), Decimal(0))
