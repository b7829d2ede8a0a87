"""The front page tells of groups that break a rule and of terms that end, to those who can do something about it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.models import Membership
from tests.factories import (
    BodyFactory,
    InitiativeFactory,
    MembershipFactory,
    UserFactory,
    board_people,
    chair_of,
    days,
    decide,
    secretariat,
    steering_group,
    the_board,
)

pytestmark = pytest.mark.django_db
DESK = reverse("portfolio:desk")


@pytest.fixture(autouse=True)
def _catalogue(catalogue):
    """The rules are the catalogue's."""


def n3(*, last=None):
    """An initiative on N3; one of the four board members leaves its steering group on a day, if one is given."""
    the_board()
    initiative = InitiativeFactory(project=True, level=3)
    group = steering_group(initiative, board=4, others=3)
    group.memberships.update(appointed_by=decide(initiative, "other"))
    if last is not None:
        group.memberships.filter(person=board_people()[3]).update(valid_to=days(last))
    return initiative, group


def sections(client, person):
    client.force_login(person)
    return {section.code: section for section in client.get(DESK).context["desk"].sections}


def subjects(section):
    return [task.subject.name for task in section.tasks]


@pytest.mark.parametrize(("last", "told"), [(-1, True), (0, True), (89, True), (90, False)])
def test_the_secretariat_is_told_of_a_rule_that_breaks_soon(client, last, told):
    initiative, _group = n3(last=last)
    found = sections(client, secretariat())
    if told:
        (task,) = found["groups"].tasks
        assert (task.subject.name, task.is_marked) == (initiative.name, last == -1)
        assert task.deadline == (None if last == -1 else days(last + 1))
        assert "3 af 6" in task.text
    else:
        assert "groups" not in found


@pytest.mark.parametrize(("last", "told"), [(-1, False), (0, True), (90, True), (91, False)])
def test_the_secretariat_is_told_of_terms_that_end_within_ninety_days(client, last, told):
    seat = MembershipFactory(valid_to=days(last))
    found = sections(client, secretariat())
    assert ("terms" in found) is told
    if told:
        assert subjects(found["terms"]) == [seat.body.name]
        assert found["terms"].tasks[0].deadline == days(last)


def test_a_term_that_goes_on_waits_for_nobody(client):
    seat = MembershipFactory(valid_to=days(5))
    MembershipFactory(body=seat.body, person=seat.person, valid_from=days(6))
    assert "terms" not in sections(client, secretariat())


@pytest.mark.parametrize("because", [Membership.Ending.CHANGED, Membership.Ending.REPLACED])
def test_a_seat_that_another_has_taken_waits_for_nobody(client, because):
    MembershipFactory(valid_to=days(5), ended_because=because)
    assert "terms" not in sections(client, secretariat())


def test_a_term_tells_what_breaks_when_it_ends(client):
    initiative, group = n3(last=20)
    (task,) = sections(client, secretariat())["terms"].tasks
    assert task.subject.name == group.name
    assert initiative.name in task.text
    assert "3 af 6" in task.text


def test_a_chair_is_told_of_the_own_group_only(client):
    initiative, group = n3(last=20)
    other, _group = n3(last=20)
    outsider = group.memberships.exclude(person__in=board_people()).first()
    group.memberships.filter(function="chair").update(function="member")
    Membership.objects.filter(pk=outsider.pk).update(function="chair")
    found = sections(client, outsider.person)
    assert subjects(found["groups"]) == [initiative.name]
    assert subjects(found["terms"]) == [group.name]
    assert other.name not in subjects(found["groups"])


def test_the_boards_chair_is_told_of_every_group_without_the_majority(client):
    first, _group = n3(last=20)
    second, _other = n3(last=30)
    found = sections(client, board_people()[0])
    assert subjects(found["groups"]) == [first.name, second.name]


def test_a_member_is_told_nothing(client):
    _initiative, group = n3(last=20)
    member = group.memberships.exclude(person__in=board_people()).first().person
    assert {"groups", "terms"} & set(sections(client, member)) == set()
    assert {"groups", "terms"} & set(sections(client, UserFactory())) == set()


@pytest.mark.parametrize("who", ["secretariat", "chair"])
def test_it_costs_the_same_with_one_group_and_with_three(client, who):
    initiative, _group = n3(last=20)
    client.force_login(secretariat() if who == "secretariat" else chair_of(initiative))
    counts = []
    for more in (0, 2):
        for _each in range(more):
            n3(last=20)
            MembershipFactory(body=BodyFactory(), valid_to=days(9))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(DESK).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
