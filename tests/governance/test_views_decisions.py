"""One decision as it was made: what was kept with it, and who may read it."""

import pytest

from governance.models import Membership
from tests.factories import (
    BodyFactory,
    MembershipFactory,
    UserFactory,
    decide,
    held_meeting,
    person_as,
    the_board,
)
from tests.governance.pages import queries_of, url

pytestmark = pytest.mark.django_db

OTHER = ("other", {"text": "Handleplanen er godkendt."})


def test_the_electorate_is_shown_as_it_was_frozen(client_as):
    decision = decide(None, OTHER, disqualified={the_board().memberships.first().pk: "Leder projektet"})
    MembershipFactory(body=the_board())
    Membership.objects.filter(body=the_board()).update(function="observer", has_vote=False)
    page = client_as("business_manager").get(url("decision", decision.number))
    electorate = page.context["electorate"]
    assert (electorate.voting_seats, electorate.taking_part) == (6, 5)
    assert "Leder projektet" in page.content.decode()


def test_what_it_carried_out_is_told(client_as):
    decision = decide(None, OTHER)
    page = client_as("board_member").get(url("decision", decision.number))
    assert [effect.result for effect in page.context["carried_out"]] == ["Handleplanen er godkendt."]
    assert "Handleplanen er godkendt." in page.content.decode()


def test_text_from_people_is_never_markup(client_as):
    decision = decide(None, OTHER, text="<script>alert(1)</script>\n\nAndet afsnit")
    page = client_as("secretariat").get(url("decision", decision.number)).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_page_takes_the_same_queries_whatever_was_carried_out(client_as):
    client = client_as("business_manager")
    one = queries_of(client, url("decision", decide(None, OTHER).number))
    assert queries_of(client, url("decision", decide(None, OTHER, OTHER, OTHER).number)) == one <= 15


def may_read(client, decision):
    return client.get(url("decision", decision.number)).status_code == 200


def test_a_decision_is_read_by_its_body_and_by_those_who_see_all(client, client_as):
    group = BodyFactory()
    member = MembershipFactory(body=group).person
    decision = decide(None, OTHER, meeting=held_meeting(group))
    for role in ("business_manager", "secretariat", "board_member"):
        assert may_read(client_as(role), decision)
    for role in ("stranger", "member_user"):
        assert not may_read(client_as(role), decision)
    client.force_login(member)
    assert may_read(client, decision)
    assert list(client.get(url("decisions")).context["page"].object_list) == [decision]


def test_those_behind_an_initiative_read_the_public_decisions_about_it(client, n2_concept):
    decision = decide(n2_concept, "approve_steering_group")
    closed = decide(n2_concept, "approve_steering_group", is_public=False)
    client.force_login(person_as("lead", n2_concept))
    assert may_read(client, decision)
    assert not may_read(client, closed)
    assert list(client.get(url("decisions")).context["page"].object_list) == [decision]
    client.force_login(UserFactory())
    assert not may_read(client, decision)


@pytest.mark.parametrize("role", ["board_chair", "member_user"])
def test_others_cannot_carry_out_by_forging_a_post(role, client_as):
    decision = decide(None, OTHER)
    assert client_as(role).post(url("decision-carry-out", decision.number)).status_code == 404


def test_a_decision_that_waits_for_nothing_is_not_carried_out_again(client_as):
    decision = decide(None, OTHER)
    response = client_as("business_manager").post(url("decision-carry-out", decision.number))
    assert response.headers["Location"] == url("decision", decision.number)
    assert decision.carried_out.count() == 1


def test_a_decision_that_does_not_exist_is_not_found(client_as):
    assert client_as("business_manager").get(url("decision", "2026-9999")).status_code == 404
