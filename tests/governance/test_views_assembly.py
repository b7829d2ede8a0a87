"""The page where the general assembly's represented members are registered."""

import pytest

from governance.domain import assembly
from tests.factories import AffiliationFactory, OrganisationFactory, decide, general_assembly, planned_meeting
from tests.governance.pages import codes, queries_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client_as):
    return client_as("business_manager")


@pytest.fixture
def meeting():
    return planned_meeting(general_assembly())


@pytest.fixture
def members():
    return [row.organisation for row in AffiliationFactory.create_batch(3)]


def register(client, meeting, *organisations):
    return client.post(url("representation", meeting.pk), {"organisations": [each.pk for each in organisations]})


def test_members_are_chosen_and_shown_again(manager, meeting, members):
    assert register(manager, meeting, *members[:2]).headers["Location"] == url("meeting-run", meeting.pk)
    form = manager.get(url("representation", meeting.pk)).context["form"]
    assert sorted(form["organisations"].value()) == sorted(member.pk for member in members[:2])


def test_nobody_is_no_choice(manager, meeting, members):
    response = register(manager, meeting)
    assert (response.status_code, codes(response)) == (422, ["assembly_empty"])


def test_twice_is_refused(manager, meeting, members):
    assert codes(register(manager, meeting, *members, members[0])) == ["represented_twice"]
    assert assembly.represented_at(meeting) == []


def test_only_members_can_be_chosen(manager, meeting, members):
    response = register(manager, meeting, *members, OrganisationFactory())
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"organisations"}
    assert assembly.represented_at(meeting) == []


def test_after_the_first_decision_it_is_locked(manager, meeting, members):
    register(manager, meeting, *members)
    decide(None, "other", meeting=meeting)
    page = manager.get(url("representation", meeting.pk))
    assert page.context["is_locked"]
    assert 'name="organisations"' not in page.content.decode()
    assert codes(register(manager, meeting, members[0])) == ["already_decided"]


def test_other_bodies_have_no_such_page(manager):
    assert manager.get(url("representation", planned_meeting().pk)).status_code == 404


def test_it_takes_as_many_queries_with_more_members(manager, meeting, members):
    few = queries_of(manager, url("representation", meeting.pk))
    AffiliationFactory.create_batch(5)
    assert queries_of(manager, url("representation", meeting.pk)) == few
