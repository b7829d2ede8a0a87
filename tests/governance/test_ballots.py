"""The written procedure: members vote until the deadline, on the case as it reads; then the votes decide."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from governance.decision_letters import tell_of_lost_ballots
from governance.domain import agendas, ballots
from governance.domain.voting import Poll
from governance.models import Ballot, Decision, Meeting
from governance.refusals import NotAllowed, NotReady, Stale, WrongStage
from tests.factories import (
    MembershipFactory,
    business_manager,
    days,
    general_assembly,
    held_meeting,
    ready_case,
)
from tests.governance.written import Written

pytestmark = pytest.mark.django_db


@pytest.fixture
def written():
    return Written()


def refused(error, attempt, *args, **more):
    before = list(Ballot.objects.order_by("pk").values())
    with pytest.raises(error) as refusal:
        attempt(*args, **more)
    assert list(Ballot.objects.order_by("pk").values()) == before
    assert not Decision.objects.exists()
    return refusal.value.codes


# ---------------------------------------------------------------- voting


def test_a_member_votes_on_the_case_as_it_reads(written):
    ballot = written.vote(0)
    assert (ballot.choice, ballot.case_version, ballot.membership) == ("for", written.case.version, written.seats[0])


def test_a_vote_can_be_changed_until_the_deadline(written):
    written.vote(0, "for")
    written.vote(0, "against")
    assert Ballot.objects.get().choice == "against"
    written.over()
    assert refused(WrongStage, written.vote, 0, "for") == ["deadline_passed"]
    assert refused(WrongStage, written.vote, 1, "for") == ["deadline_passed"]


def test_nobody_votes_before_it_begins():
    assert refused(WrongStage, Written(begins=1).vote, 0) == ["not_begun"]


def test_at_a_meeting_there_are_no_ballots():
    meeting = held_meeting()
    item = agendas.put_on_agenda(meeting=meeting, case=ready_case(None, "other"))
    by = meeting.body.memberships.first().person
    assert refused(WrongStage, ballots.cast_ballot, item=item, choice="for", case_version=1, by=by) == ["not_written"]


def test_the_assembly_does_not_vote_by_seat():
    written = Written(body=general_assembly())
    by = MembershipFactory(body=written.body).person
    assert refused(WrongStage, written.vote, 0, by=by) == ["not_written"]


def _observer(body):
    return MembershipFactory(body=body, observer=True).person


def _deputy(body):
    return MembershipFactory(body=body, deputy=True).person


def _ended_yesterday(body):
    return MembershipFactory(body=body, valid_to=days(-1)).person


def _ends_before_the_deadline(body):
    return MembershipFactory(body=body, valid_to=days(0)).person


def _begins_tomorrow(body):
    return MembershipFactory(body=body, valid_from=days(1)).person


def _member_elsewhere(_body):
    return MembershipFactory().person


def _manager(_body):
    return business_manager()


@pytest.mark.parametrize(
    "somebody",
    [_observer, _deputy, _ended_yesterday, _ends_before_the_deadline, _begins_tomorrow, _member_elsewhere, _manager],
)
def test_only_voting_members_vote(somebody):
    written = Written(ends=48)
    assert refused(NotAllowed, written.vote, 0, by=somebody(written.body)) == ["no_voting_seat"]


def test_a_seat_that_lasts_to_the_day_of_the_deadline_votes(written):
    last_day = MembershipFactory(body=written.body, valid_to=timezone.localdate(written.meeting.ends_at))
    assert written.vote(0, by=last_day.person).choice == "for"


def test_a_vote_is_for_against_or_abstaining(written):
    assert refused(WrongStage, written.vote, 0, "måske") == ["unknown_choice"]


def test_a_withdrawn_item_is_not_voted_on(written):
    agendas.withdraw_item(item=written.item)
    assert refused(WrongStage, written.vote, 0) == ["not_open"]


# ---------------------------------------------------------------- the case changes


def test_a_vote_on_an_older_text_is_refused(written):
    version = written.case.version
    written.edit()
    assert refused(Stale, written.vote, 0, version=version) == ["case_changed"]
    assert written.vote(0).choice == "for"


def test_a_change_takes_the_votes_away_and_asks_those_who_had_voted(written):
    written.all_vote("for", "against")
    written.edit()
    assert not Ballot.objects.exists()
    task = DBTaskResult.objects.get(task_path=tell_of_lost_ballots.module_path)
    tell_of_lost_ballots.call(**task.args_kwargs["kwargs"])
    assert sorted(letter.to for letter in mail.outbox) == sorted([seat.person.email] for seat in written.seats[:2])
    assert f"/moeder/{written.meeting.pk}/stem/" in mail.outbox[0].body


def test_a_change_before_anybody_voted_tells_nobody(written):
    written.edit()
    assert not DBTaskResult.objects.filter(task_path=tell_of_lost_ballots.module_path).exists()


# ---------------------------------------------------------------- recording


def test_who_voted_takes_part_and_the_votes_are_frozen(written):
    decision = written.all_vote("for", "for", "against", "abstains").over().record()
    assert decision.method == Decision.Method.WRITTEN
    assert (decision.electorate["taking_part"], decision.electorate["voting_seats"]) == (4, 5)
    assert [vote.choice for vote in decision.votes.order_by("membership")] == ["for", "for", "against", "abstains"]
    assert (decision.tally["for"], decision.tally["against"], decision.tally["abstained"]) == (2, 1, 1)


@pytest.mark.parametrize(
    ("choices", "codes"),
    [
        (("for", "for", "for"), None),
        (("for", "for"), ["no_quorum"]),
        ((), ["no_quorum"]),
        (("for", "against", "against"), ["votes_do_not_carry"]),
        (("for", "for", "against", "against"), None),  # the chair, who is for, breaks the tie
        (("against", "for", "for", "against"), ["votes_do_not_carry"]),
    ],
)
def test_quorum_and_majority_are_those_of_a_meeting(choices, codes):
    written = Written(5).all_vote(*choices).over()
    if codes:
        assert refused(NotReady, written.record) == codes
    else:
        assert written.record().outcome == "approved"


def test_it_waits_for_the_deadline_unless_all_have_voted():
    written = Written(3, ends=48).all_vote("for", "for")
    assert refused(NotReady, written.record) == ["deadline_not_passed"]
    written.vote(2, "against")
    decision = written.record()
    assert decision.decided_on == timezone.localdate()
    assert decision.tally["not_voted"] == 0


def test_after_the_deadline_the_decision_carries_its_day():
    written = Written(3).all_vote("for", "for")
    ended = timezone.now() - timedelta(days=2)
    Meeting.objects.filter(pk=written.meeting.pk).update(starts_at=ended - timedelta(days=7), ends_at=ended)
    written.meeting.refresh_from_db()
    assert written.record().decided_on == timezone.localdate(ended)


def test_what_was_typed_does_not_take_the_place_of_the_ballots(written):
    written.all_vote("for", "for", "for").over()
    typed = Poll(method=Decision.Method.ROLL_CALL, votes={seat.pk: "against" for seat in written.seats})
    assert written.record(poll=typed).tally["for"] == 3


def test_the_ballot_of_one_who_is_disqualified_does_not_count():
    written = Written(5).all_vote("for", "for", "for", "against").over()
    decision = written.record(disqualified={written.seats[0].pk: "Leder projektet."})
    assert (decision.tally["for"], decision.tally["against"], decision.votes.count()) == (2, 1, 3)


def test_the_ballot_of_a_seat_that_ended_meanwhile_does_not_count():
    written = Written(3, ends=48).all_vote("for", "for", "against")
    seat = written.seats[1]
    seat.valid_to = days(-1)
    seat.save()
    decision = written.record()
    assert decision.electorate["voting_seats"] == 2
    assert decision.votes.count() == 2


def test_a_decided_item_is_not_voted_on(written):
    written.all_vote(*["for"] * 5).record()
    with pytest.raises(WrongStage) as refusal:
        written.vote(0, "against")
    assert refusal.value.codes == ["not_open"]
    assert Ballot.objects.filter(choice="for").count() == 5


def test_a_written_decision_is_about_an_item_on_its_agenda(written):
    written.over()
    written.item = None
    assert refused(NotReady, written.record) == ["not_on_agenda", "no_quorum"]
