"""Ordering the board report of a snapshot from the worker."""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models import User
from governance.refusals import NotAllowed, Refusal
from governance.standing import standing_of
from reporting.models import BoardReport, Snapshot
from reporting.rules import may_take_snapshots
from reporting.tasks import make_board_report

# A report that has said nothing for so long has lost its worker, and can be asked for again.
SILENT_AFTER = timedelta(minutes=10)

Status = BoardReport.Status


@transaction.atomic
def ask_for_report(*, snapshot: Snapshot, by: User) -> BoardReport:
    """Have the worker make the report. One that is done or under way is returned as it is; nothing is made twice.

    Raises NotAllowed.
    """
    if not may_take_snapshots(standing_of(by)):
        raise NotAllowed(
            Refusal("not_allowed", _("Kun forretningslederen og sekretariatet laver bestyrelsesrapporten."))
        )
    asked = {"made_by": by, "asked_at": timezone.now()}
    report, is_new = BoardReport.objects.get_or_create(snapshot=snapshot, defaults=asked)
    report = BoardReport.objects.select_for_update().get(pk=report.pk)
    if not is_new and not is_lost(report):
        return report
    if not is_new:
        for name, value in {**asked, "status": Status.QUEUED, "step": "", "error": "", "done": 0, "total": 0}.items():
            setattr(report, name, value)
        report.save()
    transaction.on_commit(partial(make_board_report.enqueue, report_id=report.pk))
    return report


def is_lost(report: BoardReport) -> bool:
    """Whether it failed, or has been silent for so long that nobody is making it any more."""
    if report.status == Status.FAILED:
        return True
    return report.is_under_way and report.changed_at < timezone.now() - SILENT_AFTER
