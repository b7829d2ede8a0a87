"""The general assembly: members are represented, each with one vote."""

import pytest

from governance.domain import assembly
from governance.models import Meeting
from governance.refusals import NotReady, WrongStage
from tests.factories import (
    AffiliationFactory,
    OrganisationFactory,
    days,
    decide,
    general_assembly,
    planned_meeting,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    return planned_meeting(general_assembly())


@pytest.fixture
def members():
    return [row.organisation for row in AffiliationFactory.create_batch(3)]


def register(meeting, organisations):
    return assembly.record_representation(meeting=meeting, organisations=[each.pk for each in organisations])


def refused(meeting, organisations, error=NotReady):
    before = list(meeting.representations.values_list("organisation", flat=True))
    with pytest.raises(error) as refusal:
        register(meeting, organisations)
    assert list(meeting.representations.values_list("organisation", flat=True)) == before
    return refusal.value.codes


def test_members_are_represented(meeting, members):
    meeting = register(meeting, members)
    assert set(assembly.represented_at(meeting)) == {member.name for member in members}
    assert meeting.attendance_recorded_at is not None


def test_they_are_recorded_anew_as_a_whole(meeting, members):
    register(meeting, members)
    register(meeting, members[:1])
    assert assembly.represented_at(meeting) == [members[0].name]


def test_names_take_the_place_of_a_number_noted_before(meeting, members):
    Meeting.objects.filter(pk=meeting.pk).update(represented_organisations=40)
    assert register(meeting, members).represented_organisations is None


def test_somebody_is_represented(meeting):
    assert refused(meeting, []) == ["assembly_empty"]


def test_a_member_is_represented_once(meeting, members):
    assert refused(meeting, [*members, members[0]]) == ["represented_twice"]


def test_only_members_are_represented(meeting, members):
    assert refused(meeting, [*members, OrganisationFactory()]) == ["not_a_member"]


def test_an_organisation_that_does_not_exist_is_no_member(meeting):
    with pytest.raises(NotReady) as refusal:
        assembly.record_representation(meeting=meeting, organisations=[0])
    assert refusal.value.codes == ["not_a_member"]


@pytest.mark.parametrize(
    ("first", "last", "codes"),
    [(0, None, None), (1, None, ["not_a_member"]), (-9, 0, None), (-9, -1, ["not_a_member"])],
)
def test_membership_is_that_of_the_assemblys_day(meeting, first, last, codes):
    one = AffiliationFactory(valid_from=days(first), valid_to=None if last is None else days(last)).organisation
    if codes:
        assert refused(meeting, [one]) == codes
    else:
        assert assembly.represented_at(register(meeting, [one])) == [one.name]


def test_a_vendor_partner_is_no_member(meeting):
    assert refused(meeting, [AffiliationFactory(kind="vendor_partner").organisation]) == ["not_a_member"]


def test_at_other_meetings_seats_vote(members):
    assert refused(planned_meeting(), members, WrongStage) == ["not_an_assembly"]


def test_representation_is_locked_with_the_first_decision(meeting, members):
    decide(None, "other", meeting=register(meeting, members))
    assert refused(meeting, members[:1], WrongStage) == ["already_decided"]
