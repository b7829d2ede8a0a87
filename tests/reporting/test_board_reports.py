"""Making the board report: asked for once, made by the worker with visible progress, stored, never changed."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from governance.models.append_only import HistoryIsNeverRewrittenError
from governance.refusals import NotAllowed
from reporting.domain import board_reports
from reporting.domain.board_reports import make_report
from reporting.domain.report_orders import SILENT_AFTER, ask_for_report, is_lost
from reporting.domain.snapshots import take_snapshot
from reporting.models import BoardReport
from reporting.pdf import CannotSetError, Pdf
from tests.factories import business_manager, person_as, secretariat

pytestmark = pytest.mark.django_db

Status = BoardReport.Status


@pytest.fixture
def snapshot():
    return take_snapshot(by=business_manager())


@pytest.fixture
def quick(monkeypatch):
    """The setting itself replaced: what is asked here is what happens around it."""
    calls = []

    def set_report(context, *, progress):
        calls.append(context)
        progress("Sætter siderne op", 3, 12)
        return Pdf(b"%PDF-1.7 lille", 12)

    monkeypatch.setattr(board_reports, "set_report", set_report)
    return calls


def ask(snapshot):
    return ask_for_report(snapshot=snapshot, by=business_manager())


@pytest.mark.django_db(transaction=True)
def test_the_worker_makes_it_and_stores_it_with_its_checksum(snapshot):
    assert ask(snapshot).status == Status.QUEUED
    call_command("db_worker", "--batch", "--interval", "0", verbosity=0)
    report = BoardReport.objects.get()
    assert report.status == Status.DONE
    content = report.file.read()
    assert content.startswith(b"%PDF-1.7")
    assert len(content) == report.size
    assert report.pdf_checksum == Pdf(content, 0).checksum
    assert report.total == report.done > 8


@pytest.mark.parametrize("who", [business_manager, secretariat])
def test_the_business_manager_and_the_secretariat_may_ask(snapshot, who):
    assert ask_for_report(snapshot=snapshot, by=who()).made_by == who()


@pytest.mark.parametrize("role", ["board_member", "board_chair", "member_user"])
def test_others_may_not_ask(snapshot, role):
    with pytest.raises(NotAllowed):
        ask_for_report(snapshot=snapshot, by=person_as(role))
    assert not BoardReport.objects.exists()


def test_asking_again_gives_the_stored_one(snapshot, quick, django_capture_on_commit_callbacks):
    stored = make_report(report_id=ask(snapshot).pk)
    with django_capture_on_commit_callbacks() as callbacks:
        again = ask(snapshot)
    assert callbacks == []
    assert (again.pk, again.status, again.pdf_checksum) == (stored.pk, Status.DONE, stored.pdf_checksum)
    assert make_report(report_id=again.pk).made_at == stored.made_at
    assert len(quick) == 1


def test_asking_twice_while_it_waits_makes_one(snapshot, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        assert ask(snapshot).pk == ask(snapshot).pk
    assert len(callbacks) == 1


def test_progress_is_on_the_row_while_it_is_made(snapshot, monkeypatch):
    seen = []

    def set_report(_context, *, progress):
        progress("Sætter siderne op", 3, 12)
        seen.append(BoardReport.objects.values("status", "step", "done", "total").get())
        return Pdf(b"%PDF", 12)

    monkeypatch.setattr(board_reports, "set_report", set_report)
    make_report(report_id=ask(snapshot).pk)
    assert seen == [{"status": "running", "step": "Sætter siderne op", "done": 3, "total": 12}]


def test_progress_is_not_written_oftener_than_people_look(snapshot, monkeypatch, django_assert_num_queries):
    report = ask(snapshot)
    write = board_reports._writer(report)
    BoardReport.objects.update(status=Status.RUNNING)
    with django_assert_num_queries(1):
        for page in range(50):
            write("Sætter siderne op", page, 50)


def test_a_finished_report_is_never_changed_or_removed(snapshot, quick):
    report = make_report(report_id=ask(snapshot).pk)
    report.pdf_checksum = "0" * 64
    for change in (report.save, report.delete):
        with pytest.raises(HistoryIsNeverRewrittenError):
            change()
    board_reports._writer(report)("For sent", 1, 1)
    assert BoardReport.objects.get().step == ""


def test_what_is_missing_on_the_machine_is_told_on_the_report_and_it_can_be_asked_for_again(snapshot, monkeypatch):
    def cannot(_context, *, progress):
        raise CannotSetError("Kør script/setup, og prøv igen.")

    monkeypatch.setattr(board_reports, "set_report", cannot)
    report = make_report(report_id=ask(snapshot).pk)
    assert (report.status, report.error) == (Status.FAILED, "Kør script/setup, og prøv igen.")
    again = ask(snapshot)
    assert (again.pk, again.status, again.error) == (report.pk, Status.QUEUED, "")


def test_an_unforeseen_error_is_told_and_reaches_the_workers_log(snapshot, monkeypatch):
    def broken(_context, *, progress):
        raise ZeroDivisionError

    monkeypatch.setattr(board_reports, "set_report", broken)
    with pytest.raises(ZeroDivisionError):
        make_report(report_id=ask(snapshot).pk)
    report = BoardReport.objects.get()
    assert report.status == Status.FAILED
    assert report.error
    assert is_lost(report)


@pytest.mark.parametrize(("silent", "lost"), [(SILENT_AFTER - timedelta(minutes=1), False), (SILENT_AFTER, True)])
def test_a_report_whose_worker_has_died_can_be_asked_for_again(snapshot, silent, lost):
    report = ask(snapshot)
    BoardReport.objects.update(status=Status.RUNNING, done=5, total=9, changed_at=timezone.now() - silent)
    assert is_lost(BoardReport.objects.get()) == lost
    assert (ask(snapshot).status == Status.QUEUED) == lost
    assert BoardReport.objects.get().pk == report.pk


def test_two_workers_do_not_make_the_same_report(snapshot, quick):
    report = ask(snapshot)
    BoardReport.objects.update(status=Status.RUNNING)
    assert make_report(report_id=report.pk).status == Status.RUNNING
    assert quick == []
