"""`manage.py board_report`: what operators type, and what they are told."""

import hashlib

import pytest
from django.core.management import CommandError, call_command

from reporting.domain import board_reports
from reporting.models import BoardReport, Snapshot
from reporting.pdf import CannotSetError, Pdf
from tests.factories import BodyFactory, business_manager, days, person_as, planned_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return business_manager()


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(board_reports, "set_report", lambda _context, **_progress: Pdf(b"%PDF-1.7 lille", 12))


def run(*words):
    call_command("board_report", *words)


def stopped(*words):
    with pytest.raises(SystemExit) as stop:
        run(*words)
    return stop.value.code


def test_a_new_snapshot_becomes_a_pdf(manager, tmp_path, capsys):
    run("--new", "--output", str(tmp_path / "rapport.pdf"))
    content = (tmp_path / "rapport.pdf").read_bytes()
    report = BoardReport.objects.get()
    said = capsys.readouterr().out
    assert content.startswith(b"%PDF-1.7")
    assert hashlib.sha256(content).hexdigest() == report.pdf_checksum
    assert f"nr. {Snapshot.objects.get().number} " in said
    assert f"{report.total} sider" in said
    assert report.pdf_checksum in said


def test_making_it_again_gives_the_stored_file(manager, quick, tmp_path, monkeypatch):
    run("--new", "--output", str(tmp_path / "a.pdf"))
    monkeypatch.setattr(board_reports, "set_report", lambda *_a, **_k: pytest.fail("made twice"))
    run("--snapshot", "1", "--output", str(tmp_path / "b.pdf"))
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_it_can_be_for_a_meeting(manager, quick, tmp_path):
    meeting = planned_meeting(on=days(3))
    run("--new", "--meeting", str(meeting.pk), "--output", str(tmp_path / "a.pdf"))
    assert Snapshot.objects.get().meeting == meeting


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--snapshot", "99"], "99"),
        (["--new", "--meeting", "99"], "99"),
        (["--new", "--by", "ingen@example.org"], "--by"),
    ],
    ids=["no such snapshot", "no such meeting", "no such person"],
)
def test_wrong_use_is_told_and_ends_with_2(manager, tmp_path, capsys, words, told):
    assert stopped(*words, "--output", str(tmp_path / "a.pdf")) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "a.pdf").exists()
    assert not Snapshot.objects.exists()


def test_a_folder_that_does_not_exist_is_told_before_anything_is_made(manager, tmp_path, capsys):
    assert stopped("--new", "--output", str(tmp_path / "findes-ikke" / "a.pdf")) == 2
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize("words", [[], ["--new", "--snapshot", "1"], ["--snapshot", "et"]])
def test_unclear_words_are_refused(words, tmp_path):
    with pytest.raises((CommandError, SystemExit)):
        run(*words, "--output", str(tmp_path / "a.pdf"))


def test_without_a_business_manager_somebody_must_be_named(tmp_path, capsys):
    assert stopped("--new", "--output", str(tmp_path / "a.pdf")) == 2
    assert "--by" in capsys.readouterr().err


def test_who_may_not_is_refused_with_1(tmp_path):
    member = person_as("board_member")
    assert stopped("--new", "--by", member.email, "--output", str(tmp_path / "a.pdf")) == 1


def test_a_meeting_of_another_body_is_refused_with_1(manager, tmp_path):
    meeting = planned_meeting(BodyFactory(kind="expert_group"), on=days(3))
    assert stopped("--new", "--meeting", str(meeting.pk), "--output", str(tmp_path / "a.pdf")) == 1


def test_what_is_missing_on_the_machine_is_told_with_1(manager, tmp_path, capsys, monkeypatch):
    def cannot(_context, *, progress):
        raise CannotSetError("Kør script/setup.")

    monkeypatch.setattr(board_reports, "set_report", cannot)
    assert stopped("--new", "--output", str(tmp_path / "a.pdf")) == 1
    assert "script/setup" in capsys.readouterr().err
