"""A line of an overview: what is filtered, sorted, summed and marked, for the whole selection, in three queries.

What takes the facts of an initiative (who is behind it, its gate, its compliance) is added in overviews.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.utils import timezone

from governance.models import Body

from .deviations import Deviation, of_product, of_project
from .groups import label_of
from .models import (
    Adoption,
    Budget,
    BudgetApproval,
    Initiative,
    InitiativeBody,
    Level,
    LifecycleEvent,
    Participation,
    Stage,
)
from .models.queries import has_conditions
from .received import EconomyFact, LightFact, Received, ReportFact, received_reports
from .rhythm import next_report_due

Approver = BudgetApproval.Approver
PROJECT_STAGES = (Stage.CONCEPT, Stage.PROJECT)


@dataclass(frozen=True, slots=True)
class Line:
    """What both overviews filter, sort and sum by. Amounts are kroner; None is not known."""

    pk: int
    slug: str
    reference: str
    name: str
    sort_key: str
    kind: str
    stage: str
    level: int | None
    is_example: bool
    paused_until: date | None
    report: ReportFact | None
    report_due: date | None
    budget: Decimal | None
    budget_is_approved: bool
    deviations: tuple[Deviation, ...]
    has_deferrals: bool
    lead_organisation: str = ""
    is_found: bool = True

    @property
    def is_late(self) -> bool:
        """Whether a report should have been here."""
        return self.report_due is not None and self.report_due < timezone.localdate()

    @property
    def lights(self) -> dict[str, LightFact]:
        """The lights of the latest received report, by area."""
        return self.report.lights if self.report else {}

    @property
    def spent(self) -> Decimal | None:
        """What the latest report says was spent."""
        return self.report.spent if self.report else None

    @property
    def forecast(self) -> Decimal | None:
        """What the latest report expects it to cost."""
        return self.report.forecast if self.report else None

    @property
    def over_percent(self) -> Decimal | None:
        """How much the forecast is over the budget, in percent; negative under it."""
        if not self.budget or self.forecast is None:
            return None
        return (self.forecast - self.budget) * 100 / self.budget


@dataclass(frozen=True, slots=True)
class ProjectLine(Line):
    """A concept or project."""

    phase: str = ""
    priority: str = ""
    planned_start: date | None = None
    planned_end: date | None = None
    forecast_end: date | None = None
    hours_estimated: int | None = None

    @property
    def slip_days(self) -> int | None:
        """Days from the planned to the expected end."""
        if self.planned_end is None or self.forecast_end is None:
            return None
        return (self.forecast_end - self.planned_end).days

    @property
    def hours_used(self) -> int | None:
        """Hours used, from the latest report."""
        return self.report.hours_used if self.report else None

    @property
    def progress(self) -> int | None:
        """Percent done, from the latest report."""
        return self.report.progress if self.report else None


@dataclass(frozen=True, slots=True)
class ProductLine(Line):
    """A product. `users` and `vendors` count organisations; users is None when nobody has registered its use."""

    operating_status: str = ""
    users: int | None = None
    vendors: int = 0

    @property
    def economy(self) -> tuple[EconomyFact, ...]:
        """Operations, change handling, further development: the lines of the latest report."""
        return self.report.economy if self.report else ()


def project_lines(
    initiatives: QuerySet[Initiative], *, stages: Sequence[str] = PROJECT_STAGES, found: Q | None = None
) -> list[ProjectLine]:
    """The concepts and projects among the initiatives, in Danish order; three queries.

    All of them come; those that do not fit the condition `found` are marked so, and still count in the sums above.
    """
    chosen = initiatives.filter(stage__in=stages)
    reports = received_reports(chosen)
    more = ("phase__name", "priority", "planned_start", "planned_end", "estimated_hours")
    return [
        _project_line(row, reports.get(row["pk"], Received()))
        for row in _index(chosen, Budget.Scope.PROJECT, found, *more)
    ]


def product_lines(initiatives: QuerySet[Initiative], day: date, *, found: Q | None = None) -> list[ProductLine]:
    """The products among the initiatives on a day, in Danish order; three queries. `found` as for project_lines."""
    chosen = initiatives.filter(stage=Stage.PRODUCT)
    reports = received_reports(chosen)
    adoptions = Adoption.objects.filter(initiative=OuterRef("pk"))
    vendors = Participation.objects.on(day).filter(initiative=OuterRef("pk"), role=Participation.Role.VENDOR)
    groups = InitiativeBody.objects.filter(
        Q(body__valid_to__isnull=True) | Q(body__valid_to__gte=day),
        initiative=OuterRef("pk"),
        body__kind=Body.Kind.STEERING_GROUP,
        body__valid_from__lte=day,
    )
    users = adoptions.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)
    counted = chosen.annotate(
        user_count=_count(users), vendor_count=_count(vendors), ever_used=Exists(adoptions), has_group=Exists(groups)
    )
    more = ("operating_status", "user_count", "vendor_count", "ever_used", "has_group")
    return [
        _product_line(row, reports.get(row["pk"], Received()))
        for row in _index(counted, Budget.Scope.PRODUCT, found, *more)
    ]


def _count(rows: QuerySet[Any]) -> Subquery:
    """How many organisations, as a column."""
    counted = rows.order_by().values("initiative").annotate(n=Count("organisation", distinct=True)).values("n")
    return Subquery(counted, output_field=IntegerField())


def _index(initiatives: QuerySet[Initiative], scope: str, found: Q | None, *more: str) -> Iterable[dict[str, Any]]:
    """The columns of every line. Three budgets: approved by the board, approved by the initiative's own, the latest."""
    came = LifecycleEvent.objects.filter(
        initiative=OuterRef("pk"), kind__in=[LifecycleEvent.Kind.STAGE, LifecycleEvent.Kind.REGISTERED]
    )
    entered = came.order_by().values("initiative").annotate(last=Max("recorded_at")).values("last")
    budgets = Budget.objects.filter(initiative=OuterRef("pk"), scope=scope)
    own = (Approver.OWNER, Approver.STEERING_GROUP)
    leads = Participation.objects.filter(
        initiative=OuterRef("pk"), role=Participation.Role.LEAD, valid_to__isnull=True
    ).order_by("organisation__sort_key")
    return (
        initiatives.annotate(
            is_found=Case(When(found, then=True), default=False) if found is not None else Value(value=True),
            lead_name=Subquery(leads.values("organisation__name")[:1]),
            lead_kind=Subquery(leads.values("organisation__kind")[:1]),
            latest_budget=_total(budgets),
            board_budget=_total(budgets.filter(approvals__approver=Approver.BOARD)),
            own_budget=_total(budgets.filter(Exists(_approvals(own)))),
            entered=Subquery(entered),
            has_deferrals=has_conditions(),
        )
        .order_by("sort_key", "pk")
        .values(
            "pk",
            "slug",
            "reference",
            "name",
            "sort_key",
            "kind",
            "stage",
            "level",
            "is_example",
            "paused_until",
            "latest_budget",
            "board_budget",
            "own_budget",
            "entered",
            "has_deferrals",
            "is_found",
            "lead_name",
            "lead_kind",
            *more,
        )
    )


def _approvals(approvers: Sequence[str]) -> QuerySet[BudgetApproval]:
    return BudgetApproval.objects.filter(budget=OuterRef("pk"), approver__in=approvers)


def _total(budgets: QuerySet[Budget]) -> Subquery:
    """The sum of the newest of the budgets, as a column."""
    newest = budgets.order_by("-version").annotate(total=Sum("lines__planned")).values("total")[:1]
    return Subquery(newest)


def _common(row: dict[str, Any], received: Received) -> dict[str, Any]:
    """What both overviews share. From N2 the board approves a budget; below, and unplaced, the initiative's own."""
    level = row["level"]
    approved = row["board_budget"] if level is not None and level >= Level.N2 else row["own_budget"]
    latest = received.latest
    since = latest.period_end if latest else row["entered"] and timezone.localdate(row["entered"])
    kept = ("pk", "slug", "reference", "name", "sort_key", "kind", "stage", "level", "is_example", "paused_until")
    return {
        **{name: row[name] for name in kept},
        "report": latest,
        "report_due": next_report_due(row["stage"], level, since=since),
        "budget": row["latest_budget"] if approved is None else approved,
        "budget_is_approved": approved is not None,
        "has_deferrals": row["has_deferrals"],
        "is_found": row["is_found"],
        "lead_organisation": label_of(None, row["lead_name"], row["lead_kind"]),
    }


def _reds(received: Received) -> dict[str, frozenset[str]]:
    return {"red_now": received.latest.red if received.latest else frozenset(), "red_before": received.red_before}


def _project_line(row: dict[str, Any], received: Received) -> ProjectLine:
    latest, common = received.latest, _common(row, received)
    planned_end = (latest.planned_end if latest else None) or row["planned_end"]
    forecast_end = latest.forecast_end if latest else None
    deviations = of_project(
        approved=common["budget"] if common["budget_is_approved"] else None,
        forecast=latest.forecast if latest else None,
        planned_end=planned_end,
        forecast_end=forecast_end,
        **_reds(received),
    )
    return ProjectLine(
        **common,
        deviations=deviations if row["stage"] == Stage.PROJECT else (),
        phase=row["phase__name"] or "",
        priority=row["priority"],
        planned_start=row["planned_start"],
        planned_end=planned_end,
        forecast_end=forecast_end,
        hours_estimated=(latest.hours_estimated if latest else None) or row["estimated_hours"],
    )


def _product_line(row: dict[str, Any], received: Received) -> ProductLine:
    latest = received.latest
    users = (row["user_count"] or 0) if row["ever_used"] else None
    return ProductLine(
        **_common(row, received),
        deviations=of_product(
            level=row["level"],
            has_steering_group=row["has_group"],
            users=users,
            sla=latest.sla if latest else "",
            value_holds=latest.business_case_holds if latest else None,
            **_reds(received),
        ),
        operating_status=row["operating_status"],
        users=users,
        vendors=row["vendor_count"] or 0,
    )
