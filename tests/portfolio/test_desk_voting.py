"""The front page asks for votes in writing, and for recording them when the deadline has passed."""

import pytest

from governance.domain import agendas
from governance.models import Body
from governance.standing import standing_of
from portfolio.desk_voting import voting_desk
from tests.factories import BodyFactory, MembershipFactory, business_manager, person_as, ready_case, secretariat
from tests.governance.pages import url
from tests.governance.written import Written

pytestmark = pytest.mark.django_db


@pytest.fixture
def written():
    return Written(3)


def waits(person):
    """The sections' codes and the addresses of their tasks."""
    person.__dict__.pop("_standing", None)
    return {found.code: [task.url for task in found.tasks] for found in voting_desk(standing_of(person))}


def test_a_member_is_asked_until_the_vote_is_given(written):
    person = written.seats[1].person
    assert waits(person) == {"votes": [url("vote", written.meeting.pk)]}
    written.vote(1)
    assert waits(person) == {}
    written.edit()
    assert waits(person) == {"votes": [url("vote", written.meeting.pk)]}


def test_nobody_is_asked_before_it_begins_or_after_its_deadline():
    assert waits(Written(3, begins=1).seats[0].person) == {}


def test_after_the_deadline_the_office_is_asked_and_not_the_members(written):
    assert waits(business_manager()) == {}
    written.over()
    assert waits(written.seats[0].person) == {}
    for person in (business_manager(), secretariat()):
        assert waits(person) == {"written_record": [url("meeting-run", written.meeting.pk)]}


def test_what_is_decided_waits_for_nobody(written):
    written.all_vote("for", "for", "for").record()
    assert waits(written.seats[0].person) == {}
    assert waits(business_manager()) == {}


def test_a_groups_chair_is_asked_to_record_and_the_office_is_not():
    body = BodyFactory(kind=Body.Kind.STEERING_GROUP)
    chair = MembershipFactory(body=body, chair=True).person
    Written(body=body).over()
    assert list(waits(chair)) == ["written_record"]
    assert waits(business_manager()) == {}


@pytest.mark.parametrize("function", ["deputy", "observer", "secretary"])
def test_those_without_a_vote_are_not_asked(function, written):
    votes = {"has_vote": False}
    assert "votes" not in waits(MembershipFactory(body=written.body, function=function, **votes).person)


def test_others_are_not_asked(written):
    assert waits(person_as("member_user")) == {}


def test_it_takes_as_many_queries_with_more_cases(written, django_assert_num_queries):
    standing = standing_of(written.seats[0].person)
    for _ in range(3):
        agendas.put_on_agenda(meeting=written.meeting, case=ready_case(None, "other", body=written.body))
    with django_assert_num_queries(1):
        (found,) = voting_desk(standing)
    assert len(found.tasks) == 1
