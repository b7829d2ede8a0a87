"""Pages of reading ahead: one form with all points, what is left, what the chair sees."""

import pytest

from governance.domain import agendas, cases, remarks
from governance.domain.remarks import Said
from governance.models import Position, Remark
from tests.factories import (
    AppointmentFactory,
    InitiativeFactory,
    MembershipFactory,
    board_people,
    business_manager,
    days,
    planned_meeting,
    ready_case,
    the_board,
)
from tests.governance.pages import queries_of, url
from tests.governance.reading_ahead import mark, sent

pytestmark = pytest.mark.django_db
Kind = Position.Kind


@pytest.fixture
def meeting():
    return sent(planned_meeting(the_board(), on=days(7)))


@pytest.fixture
def items(meeting):
    return [agendas.put_on_agenda(meeting=meeting, case=ready_case(None, "other")) for _ in range(3)]


@pytest.fixture
def member(client, items):
    client.force_login(board_people()[1])
    return client


def form_of(client, meeting):
    form = client.get(url("reading", meeting.pk)).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False)}


def standing(person):
    rows = Position.objects.filter(membership__person=person, fell_away_at__isnull=True)
    return dict(rows.values_list("item", "kind"))


def test_all_marks_and_texts_are_sent_in_one_go(member, meeting, items):
    first, second, third = items
    data = form_of(member, meeting) | {
        f"stand_{first.pk}": "pre_approved",
        f"stand_{second.pk}": "flagged",
        f"word_{second.pk}": "Prisen",
        f"stand_{third.pk}": "read",
        f"remark_{second.pk}": "Hvad koster det efter 2028?",
        f"asks_{second.pk}": "on",
    }
    assert member.post(url("reading", meeting.pk), data).status_code == 302
    assert standing(board_people()[1]) == {first.pk: Kind.PRE_APPROVED, second.pk: Kind.FLAGGED}
    assert Remark.objects.get().kind == Remark.Kind.QUESTION
    reading = member.get(url("reading", meeting.pk)).context["reading"]
    assert reading.unread == 0


def test_the_page_shows_what_was_marked_and_sending_it_again_changes_nothing(member, meeting, items):
    mark(items[0], board_people()[1], Kind.FLAGGED, "Prisen")
    data = form_of(member, meeting)
    assert (data[f"stand_{items[0].pk}"], data[f"word_{items[0].pk}"]) == ("flagged", "Prisen")
    member.post(url("reading", meeting.pk), data)
    assert Position.objects.count() == 1


def test_unread_ends_with_reading_and_begins_again_when_the_case_changes(member, meeting, items):
    assert member.get(url("reading", meeting.pk)).context["reading"].unread == 3
    data = form_of(member, meeting) | {f"stand_{items[0].pk}": "read"}
    member.post(url("reading", meeting.pk), data)
    assert member.get(url("reading", meeting.pk)).context["reading"].unread == 2
    cases.edit_case(case=items[0].case, version=1, about="Mere.")
    assert member.get(url("reading", meeting.pk)).context["reading"].unread == 3


def test_what_changed_while_it_was_read_is_left_and_told_and_the_rest_taken(member, meeting, items):
    fresh, changed, gone = items
    data = form_of(member, meeting) | {
        f"stand_{fresh.pk}": "pre_approved",
        f"stand_{changed.pk}": "flagged",
        f"word_{changed.pk}": "Prisen",
        f"stand_{gone.pk}": "flagged",
        f"word_{gone.pk}": "Leverandøren",
    }
    cases.edit_case(case=changed.case, version=1, about="Mere.")
    agendas.withdraw_item(item=gone)
    response = member.post(url("reading", meeting.pk), data)
    assert response.status_code == 409
    left = {each.item.pk: (each.reason.code, each.typed) for each in response.context["left"]}
    assert left == {changed.pk: ("case_changed", "Prisen"), gone.pk: ("withdrawn", "Leverandøren")}
    assert standing(board_people()[1]) == {fresh.pk: Kind.PRE_APPROVED}
    again = response.context["form"]
    assert again[f"word_{changed.pk}"].value() == "Prisen"
    assert again[f"stand_{changed.pk}"].value() == "flagged"
    assert again[f"version_{changed.pk}"].value() == 2
    page = response.content.decode()
    assert "Leverandøren" in page


def test_a_pre_approval_is_not_carried_over_to_a_text_that_was_not_read(member, meeting, items):
    data = form_of(member, meeting) | {f"stand_{items[0].pk}": "pre_approved"}
    cases.edit_case(case=items[0].case, version=1, about="Mere.")
    response = member.post(url("reading", meeting.pk), data)
    assert response.context["form"][f"stand_{items[0].pk}"].value() == ""
    assert standing(board_people()[1]) == {}


def test_a_mark_that_fell_away_is_told_on_the_page(member, meeting, items):
    mark(items[0], board_people()[1])
    cases.edit_case(case=items[0].case, version=1, about="Mere.")
    points = member.get(url("reading", meeting.pk)).context["reading"].points
    assert [point.fell_away for point in points] == [True, False, False]


def test_a_flag_without_a_word_is_explained_and_nothing_is_saved(member, meeting, items):
    data = form_of(member, meeting) | {
        f"stand_{items[0].pk}": "pre_approved",
        f"stand_{items[1].pk}": "flagged",
        f"remark_{items[0].pk}": "Fint.",
    }
    response = member.post(url("reading", meeting.pk), data)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {f"word_{items[1].pk}"}
    assert response.context["form"][f"remark_{items[0].pk}"].value() == "Fint."
    assert not Position.objects.exists()
    assert not Remark.objects.exists()


@pytest.mark.parametrize("typed", ["kaffe", "agreed"])
def test_a_choice_that_is_not_there_is_refused(member, meeting, items, typed):
    response = member.post(url("reading", meeting.pk), form_of(member, meeting) | {f"stand_{items[0].pk}": typed})
    assert response.context["form"].errors.keys() == {f"stand_{items[0].pk}"}


def test_information_is_not_offered_for_pre_approval(client, meeting):
    item = agendas.put_on_agenda(meeting=meeting, case=ready_case(None, purpose="information"))
    client.force_login(board_people()[0])
    form = client.get(url("reading", meeting.pk)).context["form"]
    assert [value for value, _label in form.fields[f"stand_{item.pk}"].choices] == ["", "read", "flagged"]


def test_a_case_names_its_initiative_and_the_boards_contact(client, meeting, n2_concept):
    contact = AppointmentFactory(initiative=n2_concept, role="shepherd", person=board_people()[2]).person
    agendas.put_on_agenda(meeting=meeting, case=ready_case(n2_concept, "other"))
    agendas.put_on_agenda(meeting=meeting, case=ready_case(InitiativeFactory(), "other"))
    agendas.put_on_agenda(meeting=meeting, case=ready_case(None, "other"))
    client.force_login(board_people()[1])
    about, other, none = (p.subject for p in client.get(url("reading", meeting.pk)).context["reading"].points)
    assert (about.name, about.contact) == (n2_concept.name, str(contact))
    assert other.contact == ""
    assert none is None


# ---------------------------------------------------------------- those who do not vote


def test_the_manager_and_a_deputy_write_but_are_offered_no_marks(client, meeting, items):
    deputy = MembershipFactory(body=meeting.body, deputy=True).person
    for person in (business_manager(), deputy):
        client.force_login(person)
        form = client.get(url("reading", meeting.pk)).context["form"]
        assert not [name for name in form.fields if name.startswith(("stand_", "word_", "version_"))]
        data = {f"remark_{items[0].pk}": "Husk bilaget.", f"stand_{items[0].pk}": "pre_approved"}
        assert client.post(url("reading", meeting.pk), data).status_code == 302
    assert Remark.objects.count() == 2
    assert not Position.objects.exists()


def test_a_question_is_answered_on_the_page(client, meeting, items):
    question = remarks.make_remark(
        said=Said(items[0].pk, "Hvad koster det?", Remark.Kind.QUESTION), by=board_people()[0]
    )
    client.force_login(business_manager())
    client.post(url("reading", meeting.pk), {f"reply_{question.pk}": "38 kr."})
    assert [reply.text for reply in question.replies.all()] == ["38 kr."]


def test_texts_are_shown_as_text(client, meeting, items):
    remarks.make_remark(said=Said(items[0].pk, "<script>alert(1)</script>"), by=board_people()[0])
    client.force_login(board_people()[1])
    assert "<script>alert(1)" not in client.get(url("reading", meeting.pk)).content.decode()


# ---------------------------------------------------------------- the chair


def test_the_chair_sees_what_must_be_talked_about(client, meeting, items):
    flagged, agreed, waiting = items
    chair, *others = board_people()
    mark(flagged, others[0], Kind.FLAGGED, "Prisen")
    for person in (chair, *others[:4]):
        mark(agreed, person)
    mark(waiting, chair)
    remarks.make_remark(said=Said(flagged.pk, "Hvad koster det?", Remark.Kind.QUESTION), by=others[0])
    client.force_login(chair)
    overview = client.get(url("meeting-overview", meeting.pk)).context["overview"]
    assert [row.item for row in overview.flagged] == [flagged]
    assert [word for _seat, word in overview.flagged[0].stand.flagged] == ["Prisen"]
    assert [remark.text for remark in overview.unanswered] == ["Hvad koster det?"]
    assert [(row.item, len(row.stand.silent)) for row in overview.waiting] == [(agreed, 1), (waiting, 5)]
    assert [seat.person for seat in overview.unread_by] == [others[4]]
    mark(agreed, others[4])
    overview = client.get(url("meeting-overview", meeting.pk)).context["overview"]
    assert [row.item for row in overview.agenda.agreed] == [agreed]
    assert overview.unread_by == ()


def test_a_quiet_meeting_says_so(client, meeting):
    client.force_login(board_people()[0])
    assert client.get(url("meeting-overview", meeting.pk)).context["overview"].is_quiet


def test_the_overview_takes_as_many_queries_for_three_points_as_for_one(client_as, meeting):
    client, took = client_as("business_manager"), []
    for number in (1, 2):
        for _ in range(number):
            item = agendas.put_on_agenda(meeting=meeting, case=ready_case(None, "other"))
            mark(item, board_people()[0], Kind.FLAGGED, "Prisen")
            remarks.make_remark(said=Said(item.pk, "Hvad?", Remark.Kind.QUESTION), by=board_people()[0])
        took.append(queries_of(client, url("meeting-overview", meeting.pk)))
    assert took[0] == took[1]
