"""The portfolio on one page, and every initiative by name."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portfolio.domain.reports import AREAS
from portfolio.models import LIVE_STAGES, Level, Stage, StatusReport
from reporting.frozen import SnapshotData, SnapshotInitiative

from . import words
from .changes import anchor_of
from .figures import economy_bar, lights_row
from .front import case_anchor

LEVEL_WORDS = {
    Level.N3: ("N3", gettext_lazy("strategisk")),
    Level.N2: ("N2", gettext_lazy("fælles")),
    Level.N1: ("N1", gettext_lazy("lokal")),
    Level.SANDBOX: (gettext_lazy("Sandkasse"), gettext_lazy("afprøvning")),
}
# Letters of names in a cell, so that the portfolio stays on one page; the list by name has them all.
MOST_LETTERS, MOST_LETTERS_OF_PRODUCTS = 90, 340
# Millimetres: two tables of lights stand side by side.
LIGHTS_WIDTH = 25


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of the matrix: how many, how many more than last time, and who."""

    count: int
    change: str
    names: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One level across the stages."""

    label: str
    meaning: str
    cells: tuple[Cell, ...]

    @property
    def total(self) -> int:
        """All on the level."""
        return sum(cell.count for cell in self.cells)


@dataclass(frozen=True, slots=True)
class LightRow:
    """One area: a mark for each initiative, and the same as numbers."""

    area: str
    figure: SafeString
    red: int
    yellow: int
    green: int
    none: int


@dataclass(frozen=True, slots=True)
class LightTable:
    """The lights of projects or products."""

    caption: str
    rows: tuple[LightRow, ...]


@dataclass(frozen=True, slots=True)
class EconomyRow:
    """Planned, spent and forecast of a category, as printed."""

    label: str
    planned: str
    spent: str
    forecast: str
    difference: str
    percent: str
    figure: SafeString
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class PortfolioSection:
    """The page."""

    caption: str
    total: int
    known: str
    stages: tuple[tuple[str, int], ...]
    matrix: tuple[MatrixRow, ...]
    lights: tuple[LightTable, ...]
    economy: tuple[EconomyRow, ...]
    economy_from: str
    funding: str
    functions: str


def portfolio_of(content: SnapshotData) -> PortfolioSection:
    """The portfolio at a glance."""
    counted = content.counted
    known = sum(1 for i in counted if i.level is not None)
    functions = [i.name for i in content.live if i.is_function]
    with_economy = [i for i in counted if i.report is not None and i.report.economy]
    return PortfolioSection(
        caption=ngettext("%(count)d initiativ", "%(count)d initiativer", len(counted)) % {"count": len(counted)},
        total=len(counted),
        known=_("niveauet er kendt for %(known)d af %(all)d") % {"known": known, "all": len(counted)},
        stages=tuple((capfirst(words.stage(s)), sum(1 for i in counted if i.stage == s)) for s in LIVE_STAGES),
        matrix=tuple(_matrix(content)),
        lights=tuple(_light_tables(counted)),
        economy=economy_rows(_by_category(with_economy)),
        economy_from=_("fra %(some)d af %(all)d seneste statusrapporter")
        % {"some": len(with_economy), "all": sum(1 for i in counted if i.report is not None)},
        funding=_funding(counted),
        functions=_("Dertil kommer funktioner, som er del af et produkt: %(names)s.")
        % {"names": words.listed(functions)}
        if functions
        else "",
    )


def _matrix(content: SnapshotData) -> Iterable[MatrixRow]:
    here: dict[tuple[int | None, str], list[str]] = defaultdict(list)
    for initiative in content.counted:
        here[initiative.level, initiative.stage].append(initiative.name)
    changes = content.changes
    before = {(place.level, place.stage): place.count for place in changes.counts_before} if changes else None
    for level in (*LEVEL_WORDS, None):
        label, meaning = LEVEL_WORDS[Level(level)] if level is not None else (_("Ikke"), _("oplyst eller indplaceret"))
        cells = []
        for stage in LIVE_STAGES:
            names = here[level, stage]
            moved = len(names) - before.get((level, stage), 0) if before is not None else 0
            cells.append(
                Cell(
                    count=len(names),
                    change=_("%(moved)s siden sidst") % {"moved": words.signed(moved)} if moved else "",
                    names=_names(names, MOST_LETTERS_OF_PRODUCTS if stage == Stage.PRODUCT else MOST_LETTERS),
                )
            )
        if level != Level.SANDBOX or any(cell.count or cell.change for cell in cells):
            yield MatrixRow(str(label), str(meaning), tuple(cells))


def _names(names: list[str], most_letters: int) -> str:
    shown: list[str] = []
    for name in names:
        if shown and len(", ".join([*shown, name])) > most_letters:
            break
        shown.append(name)
    if len(shown) == len(names):
        return ", ".join(names)
    return _("%(names)s og %(rest)d til") % {"names": ", ".join(shown), "rest": len(names) - len(shown)}


# ---------------------------------------------------------------- lights
def _light_tables(counted: tuple[SnapshotInitiative, ...]) -> Iterable[LightTable]:
    for stage, shapes, one, many in (
        (
            Stage.PROJECT,
            (StatusReport.Shape.PROJECT,),
            _("Statuslys, %(count)d projekt"),
            _("Statuslys, %(count)d projekter"),
        ),
        (
            Stage.PRODUCT,
            (StatusReport.Shape.PRODUCT,),
            _("Statuslys, %(count)d produkt"),
            _("Statuslys, %(count)d produkter"),
        ),
    ):
        members = [i for i in counted if i.stage == stage]
        if members:
            caption = (one if len(members) == 1 else many) % {"count": len(members)}
            yield LightTable(caption, tuple(_light_row(area, members) for area in AREAS[shapes[0]]))


def _light_row(area: str, members: list[SnapshotInitiative]) -> LightRow:
    """Small projects report time and economy only: elsewhere they are not counted as being without a report."""
    asked = [i for i in members if i.report is None or i.report.light(area) is not None]
    counts = Counter(_light(i, area) for i in asked)
    label = words.area(area)
    said = words.counted(
        (counts["red"], _("rød")),
        (counts["yellow"], _("gul")),
        (counts["green"], _("grøn")),
        (counts[""], _("uden rapport")),
    )
    figure = lights_row(
        [(light, counts[light]) for light in words.LIGHTS],
        title=f"{label}: {said or _('ingen')}",
        width=LIGHTS_WIDTH,
    )
    return LightRow(label, figure, counts["red"], counts["yellow"], counts["green"], counts[""])


def _light(initiative: SnapshotInitiative, area: str) -> str:
    found = initiative.report.light(area) if initiative.report else None
    return found.light if found else ""


# ---------------------------------------------------------------- economy
@dataclass(slots=True)
class Sums:
    """Planned, spent and forecast, added up."""

    planned: Decimal = field(default_factory=Decimal)
    spent: Decimal = field(default_factory=Decimal)
    forecast: Decimal = field(default_factory=Decimal)

    def add(self, other) -> None:
        """Add a line, or other sums."""
        self.planned += other.planned
        self.spent += other.spent
        self.forecast += other.forecast


def _by_category(initiatives: list[SnapshotInitiative]) -> dict[str, Sums]:
    """Projects as one line for their whole period, products by category."""
    sums: dict[str, Sums] = defaultdict(Sums)
    for initiative in initiatives:
        is_project = initiative.stage == Stage.PROJECT
        for line in initiative.report.economy if initiative.report else ():
            label = _("Projekter, hele perioden") if is_project else line.category or _("Uden kategori")
            sums[label].add(line)
    return dict(sorted(sums.items(), key=lambda pair: -pair[1].planned))


def economy_rows(by_label: dict[str, Sums], *, figures: bool = True) -> tuple[EconomyRow, ...]:
    """The table of an economy with its sum; nothing when nothing is reported."""
    if not by_label:
        return ()
    total = Sums()
    for sums in by_label.values():
        total.add(sums)
    rows = [_economy_row(label, sums, figures=figures) for label, sums in by_label.items()]
    return (*rows, _economy_row(_("I alt"), total, figures=figures, is_sum=True))


def _economy_row(label: str, sums: Sums, *, figures: bool, is_sum: bool = False) -> EconomyRow:
    difference = sums.forecast - sums.planned
    percent = difference * 100 / sums.planned if sums.planned else None
    figure = SafeString()
    if figures:
        shares = {
            "spent": words.share(sums.spent, sums.planned),
            "forecast": words.share(sums.forecast, sums.planned),
        }
        title = _("Brugt %(spent)s og prognose %(forecast)s af budgettet") % shares
        figure = economy_bar(planned=sums.planned, spent=sums.spent, forecast=sums.forecast, title=title)
    return EconomyRow(
        label=label,
        planned=words.whole(sums.planned),
        spent=words.whole(sums.spent),
        forecast=words.whole(sums.forecast),
        difference=words.signed(difference),
        percent=words.percent(percent),
        figure=figure,
        is_sum=is_sum,
    )


def _funding(counted: tuple[SnapshotInitiative, ...]) -> str:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for initiative in counted:
        for budget in initiative.budgets:
            for line in budget.lines:
                sums[line.funding] += line.planned
    if not sums:
        return ""
    parts = [f"{words.funding(code)} {words.whole(amount)}" for code, amount in _largest_first(sums)]
    return _("Finansiering i de nyeste budgetter, kr.: %(parts)s.") % {"parts": words.listed(parts)}


def _largest_first(sums: dict[str, Decimal]) -> list[tuple[str, Decimal]]:
    return sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))


# ---------------------------------------------------------------- every initiative by name
@dataclass(frozen=True, slots=True)
class IndexRow:
    """One initiative in the list by name."""

    name: str
    level: str
    stage: str
    light: str
    light_class: str
    is_marked: bool
    open_conditions: str
    overdue: str
    anchor: str
    part_of: str = ""


def index_of(content: SnapshotData) -> tuple[IndexRow, ...]:
    """Every live initiative, the Danish way."""
    names = {i.slug: i.name for i in content.initiatives}
    cases = {case.initiative: case_anchor(case) for case in content.cases if case.initiative}
    return tuple(
        _index_row(i, cases.get(i.slug, ""), names.get(i.part_of, ""))
        for i in sorted(content.live, key=lambda i: (i.sort_key, i.slug))
    )


def _index_row(initiative: SnapshotInitiative, case: str, part_of: str) -> IndexRow:
    overdue = len(initiative.overdue_conditions)
    reports = initiative.stage in (Stage.PROJECT, Stage.PRODUCT) and not initiative.is_function
    lights = {light.light for light in initiative.report.lights} if initiative.report else set()
    worst = next((light for light in words.LIGHTS if light in lights), "") if reports else None
    return IndexRow(
        name=initiative.name,
        level=words.level_of(initiative),
        stage=words.stage(initiative.stage),
        light=words.DASH if worst is None else words.light(worst),
        light_class="" if worst is None else words.light_class(worst),
        is_marked=bool(initiative.deviations),
        open_conditions=str(len(initiative.open_conditions) or ""),
        overdue=ngettext("%(count)d over fristen", "%(count)d over fristen", overdue) % {"count": overdue}
        if overdue
        else "",
        anchor=anchor_of(initiative) or case,
        part_of=part_of if initiative.is_function else "",
    )
