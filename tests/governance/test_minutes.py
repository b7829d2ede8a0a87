"""Minutes: written per item, released by the chair, approved at a later meeting, then locked, in no other order."""

import pytest
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.utils import timezone, translation

from governance import minutes as record
from governance.domain import action_items, decisions, meetings, minutes
from governance.models import (
    AgendaItem,
    ApprovedMinutes,
    Attendance,
    Body,
    HistoryIsNeverRewrittenError,
    Membership,
    User,
)
from governance.refusals import NotAllowed, NotReady, Stale, WrongStage
from governance.tasks_minutes import tell_minutes_released
from tests.factories import MeetingFactory, MembershipFactory, UserFactory, business_manager, days, secretariat
from tests.governance.reading_ahead import queued

pytestmark = pytest.mark.django_db


@pytest.fixture
def chair():
    return MembershipFactory(body__kind=Body.Kind.BOARD, body__name="Bestyrelsen", chair=True)


@pytest.fixture
def board(chair):
    MembershipFactory.create_batch(2, body=chair.body)
    return chair.body


def held(body, on=-10, absent=(), **facts):
    """A meeting where everybody came, but those named."""
    meeting = MeetingFactory(body=body, on=days(on), attendance_recorded_at=timezone.now(), **facts)
    for seat in body.memberships.all():
        status = Attendance.Status.ABSENT if seat in absent else Attendance.Status.PRESENT
        Attendance.objects.create(meeting=meeting, membership=seat, status=status)
    return meeting


def point(meeting, number=1, **facts):
    facts = {"kind": AgendaItem.Kind.STANDING, "title": "Nyt fra sekretariatet", **facts}
    return AgendaItem.objects.create(meeting=meeting, number=number, **facts)


def approving(body, on=-1, **facts):
    meeting = held(body, on=on, **facts)
    point(meeting, kind=AgendaItem.Kind.MINUTES, title="")
    return meeting


def written(meeting, text="Vi talte om det."):
    return minutes.write_entry(item=point(meeting), version=0, text=text, by=secretariat())


def released(board, chair, **facts):
    meeting = held(board, **facts)
    written(meeting)
    return minutes.release_minutes(meeting=meeting, by=chair.person)


def approved(board, chair):
    return minutes.approve_minutes(meeting=released(board, chair), at=approving(board), by=secretariat())


class TestWriting:
    def test_each_save_is_a_version(self, board):
        meeting = held(board)
        entry = written(meeting)
        again = minutes.write_entry(item=entry.item, version=1, text="Rettet.", by=secretariat())
        assert (entry.version, again.version, again.text) == (1, 2, "Rettet.")

    @pytest.mark.parametrize("seen", [0, 2])
    def test_nobody_overwrites_what_another_saved(self, board, seen):
        entry = written(held(board), text="Den første")
        with pytest.raises(Stale) as refused:
            minutes.write_entry(item=entry.item, version=seen, text="Den anden", by=secretariat())
        assert refused.value.current.text == "Den første"

    def test_members_do_not_write(self, board, chair):
        with pytest.raises(NotAllowed) as refused:
            minutes.write_entry(item=point(held(board)), version=0, text="Nej", by=chair.person)
        assert refused.value.codes == ["not_writer"]

    @pytest.mark.parametrize("function", [Membership.Function.CHAIR, Membership.Function.SECRETARY])
    def test_a_groups_own_chair_and_secretary_do(self, function):
        seat = MembershipFactory(function=function, has_vote=function == Membership.Function.CHAIR)
        assert minutes.write_entry(item=point(held(seat.body)), version=0, text="Ja", by=seat.person)

    def test_whoever_was_chosen_to_take_them_does(self, board):
        taker = UserFactory()
        assert minutes.write_entry(item=point(held(board, minute_taker=taker)), version=0, text="Ja", by=taker)

    def test_not_before_the_meeting_begins(self, board):
        with pytest.raises(NotReady) as refused:
            written(MeetingFactory(body=board, on=days(1)))
        assert refused.value.codes == ["meeting_not_begun"]

    def test_not_about_a_point_that_is_withdrawn(self, board):
        item = point(held(board), withdrawn_at=timezone.now())
        with pytest.raises(WrongStage) as refused:
            minutes.write_entry(item=item, version=0, text="Nej", by=secretariat())
        assert refused.value.codes == ["item_withdrawn"]


class TestReleasing:
    def test_the_chair_releases_and_the_members_are_mailed(self, board, chair):
        MembershipFactory(body=board, person__is_active=False)
        MembershipFactory(body=board, valid_to=days(-11))
        meeting = released(board, chair)
        assert meeting.minutes_released_by == chair.person
        told = queued(tell_minutes_released)
        assert len(told) == 3
        tell_minutes_released.func(**told[0])
        [letter] = mail.outbox
        assert letter.to == [chair.person.email]
        assert f"/moeder/{meeting.pk}/referat/" in letter.body

    def test_neither_the_manager_nor_a_member_does(self, board):
        meeting = held(board)
        written(meeting)
        for other in (business_manager(), secretariat(), board.memberships.last().person):
            with pytest.raises(NotAllowed) as refused:
                minutes.release_minutes(meeting=meeting, by=other)
            assert refused.value.codes == ["not_chair"]

    def test_the_vice_chair_does_only_when_the_chair_cannot(self, board, chair):
        vice = MembershipFactory(body=board, function=Membership.Function.VICE_CHAIR)
        came, stayed_away = held(board), held(board, on=-5, absent=[chair])
        today = days(0)
        assert not minutes.may_release(came, vice.person, today)
        assert minutes.may_release(stayed_away, vice.person, today)
        assert minutes.may_release(stayed_away, chair.person, today)
        User.objects.filter(pk=chair.person_id).update(password=make_password(None))
        assert minutes.may_release(came, vice.person, today)
        assert not minutes.may_release(came, User.objects.get(pk=chair.person_id), today)

    def test_an_assembly_without_seats_has_the_boards_chair(self, chair):
        assembly = MeetingFactory(body__kind=Body.Kind.GENERAL_ASSEMBLY, on=days(-3))
        assert minutes.may_release(assembly, chair.person, days(0))
        assert not minutes.may_release(assembly, secretariat(), days(0))

    def test_not_twice(self, board, chair):
        meeting = released(board, chair)
        with pytest.raises(WrongStage) as refused:
            minutes.release_minutes(meeting=meeting, by=chair.person)
        assert refused.value.codes == ["already_released"]

    def test_not_before_the_day_of_the_meeting(self, board, chair):
        with pytest.raises(NotReady) as refused:
            minutes.release_minutes(meeting=MeetingFactory(body=board, on=days(1)), by=chair.person)
        assert refused.value.codes == ["meeting_not_held"]

    def test_not_before_they_are_whole(self, board, chair):
        meeting = MeetingFactory(body=board, on=days(-1))
        point(meeting, number=1)
        point(meeting, number=2, withdrawn_at=timezone.now())
        with pytest.raises(NotReady) as refused:
            minutes.release_minutes(meeting=meeting, by=chair.person)
        assert refused.value.codes == ["attendance_missing", "items_unwritten"]
        assert not queued(tell_minutes_released)

    def test_a_written_procedure_has_no_attendance(self, board, chair):
        meeting = MeetingFactory(body=board, on=days(-1), procedure="written")
        written(meeting)
        assert minutes.release_minutes(meeting=meeting, by=chair.person).minutes_released_at


class TestApproving:
    def test_a_later_meeting_approves_and_they_are_locked(self, board, chair):
        meeting = released(board, chair)
        at = approving(board)
        done = minutes.approve_minutes(meeting=meeting, at=at, by=secretariat())
        assert done.minutes_approved_on == at
        with pytest.raises(WrongStage) as refused:
            minutes.write_entry(item=meeting.items.get(), version=1, text="Nyt", by=secretariat())
        assert refused.value.codes == ["minutes_locked"]

    def test_the_approval_stands_in_the_minutes_of_the_meeting_that_gave_it(self, board, chair):
        approved(board, chair)
        at = board.meetings.order_by("starts_at").last()
        [item] = record.gathered(at).items
        assert len(item.settled) == 1
        assert item.is_written

    @pytest.mark.parametrize(
        ("prepare", "code"),
        [
            (lambda body, _meeting: approving(body, on=1), "meeting_not_held"),
            (lambda body, _meeting: held(body, on=-1), "not_on_agenda"),
            (lambda body, _meeting: approving(body, on=-20), "not_a_later_meeting"),
            (lambda body, _meeting: approving(body, absent=body.memberships.all()), "no_quorum"),
            (lambda body, _meeting: approving(body, minutes_approved_at=timezone.now()), "minutes_locked"),
        ],
    )
    def test_each_wrong_order_is_refused(self, board, chair, prepare, code):
        meeting = released(board, chair)
        with pytest.raises(NotReady) as refused:
            minutes.approve_minutes(meeting=meeting, at=prepare(board, meeting), by=secretariat())
        assert refused.value.codes == [code]
        assert not ApprovedMinutes.objects.exists()

    def test_attendance_is_asked_for_first(self, board, chair):
        meeting = released(board, chair)
        at = MeetingFactory(body=board, on=days(-1))
        point(at, kind=AgendaItem.Kind.MINUTES)
        with pytest.raises(NotReady) as refused:
            minutes.approve_minutes(meeting=meeting, at=at, by=secretariat())
        assert refused.value.codes == ["attendance_missing"]

    def test_another_body_cannot(self, board, chair):
        seat = MembershipFactory()
        with pytest.raises(NotReady) as refused:
            minutes.approve_minutes(meeting=released(board, chair), at=approving(seat.body), by=secretariat())
        assert refused.value.codes == ["other_body"]

    def test_not_before_they_are_released(self, board):
        meeting = held(board)
        with pytest.raises(NotReady) as refused:
            minutes.approve_minutes(meeting=meeting, at=approving(board), by=secretariat())
        assert refused.value.codes == ["not_released"]

    def test_not_twice_and_not_by_members(self, board, chair):
        meeting = released(board, chair)
        at = approving(board)
        with pytest.raises(NotAllowed) as refused:
            minutes.approve_minutes(meeting=meeting, at=at, by=chair.person)
        assert refused.value.codes == ["not_planner"]
        minutes.approve_minutes(meeting=meeting, at=at, by=secretariat())
        with pytest.raises(WrongStage) as refused:
            minutes.approve_minutes(meeting=meeting, at=at, by=secretariat())
        assert refused.value.codes == ["already_approved"]

    def test_they_read_as_they_did_whatever_happens_to_the_rows(self, board, chair):
        meeting = held(board)
        item = written(meeting, text="Teksten").item
        action = action_items.agree_action(
            body=board, item=item, what="Spørg", owner=chair.person, due=days(5), by=secretariat()
        )
        minutes.release_minutes(meeting=meeting, by=chair.person)
        with translation.override("en"):
            minutes.approve_minutes(meeting=meeting, at=approving(board), by=secretariat())
        before = record.minutes_of(meeting)
        AgendaItem.objects.filter(pk=item.pk).update(title="En anden overskrift")
        type(action).objects.update(what="Noget andet", due=days(50))
        assert record.minutes_of(meeting) == before
        assert before.items[0].actions[0].what == "Spørg"
        with pytest.raises(HistoryIsNeverRewrittenError):
            ApprovedMinutes.objects.update(content={})

    def test_the_meeting_that_approves_is_the_first_held_one_with_the_item(self, board, chair):
        meeting = released(board, chair)
        held(board, on=-8)
        first = approving(board, on=-5)
        approving(board, on=-2)
        assert minutes.approving_meeting(meeting, days(0)) == first
        assert minutes.approving_meeting(meeting, days(-6)) is None


class TestCorrecting:
    def test_a_correction_is_added_with_author_and_day(self, board, chair):
        meeting = approved(board, chair)
        minutes.correct_minutes(meeting=meeting, item=meeting.items.get(), text="Det var onsdag.", by=secretariat())
        [note] = record.corrections_of(meeting)
        assert (note.text, note.item, note.written_on) == ("Det var onsdag.", 1, days(0))
        assert record.minutes_of(meeting).items[0].text == "Vi talte om det."

    def test_before_they_are_approved_the_text_is_mended_instead(self, board, chair):
        with pytest.raises(WrongStage) as refused:
            minutes.correct_minutes(meeting=released(board, chair), text="Nej", by=secretariat())
        assert refused.value.codes == ["not_approved"]

    def test_only_by_those_who_write_and_with_a_text(self, board, chair):
        meeting = approved(board, chair)
        with pytest.raises(NotAllowed):
            minutes.correct_minutes(meeting=meeting, text="Nej", by=chair.person)
        with pytest.raises(NotReady) as refused:
            minutes.correct_minutes(meeting=meeting, text=" ", by=secretariat())
        assert refused.value.codes == ["text_missing"]

    def test_not_to_another_meetings_point(self, board, chair):
        meeting = approved(board, chair)
        with pytest.raises(WrongStage) as refused:
            minutes.correct_minutes(meeting=meeting, item=point(held(board, on=-2)), text="Nej", by=secretariat())
        assert refused.value.codes == ["other_meeting"]


class TestWhatRestsOnThem:
    def test_nothing_more_is_decided_at_a_meeting_whose_minutes_are_approved(self, board, chair):
        meeting = approved(board, chair)
        assert [r.code for r in decisions.reasons_to_wait(meeting)] == ["minutes_locked"]
        assert decisions.reasons_to_wait(approving(board, on=-3)) == []

    def test_who_came_is_locked_at_both_meetings(self, board, chair):
        earlier = approved(board, chair)
        for meeting in (earlier, earlier.minutes_approved_on):
            with pytest.raises(WrongStage) as refused:
                meetings.record_attendance(meeting=meeting, statuses={chair.pk: "present"})
            assert refused.value.codes == ["minutes_locked"]
        assert meetings.record_attendance(meeting=held(board, on=-4), statuses={chair.pk: "present"})
