"""The front page after meetings: own action items, minutes to write, minutes to release."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.domain import action_items, minutes
from governance.models import AgendaItem, Membership, User
from tests.factories import (
    MembershipFactory,
    UserFactory,
    board_people,
    business_manager,
    days,
    decide,
    held_meeting,
    secretariat,
    the_board,
)

pytestmark = pytest.mark.django_db
DESK = reverse("portfolio:desk")


def tasks(client, person, code):
    client.force_login(person)
    found = {section.code: section for section in client.get(DESK).context["desk"].sections}
    return [task.subject.name for task in found[code].tasks] if code in found else []


@pytest.fixture
def meeting():
    """Yesterday's board meeting with one point."""
    row = held_meeting(on=days(-1))
    AgendaItem.objects.create(meeting=row, number=1, kind="standing", title="Nyt")
    return row


def write(meeting):
    for item in meeting.items.all():
        minutes.write_entry(item=item, version=0, text="Vi talte om det.", by=secretariat())


def test_minutes_wait_for_the_secretariat_until_they_are_written(client, meeting):
    assert tasks(client, secretariat(), "minutes_write") == [str(meeting)]
    assert tasks(client, board_people()[0], "minutes_release") == []
    write(meeting)
    assert tasks(client, secretariat(), "minutes_write") == []


def test_then_for_the_chair_until_they_are_released(client, meeting):
    write(meeting)
    chair = board_people()[0]
    assert tasks(client, chair, "minutes_release") == [str(meeting)]
    assert tasks(client, board_people()[1], "minutes_release") == []
    minutes.release_minutes(meeting=meeting, by=chair)
    assert tasks(client, chair, "minutes_release") == []


def test_for_the_vice_chair_when_there_is_no_chair_who_can(client, meeting):
    write(meeting)
    vice = MembershipFactory(body=the_board(), function=Membership.Function.VICE_CHAIR).person
    assert tasks(client, vice, "minutes_release") == []
    User.objects.filter(pk=board_people()[0].pk).update(is_active=False)
    assert tasks(client, vice, "minutes_release") == [str(meeting)]


def test_a_decision_is_as_good_as_a_text(client):
    decision = decide(None, ("other", {"text": "Ja"}), on=days(-1))
    assert tasks(client, secretariat(), "minutes_write") == []
    assert tasks(client, board_people()[0], "minutes_release") == [str(decision.meeting)]


def test_a_groups_secretary_writes_and_its_chair_releases(client):
    chair = MembershipFactory(chair=True)
    secretary = MembershipFactory(body=chair.body, secretary=True)
    meeting = held_meeting(chair.body, on=days(-1))
    item = AgendaItem.objects.create(meeting=meeting, number=1, kind="standing", title="Nyt")
    assert tasks(client, secretary.person, "minutes_write") == [str(meeting)]
    assert tasks(client, secretariat(), "minutes_write") == []
    minutes.write_entry(item=item, version=0, text="Ja.", by=secretary.person)
    assert tasks(client, chair.person, "minutes_release") == [str(meeting)]


def test_a_meeting_long_ago_or_without_points_asks_for_nothing(client):
    held_meeting(on=days(-1))
    old = held_meeting(on=days(-200))
    AgendaItem.objects.create(meeting=old, number=1, kind="standing", title="Nyt")
    assert tasks(client, secretariat(), "minutes_write") == []


def agreed(owner):
    return action_items.agree_action(
        body=the_board(), what="Spørg leverandøren", owner=owner, due=days(5), by=business_manager()
    )


def test_own_action_items_wait_until_they_are_done(client):
    owner = UserFactory()
    action = agreed(owner)
    assert tasks(client, owner, "actions") == ["Spørg leverandøren"]
    assert tasks(client, UserFactory(), "actions") == []
    action_items.finish_action(action=action, outcome="Ja.", by=owner)
    assert tasks(client, owner, "actions") == []


@pytest.mark.parametrize("person", [secretariat, lambda: board_people()[0]])
def test_it_takes_as_many_queries_whatever_waits(client, person):
    reader = person()
    client.force_login(reader)

    def count():
        with CaptureQueriesContext(connection) as made:
            client.get(DESK)
        return len(made)

    def grow():
        written, unwritten = held_meeting(on=days(-1)), held_meeting(on=days(-1))
        for each in (written, unwritten):
            AgendaItem.objects.create(meeting=each, number=1, kind="standing", title="Nyt")
        write(written)
        agreed(reader)

    grow()
    few = count()
    for _number in range(3):
        grow()
    assert count() == few
