"""Action items: who may agree on them, what they need, and which are open on a day."""

import pytest
from django.utils import timezone

from governance.domain import action_items
from governance.domain.versions import version_of
from governance.models import ActionItem, AgendaItem, Body
from governance.refusals import NotAllowed, NotReady, Refused, Stale, WrongStage
from tests.factories import (
    BodyFactory,
    MeetingFactory,
    MembershipFactory,
    UserFactory,
    business_manager,
    days,
    secretariat,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return BodyFactory(kind=Body.Kind.BOARD, name="Bestyrelsen")


def agree(body, **changes):
    facts = {"what": "Spørg leverandøren", "owner": UserFactory(), "due": days(10), "by": business_manager()}
    return action_items.agree_action(body=body, **facts | changes)


def point(meeting, **facts):
    return AgendaItem.objects.create(meeting=meeting, kind=AgendaItem.Kind.STANDING, title="Nyt", number=1, **facts)


def test_an_action_item_from_a_point_belongs_to_its_meeting(board):
    meeting = MeetingFactory(body=board)
    action = agree(board, item=point(meeting))
    assert (action.meeting, action.done_on) == (meeting, None)


def test_one_can_be_agreed_between_meetings(board):
    assert agree(board).meeting is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"what": "  "}, "what_missing"),
        ({"due": days(-1)}, "due_too_early"),
    ],
)
def test_what_is_missing_is_refused(board, changes, code):
    with pytest.raises(NotReady) as refused:
        agree(board, **changes)
    assert refused.value.codes == [code]
    assert not ActionItem.objects.exists()


def test_somebody_without_access_cannot_be_given_one(board):
    with pytest.raises(NotReady) as refused:
        agree(board, owner=UserFactory(is_active=False))
    assert refused.value.codes == ["owner_gone"]


def test_what_was_agreed_at_a_meeting_can_be_due_from_its_day_on(board):
    meeting = MeetingFactory(body=board, on=days(-8))
    assert agree(board, meeting=meeting, due=days(-8)).due == days(-8)
    with pytest.raises(NotReady) as refused:
        agree(board, meeting=meeting, due=days(-9))
    assert refused.value.codes == ["due_too_early"]


def test_another_bodys_meeting_is_refused(board):
    with pytest.raises(WrongStage) as refused:
        agree(board, meeting=MeetingFactory())
    assert refused.value.codes == ["other_body"]


def test_approved_minutes_take_no_more_action_items(board):
    meeting = MeetingFactory(body=board, minutes_approved_at=timezone.now())
    with pytest.raises(WrongStage) as refused:
        agree(board, meeting=meeting)
    assert refused.value.codes == ["minutes_locked"]


def test_a_groups_chair_and_secretary_agree_on_them_and_its_members_do_not():
    group = BodyFactory()
    assert agree(group, by=MembershipFactory(body=group, chair=True).person)
    assert agree(group, by=MembershipFactory(body=group, secretary=True).person)
    with pytest.raises(NotAllowed) as refused:
        agree(group, by=MembershipFactory(body=group).person)
    assert refused.value.codes == ["not_planner"]


def test_whoever_takes_the_minutes_agrees_on_them_for_that_meeting_only(board):
    taker = UserFactory()
    meeting = MeetingFactory(body=board, minute_taker=taker)
    assert agree(board, meeting=meeting, by=taker)
    with pytest.raises(NotAllowed):
        agree(board, by=taker)


def test_a_day_that_is_moved_is_reminded_of_anew(board):
    action = agree(board)
    ActionItem.objects.update(reminded_on=days(0))
    facts = {"what": "Spørg igen", "owner": action.owner, "by": secretariat()}
    same = action_items.change_action(action=action, version=version_of(action), due=action.due, **facts)
    assert (same.what, same.reminded_on) == ("Spørg igen", days(0))
    moved = action_items.change_action(action=action, version=version_of(action), due=days(20), **facts)
    assert moved.reminded_on is None


def test_a_late_one_keeps_its_day_but_gets_no_other_in_the_past(board):
    action = agree(board)
    ActionItem.objects.update(due=days(-3))
    facts = {"action": action, "what": "Spørg", "owner": action.owner, "by": secretariat()}
    assert action_items.change_action(version=version_of(action), due=days(-3), **facts).due == days(-3)
    with pytest.raises(NotReady) as refused:
        action_items.change_action(version=version_of(action), due=days(-2), **facts)
    assert refused.value.codes == ["due_too_early"]


def test_nobody_overwrites_what_another_saved(board):
    action = agree(board)
    seen = version_of(action)
    facts = {"action": action, "owner": action.owner, "due": action.due, "by": secretariat()}
    action_items.change_action(version=seen, what="Den første", **facts)
    with pytest.raises(Stale):
        action_items.change_action(version=seen, what="Den anden", **facts)
    action.refresh_from_db()
    assert action.what == "Den første"


def test_the_owner_says_that_it_is_done_and_with_what_result(board):
    action = agree(board)
    done = action_items.finish_action(action=action, outcome="De svarede ja.", by=action.owner)
    assert (done.done_on, done.outcome) == (days(0), "De svarede ja.")
    with pytest.raises(WrongStage) as refused:
        action_items.finish_action(action=action, outcome="Igen.", by=action.owner)
    assert refused.value.codes == ["already_done"]


def test_it_is_not_done_without_a_result_nor_by_others(board):
    action = agree(board)
    with pytest.raises(NotReady) as refused:
        action_items.finish_action(action=action, outcome=" ", by=action.owner)
    assert refused.value.codes == ["outcome_missing"]
    with pytest.raises(NotAllowed):
        action_items.finish_action(action=action, outcome="Ja.", by=UserFactory())


def test_one_that_was_not_done_after_all_is_opened_again(board):
    action = agree(board)
    with pytest.raises(WrongStage) as refused:
        action_items.reopen_action(action=action, by=secretariat())
    assert refused.value.codes == ["not_done"]
    action_items.finish_action(action=action, outcome="De svarede ja.", by=action.owner)
    with pytest.raises(NotAllowed):
        action_items.reopen_action(action=action, by=action.owner)
    opened = action_items.reopen_action(action=action, by=secretariat())
    assert (opened.done_on, opened.outcome) == (None, "")


def test_a_done_one_is_not_changed(board):
    action = agree(board)
    action_items.finish_action(action=action, outcome="Ja.", by=action.owner)
    with pytest.raises(Refused) as refused:
        action_items.change_action(
            action=action, version=version_of(action), what="Nyt", owner=action.owner, due=days(9), by=secretariat()
        )
    assert refused.value.codes == ["already_done"]


def test_open_on_a_day_is_what_was_known_and_not_done(board):
    later = agree(board, what="Senest om lidt", due=days(20))
    first = agree(board, what="Først", due=days(2))
    agree(BodyFactory(), what="Et andet organs")
    coming = agree(board, what="Fra næste møde", due=days(60), meeting=MeetingFactory(body=board, on=days(30)))
    assert list(action_items.open_actions(board, days(0))) == [first, later]
    assert list(action_items.open_actions(board, days(30))) == [first, later, coming]
    action_items.finish_action(action=first, outcome="Gjort.", by=first.owner)
    assert list(action_items.open_actions(board, days(0))) == [later]
    assert list(action_items.open_actions(board, days(-1))) == [first, later]
