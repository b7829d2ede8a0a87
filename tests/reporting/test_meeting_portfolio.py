"""The portfolio's point of a board meeting: the meeting's snapshot, comments, flags, and the board's contacts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.domain import agendas
from governance.models import AgendaItem, Position, Remark
from reporting.domain.meeting_remarks import say_of_initiative
from reporting.domain.snapshots import take_snapshot
from reporting.meeting_portfolio import portfolio_before
from tests.factories import (
    AppointmentFactory,
    InitiativeFactory,
    board_people,
    business_manager,
    days,
    planned_meeting,
    the_board,
)
from tests.governance.reading_ahead import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(catalogue):
    return InitiativeFactory(project=True, level=2, name="OS2mo")


@pytest.fixture
def meeting(project):
    """A board meeting with the portfolio on its agenda, a snapshot taken, and the agenda sent."""
    planned = planned_meeting(on=days(7))
    agendas.lay_agenda(meeting=planned)
    take_snapshot(by=business_manager(), meeting=planned)
    return sent(planned)


@pytest.fixture
def member(client, meeting):
    client.force_login(board_people()[1])
    return client


def page(meeting, *slug):
    return reverse(f"reporting:meeting-{'initiative' if slug else 'portfolio'}", args=[meeting.pk, *slug])


def test_the_portfolio_is_read_as_the_snapshot_has_it(member, meeting, project):
    project.name = "Et nyt navn"
    project.save()
    (line,) = member.get(page(meeting)).context["portfolio"].lines
    assert line.initiative.name == "OS2mo"
    assert member.get(page(meeting, project.slug)).status_code == 200


def test_without_a_snapshot_there_is_nothing_to_read_and_the_office_is_led_to_taking_one(client_as, project):
    planned = planned_meeting(on=days(7))
    take_snapshot(by=business_manager())
    response = client_as("business_manager").get(page(planned))
    assert response.context["portfolio"].snapshot is None
    assert reverse("reporting:snapshot-take") in response.content.decode()
    assert client_as("board_member").get(page(planned, project.slug)).status_code == 404


def test_a_comment_and_a_flag_are_given_in_one_go(member, meeting, project):
    data = {"text": "Hvad er planen?", "asks": "on", "flag": "on", "word": "Slutdatoen"}
    assert member.post(page(meeting, project.slug), data).status_code == 302
    remark = Remark.objects.get()
    assert (remark.subject, remark.kind, remark.item.kind) == (project.slug, "question", "portfolio")
    item = AgendaItem.objects.get(kind="initiative")
    assert (item.subject, item.title, item.is_late) == (project.slug, "OS2mo", True)
    assert Position.objects.get(item=item).word == "Slutdatoen"
    line = portfolio_before(meeting).line(project.slug)
    assert [talk.remark for talk in line.talks] == [remark]
    assert [flag.word for flag in line.flags] == ["Slutdatoen"]
    assert "Slutdatoen" in member.get(page(meeting)).content.decode()


@pytest.mark.parametrize(
    ("sent_in", "field"),
    [({}, "text"), ({"flag": "on"}, "word"), ({"text": "x" * 4001}, "text"), ({"asks": "on"}, "text")],
)
def test_what_is_not_enough_is_explained(member, meeting, project, sent_in, field):
    response = member.post(page(meeting, project.slug), sent_in)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}
    assert not AgendaItem.objects.filter(kind="initiative").exists()


def test_a_word_without_the_flag_flags_nothing(member, meeting, project):
    member.post(page(meeting, project.slug), {"text": "Fint.", "word": "Slutdatoen"})
    assert not Position.objects.exists()


def test_the_manager_writes_but_does_not_flag(client_as, meeting, project):
    client = client_as("business_manager")
    assert "flag" not in client.get(page(meeting, project.slug)).context["form"].fields
    client.post(page(meeting, project.slug), {"text": "Se bilaget.", "flag": "on", "word": "Nej"})
    assert Remark.objects.count() == 1
    assert not Position.objects.exists()


def test_nothing_is_said_when_the_portfolio_is_not_on_the_agenda(member, meeting, project):
    agendas.withdraw_item(item=meeting.items.get(kind="portfolio"))
    response = member.post(page(meeting, project.slug), {"text": "Fint."})
    assert [refusal.code for refusal in response.context["refusals"]] == ["no_portfolio"]


def test_nothing_is_said_before_the_agenda_is_sent(member, meeting, project):
    meeting.published_at = None
    meeting.save()
    for data in ({"text": "Fint."}, {"text": "", "flag": "on", "word": "Slutdatoen"}):
        response = member.post(page(meeting, project.slug), data)
        assert [refusal.code for refusal in response.context["refusals"]] == ["agenda_not_sent"]
    assert not Remark.objects.exists()
    assert not AgendaItem.objects.filter(kind="initiative").exists()


def test_the_boards_contact_is_shown(member, meeting, project):
    contact = AppointmentFactory(initiative=project, role="shepherd", person=board_people()[2]).person
    assert portfolio_before(meeting).line(project.slug).shepherd == str(contact)
    assert str(contact) in member.get(page(meeting)).content.decode()
    assert str(contact) in member.get(reverse("portfolio:initiative", args=[project.slug])).content.decode()


def test_what_was_flagged_and_withdrawn_is_not_shown(meeting, project):
    initiative = portfolio_before(meeting).line(project.slug).initiative
    say_of_initiative(meeting=meeting, initiative=initiative, by=board_people()[0], word="Slutdatoen")
    agendas.withdraw_item(item=AgendaItem.objects.get(kind="initiative"))
    assert portfolio_before(meeting).line(project.slug).flags == ()


@pytest.mark.parametrize("of", ["list", "one"])
def test_three_initiatives_take_as_many_queries_as_one(client, catalogue, of):
    the_board()
    took = []
    for number in (1, 2):
        for _ in range(number):
            project = InitiativeFactory(project=True, level=2)
            AppointmentFactory(initiative=project, role="shepherd", person=board_people()[2])
        planned = planned_meeting(on=days(7))
        agendas.lay_agenda(meeting=planned, kinds=["portfolio"])
        take_snapshot(by=business_manager(), meeting=planned)
        sent(planned)
        for line in portfolio_before(planned).lines:
            say_of_initiative(
                meeting=planned, initiative=line.initiative, by=board_people()[0], text="Hvad?", word="Slutdatoen"
            )
        client.force_login(board_people()[1])
        with CaptureQueriesContext(connection) as made:
            assert client.get(page(planned, *([project.slug] if of == "one" else []))).status_code == 200
        took.append(len(made))
    assert took[0] == took[1]
