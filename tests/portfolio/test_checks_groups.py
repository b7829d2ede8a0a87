"""Automatic checks about owner, groups and who votes in them, on both sides of their limits."""

import pytest

from governance.models import Body, Membership
from portfolio.models import Appointment
from tests.factories import (
    AppointmentFactory,
    GroupFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    board_people,
    board_with,
    coordination_group,
    days,
    decide,
    general_assembly,
    steering_group,
    the_board,
)
from tests.portfolio.checking import found, met, project

pytestmark = pytest.mark.django_db
Function = Membership.Function


def board_person():
    the_board()
    return board_people()[0]


# ---------------------------------------------------------------- N1-G8 owner_or_steering_group


def test_neither_owner_nor_steering_group():
    assert not met(project(level=1), "owner_or_steering_group")


def test_an_owner_will_do():
    initiative = project(level=1)
    AppointmentFactory(initiative=initiative)
    assert met(initiative, "owner_or_steering_group")


@pytest.mark.parametrize("role", ["project_lead", "coordinator", "system_owner"])
def test_another_role_is_no_owner(role):
    initiative = project(level=1)
    AppointmentFactory(initiative=initiative, role=role)
    assert not met(initiative, "owner_or_steering_group")


@pytest.mark.parametrize(("chair", "is_met"), [(True, True), (False, False)])
def test_a_steering_group_needs_a_chair(chair, is_met):
    initiative = project(level=1)
    steering_group(initiative, chair=chair)
    assert met(initiative, "owner_or_steering_group") is is_met


@pytest.mark.parametrize(("last", "is_met"), [(0, True), (-1, False)])
def test_an_owner_counts_to_the_last_day(last, is_met):
    initiative = project(level=1)
    AppointmentFactory(initiative=initiative, valid_to=days(last))
    assert met(initiative, "owner_or_steering_group") is is_met


@pytest.mark.parametrize(("last", "is_met"), [(0, True), (-1, False)])
def test_a_steering_group_counts_to_its_last_day(last, is_met):
    initiative = project(level=1)
    group = steering_group(initiative)
    Body.objects.filter(pk=group.pk).update(valid_to=days(last))
    assert met(initiative, "owner_or_steering_group") is is_met


def test_a_coordination_groups_chair_is_no_steering_groups_chair():
    initiative = project(level=1)
    MembershipFactory(body=GroupFactory(initiative=initiative, kind="coordination_group"), chair=True)
    assert not met(initiative, "owner_or_steering_group")


# ---------------------------------------------------------------- N2-G3 steering_group_approved


def test_from_n2_there_is_a_steering_group():
    finding = found(project(), "steering_group_approved")
    assert (finding.met, finding.by_board) == (False, False)


def test_the_board_approves_the_steering_group():
    initiative = project()
    steering_group(initiative)
    finding = found(initiative, "steering_group_approved")
    assert (finding.met, finding.by_board) == (False, True)
    decide(initiative, "approve_steering_group")
    assert met(initiative, "steering_group_approved")


def test_an_approved_group_without_a_chair_is_not_enough():
    initiative = project()
    steering_group(initiative, chair=False)
    decide(initiative, "approve_steering_group")
    finding = found(initiative, "steering_group_approved")
    assert (finding.met, finding.by_board) == (False, False)


def test_a_group_appointed_by_the_board_is_approved():
    initiative = project()
    steering_group(initiative)
    decide(initiative, "appoint_steering_group")
    assert met(initiative, "steering_group_approved")


@pytest.mark.parametrize(
    ("newcomer", "is_met"),
    [
        ({}, False),
        ({"deputy": True}, True),
        ({"observer": True}, True),
        ({"has_vote": False}, True),
        ({"vacant": True}, True),
    ],
)
def test_a_new_vote_needs_a_new_approval(newcomer, is_met):
    initiative = project()
    group = steering_group(initiative)
    decide(initiative, "approve_steering_group")
    MembershipFactory(body=group, **newcomer)
    assert met(initiative, "steering_group_approved") is is_met


@pytest.mark.parametrize(("on", "is_met"), [(-5, True), (-6, False)])
def test_a_group_is_approved_from_the_day_of_the_decision(on, is_met):
    initiative = project()
    steering_group(initiative)
    decide(initiative, "approve_steering_group", on=days(-5))
    assert met(initiative, "steering_group_approved", on=days(on)) is is_met


@pytest.mark.parametrize("assumed", ["approve_steering_group", "appoint_steering_group"])
def test_the_groups_approval_may_be_the_decision_looked_at(assumed):
    initiative = project()
    steering_group(initiative)
    assert met(initiative, "steering_group_approved", assumed=[assumed])


def test_no_decision_gives_the_group_a_chair():
    initiative = project()
    steering_group(initiative, chair=False)
    assert not met(initiative, "steering_group_approved", assumed=["approve_steering_group"])


def test_every_steering_group_is_approved():
    initiative = project()
    steering_group(initiative)
    decide(initiative, "approve_steering_group")
    steering_group(initiative)
    assert not met(initiative, "steering_group_approved")


# ---------------------------------------------------------------- N3-G1 steering_group_appointed_by_board


def test_on_n3_the_board_appoints_every_member():
    initiative = project(level=3)
    assert not met(initiative, "steering_group_appointed_by_board")
    steering_group(initiative)
    finding = found(initiative, "steering_group_appointed_by_board")
    assert (finding.met, finding.by_board) == (False, True)
    decide(initiative, "approve_steering_group")
    assert not met(initiative, "steering_group_appointed_by_board")
    decide(initiative, "appoint_steering_group")
    assert met(initiative, "steering_group_appointed_by_board")


@pytest.mark.parametrize(
    ("newcomer", "is_met"),
    [
        ({}, False),
        ({"has_vote": False}, False),
        ({"deputy": True}, True),
        ({"observer": True}, True),
        ({"secretary": True}, True),
        ({"vacant": True}, True),
    ],
)
def test_one_member_who_was_not_appointed_is_one_too_many(newcomer, is_met):
    initiative = project(level=3)
    group = steering_group(initiative)
    decide(initiative, "appoint_steering_group")
    MembershipFactory(body=group, **newcomer)
    assert met(initiative, "steering_group_appointed_by_board") is is_met


def test_an_appointed_group_still_needs_a_chair():
    initiative = project(level=3)
    steering_group(initiative, chair=False)
    decide(initiative, "appoint_steering_group")
    assert not met(initiative, "steering_group_appointed_by_board")


@pytest.mark.parametrize(("assumed", "is_met"), [("appoint_steering_group", True), ("approve_steering_group", False)])
def test_the_appointment_may_be_the_decision_looked_at(assumed, is_met):
    initiative = project(level=3)
    steering_group(initiative)
    assert met(initiative, "steering_group_appointed_by_board", assumed=[assumed]) is is_met


# ---------------------------------------------------------------- N3-G2 board_majority_in_steering_group


@pytest.mark.parametrize(
    ("board", "all_votes", "is_met"),
    [
        (3, 7, False),
        (4, 7, True),
        (4, 8, False),
        (5, 8, True),
        (1, 1, True),
        (0, 1, False),
        (1, 2, False),
        (2, 3, True),
    ],
)
def test_the_board_holds_more_than_half_of_the_votes(board, all_votes, is_met):
    board_with(6)
    initiative = project(level=3)
    steering_group(initiative, board=board, others=all_votes - board)
    assert met(initiative, "board_majority_in_steering_group") is is_met


def test_no_group_and_no_votes_are_no_majority():
    initiative = project(level=3)
    assert not met(initiative, "board_majority_in_steering_group")
    steering_group(initiative, others=0)
    assert not met(initiative, "board_majority_in_steering_group")


@pytest.mark.parametrize(
    "newcomer",
    [
        {"deputy": True},
        {"function": Function.DEPUTY, "has_vote": True},
        {"observer": True},
        {"secretary": True},
        {"has_vote": False},
        {"vacant": True},
        {"valid_to": days(-1)},
        {"valid_from": days(1)},
    ],
)
def test_only_filled_seats_with_a_vote_count_in_the_majority(newcomer):
    initiative = project(level=3)
    group = steering_group(initiative, board=1, others=0)
    MembershipFactory(body=group, **newcomer)
    assert met(initiative, "board_majority_in_steering_group")


@pytest.mark.parametrize("trait", ["deputy", "observer", "secretary"])
def test_the_boards_own_deputies_and_observers_do_not_make_its_majority(trait):
    seat = MembershipFactory(body=the_board(), **{trait: True})
    initiative = project(level=3)
    group = GroupFactory(initiative=initiative)
    MembershipFactory(body=group, person=seat.person, chair=True)
    assert not met(initiative, "board_majority_in_steering_group")


@pytest.mark.parametrize(("last", "is_met"), [(0, True), (-1, False)])
def test_a_board_members_vote_counts_to_the_last_day_of_the_term(last, is_met):
    initiative = project(level=3)
    steering_group(initiative, board=4, others=3)
    the_board().memberships.filter(person=board_people()[0]).update(valid_to=days(last))
    assert met(initiative, "board_majority_in_steering_group") is is_met
    assert met(initiative, "board_majority_in_steering_group", on=days(-2))


@pytest.mark.parametrize(("last", "is_met"), [(0, True), (-1, False)])
def test_a_seat_in_the_group_counts_to_its_last_day(last, is_met):
    initiative = project(level=3)
    group = steering_group(initiative, board=4, others=3)
    group.memberships.filter(person=board_people()[3]).update(valid_to=days(last))
    # Without the fourth, three of six is no majority.
    assert met(initiative, "board_majority_in_steering_group") is is_met


def test_the_board_has_its_majority_in_every_steering_group():
    initiative = project(level=3)
    steering_group(initiative, board=2, others=1)
    steering_group(initiative, board=0, others=1)
    assert not met(initiative, "board_majority_in_steering_group")


def test_a_seat_at_the_general_assembly_is_no_board_seat():
    person = UserFactory()
    MembershipFactory(body=general_assembly(), person=person)
    initiative = project(level=3)
    MembershipFactory(body=GroupFactory(initiative=initiative), person=person, chair=True)
    assert not met(initiative, "board_majority_in_steering_group")


# ---------------------------------------------------------------- N2-G4 coordination_established


@pytest.mark.parametrize(("members", "is_met"), [(0, False), (1, True)])
def test_a_coordination_group_has_members(members, is_met):
    initiative = project()
    assert not met(initiative, "coordination_established")
    coordination_group(initiative, others=members)
    assert met(initiative, "coordination_established") is is_met


@pytest.mark.parametrize(("last", "is_met"), [(0, True), (-1, False)])
def test_a_coordinator_will_do(last, is_met):
    initiative = project()
    AppointmentFactory(initiative=initiative, role="coordinator", valid_to=days(last))
    assert met(initiative, "coordination_established") is is_met


def test_the_coordinator_may_be_an_organisation():
    initiative = project()
    AppointmentFactory(initiative=initiative, role="coordinator", person=None, organisation=OrganisationFactory())
    assert met(initiative, "coordination_established")


def test_a_steering_group_does_not_coordinate():
    initiative = project()
    steering_group(initiative)
    assert not met(initiative, "coordination_established")


# ---------------------------------------------------------------- N2-G9 system_owner_named


@pytest.mark.parametrize(
    ("role", "last", "is_met"),
    [
        ("system_owner", None, True),
        ("system_owner", 0, True),
        ("system_owner", -1, False),
        ("coordinator", None, False),
    ],
)
def test_there_is_a_system_owner(role, last, is_met):
    initiative = project()
    AppointmentFactory(
        initiative=initiative, role=Appointment.Role(role), valid_to=None if last is None else days(last)
    )
    assert met(initiative, "system_owner_named") is is_met


# ---------------------------------------------------------------- N3-G3 board_member_in_coordination_group


@pytest.mark.parametrize(("board", "others", "is_met"), [(0, 0, False), (0, 5, False), (1, 0, True), (1, 5, True)])
def test_one_from_the_board_is_in_the_coordination_group(board, others, is_met):
    initiative = project(level=3)
    coordination_group(initiative, board=board, others=others)
    assert met(initiative, "board_member_in_coordination_group") is is_met


def test_on_n3_a_coordinator_alone_is_not_enough():
    initiative = project(level=3)
    AppointmentFactory(initiative=initiative, role="coordinator", person=board_person())
    assert not met(initiative, "board_member_in_coordination_group")


@pytest.mark.parametrize("trait", ["deputy", "observer", "secretary"])
def test_the_board_member_is_a_member_there(trait):
    initiative = project(level=3)
    group = GroupFactory(initiative=initiative, kind="coordination_group")
    MembershipFactory(body=group, person=board_person(), **{trait: True})
    assert not met(initiative, "board_member_in_coordination_group")


@pytest.mark.parametrize(("last", "is_met"), [(0, True), (-1, False)])
def test_the_board_member_counts_to_the_last_day_of_the_term(last, is_met):
    initiative = project(level=3)
    coordination_group(initiative, board=1)
    the_board().memberships.update(valid_to=days(last))
    assert met(initiative, "board_member_in_coordination_group") is is_met
