"""Laying an agenda: the order it is laid in, numbers until it is sent and after, points of its own."""

import pytest

from governance.agenda_sources import AgendaLine
from governance.domain import action_items, agendas, meetings
from governance.effects import registry
from governance.models import AgendaItem, Meeting
from governance.refusals import NotReady, Stale, WrongStage
from tests.factories import (
    board_people,
    business_manager,
    days,
    decide,
    planned_meeting,
    ready_case,
    steering_group,
    the_board,
)
from tests.governance.reading_ahead import sent

pytestmark = pytest.mark.django_db
Kind = AgendaItem.Kind


@pytest.fixture
def lines(monkeypatch):
    """Let each source have so many lines."""

    def have(**counts):
        line = AgendaLine(name="OS2mo", text="Skulle være opfyldt.", url="/")
        sources = {kind: lambda _body, _day, n=n: [line] * n for kind, n in counts.items()}
        monkeypatch.setattr(registry, "agenda_lines", sources)

    have(conditions=0, deviations=0, reports=0)
    return have


def kinds(meeting):
    """The kinds on the agenda in order; they are numbered from 1 without gaps."""
    items = list(meeting.items.order_by("number"))
    assert [item.number for item in items] == list(range(1, len(items) + 1))
    return [item.kind for item in items]


# ---------------------------------------------------------------- laying


def test_an_agenda_is_laid_in_the_order_of_the_rules(lines):
    planned_meeting(on=days(-30))
    meeting = planned_meeting(on=days(7))
    lines(conditions=2, deviations=1, reports=3)
    action_items.agree_action(
        body=the_board(), what="Skriv til alle", owner=board_people()[0], due=days(3), by=business_manager()
    )
    case = ready_case(None, "other")
    agendas.lay_agenda(meeting=meeting, cases=[case], closing="Eventuelt")
    assert kinds(meeting) == [
        "minutes",
        "portfolio",
        "case",
        "conditions",
        "deviations",
        "reports",
        "actions",
        "standing",
    ]
    assert meeting.items.get(kind="standing").title == "Eventuelt"


def test_what_has_nothing_to_say_is_left_out(lines):
    meeting = planned_meeting(on=days(7))
    agendas.lay_agenda(meeting=meeting)
    assert kinds(meeting) == ["portfolio"]


def test_the_portfolio_is_the_boards_alone(lines, n2_concept):
    meeting = planned_meeting(steering_group(n2_concept), on=days(7))
    lines(conditions=1)
    agendas.lay_agenda(meeting=meeting)
    assert kinds(meeting) == ["conditions"]


def test_laying_again_adds_only_what_is_new_and_keeps_what_was_moved(lines):
    meeting = planned_meeting(on=days(7))
    first = ready_case(None, "other")
    portfolio, case = agendas.lay_agenda(meeting=meeting, cases=[first])
    agendas.arrange_agenda(meeting=meeting, order=[case.pk, portfolio.pk], minutes={})
    lines(conditions=1, deviations=0, reports=0)
    agendas.lay_agenda(meeting=meeting)
    assert kinds(meeting) == ["case", "portfolio", "conditions"]


def test_approved_minutes_are_not_approved_again(lines):
    before = planned_meeting(on=days(-30))
    meeting = planned_meeting(on=days(7))
    assert agendas.minutes_to_approve(meeting) == before
    Meeting.objects.filter(pk=before.pk).update(minutes_approved_at=before.ends_at)
    assert agendas.minutes_to_approve(meeting) is None
    agendas.lay_agenda(meeting=meeting)
    assert "minutes" not in kinds(meeting)


def test_only_the_kinds_asked_for_are_laid(lines):
    planned_meeting(on=days(-30))
    meeting = planned_meeting(on=days(7))
    agendas.lay_agenda(meeting=meeting, kinds=["minutes"])
    assert kinds(meeting) == ["minutes"]


def test_a_case_comes_before_what_comes_back_by_itself(lines):
    meeting = planned_meeting(on=days(7))
    lines(conditions=1)
    agendas.lay_agenda(meeting=meeting, closing="Eventuelt")
    agendas.put_on_agenda(meeting=meeting, case=ready_case(None, "other"))
    assert kinds(meeting) == ["portfolio", "case", "conditions", "standing"]


# ---------------------------------------------------------------- after it is sent


def test_what_comes_after_the_agenda_is_sent_is_last_and_late(lines):
    meeting = planned_meeting(on=days(7))
    agendas.lay_agenda(meeting=meeting, closing="Eventuelt")
    sent(meeting)
    late = agendas.put_on_agenda(meeting=meeting, case=ready_case(None, "other"))
    point = agendas.add_point(meeting=meeting, title="Ny mødedato")
    asked = agendas.add_initiative(meeting=meeting, subject="os2mo", title="OS2mo")
    assert kinds(meeting) == ["portfolio", "standing", "case", "standing", "initiative"]
    assert [late.is_late, point.is_late, asked.is_late] == [True] * 3
    assert not meeting.items.filter(number__lte=2, is_late=True).exists()


def test_numbers_stay_once_the_agenda_is_sent_but_minutes_may_change(lines):
    meeting = planned_meeting(on=days(7))
    first, second = agendas.lay_agenda(meeting=meeting, closing="Eventuelt")
    sent(meeting)
    with pytest.raises(WrongStage) as refused:
        agendas.arrange_agenda(meeting=meeting, order=[second.pk, first.pk], minutes={})
    assert refused.value.codes == ["agenda_sent"]
    agendas.arrange_agenda(meeting=meeting, order=[first.pk, second.pk], minutes={first.pk: 45})
    assert list(meeting.items.order_by("number").values_list("pk", "minutes")) == [(first.pk, 45), (second.pk, 5)]


def test_an_order_of_another_agenda_than_the_one_there_is_refused(lines):
    meeting = planned_meeting(on=days(7))
    (first,) = agendas.lay_agenda(meeting=meeting)
    second = agendas.add_point(meeting=meeting, title="Økonomi")
    for order in ([first.pk], [first.pk, second.pk, second.pk], [first.pk, second.pk, 0]):
        with pytest.raises(Stale) as refused:
            agendas.arrange_agenda(meeting=meeting, order=order, minutes={})
        assert refused.value.codes == ["agenda_changed"]


# ---------------------------------------------------------------- points without a case


def test_a_point_needs_a_heading():
    meeting = planned_meeting(on=days(7))
    with pytest.raises(NotReady) as refused:
        agendas.add_point(meeting=meeting, title="  ")
    assert refused.value.codes == ["title_missing"]
    point = agendas.add_point(meeting=meeting, title="Økonomi", is_closed=True)
    with pytest.raises(NotReady) as refused:
        agendas.change_point(item=point, title="", minutes=5, is_closed=False)
    assert refused.value.codes == ["title_missing"]


def test_a_point_is_changed_and_a_case_keeps_its_title():
    meeting = planned_meeting(on=days(7))
    point = agendas.add_point(meeting=meeting, title="Økonomi")
    case = agendas.put_on_agenda(meeting=meeting, case=ready_case(None, "other"))
    agendas.change_point(item=point, title="Økonomi, 3. kvartal", minutes=25, is_closed=True)
    changed = agendas.change_point(item=case, title="Noget andet", minutes=30, is_closed=True)
    point.refresh_from_db()
    assert (point.heading, point.minutes, point.is_closed) == ("Økonomi, 3. kvartal", 25, True)
    assert (changed.heading, changed.minutes, changed.is_public) == ("Sag om et initiativ", 30, False)


def test_decided_and_withdrawn_items_are_not_changed(n2_concept):
    decided = decide(None, "other").agenda_item
    with pytest.raises(WrongStage) as refused:
        agendas.change_point(item=decided, title="", minutes=5, is_closed=False)
    assert refused.value.codes == ["already_decided"]
    point = agendas.add_point(meeting=planned_meeting(on=days(7)), title="Økonomi")
    agendas.withdraw_item(item=point)
    for again in (
        lambda: agendas.withdraw_item(item=point),
        lambda: agendas.change_point(item=point, title="Ny", minutes=5, is_closed=False),
    ):
        with pytest.raises(WrongStage) as refused:
            again()
        assert refused.value.codes == ["already_withdrawn"]


def test_an_initiative_is_one_point_however_many_ask():
    meeting = planned_meeting(on=days(7))
    first = agendas.add_initiative(meeting=meeting, subject="os2mo", title="OS2mo")
    assert agendas.add_initiative(meeting=meeting, subject="os2mo", title="OS2mo") == first
    agendas.withdraw_item(item=first)
    assert agendas.add_initiative(meeting=meeting, subject="os2mo", title="OS2mo") != first


def test_no_point_is_added_after_the_minutes_are_released():
    meeting = planned_meeting(on=days(-1))
    Meeting.objects.filter(pk=meeting.pk).update(minutes_released_at=meeting.ends_at)
    for add in (
        lambda: agendas.add_point(meeting=meeting, title="Økonomi"),
        lambda: agendas.add_initiative(meeting=meeting, subject="os2mo", title="OS2mo"),
    ):
        with pytest.raises(WrongStage) as refused:
            add()
        assert refused.value.codes == ["meeting_closed"]


def test_a_meeting_has_a_minute_taker():
    taker = board_people()[0]
    assert (
        meetings.plan_meeting(
            body=the_board(),
            starts_at=planned_meeting().starts_at,
            ends_at=planned_meeting().ends_at,
            minute_taker=taker,
        ).minute_taker
        == taker
    )
