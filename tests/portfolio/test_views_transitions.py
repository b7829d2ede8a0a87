"""Moving an initiative by its page: done, locked with the reason, or refused; and what another level would take."""

import pytest
from django.urls import reverse

from governance.models import Decision
from portfolio.models import Initiative, LifecycleEvent, Stage
from portfolio.transitions import TRANSITIONS
from tests.factories import DialogueFactory, InitiativeFactory, business_manager, person_as

pytestmark = pytest.mark.django_db


def url(initiative, transition):
    return reverse("portfolio:transition", args=[initiative.slug, transition])


def stage_of(initiative):
    return Initiative.objects.get(pk=initiative.pk).stage


@pytest.fixture
def manager(client):
    client.force_login(business_manager())
    return client


@pytest.fixture
def idea(catalogue):
    row = InitiativeFactory(described=True)
    DialogueFactory(initiative=row)
    return row


def test_an_idea_is_shaped_on_a_level_with_a_reason(manager, idea):
    answer = manager.post(url(idea, "shape"), {"level": "2", "level_reason": "Mange kommuner har behovet."})
    assert answer.status_code == 302
    saved = Initiative.objects.get(pk=idea.pk)
    assert (saved.stage, saved.level, saved.catalogue.version) == (Stage.CONCEPT, 2, "2016")
    kinds = set(LifecycleEvent.objects.filter(initiative=idea).values_list("kind", flat=True))
    assert kinds == {LifecycleEvent.Kind.STAGE, LifecycleEvent.Kind.LEVEL}


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"level_reason": "Fordi."}, "level"),
        ({"level": "2"}, "level_reason"),
        ({"level": "2", "level_reason": "   "}, "level_reason"),
        ({"level": "9", "level_reason": "Fordi."}, "level"),
        ({"level": "to", "level_reason": "Fordi."}, "level"),
        ({"level": "2", "level_reason": "x" * 10_000}, "level_reason"),
    ],
)
def test_a_level_that_is_not_chosen_or_explained_is_told(manager, idea, data, field):
    answer = manager.post(url(idea, "shape"), data)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert stage_of(idea) == Stage.IDEA


def test_a_closed_gate_shows_its_rows_and_refuses(manager, idea):
    Initiative.objects.filter(pk=idea.pk).update(purpose="")
    assert "form" in manager.get(url(idea, "shape")).context
    answer = manager.post(url(idea, "shape"), {"level": "2", "level_reason": "Fordi."})
    assert answer.status_code == 422
    assert [refusal.code for refusal in answer.context["refusals"]] == ["purpose"]
    assert [row.code for row in answer.context["gate"].missing] == ["purpose"]
    assert stage_of(idea) == Stage.IDEA


def test_pressing_twice_moves_once(manager, idea):
    data = {"level": "2", "level_reason": "Fordi."}
    assert manager.post(url(idea, "shape"), data).status_code == 302
    answer = manager.post(url(idea, "shape"), data)
    assert [refusal.code for refusal in answer.context["refusals"]] == ["wrong_stage"]
    assert LifecycleEvent.objects.filter(initiative=idea, transition="shape").count() == 1


def test_n1_is_started_by_the_business_manager(manager, n1_concept):
    assert manager.post(url(n1_concept, "start")).status_code == 302
    assert stage_of(n1_concept) == Stage.PROJECT


@pytest.mark.parametrize("transition", ["start", "admit"])
def test_n2_is_not_moved_by_a_button(manager, n2_concept, transition):
    answer = manager.get(url(n2_concept, transition))
    assert answer.context["step"].refusal.code == "board_decides"
    answer = manager.post(url(n2_concept, transition))
    assert (answer.status_code, answer.context["refusals"][0].code) == (403, "board_decides")
    assert stage_of(n2_concept) == Stage.CONCEPT


@pytest.mark.parametrize("role", ["lead", "owner", "steering_chair", "participant", "board_member", "board_chair"])
def test_a_forged_post_of_another_role_moves_nothing(client, n1_concept, role):
    client.force_login(person_as(role, n1_concept))
    assert client.post(url(n1_concept, "start")).status_code == 403
    assert stage_of(n1_concept) == Stage.CONCEPT


@pytest.mark.parametrize("transition", sorted(TRANSITIONS))
@pytest.mark.parametrize("stage", [stage.value for stage in Stage])
def test_every_transition_answers_on_every_stage(manager, catalogue, stage, transition):
    initiative = InitiativeFactory(stage=stage, level=1)
    answer = manager.get(url(initiative, transition))
    assert answer.status_code == 200
    assert (answer.context["step"].wrong_stage is None) == (stage in TRANSITIONS[transition].sources)


def test_a_transition_that_does_not_exist_is_not_there(manager):
    assert manager.get(url(InitiativeFactory(), "flyv")).status_code == 404


def test_a_proposer_withdraws_with_a_reason(client):
    idea = InitiativeFactory()
    client.force_login(idea.proposer)
    assert list(client.post(url(idea, "withdraw"), {"reason": ""}).context["form"].errors) == ["reason"]
    assert client.post(url(idea, "withdraw"), {"reason": "Vi valgte en anden løsning."}).status_code == 302
    assert stage_of(idea) == Stage.WITHDRAWN


def test_a_small_project_is_closed_with_a_reason_from_the_list_and_a_successor(manager, catalogue):
    project, other = InitiativeFactory(project=True, level=1), InitiativeFactory(project=True, level=1)
    reason = {"reason": "Staten laver det samme."}
    assert list(manager.post(url(project, "close"), reason).context["form"].errors) == ["reason_code"]
    wrong = manager.post(url(project, "close"), {**reason, "reason_code": Decision.Reason.MORE_WORK})
    assert list(wrong.context["form"].errors) == ["reason_code"]
    data = {**reason, "reason_code": Decision.Reason.OVERLAP, "successor": other.pk}
    assert manager.post(url(project, "close"), data).status_code == 302
    saved = Initiative.objects.get(pk=project.pk)
    assert (saved.stage, saved.successor) == (Stage.CLOSED, other)


def test_a_concept_is_placed_anew(manager, n1_concept):
    place = reverse("portfolio:place", args=[n1_concept.slug])
    assert manager.get(place).status_code == 200
    assert manager.post(place, {"level": "3", "level_reason": "Det er blevet strategisk."}).status_code == 302
    assert Initiative.objects.get(pk=n1_concept.pk).level == 3


def test_a_project_is_not_placed_anew(manager, catalogue):
    project = InitiativeFactory(project=True, level=1)
    place = reverse("portfolio:place", args=[project.slug])
    answer = manager.post(place, {"level": "2", "level_reason": "Fordi."})
    assert [refusal.code for refusal in answer.context["refusals"]] == ["board_decides"]
    assert Initiative.objects.get(pk=project.pk).level == 1


@pytest.mark.parametrize("role", ["lead", "steering_chair", "board_chair"])
def test_only_the_secretariat_places(client, n1_concept, role):
    client.force_login(person_as(role, n1_concept))
    assert client.get(reverse("portfolio:place", args=[n1_concept.slug])).status_code == 404


def test_the_difference_shows_what_comes_and_what_goes(manager, n2_concept):
    answer = manager.get(reverse("portfolio:level-difference", args=[n2_concept.slug, 3]))
    difference = answer.context["difference"]
    assert {row.code for row in difference.dropped} == {"N2-G3", "N2-S1"}
    assert all(row.code.startswith("N3-") for row in difference.added)
    assert answer.context["way"].url == reverse("portfolio:place", args=[n2_concept.slug])
    assert Initiative.objects.get(pk=n2_concept.pk).level == 2


def test_what_has_no_catalogue_is_measured_by_the_one_in_force(manager, catalogue):
    product = InitiativeFactory(product=True, level=None, catalogue=None)
    answer = manager.get(reverse("portfolio:level-difference", args=[product.slug, 2]))
    assert len(answer.context["difference"].added) == 45
    assert "niveau=2" in answer.context["way"].url


@pytest.mark.parametrize("level", [4, 99])
def test_a_level_that_does_not_exist_is_not_there(manager, n2_concept, level):
    assert manager.get(reverse("portfolio:level-difference", args=[n2_concept.slug, level])).status_code == 404
