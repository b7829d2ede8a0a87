"""Pages of mandatory guidance: answering a point, and recommending points to the board."""

import pytest
from django.test import Client
from django.urls import reverse

from governance.models import Case
from portfolio.models import PointAnswer, Stage
from tests.factories import MembershipFactory, business_manager, days, decide, person_as, steering_group, the_board
from tests.governance.pages import queries_of
from tests.portfolio.deciding import on_stage
from tests.portfolio.guiding import mandatory, published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalogue(catalogue):
    """Every initiative here has requirements."""


@pytest.fixture
def project():
    return on_stage(Stage.PROJECT)


@pytest.fixture
def point():
    return published("Brug modellen", "Skriv en plan").points.get(number=1)


@pytest.fixture
def lead(project):
    return signed_in(person_as("lead", project))


@pytest.fixture
def manager():
    return signed_in(business_manager())


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def url(name, *args):
    return reverse(f"portfolio:{name}", args=args)


def answer_url(project, point):
    return url("point-answer", project.slug, point.pk)


# ---------------------------------------------------------------- answering


def test_the_checklist_leads_to_the_point_and_back(lead, project, point):
    mandatory(point, from_level=2)
    page = lead.get(url("checklist", project.slug))
    assert [row.fact.pk for row in page.context["checklist"].points] == [point.pk]
    assert answer_url(project, point) in page.content.decode()
    answer = lead.post(answer_url(project, point), {"value": "followed", "text": "Ja.", "version": 0})
    assert answer.url == f"{url('checklist', project.slug)}#vejledning"
    assert PointAnswer.objects.get().text == "Ja."
    (row,) = lead.get(url("checklist", project.slug)).context["checklist"].points
    assert row.symbol == "k-met"


def test_a_link_to_a_condition_about_a_point_leads_to_its_row(lead, project, point):
    mandatory(point, from_level=2)
    answer = lead.get(url("answer", project.slug, f"V{point.pk}"))
    assert answer.url.endswith(f"#V{point.pk}")
    assert f'id="V{point.pk}"' in lead.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("said", "field"),
    [({"value": "explained", "text": ""}, "text"), ({"text": "Ja."}, "value"), ({"value": "måske"}, "value")],
)
def test_what_is_missing_is_told_beside_its_field(lead, project, point, said, field):
    mandatory(point, from_level=2)
    answer = lead.post(answer_url(project, point), {"version": 0, **said})
    assert list(answer.context["form"].errors) == [field]
    assert not PointAnswer.objects.exists()


def test_two_at_once_see_both_answers(lead, manager, project, point):
    mandatory(point, from_level=2)
    lead.post(answer_url(project, point), {"value": "followed", "text": "Ja.", "version": 0})
    said = {"value": "explained", "text": "Nej.", "version": 0}
    answer = manager.post(answer_url(project, point), said)
    assert (answer.status_code, answer.context["conflict"].text) == (409, "Ja.")
    manager.post(answer_url(project, point), {**said, "seen_version": 1})
    assert PointAnswer.objects.get().text == "Nej."


def test_a_point_that_does_not_concern_it_is_not_there(lead, project, point):
    assert lead.get(answer_url(project, point)).status_code == 404
    mandatory(point, from_level=3)
    assert lead.get(answer_url(project, point)).status_code == 404


def test_a_reader_sees_the_section_without_the_form(project, point):
    mandatory(point, from_level=2)
    reader = signed_in(person_as("participant", project))
    page = reader.get(url("checklist", project.slug))
    assert len(page.context["checklist"].points) == 1
    assert answer_url(project, point) not in page.content.decode()
    assert reader.get(answer_url(project, point)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_checklist_costs_the_same_with_one_and_with_three(lead, project, rows):
    points = published(*(f"Punkt {number}" for number in range(rows))).points.all()
    mandatory(*points, from_level=2)
    assert queries_of(lead, url("checklist", project.slug)) == 13


# ---------------------------------------------------------------- recommending


def said(point, **changes):
    return {
        "points": [point.pk],
        "from_level": 2,
        "valid_from": f"{days(0):%d-%m-%Y}",
        "recommendation": "Det anbefales.",
        **changes,
    }


def test_from_the_guidance_to_the_boards_decision(manager, project, point):
    the_board()
    address = url("guidance-recommend", point.version.guidance.slug)
    assert address in manager.get(reverse("governance:guidance", args=[point.version.guidance.slug])).content.decode()
    answer = manager.post(address, said(point))
    case = Case.objects.get()
    assert answer.url == reverse("governance:case", args=[case.number])
    effect = case.effects.get()
    assert (effect.kind, effect.parameters) == (
        "make_guidance_mandatory",
        {"points": [point.pk], "from_level": 2, "valid_from": days(0).isoformat()},
    )
    (sentence,) = manager.get(answer.url).context["preview"].sentences
    assert point.version.guidance.title in sentence


def test_for_named_initiatives(manager, project, point):
    the_board()
    address = url("guidance-recommend", point.version.guidance.slug)
    manager.post(address, said(point, from_level="", initiatives=[project.pk]))
    assert Case.objects.get().effects.get().parameters["initiatives"] == [project.pk]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"points": []}, "points"),
        ({"points": [999_999]}, "points"),
        ({"from_level": ""}, "from_level"),
        ({"valid_from": f"{days(-1):%d-%m-%Y}"}, "valid_from"),
        ({"valid_from": "i morgen"}, "valid_from"),
        ({"recommendation": ""}, "recommendation"),
    ],
)
def test_what_is_missing_in_a_recommendation(manager, point, changes, field):
    the_board()
    answer = manager.post(url("guidance-recommend", point.version.guidance.slug), said(point, **changes))
    assert list(answer.context["form"].errors) == [field]
    assert not Case.objects.exists()


def test_without_a_board_there_is_nobody_to_ask(manager, point):
    answer = manager.post(url("guidance-recommend", point.version.guidance.slug), said(point))
    assert [refusal.code for refusal in answer.context["refusals"]] == ["no_board"]


def test_the_committee_does_not_ask_the_board_by_itself(point):
    member = signed_in(MembershipFactory(body=point.version.guidance.body).person)
    assert member.get(url("guidance-recommend", point.version.guidance.slug)).status_code == 404


# ---------------------------------------------------------------- what decisions leave on the initiative's pages


def test_a_description_that_was_changed_since_is_told_on_the_page(lead, project):
    type(project).objects.filter(pk=project.pk).update(purpose="Formål.", description="Beskrivelse.")
    decide(project, "approve_description", body=steering_group(project))
    assert lead.get(url("initiative", project.slug)).context["description_changed"] == []
    type(project).objects.filter(pk=project.pk).update(purpose="Noget andet.")
    assert lead.get(url("initiative", project.slug)).context["description_changed"] == ["formål"]


def test_a_purchase_stands_with_the_economy(lead, project):
    buy = ("purchase", {"what": "Penetrationstest", "amount": "10000"})
    decide(project, buy, body=steering_group(project))
    decide(on_stage(Stage.PROJECT), ("purchase", {"what": "En andens", "amount": "1"}))
    assert [row.what for row in lead.get(url("economy", project.slug)).context["purchases"]] == ["Penetrationstest"]
