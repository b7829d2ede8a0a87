"""What comes to a body's agenda by itself: overdue conditions, marked deviations, received reports (meetings.md).

The board gets the whole portfolio's; a group gets that of the initiatives it belongs to.
"""

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from governance.agenda_sources import AgendaLine
from governance.models import Body, Meeting

from .deferrals import open_conditions
from .facts import load_facts
from .models import Initiative, Stage, StatusReport
from .models.queries import InitiativeQuerySet
from .overview_lines import product_lines, project_lines


def initiatives_before(body: Body) -> InitiativeQuerySet:
    """The initiatives whose matters come before a body."""
    return Initiative.objects.all() if body.decides_as_board else Initiative.objects.filter(bodies=body)


def overdue_conditions(body: Body, day: date) -> list[AgendaLine]:
    """The conditions that have run out by the day and are not met, the oldest first."""
    deferred = initiatives_before(body).live().with_conditions()
    lines = [
        AgendaLine(
            name=facts.initiative.name,
            text=_("%(code)s %(title)s skulle være opfyldt %(day)s efter beslutning %(number)s.")
            % {
                "code": condition.code,
                "title": condition.title,
                "day": date_format(condition.until, "DATE_FORMAT"),
                "number": condition.decision_number,
            },
            url=reverse("portfolio:answer", args=[facts.initiative.slug, condition.code]),
            subject=facts.initiative.slug,
            due=condition.until,
        )
        for facts in load_facts(deferred, day).values()
        for condition in open_conditions(facts)
        if condition.is_overdue
    ]
    return sorted(lines, key=lambda line: (line.due or day, line.name, line.text))


def deviations(body: Body, day: date) -> list[AgendaLine]:
    """The projects and products that have passed a limit, in Danish order, each with its sentences."""
    rows = initiatives_before(body)
    marked = [*project_lines(rows, stages=(Stage.PROJECT,)), *product_lines(rows, day)]
    return [
        AgendaLine(
            name=line.name,
            text=" ".join(deviation.sentence for deviation in line.deviations),
            url=reverse("portfolio:initiative", args=[line.slug]),
            subject=line.slug,
            since=line.report.period_end if line.report else None,
        )
        for line in sorted(marked, key=lambda line: line.sort_key)
        if line.deviations
    ]


def received_reports(body: Body, day: date) -> list[AgendaLine]:
    """The status reports received since the body's last meeting before the day."""
    last = Meeting.objects.filter(
        body=body, procedure=Meeting.Procedure.MEETING, starts_at__date__lt=day, starts_at__lt=timezone.now()
    ).order_by("-starts_at")
    reports = StatusReport.objects.filter(
        initiative__in=initiatives_before(body).values("pk"), status=StatusReport.Status.RECEIVED
    )
    since = last.values_list("starts_at", flat=True).first()
    if since is not None:
        reports = reports.filter(received_at__gt=since)
    return [
        AgendaLine(
            name=report.initiative.name,
            text=_("Statusrapport %(number)d pr. %(day)s.")
            % {"number": report.number, "day": date_format(report.period_end, "DATE_FORMAT")},
            url=reverse("portfolio:report", args=[report.initiative.slug, report.number]),
            subject=report.initiative.slug,
            since=timezone.localdate(report.received_at) if report.received_at else None,
        )
        for report in reports.select_related("initiative").order_by("initiative__sort_key", "number")
    ]
