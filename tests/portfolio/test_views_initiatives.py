"""The list of initiatives and the page about one: who sees what, how many queries it costs, what stands on it."""

from urllib.parse import urldefrag

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portfolio.models import LifecycleEvent, Relation, StatedFact
from tests.factories import (
    InitiativeFactory,
    ParticipationFactory,
    UserFactory,
    business_manager,
    person_as,
    ready_case,
    the_board,
)
from tests.look.html import parse

LIST = reverse("portfolio:initiatives")

pytestmark = pytest.mark.django_db


def page(initiative):
    return reverse("portfolio:initiative", args=[initiative.slug])


def queries(client, url):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def listed(client, **chosen):
    return {row.name for row in client.get(LIST, chosen).context["page"].object_list}


@pytest.fixture
def manager(client):
    client.force_login(business_manager())
    return client


def test_the_list_costs_the_same_with_one_and_with_three(manager):
    counts = []
    for more in (1, 2):
        for row in InitiativeFactory.create_batch(more, concept=True):
            ParticipationFactory(initiative=row)
        counts.append(queries(manager, LIST))
    assert counts[0] == counts[1] <= 15


def test_the_list_shows_fifty_a_page(manager):
    InitiativeFactory.create_batch(51)
    assert len(manager.get(LIST).context["page"].object_list) == 50
    assert len(manager.get(LIST, {"page": 2}).context["page"].object_list) == 1


def test_a_page_that_does_not_exist_is_the_nearest_one(manager):
    InitiativeFactory()
    assert manager.get(LIST, {"page": "9999"}).status_code == 200
    assert manager.get(LIST, {"page": "x"}).status_code == 200


def test_ended_ones_stand_behind_a_filter(manager):
    InitiativeFactory(name="Lever")
    InitiativeFactory(name="Lukket", stage="closed", level=1)
    assert listed(manager) == {"Lever"}
    assert listed(manager, stage="ended") == {"Lukket"}


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"stage": "idea"}, {"En idé"}),
        ({"stage": "project"}, {"Et projekt"}),
        ({"level": "2"}, {"Et projekt"}),
        ({"level": "none"}, {"En idé"}),
        ({"kind": "network"}, {"Et netværk"}),
        ({"q": "projekter"}, {"Et projekt"}),
        ({"q": "findes slet ikke"}, set()),
        ({"stage": "nonsens", "level": "ni", "order": "tilfældig"}, {"En idé", "Et projekt", "Et netværk"}),
    ],
)
def test_filters(manager, chosen, expected):
    InitiativeFactory(name="En idé")
    InitiativeFactory(name="Et projekt", project=True, level=2)
    InitiativeFactory(name="Et netværk", product=True, level=1, kind="network")
    assert listed(manager, **chosen) == expected


def test_the_organisation_filter_offers_those_that_take_part_and_chooses_by_them(manager):
    row = ParticipationFactory()
    InitiativeFactory()
    assert listed(manager, organisation=row.organisation_id) == {row.initiative.name}
    offered = manager.get(LIST).context["filters"].fields["organisation"].queryset
    assert list(offered) == [row.organisation]


def test_orders(manager):
    InitiativeFactory(name="Alfa", project=True, level=1)
    InitiativeFactory(name="Beta", project=True, level=3)
    names = [row.name for row in manager.get(LIST, {"order": "-level"}).context["page"].object_list]
    assert names == ["Beta", "Alfa"]


def test_nobody_lists_what_they_may_not_see(client):
    hidden, own = InitiativeFactory(), InitiativeFactory()
    client.force_login(own.proposer)
    assert listed(client) == {own.name}
    assert hidden.name not in client.get(LIST).content.decode()


def test_the_page_is_not_there_for_strangers_nor_when_it_does_not_exist(client):
    initiative = InitiativeFactory()
    client.force_login(UserFactory())
    assert client.get(page(initiative)).status_code == 404
    assert client.get(reverse("portfolio:initiative", args=["findes-ikke"])).status_code == 404


def test_the_page_asks_for_login(client):
    assert client.get(page(InitiativeFactory())).status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_fifteen_queries_whatever_there_is(manager, n2_concept, rows):
    the_board()
    for other in InitiativeFactory.create_batch(rows):
        Relation.objects.create(initiative=n2_concept, other=other, kind=Relation.Kind.OVERLAPS)
        ParticipationFactory(initiative=n2_concept)
        StatedFact.objects.create(initiative=n2_concept, kind="users", text="31 kommuner", source="Beretning")
    assert queries(manager, page(n2_concept)) == 15


def test_an_idea_that_was_sent_back_costs_no_more(manager, n2_concept):
    n2_concept.return_to_idea()
    n2_concept.save()
    assert queries(manager, page(n2_concept)) <= 15


def test_the_gate_groups_by_who_acts(manager, n2_concept):
    gate = manager.get(page(n2_concept)).context["gate"]
    assert gate.missing == ()
    assert {row.code for row in gate.by_board} == {"N2-G2", "N2-G3", "N2-G5"}
    assert gate.act == "recommend"


def test_a_case_under_way_takes_the_place_of_recommending(manager, n2_concept):
    the_board()
    case = ready_case(n2_concept, "start")
    gate = manager.get(page(n2_concept)).context["gate"]
    assert (gate.act, gate.case.number) == ("case", case.number)


def test_n1_is_started_by_a_button_and_not_by_its_owner(client, n1_concept):
    client.force_login(business_manager())
    assert client.get(page(n1_concept)).context["gate"].act == "do"
    client.force_login(person_as("owner", n1_concept))
    answer = client.get(page(n1_concept)).context["gate"]
    assert (answer.act, bool(answer.locked)) == ("wait", True)


def test_a_product_from_before_the_portal_without_a_level_says_so(manager):
    product = InitiativeFactory(product=True, level=None)
    LifecycleEvent.objects.create(
        initiative=product, kind=LifecycleEvent.Kind.REGISTERED, after="product", happened_on=timezone.localdate()
    )
    answer = manager.get(page(product))
    assert answer.context["initiative"].level_is_unknown
    assert answer.context["compliance"] is None
    assert answer.context["journey"].registered is not None
    assert [stop.state for stop in answer.context["journey"].stops] == ["before", "before", "before", "current"]


def test_relations_to_what_the_reader_may_not_see_are_left_out(client):
    mine, hidden = InitiativeFactory(), InitiativeFactory(name="Hemmelig løsning")
    Relation.objects.create(initiative=mine, other=hidden, kind=Relation.Kind.OVERLAPS)
    client.force_login(mine.proposer)
    assert "Hemmelig løsning" not in client.get(page(mine)).content.decode()
    client.force_login(business_manager())
    assert "Hemmelig løsning" in client.get(page(mine)).content.decode()


def test_what_people_write_is_never_html(manager):
    initiative = InitiativeFactory(name="<script>x</script>", idea="<img src=x onerror=y>")
    body = manager.get(page(initiative)).content.decode()
    assert "<script>x" not in body
    assert "<img src=x" not in body


def test_words_of_addresses_are_never_an_initiatives_own(db):
    assert InitiativeFactory(name="Ny").slug == "ny-2"
    assert InitiativeFactory(name="Lignende").slug == "lignende-2"


@pytest.mark.parametrize("role", ["proposer", "participant", "lead", "steering_member", "board_member"])
@pytest.mark.parametrize("made", [{}, {"concept": True, "level": 2}], ids=["idea", "concept"])
def test_a_gate_links_only_to_pages_that_open_for_the_reader(client_as, catalogue, role, made):
    initiative = InitiativeFactory(**made)
    client = client_as(role, initiative)
    links = {urldefrag(link.get("href", "")).url for link in parse(client.get(page(initiative)).content).iter("a")}
    own = {url for url in links if url.startswith(page(initiative))}
    assert {url: client.get(url, follow=True).status_code for url in own} == dict.fromkeys(own, 200)
