"""Registering an idea, and the initiatives that look like it."""

import pytest
from django.urls import reverse

from portfolio.models import Initiative
from tests.factories import InitiativeFactory, OrganisationFactory, UserFactory, business_manager

NEW = reverse("portfolio:idea-create")
SIMILAR = reverse("portfolio:similar")

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposer(client):
    user = UserFactory(organisation__member=True)
    client.force_login(user)
    return user


def said(**other):
    return {
        "name": "Fælles skoleskema",
        "idea": "Et skema for alle skoler.",
        "local_need": "Skemaet ligger på papir.",
        "origin": "organisation",
        "contact": "It-chef, it@example.org",
        "kind": "software",
        **other,
    }


def test_an_idea_is_registered_with_its_first_participant(client, proposer):
    answer = client.post(NEW, said(origin_organisation=proposer.organisation_id))
    idea = Initiative.objects.get()
    assert answer.url == reverse("portfolio:initiative", args=[idea.slug])
    assert (idea.stage, idea.proposer) == ("idea", proposer)
    assert [row.organisation for row in idea.participations.all()] == [proposer.organisation]


def test_the_own_organisation_is_chosen_beforehand(client, proposer):
    assert client.get(NEW).context["form"].initial["origin_organisation"] == proposer.organisation_id


@pytest.mark.parametrize("field", ["name", "idea", "local_need", "origin", "contact"])
def test_what_is_missing_stands_beside_its_field_and_the_rest_is_kept(client, proposer, field):
    answer = client.post(NEW, said(**{field: ""}))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Initiative.objects.exists()


def test_only_blanks_are_nothing(client, proposer):
    assert client.post(NEW, said(name="   ")).status_code == 422


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "x" * 10_000),
        ("idea", "x" * 10_000),
        ("origin", "månen"),
        ("kind", "maskine"),
        ("origin_organisation", "999999"),
        ("origin_organisation", "abc"),
    ],
)
def test_bad_input_is_told_and_never_saved(client, proposer, field, value):
    answer = client.post(NEW, said(**{field: value}))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Initiative.objects.exists()


def test_pressing_twice_registers_once(client, proposer):
    assert client.post(NEW, said()).status_code == 302
    answer = client.post(NEW, said())
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["name"])
    assert Initiative.objects.count() == 1


def test_an_organisation_that_no_longer_exists_cannot_be_chosen(client, proposer):
    gone = OrganisationFactory(valid_to="2010-12-31")
    assert client.post(NEW, said(origin_organisation=gone.pk)).status_code == 422


def test_comparing_shows_what_is_alike_and_registers_nothing(client):
    client.force_login(business_manager())
    InitiativeFactory(name="Skoleskema til telefonen")
    answer = client.post(NEW, said(compare="1"))
    assert [found.initiative.name for found in answer.context["similar"]] == ["Skoleskema til telefonen"]
    assert answer.context["form"].initial["idea"] == "Et skema for alle skoler."
    assert Initiative.objects.count() == 1


def test_the_partial_is_only_the_list_and_the_page_is_a_page(client):
    client.force_login(business_manager())
    InitiativeFactory(name="Skoleskema")
    assert "<html" in client.get(SIMILAR, {"q": "skoleskema"}).content.decode()
    partial = client.post(SIMILAR, {"idea": "skoleskema"}, headers={"hx-request": "true"}).content.decode()
    assert "<html" not in partial
    assert "Skoleskema" in partial


def test_nothing_hidden_is_found(client, proposer):
    InitiativeFactory(name="Hemmeligt skoleskema")
    assert client.get(SIMILAR, {"q": "skoleskema"}).context["similar"] == []


def test_words_are_shown_as_they_were_written(client):
    client.force_login(business_manager())
    InitiativeFactory(name="Gadebelysning")
    found = client.get(SIMILAR, {"q": "Gadebelysningen"}).context["similar"]
    assert found[0].words == ("gadebelysningen",)


def test_an_initiative_is_compared_with_the_others_and_only_for_those_who_see_it(client):
    first, second = InitiativeFactory(name="Gadebelysning"), InitiativeFactory(name="Gadebelysning i by")
    client.force_login(business_manager())
    found = client.get(SIMILAR, {"initiativ": first.slug}).context["similar"]
    assert [each.initiative.pk for each in found] == [second.pk]
    client.force_login(UserFactory())
    assert client.get(SIMILAR, {"initiativ": first.slug}).status_code == 404
