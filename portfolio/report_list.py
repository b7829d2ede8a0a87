"""Who has reported, who is late, and where the report under way is: one query over what a person may see."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .domain.reports import UNDER_WAY
from .models import Initiative, LifecycleEvent, Stage, StatusReport
from .rhythm import next_report_due

Status = StatusReport.Status
REPORTING_STAGES = (Stage.PROJECT, Stage.PRODUCT)
# What the list can be narrowed to, beside everything.
VIEWS: dict[str, str | Promise] = {
    "forfaldne": _("Forfaldne"),
    "snart": _("Frist inden for 30 dage"),
    "kladde": _("Kladder"),
    "godkendelse": _("Til godkendelse"),
    "modtagelse": _("Til modtagelse"),
}
_BY_STATUS = {"kladde": Status.DRAFT, "godkendelse": Status.SUBMITTED, "modtagelse": Status.APPROVED}


@dataclass(frozen=True, slots=True)
class ReportStanding:
    """Where one project or product is with its reports. `due` is None when nothing is known to count from."""

    slug: str
    name: str
    stage: str
    level: int | None
    latest_number: int | None
    latest_on: date | None
    due: date | None
    days_left: int | None
    under_way: int | None
    status: str

    @property
    def is_late(self) -> bool:
        """Whether the day has passed."""
        return self.days_left is not None and self.days_left < 0

    @property
    def is_soon(self) -> bool:
        """Whether the day is near, but not passed."""
        return self.days_left is not None and 0 <= self.days_left <= settings.DEADLINE_WARNING_DAYS

    @property
    def status_word(self) -> str:
        """Where the report under way is."""
        return str(Status(self.status).label) if self.status else ""

    def fits(self, view: str) -> bool:
        """Whether it belongs to a view of the list."""
        if view in _BY_STATUS:
            return self.status == _BY_STATUS[view]
        return {"forfaldne": self.is_late, "snart": self.is_soon}.get(view, True)


def report_standings(initiatives: QuerySet[Initiative], on: date) -> list[ReportStanding]:
    """The projects and products among the initiatives, the one that is due first at the top."""
    rows = [_standing(row, on) for row in _rows(initiatives.filter(stage__in=REPORTING_STAGES))]
    return sorted(rows, key=lambda row: (row.due is None, row.due or on, row.name))


def _rows(initiatives: QuerySet[Initiative]) -> QuerySet[Any, Any]:
    mine = StatusReport.objects.filter(initiative=OuterRef("pk"))
    received = mine.filter(status=Status.RECEIVED).order_by("-period_end", "-number")
    under_way = mine.filter(status__in=UNDER_WAY).order_by("-number")
    came = LifecycleEvent.objects.filter(
        initiative=OuterRef("pk"), kind__in=[LifecycleEvent.Kind.STAGE, LifecycleEvent.Kind.REGISTERED]
    )
    entered = came.order_by().values("initiative").annotate(last=Max("recorded_at")).values("last")
    return initiatives.annotate(
        latest_number=Subquery(received.values("number")[:1]),
        latest_on=Subquery(received.values("period_end")[:1]),
        under_way=Subquery(under_way.values("number")[:1]),
        status=Subquery(under_way.values("status")[:1]),
        entered=TruncDate(Subquery(entered)),
    ).values("slug", "name", "stage", "level", "latest_number", "latest_on", "under_way", "status", "entered")


def _standing(row: dict[str, Any], on: date) -> ReportStanding:
    entered = row.pop("entered")
    due = next_report_due(row["stage"], row["level"], since=row["latest_on"] or entered)
    return ReportStanding(
        **{**row, "status": row["status"] or ""}, due=due, days_left=(due - on).days if due is not None else None
    )
