"""The pages of minutes and action items: who sees what when, two writers, the buttons in their order."""

import pytest
from django.utils import timezone

from governance.domain import action_items, minutes
from governance.models import ActionItem, AgendaItem, Body, MinutesEntry
from tests.factories import (
    MeetingFactory,
    MembershipFactory,
    UserFactory,
    board_people,
    business_manager,
    days,
    decide,
    held_meeting,
    ready_case,
    secretariat,
    the_board,
)

from .pages import codes, day_text, queries_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    """A board meeting that everybody came to, with two points."""
    row = held_meeting()
    for number, title in enumerate(["Nyt fra sekretariatet", "Økonomi"], start=1):
        AgendaItem.objects.create(meeting=row, number=number, kind=AgendaItem.Kind.STANDING, title=title)
    return row


def write_all(meeting):
    for item in meeting.items.all():
        minutes.write_entry(item=item, version=0, text=f"Om punkt {item.number}.", by=secretariat())


def as_person(client, person):
    client.force_login(person)
    return client


def test_until_they_are_released_members_see_that_and_nothing_of_the_text(client, meeting):
    write_all(meeting)
    member = as_person(client, board_people()[1]).get(url("minutes", meeting.pk))
    assert member.context["minutes"] is None
    assert "Om punkt 1." not in member.content.decode()
    chair = as_person(client, board_people()[0]).get(url("minutes", meeting.pk))
    assert "Om punkt 1." in chair.content.decode()
    assert chair.context["may_release"]
    as_person(client, board_people()[0]).post(url("minutes-release", meeting.pk))
    assert "Om punkt 1." in as_person(client, board_people()[1]).get(url("minutes", meeting.pk)).content.decode()


def test_the_secretariat_sees_what_is_left_to_write(client, meeting):
    page = as_person(client, secretariat()).get(url("minutes", meeting.pk))
    assert [reason.code for reason in page.context["reasons"]] == ["items_unwritten"]
    assert not page.context["may_release"]


def test_one_point_after_the_other_is_written(client, meeting):
    first, second = meeting.items.order_by("number")
    as_person(client, secretariat())
    answer = client.post(url("minutes-item", first.pk), {"version": 0, "text": "Om det nye.", "next": "1"})
    assert answer["Location"] == url("minutes-item", second.pk)
    answer = client.post(url("minutes-item", second.pk), {"version": 0, "text": "Om økonomien.", "next": "1"})
    assert answer["Location"] == url("minutes", meeting.pk) + "#punkt-2"
    assert MinutesEntry.objects.get(item=first).text == "Om det nye."


def test_two_writers_see_both_texts_and_the_second_can_save_anyway(client, meeting):
    item = meeting.items.first()
    as_person(client, secretariat())
    client.post(url("minutes-item", item.pk), {"version": 0, "text": "Den første."})
    page = client.post(url("minutes-item", item.pk), {"version": 0, "text": "Den anden."})
    assert page.status_code == 409
    [difference] = page.context["difference"].differences
    assert (difference.theirs, difference.yours) == ("Den første.", "Den anden.")
    client.post(url("minutes-item", item.pk), {"version": 0, "text": "Begge.", "seen_version": 1})
    assert MinutesEntry.objects.get().text == "Begge."


def test_the_decision_is_put_in_by_the_portal(client):
    decision = decide(None, ("other", {"text": "Godkend planen."}), text="Planen er godkendt.")
    page = as_person(client, secretariat()).get(url("minutes", decision.meeting_id)).content.decode()
    assert "Planen er godkendt." in page
    assert decision.number in page


def test_approving_locks_and_corrections_are_added(client, meeting):
    meeting = MeetingFactory(body=the_board(), on=days(-20), number=90, attendance_recorded_at=timezone.now())
    item = AgendaItem.objects.create(meeting=meeting, number=1, kind="standing", title="Nyt")
    minutes.write_entry(item=item, version=0, text="Om det nye.", by=secretariat())
    minutes.release_minutes(meeting=meeting, by=board_people()[0])
    at = held_meeting()
    AgendaItem.objects.create(meeting=at, number=3, kind=AgendaItem.Kind.MINUTES)
    as_person(client, secretariat())
    page = client.get(url("minutes", meeting.pk))
    assert (page.context["at"], page.context["reasons"]) == (at, [])
    client.post(url("minutes-approve", meeting.pk), {"at": at.pk})
    page = client.get(url("minutes", meeting.pk))
    assert page.context["step"] == "approved"
    assert client.get(url("minutes-item", item.pk)).status_code == 302
    client.post(url("minutes-correct", meeting.pk), {"item": item.pk, "text": "Det var onsdag."})
    assert "Det var onsdag." in client.get(url("minutes", meeting.pk)).content.decode()


@pytest.mark.parametrize("at", ["", "x", "999999", "9" * 30])
def test_a_meeting_that_is_not_there_approves_nothing(client, meeting, at):
    assert as_person(client, secretariat()).post(url("minutes-approve", meeting.pk), {"at": at}).status_code == 404


def test_whoever_takes_the_minutes_of_a_group_gets_in(client):
    seat = MembershipFactory()
    taker = UserFactory()
    row = MeetingFactory(body=seat.body, minute_taker=taker)
    item = AgendaItem.objects.create(meeting=row, number=1, kind="standing", title="Nyt")
    assert as_person(client, taker).get(url("minutes-item", item.pk)).status_code == 200
    assert client.get(url("minutes", MeetingFactory().pk)).status_code == 404


# ---------------------------------------------------------------- action items


def agreed(**facts):
    facts = {"body": the_board(), "what": "Spørg leverandøren", "due": days(5), **facts}
    return action_items.agree_action(owner=facts.pop("owner", None) or UserFactory(), by=business_manager(), **facts)


def test_one_is_agreed_on_a_point_and_stands_in_its_minutes(client, meeting):
    item = meeting.items.first()
    as_person(client, secretariat())
    typed = {"what": "Spørg leverandøren", "owner": board_people()[1].pk, "due": day_text(days(5))}
    answer = client.post(url("action-agree", item.pk), typed)
    assert answer["Location"] == url("minutes", meeting.pk) + "#punkt-1"
    assert "Spørg leverandøren" in client.get(url("minutes", meeting.pk)).content.decode()


def test_a_day_in_the_past_is_told_at_its_field(client):
    as_person(client, business_manager())
    typed = {"body": the_board().pk, "what": "Spørg", "owner": UserFactory().pk, "due": day_text(days(-1))}
    page = client.post(url("action-create"), typed)
    assert page.status_code == 422
    assert codes(page) == ["due_too_early"]
    assert "due" in page.context["form"].errors


def test_the_owner_finds_it_and_says_what_came_of_it(client):
    action = agreed()
    as_person(client, action.owner)
    [line] = client.get(url("actions")).context["lines"]
    assert (line.may_finish, line.may_change) == (True, False)
    assert client.get(url("action-edit", action.pk)).status_code == 404
    assert client.post(url("action-finish", action.pk), {"outcome": ""}).status_code == 422
    client.post(url("action-finish", action.pk), {"outcome": "De svarede ja."})
    assert ActionItem.objects.get().done_on == days(0)
    assert client.get(url("actions")).context["lines"] == []
    assert len(client.get(url("actions"), {"state": "done"}).context["lines"]) == 1


def test_the_list_is_chosen_from(client):
    manager = business_manager()
    late, mine = agreed(what="Sen"), agreed(what="Min", owner=manager)
    ActionItem.objects.filter(pk=late.pk).update(due=days(-3))
    as_person(client, manager)

    def shown(**choice):
        return [line.action.what for line in client.get(url("actions"), choice).context["lines"]]

    assert shown() == ["Sen", "Min"]
    assert shown(state="late") == ["Sen"]
    assert shown(mine="on") == [mine.what]
    assert shown(q="sen") == ["Sen"]
    assert shown(state="all", body=the_board().pk) == ["Sen", "Min"]


def test_the_secretariat_changes_and_opens_them_again(client):
    action = agreed()
    as_person(client, secretariat())
    form = client.get(url("action-edit", action.pk)).context["form"]
    typed = {"version": form["version"].value(), "what": "Spørg igen", "owner": action.owner_id}
    client.post(url("action-edit", action.pk), {**typed, "due": day_text(days(9))})
    assert ActionItem.objects.get().what == "Spørg igen"
    action_items.finish_action(action=action, outcome="Ja.", by=action.owner)
    client.post(url("action-reopen", action.pk))
    assert ActionItem.objects.get().done_on is None


def test_others_do_not_see_it(client):
    action = agreed()
    as_person(client, UserFactory())
    assert client.get(url("actions")).context["lines"] == []
    assert client.get(url("action-finish", action.pk)).status_code == 404


@pytest.mark.parametrize("person", [business_manager, lambda: board_people()[1]])
def test_pages_take_as_many_queries_whatever_there_is(client, meeting, person):
    the_board()
    as_person(client, person())

    def counts():
        return queries_of(client, url("minutes", meeting.pk)), queries_of(client, url("actions"))

    def grow(count):
        for _number in range(count):
            case = ready_case(None, "other", body=meeting.body)
            item = AgendaItem.objects.create(meeting=meeting, case=case, number=meeting.items.count() + 1)
            MinutesEntry.objects.create(item=item, text="Tekst", written_by=secretariat())
            agreed(item=item)

    grow(1)
    type(meeting).objects.filter(pk=meeting.pk).update(minutes_released_at=timezone.now())
    before = counts()
    grow(3)
    assert counts() == before


def test_the_body_of_the_minutes_is_the_only_one_that_reads_them(client):
    seat = MembershipFactory(body__kind=Body.Kind.STEERING_GROUP)
    row = MeetingFactory(body=seat.body)
    assert as_person(client, seat.person).get(url("minutes", row.pk)).status_code == 200
    assert as_person(client, UserFactory()).get(url("minutes", row.pk)).status_code == 404
