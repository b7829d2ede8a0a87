"""What a report will mark its project or product for, once it is received; told while it is written."""

from decimal import Decimal

from .deviations import Deviation, of_product, of_project
from .facts import InitiativeFacts
from .models import Initiative, ReportLight, StatusReport
from .overview_lines import product_lines, project_lines


def deviations_of_draft(report: StatusReport, facts: InitiativeFacts) -> tuple[Deviation, ...]:
    """The deviations that the overview would show with this report as the latest. Takes it with its parts loaded."""
    before = report.previous
    reds = {"red_now": _red(report), "red_before": _red(before) if before is not None else frozenset()}
    mine = Initiative.objects.filter(pk=report.initiative_id)
    if report.shape == StatusReport.Shape.PRODUCT:
        product = next(iter(product_lines(mine, facts.on)), None)
        return of_product(
            level=facts.level,
            has_steering_group=bool(facts.steering_groups),
            users=product.users if product else None,
            sla=report.sla,
            value_holds=report.business_case_holds,
            **reds,
        )
    line = next(iter(project_lines(mine)), None)
    lines = list(report.economy.all())
    return of_project(
        approved=line.budget if line and line.budget_is_approved else None,
        forecast=sum((each.forecast for each in lines), Decimal(0)) if lines else None,
        planned_end=report.planned_end,
        forecast_end=report.forecast_end,
        **reds,
    )


def _red(report: StatusReport) -> frozenset[str]:
    return frozenset(light.area for light in report.lights.all() if light.light == ReportLight.Light.RED)
