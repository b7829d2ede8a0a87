"""Who may do what: the table of domain.md section 3, written out, and asked of the rules row by row.

The table below is the expectation, not a copy of the code: `x` may, `1` may on level 1 and below (and while the level
is not known), `-` may not. Who is not listed for an action may not at all.
"""

import pytest

from governance.models import Body, Membership
from governance.standing import standing_of
from portfolio.models import END_STAGES, Level, Stage
from portfolio.rules import Action, Relation, Role, actions_of, allows, may, relations_of, roles_of
from tests.factories import (
    OF_INITIATIVE,
    PORTAL_WIDE,
    GroupFactory,
    InitiativeFactory,
    MembershipFactory,
    ParticipationFactory,
    UserFactory,
    days,
    person_as,
)

TABLE = """
action           who               idea concept project product ended
submit           anybody           x    x       x       x       x

read             business_manager  x    x       x       x       x
read             secretariat       x    x       x       x       x
read             board             x    x       x       x       x
read             board_chair       x    x       x       x       x
read             proposer          x    x       x       x       x
read             owner             x    x       x       x       x
read             lead              x    x       x       x       x
read             coordinator       x    x       x       x       x
read             system_owner      x    x       x       x       x
read             steering          x    x       x       x       x
read             steering_chair    x    x       x       x       x
read             coordination      x    x       x       x       x
read             participant       x    x       x       x       x

edit_idea        business_manager  x    x       x       x       x
edit_idea        secretariat       x    x       x       x       x
edit_idea        proposer          x    -       -       -       -

manage_life      business_manager  x    x       x       x       x
manage_life      secretariat       x    x       x       x       x

withdraw         business_manager  x    x       x       x       x
withdraw         secretariat       x    x       x       x       x
withdraw         proposer          x    x       -       -       -

answer           business_manager  -    x       x       x       -
answer           secretariat       -    x       x       x       -
answer           proposer          -    x       -       -       -
answer           participant       -    x       -       -       -
answer           owner             -    x       x       x       -
answer           lead              -    x       x       x       -
answer           steering          -    x       x       x       -
answer           steering_chair    -    x       x       x       -
answer           coordinator       -    -       -       x       -
answer           coordination      -    -       -       x       -
answer           system_owner      -    -       -       x       -

judge            business_manager  -    x       x       x       -
judge            secretariat       -    x       x       x       -

edit             business_manager  x    x       x       x       x
edit             secretariat       x    x       x       x       x
edit             owner             -    x       x       x       -
edit             lead              -    x       x       x       -
edit             steering          -    x       x       x       -
edit             steering_chair    -    x       x       x       -
edit             coordinator       -    -       -       x       -
edit             coordination      -    -       -       x       -
edit             system_owner      -    -       -       x       -

edit_economy     business_manager  -    x       x       x       -
edit_economy     secretariat       -    x       x       x       -
edit_economy     owner             -    x       x       x       -
edit_economy     lead              -    x       x       x       -
edit_economy     steering          -    x       x       x       -
edit_economy     steering_chair    -    x       x       x       -
edit_economy     coordinator       -    -       -       x       -
edit_economy     coordination      -    -       -       x       -
edit_economy     system_owner      -    -       -       x       -

approve_economy  steering_chair    -    x       x       x       -
approve_economy  owner             -    1       1       1       -

recommend        business_manager  x    x       x       x       x
recommend        secretariat       x    x       x       x       x
recommend        steering          -    x       x       x       -
recommend        steering_chair    -    x       x       x       -
recommend        coordination      -    -       -       x       -
recommend        coordinator       -    -       -       x       -

write_report     business_manager  -    -       x       x       -
write_report     secretariat       -    -       x       x       -
write_report     owner             -    -       x       x       -
write_report     lead              -    -       x       x       -
write_report     steering          -    -       x       x       -
write_report     steering_chair    -    -       x       x       -
write_report     coordinator       -    -       -       x       -
write_report     coordination      -    -       -       x       -
write_report     system_owner      -    -       -       x       -

approve_report   steering_chair    -    -       x       x       -
approve_report   owner             -    -       1       1       -

receive_report   business_manager  -    -       x       x       -
receive_report   secretariat       -    -       x       x       -

note_dialogue    business_manager  x    x       x       x       x
note_dialogue    secretariat       x    x       x       x       x

read_dialogue    business_manager  x    x       x       x       x
read_dialogue    secretariat       x    x       x       x       x
read_dialogue    proposer          x    x       x       x       x
read_dialogue    owner             x    x       x       x       x
read_dialogue    lead              x    x       x       x       x
read_dialogue    steering          x    x       x       x       x
read_dialogue    steering_chair    x    x       x       x       x
read_dialogue    coordinator       x    x       x       x       x
read_dialogue    coordination      x    x       x       x       x
read_dialogue    system_owner      x    x       x       x       x

set_people       business_manager  x    x       x       x       x
set_people       secretariat       x    x       x       x       x
set_people       steering_chair    -    x       x       x       -
"""
STAGES = (Stage.IDEA, Stage.CONCEPT, Stage.PROJECT, Stage.PRODUCT)
LEVELS = (None, *Level)
WHO = (*Role, *Relation)


def _marks():
    lines = [line.split() for line in TABLE.strip().splitlines()[1:] if line]
    return {(action, who): marks for action, who, *marks in lines}


MARKS = _marks()


def expected(action, who, stage, level):
    marks = MARKS.get((action, who), ["-"] * 5)
    mark = marks[STAGES.index(stage)] if stage in STAGES else marks[4]
    return mark == "x" or (mark == "1" and (level is None or level <= Level.N1))


def test_the_table_names_every_action_and_nobody_who_does_not_exist():
    assert {action for action, _who in MARKS} == set(Action)
    assert {who for _action, who in MARKS} <= set(WHO)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("who", WHO)
def test_the_rules_say_what_the_table_says(action, who):
    roles = frozenset({who} if who in tuple(Role) else ())
    relations = frozenset({who} if who in tuple(Relation) else ())
    for stage in Stage:
        for level in LEVELS:
            assert allows(action, roles, relations, stage, level) is expected(action, who, stage, level), (stage, level)


@pytest.mark.parametrize("action", Action)
def test_rights_add_up_and_never_take_away(action):
    for stage in Stage:
        for level in LEVELS:
            together = allows(action, frozenset(Role), frozenset(Relation), stage, level)
            assert together is any(expected(action, who, stage, level) for who in WHO)


def test_the_steering_groups_chair_who_is_also_owner_approves_on_any_level():
    both = frozenset({Relation.OWNER, Relation.STEERING_CHAIR})
    assert allows(Action.APPROVE_REPORT, frozenset(), both, Stage.PROJECT, Level.N3)


# ---------------------------------------------------------------- what a person is

ROLES_HELD = {
    "stranger": set(),
    "member_user": {Role.MEMBER},
    "board_member": {Role.BOARD},
    "board_chair": {Role.BOARD, Role.BOARD_CHAIR},
    "secretariat": {Role.SECRETARIAT},
    "business_manager": {Role.BUSINESS_MANAGER},
}
RELATIONS_HELD = {
    "proposer": {Relation.PROPOSER},
    "participant": {Relation.PARTICIPANT},
    "owner": {Relation.OWNER},
    "lead": {Relation.LEAD},
    "coordinator": {Relation.COORDINATOR},
    "system_owner": {Relation.SYSTEM_OWNER},
    "steering_member": {Relation.STEERING},
    "steering_chair": {Relation.STEERING, Relation.STEERING_CHAIR},
    "steering_observer": {Relation.PARTICIPANT},
    "coordination_member": {Relation.COORDINATION},
}


@pytest.mark.django_db
@pytest.mark.parametrize("role", PORTAL_WIDE)
def test_portal_wide_roles_come_from_roles_and_board_seats(role):
    standing = standing_of(person_as(role))
    assert roles_of(standing) == ROLES_HELD[role] | {Role.ANYBODY}
    assert relations_of(standing, InitiativeFactory()) == set()


@pytest.mark.django_db
@pytest.mark.parametrize("role", OF_INITIATIVE)
def test_relations_come_from_the_initiative_and_hold_for_no_other(role):
    initiative = InitiativeFactory(project=True)
    standing = standing_of(person_as(role, initiative))
    assert relations_of(standing, initiative) == RELATIONS_HELD[role]
    assert relations_of(standing, InitiativeFactory(project=True)) == set()
    assert roles_of(standing) == {Role.ANYBODY}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (Membership.Function.SECRETARY, {Relation.STEERING}),
        (Membership.Function.DEPUTY, {Relation.STEERING}),
        (Membership.Function.VICE_CHAIR, {Relation.STEERING}),
        (Membership.Function.OBSERVER, {Relation.PARTICIPANT}),
    ],
)
def test_what_other_functions_in_the_steering_group_make_of_one(function, expected):
    initiative = InitiativeFactory(project=True)
    votes = function not in Membership.NEVER_VOTES
    seat = MembershipFactory(body=GroupFactory(initiative=initiative), function=function, has_vote=votes)
    assert relations_of(standing_of(seat.person), initiative) == expected


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [Body.Kind.EXPERT_GROUP, Body.Kind.EXPERT_COMMITTEE])
def test_an_expert_group_gives_no_rights_on_the_initiative(kind):
    initiative = InitiativeFactory(project=True)
    seat = MembershipFactory(body=GroupFactory(initiative=initiative, kind=kind), chair=True)
    assert relations_of(standing_of(seat.person), initiative) == set()


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in OF_INITIATIVE if role != "proposer"])
@pytest.mark.parametrize(("last", "holds"), [(0, True), (-1, False)])
def test_relations_end_with_their_last_day(role, last, holds):
    initiative = InitiativeFactory(project=True)
    person = person_as(role, initiative)
    initiative.appointments.update(valid_to=days(last))
    initiative.participations.update(valid_to=days(last))
    Membership.objects.update(valid_to=days(last))
    assert bool(relations_of(standing_of(person), initiative)) is holds


@pytest.mark.django_db
def test_a_vendor_takes_no_part():
    initiative = InitiativeFactory(project=True)
    vendor = ParticipationFactory(initiative=initiative, organisation__company=True, role="vendor").organisation
    assert relations_of(standing_of(UserFactory(organisation=vendor)), initiative) == set()


@pytest.mark.django_db
def test_everything_one_may_is_told_in_two_queries(django_assert_num_queries):
    initiative = InitiativeFactory(project=True, level=2)
    person = person_as("steering_chair", initiative)
    with django_assert_num_queries(2):
        found = actions_of(standing_of(person), initiative)
    held = ("anybody", "steering", "steering_chair")
    assert found == {action for action in Action if any(expected(action, who, Stage.PROJECT, 2) for who in held)}
    assert Action.APPROVE_REPORT in found


@pytest.mark.django_db
def test_one_question_gets_the_same_answer_as_all_of_them():
    initiative = InitiativeFactory(product=True, level=3)
    standing = standing_of(person_as("coordinator", initiative))
    all_at_once = actions_of(standing, initiative)
    assert {action for action in Action if may(standing, action, initiative)} == all_at_once
    assert may(standing, Action.SUBMIT)
    assert not may(standing, Action.EDIT)


def test_the_ended_stages_are_those_of_the_table():
    assert set(Stage) == {*STAGES, *END_STAGES}
