"""The latest received report of each initiative and the one before it, as plain values, in two queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, Exists, F, Field, Model, OuterRef, QuerySet, TextField, Value, Window
from django.db.models.functions import Cast, RowNumber
from django.utils.text import capfirst

from .domain.reports import AREAS
from .models import Initiative, ReportEconomyLine, ReportLight, StatusReport

Light = ReportLight.Light
OERE = Decimal("0.01")
TEXTS = 3  # columns of text in a line: name, light, reason
AMOUNTS = ("planned", "spent", "forecast")


@dataclass(frozen=True, slots=True)
class LightFact:
    """A status light and why it is not green."""

    light: str
    reason: str = ""

    @property
    def symbol(self) -> str:
        """The symbol of the light."""
        return f"s-{self.light}"

    @property
    def word(self) -> str:
        """The light in a word."""
        return capfirst(str(Light(self.light).label))


GREEN = LightFact(Light.GREEN)


@dataclass(frozen=True, slots=True)
class EconomyFact:
    """Budget, spent and forecast of a category; an N1 project has one without a category."""

    category: str
    planned: Decimal
    spent: Decimal
    forecast: Decimal


@dataclass(frozen=True, slots=True)
class ReportFact:
    """What an overview shows of a received report."""

    pk: int
    initiative_id: int
    number: int
    shape: str
    period_end: date
    planned_end: date | None
    forecast_end: date | None
    progress: int | None
    hours_estimated: int | None
    hours_used: int | None
    hours_forecast: int | None
    business_case_holds: bool
    sla: str
    change_progress: str
    remarks: str
    lights: dict[str, LightFact] = field(default_factory=dict)
    economy: tuple[EconomyFact, ...] = ()

    @property
    def red(self) -> frozenset[str]:
        """The areas that are red."""
        return frozenset(area for area, fact in self.lights.items() if fact.light == Light.RED)

    @property
    def spent(self) -> Decimal | None:
        """All that was spent; None without any line."""
        return sum((line.spent for line in self.economy), Decimal(0)) if self.economy else None

    @property
    def forecast(self) -> Decimal | None:
        """All that is forecast; None without any line."""
        return sum((line.forecast for line in self.economy), Decimal(0)) if self.economy else None


@dataclass(frozen=True, slots=True)
class Received:
    """The latest received report, and the areas that were red in the one before it."""

    latest: ReportFact | None = None
    red_before: frozenset[str] = frozenset()


_COLUMNS = tuple(column.name for column in fields(ReportFact) if column.name not in ("lights", "economy"))


def received_reports(initiatives: QuerySet[Initiative]) -> dict[int, Received]:
    """For each initiative that has one: the latest received report, and what was red in the one before it."""
    by_age = Window(RowNumber(), partition_by="initiative", order_by=[F("period_end").desc(), F("number").desc()])
    received = StatusReport.objects.filter(status=StatusReport.Status.RECEIVED)
    by_initiative = (
        received.filter(initiative__in=initiatives.order_by().values("pk"))
        # A report that was put right is not the one before its own correction.
        .exclude(Exists(received.filter(corrects=OuterRef("pk"))))
        .annotate(age=by_age)
    )
    latest = by_initiative.filter(age=1)
    parts = _parts(latest, before=by_initiative.filter(age=2))
    return {row["initiative_id"]: _received(row, parts[row["initiative_id"]]) for row in latest.values(*_COLUMNS)}


@dataclass(slots=True)
class _Parts:
    """What hangs on the reports of one initiative."""

    lights: dict[str, LightFact] = field(default_factory=dict)
    red_before: set[str] = field(default_factory=set)
    economy: list[EconomyFact] = field(default_factory=list)


def _received(row: dict[str, Any], parts: _Parts) -> Received:
    """A received report has every light of its shape; only those that are not green were read."""
    lights = {area: parts.lights.get(area, GREEN) for area in AREAS[row["shape"]]}
    return Received(ReportFact(**row, lights=lights, economy=tuple(parts.economy)), frozenset(parts.red_before))


def _parts(latest: QuerySet[StatusReport], *, before: QuerySet[StatusReport]) -> dict[int, _Parts]:
    """By initiative: lights that are not green and economy lines of the latest, red lights before; in one query."""
    lights = _of(ReportLight, latest).exclude(light=Light.GREEN)
    red = _of(ReportLight, before).filter(light=Light.RED)
    lines = _lines("light", lights, words=("area", "light", "reason")).union(
        _lines("red_before", red, words=("area",)),
        _lines("economy", _of(ReportEconomyLine, latest), words=("category__name",), amounts=AMOUNTS),
        all=True,
    )
    found: dict[int, _Parts] = defaultdict(_Parts)
    for initiative, _pk, what, name, light, reason, *amounts in sorted(lines):
        if what == "light":
            found[initiative].lights[name] = LightFact(light, reason)
        elif what == "red_before":
            found[initiative].red_before.add(name)
        else:
            line = EconomyFact(name or "", *(amount.quantize(OERE) for amount in amounts))
            found[initiative].economy.append(line)
    return found


def _of(part: type[Model], reports: QuerySet[StatusReport]) -> QuerySet[Any]:
    return part._default_manager.filter(report__in=reports.order_by().values("pk"))  # noqa: SLF001 - Django's documented manager of any model


def _lines(what: str, rows: QuerySet[Any], *, words: Sequence[str], amounts: Sequence[str] = ()) -> QuerySet[Any, Any]:
    """Rows of one kind with the columns of all kinds; those that a kind has not are empty."""
    kroner = DecimalField(max_digits=14, decimal_places=2)
    columns = {f"line_{n}": _column(words, n, TextField()) for n in range(TEXTS)}
    columns |= {f"amount_{n}": _column(amounts, n, kroner) for n in range(len(AMOUNTS))}
    return (
        rows.order_by()
        .annotate(line_what=Value(what, TextField()), **columns)
        .values_list("report__initiative_id", "pk", "line_what", *columns)
    )


def _column(names: Sequence[str], place: int, kind: Field[Any, Any]) -> Cast:
    return Cast(F(names[place]) if place < len(names) else Value(None), kind)
