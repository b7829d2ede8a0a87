"""Reads for the pages: snapshots without their content, and the meetings one can be taken for."""

from datetime import date

from django.db.models import F, Q, QuerySet

from governance.models import Body, Meeting
from reporting.models import BoardReport, Snapshot


def snapshots() -> QuerySet[Snapshot]:
    """Every snapshot with its meeting and the state of its report, newest first."""
    return Snapshot.objects.without_data().select_related("meeting__body", "taken_by__organisation", "board_report")


def one_snapshot(number: int) -> QuerySet[Snapshot]:
    """A snapshot with its content."""
    return Snapshot.objects.filter(number=number).select_related(
        "meeting__body", "taken_by__organisation", "board_report", "previous"
    )


def board_reports() -> QuerySet[BoardReport]:
    """Every report with what its page says of the snapshot."""
    related = BoardReport.objects.select_related("snapshot__meeting__body", "made_by__organisation")
    return related.defer("snapshot__data")


def meetings_ahead(day: date) -> QuerySet[Meeting]:
    """The board's and the general assembly's meetings that are not held yet, soonest first."""
    written = Q(procedure=Meeting.Procedure.WRITTEN)
    ahead = (written & Q(ends_at__date__gte=day)) | (~written & Q(starts_at__date__gte=day))
    return (
        Meeting.objects.filter(ahead, body__kind__in=Body.BOARD_KINDS).select_related("body").order_by(F("starts_at"))
    )
