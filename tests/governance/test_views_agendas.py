"""Pages of the agenda: laying, ordering, points, sending, the calendar file."""

import pytest
from icalendar import Calendar

from governance.domain import agendas
from governance.models import AgendaItem, Meeting
from tests.factories import BodyFactory, MembershipFactory, board_people, days, planned_meeting, ready_case, the_board
from tests.governance.pages import codes, queries_of, url
from tests.governance.reading_ahead import mark, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client_as):
    return client_as("business_manager")


@pytest.fixture
def meeting():
    the_board()
    return planned_meeting(on=days(7))


def headings(meeting):
    return [item.heading for item in meeting.items.select_related("case").order_by("number")]


# ---------------------------------------------------------------- laying


def test_the_portal_lays_the_agenda_that_it_proposes(manager, meeting):
    case = ready_case(None, "other")
    page = manager.get(url("agenda-lay", meeting.pk))
    initial = page.context["form"].initial
    assert (initial["kinds"], initial["cases"], initial["closing"]) == (["portfolio"], [case.pk], "Eventuelt")
    response = manager.post(url("agenda-lay", meeting.pk), initial)
    assert response.status_code == 302
    assert headings(meeting) == ["Porteføljen", case.title, "Eventuelt"]


def test_what_is_not_ticked_is_not_laid(manager, meeting):
    ready_case(None, "other")
    manager.post(url("agenda-lay", meeting.pk), {"closing": "Eventuelt"})
    assert headings(meeting) == ["Eventuelt"]


@pytest.mark.parametrize("sent_in", [{"kinds": ["kaffe"]}, {"cases": ["0"]}, {"cases": ["x"]}, {"closing": "x" * 201}])
def test_what_was_not_offered_is_refused(manager, meeting, sent_in):
    ready_case(None, "other")
    response = manager.post(url("agenda-lay", meeting.pk), sent_in)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == sent_in.keys()
    assert headings(meeting) == []


# ---------------------------------------------------------------- order


@pytest.fixture
def three(meeting):
    return [agendas.add_point(meeting=meeting, title=title) for title in ("A", "B", "C")]


def arranged(items, *numbers, **more):
    fields = {f"minutes_{item.pk}": 15 for item in items}
    return fields | {f"number_{item.pk}": number for item, number in zip(items, numbers, strict=False)} | more


@pytest.mark.parametrize(
    ("numbers", "order"),
    [((1, 2, 3), "ABC"), ((3, 2, 1), "CBA"), ((1, 2, 1), "CAB"), ((9, 1, 1), "BCA"), ((2, 3, 1), "CAB")],
)
def test_numbers_are_typed(manager, meeting, three, numbers, order):
    assert manager.post(url("agenda-arrange", meeting.pk), arranged(three, *numbers)).status_code == 302
    assert "".join(headings(meeting)) == order


@pytest.mark.parametrize(
    ("button", "order"), [(("op", 2), "ACB"), (("ned", 0), "BAC"), (("op", 0), "ABC"), (("ned", 2), "ABC")]
)
def test_a_point_moves_one_place_by_its_button_and_one_stays_on_the_page(manager, meeting, three, button, order):
    way, which = button
    data = arranged(three, 1, 2, 3, move=f"{way}-{three[which].pk}")
    response = manager.post(url("agenda-arrange", meeting.pk), data)
    assert response["Location"] == url("agenda-arrange", meeting.pk)
    assert "".join(headings(meeting)) == order


@pytest.mark.parametrize("move", ["op-0", "op-x", "hop-1", "op", ""])
def test_a_button_that_is_not_there_moves_nothing(manager, meeting, three, move):
    manager.post(url("agenda-arrange", meeting.pk), arranged(three, 1, 2, 3, move=move))
    assert "".join(headings(meeting)) == "ABC"


@pytest.mark.parametrize("typed", ["", "0", "x", "601", "999999999999999999999"])
def test_minutes_that_make_no_sense_are_explained(manager, meeting, three, typed):
    field = f"minutes_{three[0].pk}"
    response = manager.post(url("agenda-arrange", meeting.pk), arranged(three, 1, 2, 3, **{field: typed}))
    assert response.context["form"].errors.keys() == {field}


def test_a_sent_agenda_keeps_its_order_whatever_is_sent(manager, meeting, three):
    sent(meeting)
    page = manager.get(url("agenda-arrange", meeting.pk))
    assert not [name for name in page.context["form"].fields if name.startswith("number")]
    manager.post(url("agenda-arrange", meeting.pk), arranged(three, 3, 2, 1, **{f"minutes_{three[0].pk}": 45}))
    assert "".join(headings(meeting)) == "ABC"
    assert meeting.items.get(number=1).minutes == 45


# ---------------------------------------------------------------- points


def test_a_closed_point_is_added_and_changed(manager, meeting):
    manager.post(url("point-add", meeting.pk), {"title": "Personale", "minutes": 10, "is_closed": "on"})
    item = AgendaItem.objects.get()
    assert (item.heading, item.minutes, item.is_closed) == ("Personale", 10, True)
    manager.post(url("point-edit", item.pk), {"title": "Lokaler", "minutes": 5})
    item.refresh_from_db()
    assert (item.heading, item.minutes, item.is_closed) == ("Lokaler", 5, False)


def test_a_case_has_its_own_title(manager, meeting):
    item = agendas.put_on_agenda(meeting=meeting, case=ready_case(None, "other"))
    assert "title" not in manager.get(url("point-edit", item.pk)).context["form"].fields
    manager.post(url("point-edit", item.pk), {"title": "Noget andet", "minutes": 40})
    item = AgendaItem.objects.select_related("case").get()
    assert (item.heading, item.minutes, item.title) == ("Sag om et initiativ", 40, "")


def test_a_withdrawn_point_is_not_changed(manager, meeting):
    item = agendas.withdraw_item(item=agendas.add_point(meeting=meeting, title="Kort"))
    response = manager.post(url("point-edit", item.pk), {"title": "Lang", "minutes": 5})
    assert codes(response) == ["already_withdrawn"]


# ---------------------------------------------------------------- sending


def test_an_agenda_is_sent_by_its_button(manager, meeting):
    agendas.add_point(meeting=meeting, title="Økonomi")
    response = manager.post(url("agenda-send", meeting.pk), follow=True)
    assert Meeting.objects.get(pk=meeting.pk).agenda_edition == 1
    assert response.context["edition"].number == 1
    assert response.context["unsent"] == []


def test_an_empty_agenda_shows_why_it_cannot_be_sent(manager, meeting):
    assert [r.code for r in manager.get(url("meeting", meeting.pk)).context["not_sendable"]] == ["agenda_empty"]
    manager.post(url("agenda-send", meeting.pk))
    assert Meeting.objects.get(pk=meeting.pk).agenda_edition == 0


def test_a_groups_own_chair_lays_and_sends_and_its_member_does_not(client):
    group = BodyFactory()
    chair, member = MembershipFactory(body=group, chair=True).person, MembershipFactory(body=group).person
    meeting = planned_meeting(group, on=days(7))
    client.force_login(member)
    assert client.post(url("agenda-send", meeting.pk)).status_code == 404
    client.force_login(chair)
    client.post(url("agenda-lay", meeting.pk), {"closing": "Eventuelt"})
    client.post(url("agenda-send", meeting.pk))
    assert Meeting.objects.get(pk=meeting.pk).agenda_edition == 1


# ---------------------------------------------------------------- who reads it


def test_a_member_of_a_group_sees_the_agenda_when_it_is_sent(client):
    group = BodyFactory()
    client.force_login(MembershipFactory(body=group).person)
    meeting = planned_meeting(group, on=days(7))
    agendas.add_point(meeting=meeting, title="Hemmeligt udkast")
    page = client.get(url("meeting", meeting.pk))
    assert page.context["agenda"] is None
    assert "Hemmeligt udkast" not in page.content.decode()
    assert "Hemmeligt" not in client.get(url("meeting-calendar", meeting.pk)).content.decode()
    assert client.get(url("reading", meeting.pk)).status_code == 404
    sent(meeting)
    assert client.get(url("meeting", meeting.pk)).context["agenda"].points == 1
    assert "Hemmeligt" in client.get(url("meeting-calendar", meeting.pk)).content.decode()
    assert client.get(url("reading", meeting.pk)).status_code == 200


def test_what_all_have_pre_approved_is_one_block_and_takes_its_time_together(client_as, meeting):
    items = [agendas.put_on_agenda(meeting=meeting, case=ready_case(None, "other"), minutes=30) for _ in range(3)]
    sent(meeting)
    client = client_as("board_member")
    assert client.get(url("meeting", meeting.pk)).context["agenda"].minutes == 90
    for item in items[:2]:
        for person in board_people():
            mark(item, person)
    agenda = client.get(url("meeting", meeting.pk)).context["agenda"]
    assert [row.item for row in agenda.agreed] == items[:2]
    assert agenda.minutes == 35


def test_the_calendar_file_is_downloaded_by_members_and_not_kept(client_as, meeting):
    response = client_as("board_member").get(url("meeting-calendar", meeting.pk))
    assert response["Content-Type"] == "text/calendar"
    assert response["Cache-Control"] == "private, no-store"
    assert len(Calendar.from_ical(response.content).walk("VEVENT")) == 1
    assert client_as("member_user").get(url("meeting-calendar", meeting.pk)).status_code == 404


@pytest.mark.parametrize("role", ["business_manager", "board_member"])
def test_the_meetings_page_takes_as_many_queries_for_three_points_as_for_one(client_as, meeting, role):
    client, took = client_as(role), []
    sent(meeting)
    for number in (1, 2):
        for _ in range(number):
            item = agendas.put_on_agenda(meeting=meeting, case=ready_case(None, "other"))
            mark(item, board_people()[0])
            mark(item, board_people()[1], "flagged", "Prisen")
        took.append([queries_of(client, url(name, meeting.pk)) for name in ("meeting", "reading")])
    assert took[0] == took[1]
    assert max(took[0]) <= 30
