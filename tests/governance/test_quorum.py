"""Who could vote on an item and whether the body could decide: pure, so nothing here touches the database."""

import pytest

from governance.domain.quorum import electorate_of
from governance.models import Attendance, Body, Membership, Organisation

Function = Membership.Function
Status = Attendance.Status
BOARD = Body(kind=Body.Kind.BOARD)


def seat(pk, function=Function.MEMBER, *, votes=True, person=True):
    organisation = Organisation(name=f"Prøveby {pk}", kind=Organisation.Kind.MUNICIPALITY)
    row = Membership(pk=pk, function=function, has_vote=votes, organisation=organisation)
    row.person_id = pk if person else None
    return row


def deputy(pk, *, votes=False):
    return seat(pk, Function.DEPUTY, votes=votes)


def came(*pks, stands_in_for=None):
    replaced = stands_in_for or {}
    return {pk: Attendance(membership_id=pk, status=Status.PRESENT, stands_in_for_id=replaced.get(pk)) for pk in pks}


def electorate(seats, attendances, *, body=BOARD, disqualified=(), represented=None):
    return electorate_of(
        body=body,
        seats=seats,
        attendances=attendances,
        disqualified=dict.fromkeys(disqualified, "Ansat hos leverandøren."),
        represented_organisations=represented,
    )


def codes(*args, **more):
    return [refusal.code for refusal in electorate(*args, **more).refusals]


def seats_of(count):
    return [seat(pk, Function.CHAIR if pk == 1 else Function.MEMBER) for pk in range(1, count + 1)]


@pytest.mark.parametrize("kind", [Body.Kind.BOARD, Body.Kind.STEERING_GROUP])
@pytest.mark.parametrize(
    ("members", "present", "needed", "can_decide"),
    [(6, 3, 3, True), (6, 2, 3, False), (7, 4, 4, True), (7, 3, 4, False), (1, 1, 1, True), (1, 0, 1, False)],
)
def test_at_least_half_of_the_voting_members_are_present(kind, members, present, needed, can_decide):
    found = electorate(seats_of(members), came(*range(1, present + 1)), body=Body(kind=kind))
    assert (found.voting_seats, found.taking_part, found.needed) == (members, present, needed)
    assert [r.code for r in found.refusals] == ([] if can_decide else ["no_quorum"])


@pytest.mark.parametrize("kind", [Body.Kind.COORDINATION_GROUP, Body.Kind.EXPERT_COMMITTEE, Body.Kind.EXPERT_GROUP])
@pytest.mark.parametrize(("present", "expected"), [(1, []), (0, ["no_quorum"])])
def test_other_groups_decide_when_anybody_with_a_vote_is_there(kind, present, expected):
    assert codes(seats_of(9), came(*range(1, present + 1)), body=Body(kind=kind)) == expected


@pytest.mark.parametrize(("represented", "expected"), [(None, ["assembly_empty"]), (0, ["assembly_empty"]), (1, [])])
def test_the_general_assembly_needs_members_represented(represented, expected):
    assert codes([], {}, body=Body(kind=Body.Kind.GENERAL_ASSEMBLY), represented=represented) == expected


def test_a_body_without_votes_cannot_decide():
    seats = [seat(1, Function.OBSERVER, votes=False), seat(2, person=False)]
    assert codes(seats, came(1)) == ["no_voting_seats"]


@pytest.mark.parametrize("status", [Status.ABSENT, Status.APOLOGIES])
def test_those_who_did_not_come_do_not_count(status):
    attendances = {**came(1), 2: Attendance(membership_id=2, status=status)}
    assert electorate(seats_of(3), attendances).taking_part == 1


def test_nobody_is_present_without_being_recorded():
    assert electorate(seats_of(3), {}).taking_part == 0


def test_vacant_seats_neither_count_nor_are_needed():
    found = electorate([*seats_of(3), seat(8, person=False), seat(9, person=False)], came(1, 2))
    assert (found.voting_seats, found.needed, found.refusals) == (3, 2, [])


@pytest.mark.parametrize("function", [Function.SECRETARY, Function.OBSERVER])
def test_secretary_and_observers_do_not_count(function):
    found = electorate([*seats_of(4), seat(9, function, votes=False)], came(1, 9))
    assert (found.voting_seats, found.taking_part) == (4, 1)


@pytest.mark.parametrize("votes", [True, False])
def test_a_deputy_counts_for_nobody_unless_standing_in(votes):
    found = electorate([*seats_of(4), deputy(9, votes=votes)], came(1, 9))
    assert (found.voting_seats, found.taking_part) == (4, 1)


def test_a_deputy_has_the_vote_of_the_absent_member():
    found = electorate([*seats_of(4), deputy(9)], came(1, 9, stands_in_for={9: 2}))
    assert (found.voting_seats, found.taking_part, found.refusals) == (4, 2, [])
    frozen = {row["membership"]: row for row in found.frozen()["electors"]}
    assert frozen[9]["has_vote"] is True
    assert frozen[9]["stands_in_for"] == str(seat(2))


def test_a_deputy_has_no_vote_when_the_member_came_after_all():
    found = electorate([*seats_of(4), deputy(9)], came(1, 2, 9, stands_in_for={9: 2}))
    assert found.taking_part == 2


def test_a_deputy_votes_for_a_member_who_is_disqualified():
    seats, attendances = [*seats_of(4), deputy(9)], came(1, 2, 9, stands_in_for={9: 2})
    assert electorate(seats, attendances, disqualified=[2]).taking_part == 2


def test_a_disqualified_deputy_does_not_vote():
    seats, attendances = [*seats_of(4), deputy(9)], came(1, 9, stands_in_for={9: 2})
    assert electorate(seats, attendances, disqualified=[9]).taking_part == 1


def test_two_deputies_do_not_share_one_seat():
    seats = [*seats_of(4), deputy(8), deputy(9)]
    assert electorate(seats, came(1, 8, 9, stands_in_for={8: 2, 9: 2})).taking_part == 2


@pytest.mark.parametrize("replaced", [5, 6, 99])
def test_nobody_stands_in_for_a_seat_without_a_vote(replaced):
    seats = [*seats_of(4), seat(5, Function.OBSERVER, votes=False), seat(6, person=False), deputy(9)]
    assert electorate(seats, came(1, 9, stands_in_for={9: replaced})).taking_part == 1


def test_only_a_deputy_stands_in():
    seats = [*seats_of(4), seat(9, Function.OBSERVER, votes=False)]
    assert electorate(seats, came(1, 9, stands_in_for={9: 2})).taking_part == 1


@pytest.mark.parametrize(("disqualified", "expected"), [([], []), ([3], ["no_quorum"])])
def test_who_is_disqualified_is_not_counted_as_present(disqualified, expected):
    assert codes(seats_of(6), came(1, 2, 3), disqualified=disqualified) == expected


def test_the_electorate_is_frozen_whole():
    frozen = electorate(seats_of(3), came(1, 2, 3), disqualified=[3]).frozen()
    assert {key: frozen[key] for key in ("voting_seats", "taking_part", "needed", "represented_organisations")} == {
        "voting_seats": 3,
        "taking_part": 2,
        "needed": 2,
        "represented_organisations": None,
    }
    assert [row["membership"] for row in frozen["electors"]] == [1, 2, 3]
    assert frozen["electors"][2]["disqualified"] == "Ansat hos leverandøren."
    assert frozen["electors"][0]["function"] == Function.CHAIR
