"""Making the board report of a snapshot: by the worker or a command, stored once, never changed."""

import logging
from time import monotonic

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _

from reporting.board_report.context import context_of
from reporting.board_report.pdf import set_report
from reporting.models import BoardReport
from reporting.pdf import CannotSetError, Pdf

logger = logging.getLogger(__name__)

# Progress is written to the database at most this often, in seconds.
WRITE_EVERY = 1.0

Status = BoardReport.Status


def make_report(*, report_id: int) -> BoardReport:
    """Make the report here and now, in the worker or a command, and store it.

    Returns the stored one if somebody else has made it or is making it. What goes wrong is told on the report; an
    unforeseen error is raised as well, so that the worker's log has it.
    """
    rows = BoardReport.objects.filter(pk=report_id)
    if not rows.filter(status=Status.QUEUED).update(status=Status.RUNNING, changed_at=timezone.now()):
        return rows.select_related("snapshot").get()
    report = rows.select_related("snapshot").get()
    try:
        _store(report, _set(report))
    except CannotSetError as error:
        _fail(report, str(error))
    except Exception:
        message = _(
            "Noget gik galt. Bed om rapporten igen; sker det igen, så giv driften nummeret på øjebliksbilledet."
        )
        _fail(report, message)
        raise
    return rows.select_related("snapshot").get()


def _set(report: BoardReport) -> Pdf:
    snapshot = report.snapshot
    context = context_of(snapshot.content, data_checksum=snapshot.data_checksum)
    return set_report(context, progress=_writer(report))


def _writer(report: BoardReport):
    """Progress on the row, not oftener than people look."""
    written = 0.0

    def write(step: str, page: int, pages: int) -> None:
        nonlocal written
        if monotonic() - written < WRITE_EVERY:
            return
        written = monotonic()
        BoardReport.objects.under_way().filter(pk=report.pk).update(
            step=step, done=page, total=pages, changed_at=timezone.now()
        )

    return write


def _store(report: BoardReport, pdf: Pdf) -> None:
    report.file.save("rapport.pdf", ContentFile(pdf.content), save=False)
    report.status, report.step = Status.DONE, ""
    report.done = report.total = pdf.pages
    report.size, report.pdf_checksum = len(pdf.content), pdf.checksum
    report.made_at = timezone.now()
    report.save()


def _fail(report: BoardReport, message: str) -> None:
    rows = BoardReport.objects.under_way().filter(pk=report.pk)
    rows.update(status=Status.FAILED, step="", error=message, changed_at=timezone.now())
    logger.error("Board report of snapshot %s failed: %s", report.snapshot.number, message)
