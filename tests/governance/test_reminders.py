"""Reminders: near the day once, after it every week, never twice the same day, never of what is done."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command

from governance.domain.reminders import is_to_be_reminded, remind
from governance.models import ActionItem, User
from governance.tasks_minutes import remind_of_actions
from tests.factories import BodyFactory, UserFactory, business_manager, days
from tests.governance.reading_ahead import queued

DUE = date(2026, 5, 20)


@pytest.mark.parametrize(
    ("on", "last", "expected"),
    [
        (-4, None, False),
        (-3, None, True),
        (0, None, True),
        (-2, -3, False),
        (0, -3, False),
        (-3, -40, True),
        (1, -3, True),
        (1, None, True),
        (2, 1, False),
        (7, 1, False),
        (8, 1, True),
        (1, 1, False),
    ],
)
def test_when_the_owner_hears_of_it(on, last, expected):
    reminded = None if last is None else DUE + timedelta(days=last)
    action = ActionItem(due=DUE, owner=User(title="Konsulent"), reminded_on=reminded)
    assert is_to_be_reminded(action, DUE + timedelta(days=on)) is expected


def test_what_is_done_and_whoever_has_left_is_not_reminded():
    assert not is_to_be_reminded(ActionItem(due=DUE, owner=User(), done_on=DUE), DUE)
    assert not is_to_be_reminded(ActionItem(due=DUE, owner=User(is_active=False)), DUE)


@pytest.fixture
def action(db):
    def make(what, due, owner):
        body = BodyFactory()
        return ActionItem.objects.create(
            body=body, what=what, owner=owner, due=days(due), created_by=business_manager()
        )

    return make


def test_one_letter_tells_of_all_that_a_person_has_due(action):
    owner = UserFactory(email="ansvarlig@example.org")
    action("Spørg leverandøren", -2, owner)
    action("Skriv udkastet", 3, owner)
    action("Senere", 4, owner)
    assert remind(on=days(0)) == 1
    [told] = queued(remind_of_actions)
    remind_of_actions.func(**told)
    [letter] = mail.outbox
    assert letter.to == ["ansvarlig@example.org"]
    assert "Spørg leverandøren" in letter.body
    assert "Skriv udkastet" in letter.body
    assert "Senere" not in letter.body
    assert "/opgaver/" in letter.body


def test_a_second_run_the_same_day_sends_nothing(action, capsys):
    action("Spørg", -2, UserFactory())
    call_command("remind")
    call_command("remind")
    assert [line[0] for line in capsys.readouterr().out.splitlines()] == ["1", "0"]
    assert ActionItem.objects.get().reminded_on == days(0)


def test_what_was_done_before_the_worker_came_to_it_is_left_out(action):
    row = action("Spørg", -2, UserFactory())
    ActionItem.objects.update(done_on=days(0))
    remind_of_actions.func(person_id=row.owner_id, action_ids=[row.pk], on=days(0).isoformat())
    assert not mail.outbox
