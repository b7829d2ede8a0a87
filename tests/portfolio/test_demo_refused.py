"""Where the demo has no business, and what its loader does in an empty database. What is in it: test_demo.py."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from governance.models import Body, Organisation, User
from governance.refusals import NotAllowed, NotReady
from portfolio.demo import people
from portfolio.demo.days import Days
from portfolio.demo.load import load_demo
from portfolio.domain.registers import load_reference_data
from tests.factories import board_with
from tests.portfolio.counting import rows_per_table

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def allowed(monkeypatch):
    monkeypatch.setenv("OS2PORTAL_DEMO", "1")


@pytest.mark.parametrize("value", [None, "0", ""])
def test_the_demo_is_refused_on_a_server(monkeypatch, value):
    if value is None:
        monkeypatch.delenv("OS2PORTAL_DEMO")
    else:
        monkeypatch.setenv("OS2PORTAL_DEMO", value)
    with pytest.raises(NotAllowed) as refused:
        load_demo()
    assert refused.value.codes == ["demo_refused"]
    assert not User.objects.exists()


def test_the_demo_is_for_debugging(monkeypatch, settings):
    monkeypatch.delenv("OS2PORTAL_DEMO")
    settings.DEBUG = True
    people.refuse_in_production()


def test_the_demo_is_refused_where_a_real_board_sits():
    load_reference_data()
    Body.objects.filter(kind="board").delete()
    board_with(3)
    before = rows_per_table()
    with pytest.raises(NotReady) as refused:
        load_demo()
    assert refused.value.codes == ["portal_in_use"]
    assert rows_per_table() == before


@pytest.mark.parametrize("start", [date(2026, 1, 1) + timedelta(days=n) for n in range(8)])
def test_board_meetings_fall_on_tuesdays(start):
    days = Days(start)
    assert days.meeting_ago(40).weekday() == days.next_meeting().weekday() == 1
    assert 40 <= (start - days.meeting_ago(40)).days <= 46
    assert 8 <= (days.next_meeting() - start).days <= 14


@pytest.mark.parametrize("number", ["-1", "mange", "1.5", "²"])
def test_a_wrong_number_is_refused_before_anything_is_loaded(capsys, number):
    with pytest.raises(SystemExit) as stopped:
        call_command("load_demo", initiatives=number)
    assert stopped.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not Organisation.objects.exists()


def test_the_command_refuses_in_one_line(monkeypatch, capsys):
    monkeypatch.delenv("OS2PORTAL_DEMO")
    with pytest.raises(SystemExit) as stopped:
        call_command("load_demo")
    assert stopped.value.code == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_no_logins_are_listed_without_a_demo(capsys):
    load_reference_data()
    call_command("demo_logins")
    assert capsys.readouterr().out == ""
