"""What votes amount to: one table. Pure, like the electorate it builds on, so nothing here touches the database."""

from dataclasses import dataclass, field

import pytest

from governance.domain import voting
from governance.domain.quorum import electorate_of
from governance.domain.voting import Count
from governance.models import Attendance, Body, Decision, Membership, Organisation

Function, Kind, Outcome = Membership.Function, Body.Kind, Decision.Outcome
CHAIR, VICE, MEMBER, DEPUTY = Function.CHAIR, Function.VICE_CHAIR, Function.MEMBER, Function.DEPUTY
OBSERVER, SECRETARY = Function.OBSERVER, Function.SECRETARY
F, A, N = "for", "against", "abstains"

# Seats are numbered from 1; 1 is the chair and 2 the vice chair. 9 is the deputy, 10 an observer, 11 the business
# manager as the body's secretary. 99 is a seat that is not among those of the day: it ended yesterday, or is elsewhere.


def seat(pk, function, organisation):
    row = Membership(pk=pk, function=function, has_vote=function not in (OBSERVER, SECRETARY, DEPUTY))
    row.organisation = Organisation(pk=organisation, name=f"Prøveby {organisation}", kind="municipality")
    row.person_id = pk
    return row


@dataclass
class Item:
    """One item: which seats there are, who came, who stands in, who is disqualified, and how they voted."""

    votes: dict[int, str]
    seats: int = 6
    kind: str = Kind.BOARD
    here: tuple[int, ...] | None = None
    deputy_for: int | None = None
    out: tuple[int, ...] = ()
    same_organisation: tuple[int, int] | None = None
    functions: dict[int, str] = field(default_factory=lambda: {1: CHAIR, 2: VICE})

    def electorate(self):
        numbered = [*range(1, self.seats + 1), 9, 10, 11]
        functions = {**self.functions, 9: DEPUTY, 10: OBSERVER, 11: SECRETARY}
        shared = dict([self.same_organisation]) if self.same_organisation else {}
        came = self.here if self.here is not None else (*range(1, self.seats + 1), 10, 11)
        return electorate_of(
            body=Body(kind=self.kind),
            seats=[seat(pk, functions.get(pk, MEMBER), shared.get(pk, pk)) for pk in numbered],
            attendances={
                pk: Attendance(
                    membership_id=pk, status="present", stands_in_for_id=self.deputy_for if pk == 9 else None
                )
                for pk in came
            },
            disqualified=dict.fromkeys(self.out, "Leder projektet."),
        )

    @property
    def tally(self):
        return voting.tally(self.electorate(), self.votes)

    @property
    def codes(self):
        electorate = self.electorate()
        found = electorate.refusals or voting.reasons_against_votes(electorate, self.votes)
        return [refusal.code for refusal in found]


def all_vote(*choices, start=1):
    return dict(enumerate(choices, start=start))


# ---------------------------------------------------------------- what the votes amount to

TABLE = {
    # name: (item, for, against, abstained, casting, carried)
    "everybody for": (Item(all_vote(F, F, F, F, F, F)), 6, 0, 0, "", True),
    "one more for": (Item(all_vote(F, F, F, F, A, A)), 4, 2, 0, "", True),
    "tie, the seventh is not called": (Item(all_vote(F, F, A, A, A, F), seats=7), 3, 3, 0, F, True),
    "everybody against": (Item(all_vote(A, A, A, A, A, A)), 0, 6, 0, "", False),
    "one for, the others abstain": (Item(all_vote(N, N, N, N, N, F)), 1, 0, 5, "", True),
    "everybody abstains": (Item(all_vote(N, N, N, N, N, N)), 0, 0, 6, "", False),
    "nobody votes": (Item({}), 0, 0, 0, "", False),
    # Ties.
    "tie, the chair is for": (Item(all_vote(F, F, F, A, A, A)), 3, 3, 0, F, True),
    "tie, the chair is against": (Item(all_vote(A, F, F, F, A, A)), 3, 3, 0, A, False),
    "tie, the chair abstains": (Item(all_vote(N, F, F, A, A), seats=5), 2, 2, 1, "", False),
    "tie in a steering group, the chair is for": (Item(all_vote(F, F, A, A), 4, Kind.STEERING_GROUP), 2, 2, 0, F, True),
    "tie in a steering group, the chair is against": (
        Item(all_vote(A, F, F, A), 4, Kind.STEERING_GROUP),
        2,
        2,
        0,
        A,
        False,
    ),
    "tie in a coordination group": (Item(all_vote(F, F, A, A), 4, Kind.COORDINATION_GROUP), 2, 2, 0, "", False),
    "tie in an expert committee": (Item(all_vote(F, F, A, A), 4, Kind.EXPERT_COMMITTEE), 2, 2, 0, "", False),
    "tie, the chair is disqualified and the vice chair is for": (
        Item(all_vote(F, F, A, A, start=2), out=(1,)),
        2,
        2,
        0,
        F,
        True,
    ),
    "tie, the chair is away and the vice chair is against": (
        Item(all_vote(A, A, F, F, start=2), here=(2, 3, 4, 5)),
        2,
        2,
        0,
        A,
        False,
    ),
    "tie, the chair is disqualified and there is no vice chair": (
        Item(all_vote(F, F, A, A, start=2), out=(1,), functions={1: CHAIR}),
        2,
        2,
        0,
        "",
        False,
    ),
    "tie, chair and vice chair are both disqualified": (
        Item(all_vote(F, F, A, A, start=3), out=(1, 2)),
        2,
        2,
        0,
        "",
        False,
    ),
    "tie, the chair's deputy has a vote but no casting vote": (
        Item({9: F, 3: F, 4: A, 5: A}, here=(3, 4, 5, 9), deputy_for=1),
        2,
        2,
        0,
        "",
        False,
    ),
    "no tie, so the chair's vote is not doubled": (Item(all_vote(F, F, A, A, A), seats=5), 2, 3, 0, "", False),
    # Deputies and disqualification.
    "a deputy's vote decides": (Item({1: A, 3: F, 9: F}, here=(1, 3, 9), deputy_for=2), 2, 1, 0, "", True),
    "a deputy votes for one who is disqualified": (
        Item({1: F, 2: F, 9: A}, seats=3, here=(1, 2, 3, 9), deputy_for=3, out=(3,)),
        2,
        1,
        0,
        "",
        True,
    ),
    "the vote of one who is disqualified is not counted": (
        Item(all_vote(F, F, F, A, A, A), out=(4,)),
        3,
        2,
        0,
        "",
        True,
    ),
    "two seats of one organisation vote twice in a steering group": (
        Item(all_vote(F, F, A), 3, Kind.STEERING_GROUP, same_organisation=(2, 1)),
        2,
        1,
        0,
        "",
        True,
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_the_sum_of_the_votes(name):
    item, *expected = TABLE[name]
    tally = item.tally
    assert [tally.votes_for, tally.votes_against, tally.abstained, tally.casting, tally.is_carried] == expected
    assert voting.tally_of(tally.frozen()) == tally


# ---------------------------------------------------------------- whose votes are refused

REFUSED = {
    "quorum just met": (Item(all_vote(F, F, F), here=(1, 2, 3)), []),
    "quorum just missed": (Item(all_vote(F, F), here=(1, 2)), ["no_quorum"]),
    "quorum just met with seven": (Item(all_vote(F, F, F, F), seats=7, here=(1, 2, 3, 4)), []),
    "quorum just missed with seven": (Item(all_vote(F, F, F), seats=7, here=(1, 2, 3)), ["no_quorum"]),
    "quorum missed when one is disqualified": (Item(all_vote(F, F), here=(1, 2, 3), out=(3,)), ["no_quorum"]),
    "quorum met by a deputy": (Item({1: F, 2: F, 9: F}, here=(1, 2, 9), deputy_for=3), []),
    "a coordination group has no quorum": (Item(all_vote(F), 9, Kind.COORDINATION_GROUP, here=(1,)), []),
    "an observer votes": (Item({**all_vote(F, F, F), 10: F}), ["seat_without_vote"]),
    "the business manager votes": (Item({**all_vote(F, F, F), 11: A}), ["seat_without_vote"]),
    "a seat that ended yesterday votes": (Item({**all_vote(F, F, F), 99: F}), ["seat_not_held"]),
    "one who did not come votes": (Item(all_vote(F, F, F, F), here=(1, 2, 3)), ["voter_absent"]),
    "one who is disqualified votes": (Item(all_vote(F, F, F, F), out=(4,)), ["voter_disqualified"]),
    "a deputy votes for nobody": (Item({1: F, 9: F}, here=(1, 2, 3, 9)), ["deputy_for_nobody"]),
    "a deputy votes though the member came": (
        Item({1: F, 9: F}, here=(1, 2, 3, 9), deputy_for=2),
        ["deputy_for_nobody"],
    ),
    "a deputy votes for one who is away": (Item({1: F, 9: F}, here=(1, 3, 9), deputy_for=2), []),
    "two seats of one organisation vote on the board": (
        Item(all_vote(F, F, F), same_organisation=(3, 1)),
        ["organisation_votes_twice"],
    ),
    "two seats of one organisation vote in a steering group": (
        Item(all_vote(F, F, F), kind=Kind.STEERING_GROUP, same_organisation=(3, 1)),
        [],
    ),
    "a deputy of an organisation whose own member is there": (
        Item({1: F, 9: F}, here=(1, 3, 4, 9), deputy_for=2, same_organisation=(9, 3)),
        ["deputy_for_nobody"],
    ),
    "a deputy of an organisation whose own member is there, in a steering group": (
        Item({1: F, 9: F}, kind=Kind.STEERING_GROUP, here=(1, 3, 4, 9), deputy_for=2, same_organisation=(9, 3)),
        [],
    ),
    "a vote that is neither for nor against": (Item({**all_vote(F, F, F), 4: "måske"}), ["unknown_choice"]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_who_may_vote(name):
    item, codes = REFUSED[name]
    assert item.codes == codes


def test_every_seat_that_takes_part_is_called():
    electorate = Item({}, seats=3).electorate()
    assert [r.code for r in voting.reasons_roll_is_open(electorate, all_vote(F, F))] == ["votes_missing"]
    assert voting.reasons_roll_is_open(electorate, all_vote(F, F, N)) == []


def test_those_who_are_not_called_are_counted_apart():
    assert Item(all_vote(F, F), seats=5).tally.not_voted == 3


# ---------------------------------------------------------------- what the votes allow

CARRIED, LOST = voting.Tally(4, 1, 0), voting.Tally(2, 3, 1)
TIED = voting.Tally(3, 3, 0)


@pytest.mark.parametrize(
    ("outcome", "tally", "codes"),
    [
        *[(outcome, CARRIED, []) for outcome in Decision.APPROVALS],
        *[(outcome, LOST, ["votes_do_not_carry"]) for outcome in Decision.APPROVALS],
        *[(outcome, TIED, ["votes_do_not_carry"]) for outcome in Decision.APPROVALS],
        (Outcome.RETURNED, CARRIED, ["votes_carry"]),
        (Outcome.REJECTED, CARRIED, ["votes_carry"]),
        (Outcome.RETURNED, LOST, []),
        (Outcome.REJECTED, TIED, []),
        *[(outcome, tally, []) for outcome in (Outcome.POSTPONED, Outcome.NOTED) for tally in (CARRIED, LOST, TIED)],
    ],
)
def test_an_outcome_is_what_the_votes_carry(outcome, tally, codes):
    found = voting.reasons_against_outcome(outcome, tally)
    assert [refusal.code for refusal in found] == codes
    assert all(tally.sentence in refusal.message for refusal in found)


# ---------------------------------------------------------------- counting

ASSEMBLY = electorate_of(
    body=Body(kind=Kind.GENERAL_ASSEMBLY), seats=[], attendances={}, disqualified={}, represented_organisations=10
)


@pytest.mark.parametrize(
    ("count", "codes"),
    [
        (Count(6, 3, 1), []),
        (Count(6, 3, 0), []),
        (Count(0, 0, 1), []),
        (Count(6, 4, 1), ["more_votes_than_represented"]),
        (Count(11, 0, 0), ["more_votes_than_represented"]),
        (Count(0, 0, 0), ["count_missing"]),
        (Count(6, -1, 0), ["negative_count"]),
    ],
)
def test_a_count_has_at_most_one_vote_for_each_member_represented(count, codes):
    assert [refusal.code for refusal in voting.reasons_against_count(ASSEMBLY, count)] == codes


@pytest.mark.parametrize(("count", "carried"), [(Count(5, 4), True), (Count(5, 5), False), (Count(4, 5), False)])
def test_the_assembly_has_no_casting_vote(count, carried):
    tally = voting.tally_of_count(count, ASSEMBLY)
    assert (tally.is_carried, tally.casting, tally.not_voted) == (carried, "", 10 - count.total)


def test_a_decision_without_a_vote_keeps_no_sum():
    assert voting.tally_of({}) is None
