"""Recording how a body came to its decision: agreement, roll call, a count at the assembly.

What votes amount to is in test_voting; the written procedure in test_ballots.
"""

import pytest

from governance.domain import agendas, assembly, decisions
from governance.domain.voting import Count, Poll
from governance.models import Decision, HistoryIsNeverRewrittenError, Vote
from governance.refusals import NotReady
from tests.factories import (
    AffiliationFactory,
    MembershipFactory,
    board_with,
    business_manager,
    days,
    general_assembly,
    held_meeting,
    planned_meeting,
    ready_case,
)

pytestmark = pytest.mark.django_db
Method, Outcome = Decision.Method, Decision.Outcome


def seats(meeting):
    return list(meeting.body.memberships.order_by("pk").values_list("pk", flat=True))


def called(meeting, *choices):
    return Poll(method=Method.ROLL_CALL, votes=dict(zip(seats(meeting), choices, strict=False)))


def record(meeting, poll=None, outcome=Outcome.APPROVED, **more):
    case = ready_case(None, "other", body=meeting.body)
    return decisions.record_decision(
        case=case,
        meeting=meeting,
        item=agendas.put_on_agenda(meeting=meeting, case=case),
        outcome=outcome,
        text="Besluttet.",
        by=business_manager(),
        poll=poll,
        **more,
    )


def refused(meeting, poll, outcome=Outcome.APPROVED, **more):
    with pytest.raises(NotReady) as refusal:
        record(meeting, poll, outcome, **more)
    assert not Decision.objects.exists()
    assert not Vote.objects.exists()
    return refusal.value.codes


def test_agreement_keeps_no_votes():
    decision = record(held_meeting())
    assert (decision.method, decision.tally, decision.votes.count()) == (Method.CONSENSUS, {}, 0)


def test_agreement_with_votes_is_not_agreement():
    meeting = held_meeting()
    poll = called(meeting, "for")
    assert refused(meeting, Poll(votes=poll.votes)) == ["votes_unexpected"]


def test_a_roll_call_is_kept_vote_by_vote_with_its_sum():
    meeting = held_meeting(board_with(5))
    decision = record(meeting, called(meeting, "for", "against", "for", "abstains", "for"))
    kept = Decision.objects.get(pk=decision.pk)
    assert kept.method == Method.ROLL_CALL
    assert {name: kept.tally[name] for name in ("for", "against", "abstained", "not_voted", "carried")} == {
        "for": 3,
        "against": 1,
        "abstained": 1,
        "not_voted": 0,
        "carried": True,
    }
    assert [vote.choice for vote in kept.votes.order_by("membership")] == ["for", "against", "for", "abstains", "for"]


def test_votes_are_never_rewritten():
    meeting = held_meeting(board_with(1))
    vote = record(meeting, called(meeting, "for")).votes.get()
    for attempt in (vote.save, vote.delete, Vote.objects.all().delete, lambda: Vote.objects.update(choice="against")):
        with pytest.raises(HistoryIsNeverRewrittenError):
            attempt()


@pytest.mark.parametrize(
    ("choices", "outcome", "codes"),
    [
        (("for", "for", "against"), Outcome.REJECTED, ["votes_carry"]),
        (("for", "against", "against"), Outcome.APPROVED, ["votes_do_not_carry"]),
        (("for", "for"), Outcome.APPROVED, ["votes_missing"]),
    ],
)
def test_an_outcome_that_the_votes_do_not_carry_is_refused(choices, outcome, codes):
    meeting = held_meeting(board_with(3))
    assert (
        refused(meeting, called(meeting, *choices), outcome, reason="overlap" if outcome == "rejected" else "") == codes
    )


def test_the_chair_breaks_a_tie():
    meeting = held_meeting(board_with(4))
    decision = record(meeting, called(meeting, "for", "for", "against", "against"))
    assert (decision.tally["casting"], decision.outcome) == ("for", Outcome.APPROVED)


def test_a_vote_against_turns_the_case_down():
    meeting = held_meeting(board_with(3))
    decision = record(meeting, called(meeting, "for", "against", "against"), Outcome.REJECTED, reason="overlap")
    assert decision.tally["carried"] is False


def test_one_who_is_disqualified_is_not_called():
    meeting = held_meeting(board_with(3))
    first, *others = seats(meeting)
    poll = Poll(method=Method.ROLL_CALL, votes=dict.fromkeys(others, "for"))
    decision = record(meeting, poll, disqualified={first: "Leder projektet."})
    assert decision.tally["for"] == 2
    assert decision.tally["may_cast"] is False


def test_a_seat_that_ended_the_day_before_the_meeting_has_no_vote():
    board = board_with(3)
    gone = MembershipFactory(body=board, valid_to=days(-4))
    meeting = held_meeting(board, on=days(-3))
    poll = called(meeting, "for", "for", "for")
    assert refused(meeting, Poll(method=Method.ROLL_CALL, votes={**poll.votes, gone.pk: "for"})) == ["seat_not_held"]


def test_a_seat_counts_on_its_last_day():
    board = board_with(3)
    last_day = MembershipFactory(body=board, valid_to=days(-3))
    meeting = held_meeting(board, on=days(-3))
    poll = called(meeting, "for", "for", "against")
    decision = record(meeting, Poll(method=Method.ROLL_CALL, votes={**poll.votes, last_day.pk: "for"}))
    assert decision.tally["for"] == 3


# ---------------------------------------------------------------- which way belongs to which meeting


def assembly_meeting(members=10):
    meeting = planned_meeting(general_assembly())
    return assembly.record_representation(
        meeting=meeting, organisations=[each.organisation_id for each in AffiliationFactory.create_batch(members)]
    )


@pytest.mark.parametrize("method", [Method.COUNT, Method.WRITTEN])
def test_the_board_neither_counts_hands_nor_votes_in_writing_at_a_meeting(method):
    assert refused(held_meeting(), Poll(method=method, count=Count(3, 0, 0))) == ["wrong_method"]


def test_the_assembly_is_not_called_by_name():
    assert refused(assembly_meeting(), Poll(method=Method.ROLL_CALL)) == ["wrong_method"]


def test_nothing_is_decided_by_consent_that_was_not_agreed_on_before():
    assert refused(held_meeting(), Poll(method=Method.CONSENT)) == ["consent_broken"]


def test_the_assembly_counts():
    decision = record(assembly_meeting(10), Poll(method=Method.COUNT, count=Count(6, 3, 0)))
    assert decision.method == Method.COUNT
    assert (decision.tally["for"], decision.tally["against"], decision.tally["not_voted"]) == (6, 3, 1)
    assert len(decision.electorate["represented"]) == decision.electorate["represented_organisations"] == 10
    assert not decision.votes.exists()


@pytest.mark.parametrize(
    ("count", "codes"),
    [
        (Count(8, 3, 0), ["more_votes_than_represented"]),
        (Count(5, 5, 0), ["votes_do_not_carry"]),
        (None, ["count_missing"]),
    ],
)
def test_a_count_that_cannot_be_is_refused(count, codes):
    assert refused(assembly_meeting(10), Poll(method=Method.COUNT, count=count)) == codes
