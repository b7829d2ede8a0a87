"""Pages of meetings: planning, changing, attendance, agenda."""

import pytest
from django.utils import timezone

from governance.models import AgendaItem, Body, Meeting
from tests.factories import (
    BodyFactory,
    CaseFactory,
    MeetingFactory,
    MembershipFactory,
    board_people,
    board_with,
    days,
    decide,
    general_assembly,
    held_meeting,
    planned_meeting,
    ready_case,
    the_board,
)
from tests.governance.pages import codes, day_text, url

pytestmark = pytest.mark.django_db

OTHER = ("other", {"text": "Ja"})


@pytest.fixture
def manager(client_as):
    return client_as("business_manager")


def form(**changes):
    return {"procedure": "meeting", "day": day_text(days(10)), "starts": "10.00", "ends": "12:30", **changes}


# ---------------------------------------------------------------- planning


def test_a_meeting_is_planned_in_danish_time_and_numbered(manager):
    board = the_board()
    manager.post(url("meeting-create"), form(body=board.pk))
    manager.post(url("meeting-create"), form(body=board.pk, starts="11"))
    first, second = Meeting.objects.order_by("starts_at")
    assert timezone.localtime(first.ends_at).strftime("%H.%M") == "12.30"
    assert [first.number, second.number] == [1, 2]
    assert first.date == days(10)


def test_a_written_procedure_ends_on_another_day_and_decides_on_its_last(manager):
    data = form(body=the_board().pk, procedure="written", ends_day=day_text(days(17)), ends="12")
    assert manager.post(url("meeting-create"), data).status_code == 302
    assert Meeting.objects.get().date == days(17)


def test_a_double_click_plans_one_meeting(manager):
    data = form(body=the_board().pk)
    manager.post(url("meeting-create"), data)
    response = manager.post(url("meeting-create"), data)
    assert response.status_code == 422
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "beside"),
    [
        ("day", "31-02-2027", "day"),
        ("day", "01-01-0001", "day"),
        ("day", "31-12-9999", "day"),
        ("starts", "25.00", "starts"),
        ("starts", "ti", "starts"),
        ("ends", "09.59", "ends"),
        ("ends_day", "01-01-2020", "ends"),
        ("procedure", "kaffe", "procedure"),
        ("body", "abc", "body"),
        ("place", "x" * 10_000, "place"),
        ("agenda_due", "i går", "agenda_due"),
    ],
)
def test_bad_input_is_explained_beside_its_field_and_kept(field, typed, beside, manager):
    response = manager.post(url("meeting-create"), form(**{"body": the_board().pk, field: typed}))
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {beside}
    assert response.context["form"][field].value() == typed
    assert not Meeting.objects.exists()


def test_a_group_is_planned_for_by_its_own_chair_and_secretary(client):
    group = BodyFactory()
    for function, status in (("chair", 302), ("secretary", 302), ("member", 404)):
        seat = MembershipFactory(body=group, function=function, has_vote=function != "secretary")
        client.force_login(seat.person)
        starts = {"chair": "10", "secretary": "11", "member": "12"}[function]
        assert client.post(url("meeting-create"), form(body=group.pk, starts=starts)).status_code == status
    assert Meeting.objects.filter(body=group).count() == 2


def test_a_group_is_not_planned_for_by_others(client):
    client.force_login(MembershipFactory(chair=True).person)
    response = client.post(url("meeting-create"), form(body=the_board().pk))
    assert response.context["form"].errors.keys() == {"body"}
    assert not Meeting.objects.exists()


# ---------------------------------------------------------------- changing


def edit_form(client, meeting, **changes):
    return {
        **form(),
        "version": client.get(url("meeting-edit", meeting.pk)).context["form"].initial["version"],
        **changes,
    }


def test_the_form_shows_the_meeting_as_it_is(manager):
    meeting = planned_meeting(on=days(3))
    initial = manager.get(url("meeting-edit", meeting.pk)).context["form"].initial
    assert (initial["day"], initial["starts"].hour, initial["ends"].hour, initial["ends_day"]) == (
        days(3),
        10,
        12,
        None,
    )


def test_a_meeting_moved_to_another_day_has_its_attendance_recorded_anew(manager):
    meeting = held_meeting()
    data = edit_form(manager, meeting, day=day_text(days(0)))
    manager.post(url("meeting-edit", meeting.pk), data)
    assert Meeting.objects.get(pk=meeting.pk).attendance_recorded_at is not None
    manager.post(url("meeting-edit", meeting.pk), edit_form(manager, meeting, day=day_text(days(-1))))
    moved = Meeting.objects.get(pk=meeting.pk)
    assert (moved.date, moved.attendance_recorded_at, moved.attendances.count()) == (days(-1), None, 0)


def test_a_meeting_with_decisions_keeps_its_day(manager):
    meeting = held_meeting()
    decide(None, OTHER, meeting=meeting)
    response = manager.post(url("meeting-edit", meeting.pk), edit_form(manager, meeting, day=day_text(days(-1))))
    assert codes(response) == ["already_decided"]
    assert response.context["form"].errors.keys() == {"day"}
    same_day = edit_form(manager, meeting, day=day_text(days(0)), place="Odense")
    assert manager.post(url("meeting-edit", meeting.pk), same_day).status_code == 302


def test_a_meeting_moved_to_another_year_gets_a_number_there(manager):
    meeting = planned_meeting(on=days(5))
    data = edit_form(manager, meeting, day=f"15-01-{days(5).year + 1}")
    manager.post(url("meeting-edit", meeting.pk), data)
    moved = Meeting.objects.get(pk=meeting.pk)
    assert (moved.year, moved.number) == (days(5).year + 1, 1)


def test_two_who_change_a_meeting_at_once_both_see_both(manager):
    meeting = planned_meeting(on=days(5))
    data = edit_form(manager, meeting)
    manager.post(url("meeting-edit", meeting.pk), {**data, "place": "Odense"})
    response = manager.post(url("meeting-edit", meeting.pk), {**data, "place": "Vejle"})
    assert (response.status_code, codes(response)) == (409, ["stale"])
    assert [(d.theirs, d.yours) for d in response.context["difference"].differences] == [("Odense", "Vejle")]


# ---------------------------------------------------------------- attendance


def attendance(client, meeting, **changes):
    fields = client.get(url("attendance", meeting.pk)).context["form"].fields
    return {**{name: field.initial or "" for name, field in fields.items()}, **changes}


def test_attendance_is_recorded_for_the_seats_of_the_day(manager):
    board = board_with(3)
    deputy = MembershipFactory(body=board, deputy=True)
    gone = MembershipFactory(body=board, valid_to=days(-1))
    meeting = planned_meeting(board)
    absent = board.memberships.order_by("pk")[2]
    data = attendance(
        manager,
        meeting,
        **{
            f"status_{absent.pk}": "apologies",
            f"status_{deputy.pk}": "present",
            f"for_{deputy.pk}": absent.pk,
            f"status_{gone.pk}": "present",
        },
    )
    assert manager.post(url("attendance", meeting.pk), data).status_code == 302
    electorate = manager.get(url("meeting", meeting.pk)).context["electorate"]
    assert (electorate.taking_part, electorate.voting_seats, electorate.refusals) == (3, 3, [])
    assert not meeting.attendances.filter(membership=gone).exists()


def test_a_deputy_who_was_not_called_is_not_recorded(manager):
    board = board_with(3)
    deputy = MembershipFactory(body=board, deputy=True)
    meeting = planned_meeting(board)
    manager.post(url("attendance", meeting.pk), attendance(manager, meeting))
    assert meeting.attendances.count() == 3
    assert not meeting.attendances.filter(membership=deputy).exists()


def test_two_deputies_do_not_stand_in_for_the_same(manager):
    board = board_with(3)
    deputies = MembershipFactory.create_batch(2, body=board, deputy=True)
    meeting, absent = planned_meeting(board), board.memberships.order_by("pk")[2]
    changes = {f"status_{absent.pk}": "absent"}
    for deputy in deputies:
        changes |= {f"status_{deputy.pk}": "present", f"for_{deputy.pk}": absent.pk}
    response = manager.post(url("attendance", meeting.pk), attendance(manager, meeting, **changes))
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {f"for_{deputies[1].pk}"}
    assert not meeting.attendances.exists()


@pytest.mark.parametrize("typed", ["", "syg", "\x00"])
def test_a_status_that_does_not_exist_is_not_recorded(typed, manager):
    meeting = planned_meeting()
    seat = meeting.body.memberships.first()
    response = manager.post(url("attendance", meeting.pk), attendance(manager, meeting, **{f"status_{seat.pk}": typed}))
    assert response.status_code == 422
    assert Meeting.objects.get(pk=meeting.pk).attendance_recorded_at is None


def test_at_the_assembly_members_are_represented_instead(manager):
    meeting = planned_meeting(general_assembly())
    assert manager.get(url("attendance", meeting.pk)).headers["Location"] == url("representation", meeting.pk)


def test_attendance_is_locked_with_the_first_decision(manager):
    meeting = held_meeting()
    data = attendance(manager, meeting)
    decide(None, OTHER, meeting=meeting)
    page = manager.get(url("attendance", meeting.pk))
    assert page.context["is_locked"]
    assert 'name="status_' not in page.content.decode()
    assert codes(manager.post(url("attendance", meeting.pk), data)) == ["already_decided"]


# ---------------------------------------------------------------- agenda


def test_a_ready_case_is_put_on_the_agenda_with_the_time_it_takes(manager):
    meeting = planned_meeting(on=days(5))
    for minutes in (30, 45):
        case = ready_case(None, OTHER)
        assert manager.post(url("agenda-add", meeting.pk), {"case": case.pk, "minutes": minutes}).status_code == 302
    agenda = manager.get(url("meeting", meeting.pk)).context["agenda"]
    assert [(row.item.number, f"{row.at:%H.%M}") for row in agenda.rows] == [(1, "10.00"), (2, "10.30")]
    assert (agenda.points, agenda.minutes, agenda.over) == (2, 75, 0)


def test_an_agenda_that_is_longer_than_the_meeting_says_so(manager):
    meeting = planned_meeting(on=days(5))
    manager.post(url("agenda-add", meeting.pk), {"case": ready_case(None, OTHER).pk, "minutes": 150})
    assert manager.get(url("meeting", meeting.pk)).context["agenda"].over == 30


def test_a_case_that_comes_late_is_marked(manager):
    meeting = planned_meeting(on=days(5), agenda_due=days(-1))
    manager.post(url("agenda-add", meeting.pk), {"case": ready_case(None, OTHER).pk, "minutes": "15"})
    assert meeting.items.get().is_late


def test_only_ready_cases_of_the_body_can_be_chosen(manager):
    meeting = planned_meeting(on=days(5))
    draft, others = CaseFactory(body=the_board()), ready_case(None, OTHER, body=BodyFactory())
    for case in (draft, others):
        response = manager.post(url("agenda-add", meeting.pk), {"case": case.pk, "minutes": "15"})
        assert response.status_code == 422
        assert response.context["form"].errors.keys() == {"case"}
    assert not meeting.items.exists()


def test_the_assembly_takes_the_boards_cases(manager):
    case, meeting = ready_case(None, OTHER), planned_meeting(general_assembly(), on=days(5))
    assert manager.post(url("agenda-add", meeting.pk), {"case": case.pk, "minutes": "15"}).status_code == 302


@pytest.mark.parametrize("minutes", ["0", "-5", "en time", "9" * 30, ""])
def test_minutes_that_cannot_be_are_refused(minutes, manager):
    meeting, case = planned_meeting(on=days(5)), ready_case(None, OTHER)
    response = manager.post(url("agenda-add", meeting.pk), {"case": case.pk, "minutes": minutes})
    assert response.context["form"].errors.keys() == {"minutes"}
    assert not meeting.items.exists()


def test_a_withdrawn_point_keeps_its_number_and_takes_no_time(manager):
    meeting = planned_meeting(on=days(5))
    for _ in range(2):
        manager.post(url("agenda-add", meeting.pk), {"case": ready_case(None, OTHER).pk, "minutes": "15"})
    first = meeting.items.get(number=1)
    assert manager.post(url("item-withdraw", first.pk)).status_code == 302
    agenda = manager.get(url("meeting", meeting.pk)).context["agenda"]
    assert [(row.item.number, row.is_withdrawn) for row in agenda.rows] == [(1, True), (2, False)]
    assert (agenda.points, agenda.minutes) == (1, 15)
    manager.post(url("item-withdraw", first.pk))
    assert AgendaItem.objects.get(pk=first.pk).withdrawn_at == agenda.rows[0].item.withdrawn_at


def test_a_decided_point_is_not_withdrawn(manager):
    decision = decide(None, OTHER)
    manager.post(url("item-withdraw", decision.agenda_item_id))
    assert AgendaItem.objects.get(pk=decision.agenda_item_id).withdrawn_at is None


# ---------------------------------------------------------------- who sees what


def test_a_meeting_is_seen_by_its_body_and_by_those_who_see_all(client, client_as):
    group = BodyFactory(kind=Body.Kind.STEERING_GROUP)
    member, meeting = MembershipFactory(body=group).person, MeetingFactory(body=group, on=days(3))
    for role in ("business_manager", "secretariat", "board_member"):
        assert client_as(role).get(url("meeting", meeting.pk)).status_code == 200
    for role in ("stranger", "member_user"):
        assert client_as(role).get(url("meeting", meeting.pk)).status_code == 404
    client.force_login(member)
    assert client.get(url("meeting", meeting.pk)).status_code == 200
    assert list(client.get(url("meetings")).context["coming"]) == [meeting]


def test_those_who_only_read_find_no_buttons_and_cannot_forge_a_post(client_as):
    board = the_board()
    meeting = planned_meeting(board)
    item = decide(None, OTHER, meeting=held_meeting()).agenda_item
    client = client_as("board_chair")
    page = client.get(url("meeting", meeting.pk)).content.decode()
    assert url("meeting-edit", meeting.pk) not in page
    assert client.post(url("meeting-edit", meeting.pk), form(version=0)).status_code == 404
    assert client.post(url("attendance", meeting.pk), {}).status_code == 404
    assert client.post(url("agenda-add", meeting.pk), {"case": ready_case(None, OTHER).pk}).status_code == 404
    assert client.post(url("item-withdraw", item.pk)).status_code == 404
    assert client.post(url("meeting-create"), form(body=board.pk)).status_code == 404
    assert board_people()[0].pk == int(client.session["_auth_user_id"])


@pytest.mark.parametrize("name", ["meeting", "meeting-edit", "attendance", "agenda-add"])
def test_a_meeting_that_does_not_exist_is_not_found(name, manager):
    assert manager.get(url(name, 99999999999999999999)).status_code == 404
    assert manager.post(url(name, 4711)).status_code in (404, 405)
