"""Who records decisions: the secretariat for all bodies, a group's chair and secretary for their own."""

import pytest

from governance.domain import decisions
from governance.models import Body, Decision, Membership
from governance.refusals import NotAllowed, Refused
from tests.factories import (
    ROLES,
    BodyFactory,
    InitiativeFactory,
    MembershipFactory,
    held_meeting,
    person_as,
    ready_case,
    secretariat,
    steering_group,
)

pytestmark = pytest.mark.django_db


def record(case=None, meeting=None, *, by):
    case = case or ready_case(None, "other")
    return decisions.record_decision(
        case=case, meeting=meeting or held_meeting(case.body), outcome="approved", text="Besluttet.", by=by
    )


def refused(case=None, meeting=None, *, by, error=NotAllowed):
    with pytest.raises(error) as refusal:
        record(case, meeting, by=by)
    assert not Decision.objects.exists()
    return refusal.value.codes


@pytest.mark.parametrize("role", [role for role in ROLES if role not in ("business_manager", "secretariat")])
def test_only_the_business_manager_and_the_secretariat_record_for_the_board(role):
    by = person_as(role, InitiativeFactory(project=True, level=2))
    assert refused(by=by) == ["not_recorder"]


@pytest.mark.parametrize("function", Membership.Function.values)
@pytest.mark.parametrize("kind", [Body.Kind.STEERING_GROUP, Body.Kind.COORDINATION_GROUP])
def test_a_group_records_through_its_chair_and_secretary(kind, function):
    group = BodyFactory(kind=kind)
    MembershipFactory(body=group)
    votes = function not in Membership.NEVER_VOTES
    by = MembershipFactory(body=group, function=function, has_vote=votes).person
    case, meeting = ready_case(None, "other", body=group), held_meeting(group)
    if function in ("chair", "secretary"):
        assert record(case, meeting, by=by).recorded_by == by
    else:
        assert refused(case, meeting, by=by) == ["not_recorder"]


def test_the_chair_of_one_group_does_not_record_for_another():
    case = ready_case(None, "other", body=steering_group(InitiativeFactory(project=True)))
    assert refused(case, by=MembershipFactory(chair=True).person) == ["not_recorder"]


def test_a_group_does_not_carry_out_what_only_the_board_decides(n2_concept):
    group = n2_concept.bodies.get()
    case = ready_case(n2_concept, "start", body=group)
    by = group.memberships.get(function="chair").person
    assert refused(case, held_meeting(group), by=by, error=Refused) == ["not_board"]


def test_the_secretariat_records():
    assert record(by=secretariat()).recorded_by == secretariat()
