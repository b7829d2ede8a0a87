"""Projects and products that report, and what a browser sends of a report."""

from django.urls import reverse
from django.utils import timezone

from portfolio.domain import reports
from portfolio.models import StatusReport
from tests.factories import InitiativeFactory, business_manager, days, steering_group

Status = StatusReport.Status
Shape = StatusReport.Shape


def on(stage, level, **more):
    made = InitiativeFactory(**{stage: True}, described=True, level=level, planned_end=days(90), **more)
    if level >= 2:
        steering_group(made)
    return made


def url(name, initiative, number=1):
    own = name in ("initiative-reports", "report-begin")
    return reverse(f"portfolio:{name}", args=[initiative.slug] if own else [initiative.slug, number])


def begun(initiative, **more):
    return reports.begin_report(initiative_id=initiative.pk, by=business_manager(), **more)


def received(initiative, period_end=None, light="green", **fields):
    """A report that has been all the way; written directly, because only what follows it is tested."""
    report = begun(initiative, period_end=period_end)
    report.lights.update(light=light, reason="" if light == "green" else "Fordi.")
    StatusReport.objects.filter(pk=report.pk).update(status=Status.RECEIVED, received_at=timezone.now(), **fields)
    return StatusReport.objects.get(pk=report.pk)


def filled(report, **more):
    """What a browser sends of a report that is ready to go."""
    areas = reports.AREAS[report.shape]
    data = {
        "version": report.version,
        "period_end": days(0).strftime("%d-%m-%Y"),
        "purpose_holds": "on",
        "business_case_holds": "on",
        **{f"light_{area}": "green" for area in areas},
        **{f"reason_{area}": "" for area in areas},
    }
    if report.shape == Shape.PRODUCT:
        data |= {"operating_status": "in_operation", "sla": "followed"}
    else:
        data |= {"forecast_end": days(90).strftime("%d-%m-%Y")}
    for prefix in ("milepaele", "oekonomi", "risici"):
        data |= {f"{prefix}-TOTAL_FORMS": 2, f"{prefix}-INITIAL_FORMS": 0}
    return {**data, **more}


def row(prefix, number=0, **values):
    return {f"{prefix}-{number}-{name}": value for name, value in values.items()}
