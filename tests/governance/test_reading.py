"""Reading ahead: marks against fresh data, what falls away, and what is agreed in advance."""

import pytest
from django.core import mail as mail_box

from governance import agenda_letters
from governance.domain import agendas, cases, decisions, reading
from governance.domain.reading import Mark
from governance.models import ItemRead, Membership, Position
from governance.refusals import NotAllowed, WrongStage
from tests.factories import (
    MembershipFactory,
    board_people,
    business_manager,
    days,
    general_assembly,
    held_meeting,
    planned_meeting,
    ready_case,
    the_board,
)
from tests.governance.reading_ahead import mark, queued, sent

pytestmark = pytest.mark.django_db
Kind = Position.Kind


@pytest.fixture
def meeting():
    """A board meeting of three voting members in a week, with its agenda sent."""
    board = the_board()
    for seat in board.memberships.order_by("pk")[3:]:
        seat.delete()
    return sent(planned_meeting(on=days(7)))


@pytest.fixture
def item(meeting):
    """A case for decision on its agenda."""
    return agendas.put_on_agenda(meeting=meeting, case=ready_case(None, "other"))


def all_approve(item):
    """Everybody pre-approves."""
    for person in board_people():
        assert mark(item, person).taken == (item.pk,)


# ---------------------------------------------------------------- the consent item


def test_what_everybody_pre_approved_is_agreed(meeting, item):
    all_approve(item)
    assert reading.consent_items(meeting) == [item]


def test_one_who_has_not_answered_keeps_an_item_out(meeting, item):
    for person in board_people()[:2]:
        mark(item, person)
    assert reading.consent_items(meeting) == []


def test_one_flag_breaks_unanimous_consent(meeting, item):
    other = agendas.put_on_agenda(meeting=meeting, case=ready_case(None, "other"))
    all_approve(item)
    all_approve(other)
    assert reading.consent_items(meeting) == [item, other]
    mark(item, board_people()[2], Kind.FLAGGED, "Hvad koster det?")
    assert reading.consent_items(meeting) == [other]


def test_a_flag_taken_back_and_approved_makes_it_agreed_again(meeting, item):
    all_approve(item)
    mark(item, board_people()[0], Kind.FLAGGED, "Prisen")
    mark(item, board_people()[0])
    assert reading.consent_items(meeting) == [item]
    assert Position.objects.filter(item=item, fell_away_at__isnull=False).count() == 2


def test_a_new_member_on_the_meetings_day_must_pre_approve_too(meeting, item):
    all_approve(item)
    MembershipFactory(body=meeting.body, valid_from=meeting.date)
    assert reading.consent_items(meeting) == []


def test_a_vacant_seat_a_deputy_and_a_seat_that_ended_before_do_not_count(meeting, item):
    all_approve(item)
    MembershipFactory(body=meeting.body, vacant=True)
    MembershipFactory(body=meeting.body, deputy=True)
    MembershipFactory(body=meeting.body, observer=True)
    MembershipFactory(body=meeting.body, valid_to=days(6))
    assert reading.consent_items(meeting) == [item]


def test_information_is_no_part_of_the_consent_item(meeting):
    item = agendas.put_on_agenda(meeting=meeting, case=ready_case(None, purpose="information"))
    for person in board_people():
        assert mark(item, person).left[item.pk].code == "not_for_decision"
    assert reading.consent_items(meeting) == []


def test_neither_the_assembly_nor_a_written_procedure_has_a_consent_item(meeting, item):
    all_approve(item)
    meeting.procedure = meeting.Procedure.WRITTEN
    assert reading.consent_items(meeting) == []
    assembly = planned_meeting(body=general_assembly(), on=days(7))
    assert reading.consent_items(assembly) == []


def test_where_members_vote_in_writing_they_do_not_pre_approve_but_may_flag():
    the_board()
    meeting = sent(planned_meeting(on=days(7), procedure="written"))
    item = agendas.put_on_agenda(meeting=meeting, case=ready_case(None, "other"))
    person = board_people()[0]
    assert mark(item, person).left[item.pk].code == "voted_instead"
    assert mark(item, person, Kind.FLAGGED, "Prisen").taken == (item.pk,)


def test_a_withdrawn_item_leaves_the_consent_item(meeting, item):
    all_approve(item)
    agendas.withdraw_item(item=item)
    assert reading.consent_items(meeting) == []


# ---------------------------------------------------------------- who may mark, and when


@pytest.mark.parametrize("trait", ["deputy", "observer", "secretary"])
def test_only_voting_seats_mark(meeting, item, trait):
    seat = MembershipFactory(body=meeting.body, **{trait: True})
    with pytest.raises(NotAllowed) as refused:
        mark(item, seat.person)
    assert refused.value.codes == ["no_voting_seat"]


def test_the_business_manager_does_not_mark(item):
    with pytest.raises(NotAllowed) as refused:
        mark(item, business_manager())
    assert refused.value.codes == ["no_voting_seat"]


@pytest.mark.parametrize(("last_day", "may"), [(6, False), (7, True)])
def test_a_seat_must_last_until_the_day_of_the_meeting(meeting, item, last_day, may):
    seat = MembershipFactory(body=meeting.body, valid_to=days(last_day))
    if may:
        assert mark(item, seat.person).taken == (item.pk,)
    else:
        with pytest.raises(NotAllowed):
            mark(item, seat.person)


def test_nothing_is_marked_before_the_agenda_is_sent(meeting, item):
    meeting.published_at = None
    meeting.save()
    with pytest.raises(WrongStage) as refused:
        mark(item, board_people()[0])
    assert refused.value.codes == ["agenda_not_sent"]


@pytest.mark.parametrize(("day", "may"), [(0, True), (-1, False)])
def test_nothing_is_marked_after_the_day_of_the_meeting(meeting, item, day, may):
    move = days(day) - meeting.date
    meeting.starts_at, meeting.ends_at = meeting.starts_at + move, meeting.ends_at + move
    meeting.save()
    if may:
        assert mark(item, board_people()[0]).taken
    else:
        with pytest.raises(WrongStage) as refused:
            mark(item, board_people()[0])
        assert refused.value.codes == ["meeting_over"]


# ---------------------------------------------------------------- a queue against fresh data


def test_a_queue_takes_what_is_fresh_and_says_why_it_left_the_rest(meeting, item):
    changed, withdrawn, flagged = (
        agendas.put_on_agenda(meeting=meeting, case=ready_case(None, "other")) for _ in range(3)
    )
    cases.edit_case(case=changed.case, version=1, about="Noget andet.")
    agendas.withdraw_item(item=withdrawn)
    queue = [
        Mark(item_id=item.pk, kind=Kind.PRE_APPROVED, case_version=1),
        Mark(item_id=changed.pk, kind=Kind.PRE_APPROVED, case_version=1),
        Mark(item_id=withdrawn.pk, kind=Kind.PRE_APPROVED, case_version=1),
        Mark(item_id=flagged.pk, kind=Kind.FLAGGED, word="  ", case_version=1),
    ]
    marked = reading.mark_items(meeting=meeting, marks=queue, by=board_people()[0])
    assert marked.taken == (item.pk,)
    assert {pk: reason.code for pk, reason in marked.left.items()} == {
        changed.pk: "case_changed",
        withdrawn.pk: "withdrawn",
        flagged.pk: "word_missing",
    }
    assert [position.item_id for position in Position.objects.all()] == [item.pk]


def test_an_item_of_another_meeting_is_left(meeting, item):
    other = sent(planned_meeting(on=days(20)))
    marked = reading.mark_items(
        meeting=other, marks=[Mark(item_id=item.pk, kind=Kind.PRE_APPROVED, case_version=1)], by=board_people()[0]
    )
    assert marked.left[item.pk].code == "withdrawn"


def test_a_settled_case_is_left(item):
    cases.withdraw_case(case=item.case)
    assert mark(item, board_people()[0]).left[item.pk].code == "withdrawn"


def test_only_reading_is_noted_with_the_version_and_takes_a_mark_back(item):
    person = board_people()[0]
    mark(item, person)
    mark(item, person, kind="")
    assert ItemRead.objects.get().case_version == 1
    assert not Position.objects.filter(fell_away_at__isnull=True).exists()


def test_the_same_mark_again_changes_nothing(item):
    person = board_people()[0]
    mark(item, person)
    mark(item, person)
    assert Position.objects.count() == 1


# ---------------------------------------------------------------- a case changes


def test_marks_fall_away_when_the_case_changes(meeting, item):
    all_approve(item)
    cases.edit_case(case=item.case, version=1, recommendation="Godkend det halve.")
    assert reading.consent_items(meeting) == []
    assert not Position.objects.filter(fell_away_at__isnull=True).exists()
    assert Position.objects.count() == Membership.objects.filter(body=meeting.body).count()


def test_members_are_told_that_their_marks_fell_away(item):
    all_approve(item)
    cases.edit_case(case=item.case, version=1, recommendation="Godkend det halve.")
    told = queued(agenda_letters.tell_of_changed_case)
    assert len(told) == 3
    agenda_letters.tell_of_changed_case.func(**told[0])
    (letter,) = mail_box.outbox
    assert letter.to == [board_people()[0].email]
    assert item.case.number in letter.body
    assert f"/moeder/{item.meeting_id}/laes/#punkt-{item.pk}" in letter.body


def test_nobody_is_told_when_nobody_has_marked(item):
    cases.edit_case(case=item.case, version=1, recommendation="Godkend det halve.")
    assert queued(agenda_letters.tell_of_changed_case) == []


def test_marks_on_what_was_decided_at_a_meeting_stay_with_it():
    meeting = sent(held_meeting())
    item = agendas.put_on_agenda(meeting=meeting, case=ready_case(None, "other"))
    mark(item, board_people()[0])
    decisions.record_decision(
        case=item.case, meeting=meeting, item=item, outcome="postponed", text="Næste gang.", by=business_manager()
    )
    cases.edit_case(case=item.case, version=1, about="Mere.")
    assert Position.objects.get().fell_away_at is None
