"""The latest received status reports, with the lights of the report before."""

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from portfolio.models import Initiative, StatusReport
from reporting import frozen

PLAIN_FIELDS = (
    "number",
    "shape",
    "period_end",
    "purpose_holds",
    "purpose_note",
    "planned_end",
    "forecast_end",
    "progress",
    "hours_estimated",
    "hours_used",
    "hours_forecast",
    "business_case_holds",
    "business_case_note",
    "remarks",
    "change_progress",
    "operating_status",
    "sla",
    "users_new",
    "users_planned",
    "users_left",
    "benefits_realised",
    "n3_organisation",
    "n3_operations",
    "n3_technology",
)


def load_reports(initiatives: Iterable[Initiative]) -> dict[int, StatusReport]:
    """The latest received report of each initiative with all its parts, by the initiative's key."""
    received = StatusReport.objects.filter(status=StatusReport.Status.RECEIVED)
    latest = received.filter(initiative=OuterRef("initiative")).order_by("-period_end", "-number").values("pk")[:1]
    reports = (
        received.filter(initiative__in=[initiative.pk for initiative in initiatives], pk=Subquery(latest))
        .select_related("approved_by__organisation", "previous")
        .prefetch_related("lights", "previous__lights", "milestones", "economy__category", "risks")
    )
    return {report.initiative_id: report for report in reports}


def report_state(report: StatusReport) -> frozen.ReportState:
    """A report as plain values."""
    previous = report.previous
    before = {light.area: light.light for light in previous.lights.all()} if previous else {}
    return frozen.ReportState(
        **{name: getattr(report, name) for name in PLAIN_FIELDS},
        received_on=timezone.localdate(report.received_at) if report.received_at else None,
        approved_by=report.approved_by.function_label if report.approved_by else "",
        previous_period_end=previous.period_end if previous else None,
        lights=tuple(
            frozen.LightState(light.area, light.light, light.reason, before.get(light.area, ""))
            for light in report.lights.all()
        ),
        milestones=tuple(
            frozen.MilestoneState(m.order, m.name, m.planned, m.forecast, m.done) for m in report.milestones.all()
        ),
        economy=tuple(
            frozen.EconomyLineState(str(line.category or ""), line.planned, line.spent, line.forecast)
            for line in report.economy.all()
        ),
        risks=tuple(
            frozen.RiskState(r.text, r.probability, r.consequence, r.owner, r.action) for r in report.risks.all()
        ),
    )
