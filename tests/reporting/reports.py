"""A received status report, made directly: what reporting stands on, not what it is about."""

from decimal import Decimal

from django.utils import timezone

from portfolio.domain.reports import AREAS
from portfolio.models import ReportEconomyLine, ReportLight, ReportMilestone, ReportRisk, StatusReport
from portfolio.rhythm import shape_of
from tests.factories import UserFactory, days


def received_report(initiative, *, lights=(), economy=(), milestones=(), risks=(), **fields):
    """The newest report of the initiative: all lights green but those in `lights` ({area: (light, reason)})."""
    previous = initiative.reports.order_by("-number").first()
    shape = shape_of(initiative.stage, initiative.level)
    person = UserFactory()
    report = StatusReport.objects.create(
        **{
            "initiative": initiative,
            "number": previous.number + 1 if previous else 1,
            "shape": shape,
            "level": initiative.level,
            "status": StatusReport.Status.RECEIVED,
            "period_end": days(-7),
            "previous": previous,
            "written_by": person,
            "approved_by": person,
            "received_at": timezone.now(),
            **fields,
        }
    )
    wanted = dict(lights)
    for area in AREAS[shape]:
        light, reason = wanted.get(area, ("green", ""))
        ReportLight.objects.create(report=report, area=area, light=light, reason=reason)
    for number, (name, planned, forecast, done) in enumerate(milestones, start=1):
        ReportMilestone.objects.create(
            report=report, order=number, name=name, planned=planned, forecast=forecast, done=done
        )
    for category, planned, spent, forecast in economy:
        ReportEconomyLine.objects.create(
            report=report, category=category, planned=Decimal(planned), spent=Decimal(spent), forecast=Decimal(forecast)
        )
    for text, probability, consequence in risks:
        ReportRisk.objects.create(report=report, text=text, probability=probability, consequence=consequence)
    return report
