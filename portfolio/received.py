"""The latest received report of each initiative and the one before it, as plain values, in two queries."""

from collections import defaultdict
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, Exists, F, OuterRef, QuerySet, TextField, Value, Window
from django.db.models.functions import Cast, RowNumber

from .domain.reports import AREAS
from .models import Initiative, ReportEconomyLine, ReportLight, StatusReport

Light = ReportLight.Light
OERE = Decimal("0.01")
WORDS = ("name", "light", "reason")
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
        return str(Light(self.light).label).capitalize()


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
    """The latest received report and the one before it."""

    latest: ReportFact | None = None
    before: ReportFact | None = None


_COLUMNS = tuple(column.name for column in fields(ReportFact) if column.name not in ("lights", "economy"))


def received_reports(initiatives: QuerySet[Initiative]) -> dict[int, Received]:
    """For each initiative that has one: the latest received report, and the one before it."""
    by_age = Window(RowNumber(), partition_by="initiative", order_by=[F("period_end").desc(), F("number").desc()])
    received = StatusReport.objects.filter(status=StatusReport.Status.RECEIVED)
    latest_two = (
        received.filter(initiative__in=initiatives.order_by().values("pk"))
        # A report that was put right is not the one before its own correction.
        .exclude(Exists(received.filter(corrects=OuterRef("pk"))))
        .annotate(age=by_age)
        .filter(age__lte=2)
        .order_by("initiative", "age")
    )
    lights, economy = _parts(latest_two)
    found: dict[int, list[ReportFact]] = defaultdict(list)
    for line in latest_two.values_list(*_COLUMNS):
        bare = ReportFact(*line)
        # A received report has every light of its shape; only those that are not green are read.
        shown = {area: lights[bare.pk].get(area, LightFact(Light.GREEN)) for area in AREAS[bare.shape]}
        found[bare.initiative_id].append(replace(bare, lights=shown, economy=tuple(economy[bare.pk])))
    return {pk: Received(*reports) for pk, reports in found.items()}


def _parts(reports: QuerySet[StatusReport]) -> tuple[dict[int, dict[str, LightFact]], dict[int, list[EconomyFact]]]:
    """Lights that are not green, and economy lines, of all the reports, in one query."""
    pks = reports.order_by().values("pk")
    lights = ReportLight.objects.filter(report__in=pks).exclude(light=Light.GREEN)
    economy = ReportEconomyLine.objects.filter(report__in=pks)
    nothing = [Value(""), Value("")]
    lines = _lines("light", lights, words=[F("area"), F("light"), F("reason")], amounts=[Value(0)] * 3).union(
        _lines("economy", economy, words=[F("category__name"), *nothing], amounts=[F(name) for name in AMOUNTS]),
        all=True,
    )
    lights_of: dict[int, dict[str, LightFact]] = defaultdict(dict)
    economy_of: dict[int, list[EconomyFact]] = defaultdict(list)
    for report, _pk, what, name, light, reason, *amounts in sorted(lines):
        if what == "light":
            lights_of[report][name] = LightFact(light, reason)
        else:
            economy_of[report].append(EconomyFact(name or "", *(amount.quantize(OERE) for amount in amounts)))
    return lights_of, economy_of


def _lines(what: str, rows: QuerySet[Any], *, words: list[Any], amounts: list[Any]) -> QuerySet[Any, Any]:
    named = {f"line_{place}": Cast(word, TextField()) for place, word in zip(WORDS, words, strict=True)}
    kroner = DecimalField(max_digits=14, decimal_places=2)
    named |= {f"line_{place}": Cast(amount, kroner) for place, amount in zip(AMOUNTS, amounts, strict=True)}
    return (
        rows.order_by()
        .annotate(line_what=Value(what, TextField()), **named)
        .values_list("report_id", "pk", "line_what", *named)
    )
