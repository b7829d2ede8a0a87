"""Voting in writing, calling the roll, counting: the pages. What votes amount to is in test_voting and test_ballots."""

import pytest

from governance.domain import agendas
from governance.models import Ballot, Case, Decision, Meeting, Vote
from tests.factories import board_with, general_assembly, held_meeting, ready_case
from tests.governance.pages import Point, codes, queries_of, url
from tests.governance.written import Written

pytestmark = pytest.mark.django_db

OTHER = ("other", {"text": "Handleplanen er godkendt."})


@pytest.fixture
def manager(client_as):
    return client_as("business_manager")


def roll(point, *choices):
    """The form with a roll call, in the order of the seats."""
    names = [name for name in point.get().context["form"].fields if name.startswith("vote_")]
    return {"method": "roll_call", **dict(zip(names, choices, strict=False))}


# ---------------------------------------------------------------- roll call


def test_a_roll_call_is_recorded_and_shown(manager):
    point = Point(manager, OTHER, meeting=held_meeting(board_with(3)))
    response = point.post(**roll(point, "for", "against", "for"))
    decision = Decision.objects.get()
    assert response.headers["Location"] == url("decision", decision.number)
    assert (decision.method, decision.tally["for"], decision.tally["against"]) == ("roll_call", 2, 1)


def test_an_outcome_the_votes_do_not_carry_is_refused_with_the_sum_and_the_votes_kept(manager):
    point = Point(manager, OTHER, meeting=held_meeting(board_with(3)))
    response = point.post(**roll(point, "for", "against", "against"))
    assert (response.status_code, codes(response)) == (422, ["votes_do_not_carry"])
    assert response.context["form"].errors.keys() == {"outcome"}
    assert (response.context["tally"].votes_for, response.context["tally"].votes_against) == (1, 2)
    assert response.context["tally"].sentence in response.content.decode()
    assert [v for n, v in response.context["form"].data.items() if n.startswith("vote_")] == [
        "for",
        "against",
        "against",
    ]
    assert not Vote.objects.exists()


def test_work_it_out_again_shows_the_sum_and_saves_nothing(manager):
    point = Point(manager, OTHER, meeting=held_meeting(board_with(4)))
    page = point.post(recalculate="1", **roll(point, "for", "against", "for", "against"))
    assert page.status_code == 200
    assert (page.context["tally"].casting, page.context["blockers"]) == ("for", [])
    assert not Decision.objects.exists()


def test_one_who_is_not_called_is_named(manager):
    point = Point(manager, OTHER, meeting=held_meeting(board_with(3)))
    response = point.post(**roll(point, "for", "for"))
    assert (codes(response), response.context["form"].errors.keys()) == (["votes_missing"], {"method"})


def test_votes_without_a_roll_call_are_not_forgotten(manager):
    point = Point(manager, OTHER, meeting=held_meeting(board_with(3)))
    response = point.post(**{**roll(point, "for", "for", "for"), "method": "consensus"})
    assert (codes(response), response.context["form"].errors.keys()) == (["votes_unexpected"], {"method"})


def test_who_is_disqualified_is_not_called(manager):
    meeting = held_meeting(board_with(3))
    point = Point(manager, OTHER, meeting=meeting)
    first = meeting.body.memberships.order_by("pk").first().pk
    changes = {f"part_{first}": "out", f"why_{first}": "Leder projektet"}
    assert point.post(**roll(point, "for", "for", "for"), **changes).status_code == 302
    assert Decision.objects.get().tally["for"] == 2


@pytest.mark.parametrize("typed", ["måske", "\x00"])
def test_a_vote_that_does_not_exist_is_explained_beside_it(typed, manager):
    point = Point(manager, OTHER, meeting=held_meeting(board_with(3)))
    response = point.post(**roll(point, typed, "for", "for"))
    assert response.status_code == 422
    (name,) = response.context["form"].errors
    assert name.startswith("vote_")


def test_a_method_the_meeting_has_not_is_refused(manager):
    response = Point(manager, OTHER).post(method="count")
    assert response.context["form"].errors.keys() == {"method"}


# ---------------------------------------------------------------- the assembly counts


@pytest.fixture
def counted(manager):
    return Point(manager, OTHER, meeting=held_meeting(general_assembly()))


def test_the_assembly_counts_hands(counted):
    response = counted.post(method="count", count_for="3", count_against="1", count_abstained="")
    assert response.status_code == 302
    assert Decision.objects.get().tally["for"] == 3


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (("4", "1", "0"), "count_for"),
        (("", "", ""), "count_for"),
        (("2", "2", ""), "outcome"),
        (("-1", "0", ""), "count_for"),
        (("mange", "0", ""), "count_for"),
        (("9" * 30, "0", ""), "count_for"),
    ],
)
def test_a_count_that_cannot_be_is_explained(typed, field, counted):
    names = ("count_for", "count_against", "count_abstained")
    response = counted.post(method="count", **dict(zip(names, typed, strict=True)))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Decision.objects.exists()


# ---------------------------------------------------------------- members vote in writing


@pytest.fixture
def written():
    return Written(3)


@pytest.fixture
def member(client, written):
    client.force_login(written.seats[1].person)
    return client


def vote(client, written, choice, **more):
    item = written.item.pk
    page = client.get(url("vote", written.meeting.pk))
    typed = {f"choice_{item}": choice, f"version_{item}": page.context["form"][f"version_{item}"].value(), **more}
    return lambda: client.post(url("vote", written.meeting.pk), typed)


def test_a_member_votes_and_changes_the_vote(member, written):
    assert vote(member, written, "for")().status_code == 302
    page = member.get(url("vote", written.meeting.pk))
    assert page.context["missing"] == 0
    assert page.context["form"][f"choice_{written.item.pk}"].value() == "for"
    vote(member, written, "against")()
    assert Ballot.objects.get().choice == "against"


def test_not_choosing_is_not_voting(member, written):
    assert vote(member, written, "")().status_code == 302
    assert not Ballot.objects.exists()


def test_a_case_that_changed_is_not_voted_on_unseen(member, written):
    send = vote(member, written, "for")
    written.edit()
    response = send()
    assert (response.status_code, codes(response)) == (409, ["case_changed"])
    assert not Ballot.objects.exists()


def test_after_the_deadline_the_page_says_so_and_takes_nothing(member, written):
    send = vote(member, written, "for")
    written.over()
    response = send()
    assert (response.status_code, codes(response)) == (422, ["deadline_passed"])
    assert [refusal.code for refusal in response.context["locked"]] == ["deadline_passed"]
    assert "choice_" not in member.get(url("vote", written.meeting.pk)).content.decode()
    assert not Ballot.objects.exists()


def test_an_item_decided_meanwhile_is_told(member, written):
    send = vote(member, written, "for")
    Case.objects.update(status="decided")
    assert send().status_code == 302
    assert not Ballot.objects.exists()


@pytest.mark.parametrize("role", ["business_manager", "secretariat", "member_user"])
def test_others_have_no_page_to_vote_on(role, client_as, written):
    client = client_as(role)
    assert client.get(url("vote", written.meeting.pk)).status_code == 404
    assert client.post(url("vote", written.meeting.pk), {f"choice_{written.item.pk}": "for"}).status_code == 404
    assert not Ballot.objects.exists()


def test_at_a_meeting_nobody_votes_in_writing(client):
    meeting = held_meeting()
    client.force_login(meeting.body.memberships.first().person)
    assert client.get(url("vote", meeting.pk)).status_code == 404


def test_the_votes_given_in_writing_are_what_is_recorded(manager, written):
    written.all_vote("for", "against", "for").over()
    point = written_point(manager, written)
    page = point.get()
    assert (page.context["tally"].votes_for, page.context["blockers"]) == (2, [])
    assert not any(name.startswith("vote_") for name in page.context["form"].fields)
    assert point.post().status_code == 302
    assert Decision.objects.get().method == "written"


def test_before_the_deadline_the_page_says_who_is_waited_for(manager, written):
    written.all_vote("for", "for")
    point = written_point(manager, written)
    assert [refusal.code for refusal in point.get().context["blockers"]] == ["deadline_not_passed"]
    assert codes(point.post()) == ["deadline_not_passed"]


def written_point(client, written):
    point = Point.__new__(Point)
    point.client, point.meeting, point.case, point.item = client, written.meeting, written.case, written.item
    point.address = url("decision-record", written.meeting.pk, written.case.number)
    return point


def test_the_page_takes_as_many_queries_with_three_cases(member, written):
    written.vote(1)
    few = queries_of(member, url("vote", written.meeting.pk))
    for _ in range(2):
        agendas.put_on_agenda(
            meeting=Meeting.objects.get(pk=written.meeting.pk), case=ready_case(None, OTHER, body=written.body)
        )
    assert queries_of(member, url("vote", written.meeting.pk)) == few


def test_the_decision_shows_how_each_voted_and_the_sum(manager):
    point = Point(manager, OTHER, meeting=held_meeting(board_with(3)))
    page = manager.get(point.post(**roll(point, "for", "against", "for")).headers["Location"])
    assert [vote for _elector, vote in page.context["electors"]] == ["for", "imod", "for"]
    assert (page.context["tally"].votes_for, page.context["tally"].votes_against) == (2, 1)


def test_a_decision_of_agreement_shows_no_votes(manager):
    page = manager.get(Point(manager, OTHER).post().headers["Location"])
    assert page.context["tally"] is None
    assert {vote for _elector, vote in page.context["electors"]} == {""}


def test_a_decision_of_the_assembly_names_the_represented(manager):
    meeting = held_meeting(general_assembly())
    page = manager.get(Point(manager, OTHER, meeting=meeting).post().headers["Location"])
    for representation in meeting.representations.select_related("organisation"):
        assert representation.organisation.name in page.content.decode()


def test_the_page_of_a_written_procedure_leads_to_voting_and_to_recording(client, client_as, written):
    client.force_login(written.seats[0].person)
    page = client.get(url("meeting", written.meeting.pk)).content.decode()
    assert url("vote", written.meeting.pk) in page
    assert url("attendance", written.meeting.pk) not in page
    page = client_as("business_manager").get(url("meeting", written.meeting.pk)).content.decode()
    assert url("meeting-run", written.meeting.pk) in page
    assert url("attendance", written.meeting.pk) not in page
