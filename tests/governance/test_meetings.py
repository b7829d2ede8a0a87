"""Planning meetings, putting cases on the agenda, and recording who came."""

from datetime import date

import pytest

from governance.domain import agendas, meetings
from governance.models import AgendaItem, Attendance, Body, Meeting, Membership
from governance.refusals import NotReady, WrongStage
from tests.factories import (
    BodyFactory,
    MembershipFactory,
    at,
    board_with,
    days,
    decide,
    general_assembly,
    held_meeting,
    planned_meeting,
    ready_case,
    the_board,
)

pytestmark = pytest.mark.django_db
Status = Attendance.Status


@pytest.mark.parametrize("hour", [10, 9])
def test_a_meeting_ends_after_it_begins(hour):
    with pytest.raises(NotReady) as refused:
        meetings.plan_meeting(body=BodyFactory(), starts_at=at(days(0), 10), ends_at=at(days(0), hour))
    assert refused.value.codes == ["ends_before_start"]
    assert not Meeting.objects.exists()


def test_meetings_are_numbered_for_each_body_and_year():
    one, other = BodyFactory(), BodyFactory()
    this_year, next_year = date(2030, 5, 1), date(2031, 5, 1)
    planned = [planned_meeting(body, on=day) for body, day in ((one, this_year), (one, this_year), (other, this_year))]
    planned.append(planned_meeting(one, on=next_year))
    assert [(m.year, m.number) for m in planned] == [(2030, 1), (2030, 2), (2030, 1), (2031, 1)]


def test_a_meeting_around_new_year_belongs_to_the_danish_year():
    meeting = meetings.plan_meeting(
        body=BodyFactory(), starts_at=at(date(2031, 1, 1), 0), ends_at=at(date(2031, 1, 1), 1)
    )
    assert (meeting.year, meeting.date) == (2031, date(2031, 1, 1))


def test_a_meeting_is_dated_by_its_beginning_and_a_written_procedure_by_its_deadline():
    times = {"starts_at": at(days(0), 10), "ends_at": at(days(7), 12)}
    meeting = meetings.plan_meeting(body=BodyFactory(), **times)
    written = meetings.plan_meeting(body=BodyFactory(), procedure=Meeting.Procedure.WRITTEN, **times)
    assert (meeting.date, written.date) == (days(0), days(7))


# ---------------------------------------------------------------- the agenda


def test_cases_come_on_the_agenda_in_order():
    meeting = planned_meeting()
    items = [agendas.put_on_agenda(meeting=meeting, case=ready_case(None, "other")) for _ in range(3)]
    assert [item.number for item in items] == [1, 2, 3]


@pytest.mark.parametrize(("due", "is_late"), [(None, False), (0, False), (1, False), (-1, True)])
def test_a_case_is_late_from_the_day_after_the_deadline(due, is_late):
    meeting = planned_meeting(on=days(9), agenda_due=None if due is None else days(due))
    assert agendas.put_on_agenda(meeting=meeting, case=ready_case(None, "other")).is_late is is_late


@pytest.mark.parametrize("status", ["draft", "decided", "withdrawn"])
def test_only_a_ready_case_comes_on_the_agenda(status):
    case = ready_case(None, "other")
    type(case).objects.filter(pk=case.pk).update(status=status)
    with pytest.raises(WrongStage) as refused:
        agendas.put_on_agenda(meeting=planned_meeting(), case=case)
    assert refused.value.codes == ["case_not_ready"]
    assert not AgendaItem.objects.exists()


def test_a_case_belongs_to_its_own_body():
    case = ready_case(None, "other", body=BodyFactory())
    with pytest.raises(WrongStage) as refused:
        agendas.put_on_agenda(meeting=planned_meeting(), case=case)
    assert refused.value.codes == ["other_body"]


def test_the_assembly_takes_the_boards_cases():
    case = ready_case(None, "other", body=the_board())
    assert agendas.put_on_agenda(meeting=planned_meeting(general_assembly()), case=case)


def test_a_case_is_on_an_agenda_once_but_may_come_again_at_another_meeting():
    case, meeting = ready_case(None, "other"), planned_meeting()
    agendas.put_on_agenda(meeting=meeting, case=case)
    with pytest.raises(WrongStage) as refused:
        agendas.put_on_agenda(meeting=meeting, case=case)
    assert refused.value.codes == ["already_on_agenda"]
    assert agendas.put_on_agenda(meeting=planned_meeting(), case=case)


def test_the_others_keep_their_numbers_when_an_item_is_withdrawn():
    meeting = planned_meeting()
    items = [agendas.put_on_agenda(meeting=meeting, case=ready_case(None, "other")) for _ in range(2)]
    agendas.withdraw_item(item=items[0])
    added = agendas.put_on_agenda(meeting=meeting, case=ready_case(None, "other"))
    assert [(i.number, i.withdrawn_at is not None) for i in meeting.items.all()] == [(1, True), (2, False), (3, False)]
    assert added.number == 3


def test_a_decided_item_is_not_withdrawn():
    item = decide(None, "other").agenda_item
    with pytest.raises(WrongStage) as refused:
        agendas.withdraw_item(item=item)
    assert refused.value.codes == ["already_decided"]
    assert AgendaItem.objects.get().withdrawn_at is None


# ---------------------------------------------------------------- attendance


def test_attendance_is_recorded_anew_as_a_whole():
    board = board_with(3)
    first, second, third = board.memberships.order_by("pk")
    meeting = planned_meeting(board)
    meetings.record_attendance(meeting=meeting, statuses={first.pk: Status.PRESENT, second.pk: Status.PRESENT})
    meetings.record_attendance(meeting=meeting, statuses={first.pk: Status.APOLOGIES, third.pk: Status.PRESENT})
    found = {a.membership_id: a.status for a in meeting.attendances.all()}
    assert found == {first.pk: Status.APOLOGIES, third.pk: Status.PRESENT}
    assert Meeting.objects.get().attendance_recorded_at is not None


def test_a_deputy_says_for_whom():
    board = board_with(3)
    absent, deputy = board.memberships.first(), MembershipFactory(body=board, deputy=True)
    meeting = meetings.record_attendance(
        meeting=planned_meeting(board), statuses={deputy.pk: Status.PRESENT}, stands_in_for={deputy.pk: absent.pk}
    )
    assert meeting.attendances.get().stands_in_for == absent


def _stranger(board):
    return MembershipFactory()


def _ended(board):
    return MembershipFactory(body=board, valid_to=days(-1))


def _not_yet(board):
    return MembershipFactory(body=board, valid_from=days(1))


def _vacant(board):
    return MembershipFactory(body=board, vacant=True)


@pytest.mark.parametrize("seat", [_stranger, _ended, _not_yet, _vacant])
def test_only_those_with_a_seat_on_the_day_are_recorded(seat):
    board = board_with(1)
    meeting = planned_meeting(board)
    with pytest.raises(NotReady) as refused:
        meetings.record_attendance(meeting=meeting, statuses={seat(board).pk: Status.PRESENT})
    assert refused.value.codes == ["not_a_seat"]
    assert Meeting.objects.get().attendance_recorded_at is None


def test_attendance_is_locked_with_the_first_decision():
    meeting = held_meeting()
    decide(None, "other", meeting=meeting)
    with pytest.raises(WrongStage) as refused:
        meetings.record_attendance(meeting=meeting, statuses={})
    assert refused.value.codes == ["already_decided"]
    assert meeting.attendances.count() == 6


def test_the_seats_of_the_day_come_with_the_chair_first():
    body = BodyFactory(kind=Body.Kind.STEERING_GROUP)
    observer = MembershipFactory(body=body, observer=True)
    member = MembershipFactory(body=body, valid_to=days(0))
    chair = MembershipFactory(body=body, chair=True)
    MembershipFactory(body=body, valid_to=days(-1))
    MembershipFactory(body=body, vacant=True)
    assert meetings.seats_on_the_day(planned_meeting(body)) == [chair, member, observer]
    assert Membership.objects.filter(body=body).count() == 5
