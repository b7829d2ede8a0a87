"""Placing anew, changing level by decision, pausing and prioritising; and what raising a level takes."""

import pytest

from governance.effects import Condition
from governance.refusals import NotAllowed, NotReady, WrongStage
from portfolio.domain import levels
from portfolio.facts import facts_of
from portfolio.models import LifecycleEvent, Requirement, RequirementCatalogue, Stage
from portfolio.steps import GateClosed
from tests.factories import (
    ROLES,
    BudgetFactory,
    InitiativeFactory,
    again,
    answer_all,
    at,
    business_manager,
    chair_of,
    days,
    decide,
    launched,
    person_as,
    ready,
    started,
    steering_group,
)
from tests.portfolio.deciding import on_stage, refused

pytestmark = pytest.mark.django_db
MANAGES = {"business_manager", "secretariat"}
ADDED_AT_N2_START = {"N2-R1", "N2-R2", "N2-F1", "N2-F2", "N2-G2", "N2-G3", "N2-G5", "N2-S1", "N2-S2"}


@pytest.fixture(autouse=True)
def _catalogue(catalogue):
    """Levels are the catalogue's."""


def to_level(level):
    return ("change_level", {"level": level})


def n1_project():
    return started(InitiativeFactory(concept=True, level=1))


def grow_to_n2(project):
    """Add what N2 asks of a project beside N1: a steering group, its budget, the answers."""
    steering_group(project)
    BudgetFactory(initiative=project, approvers=["steering_group"], created_by=chair_of(project))
    project.level = 2
    answer_all(project, due=Requirement.Due.START)
    return again(project)


# ---------------------------------------------------------------- placing anew


@pytest.mark.parametrize("stage", [Stage.IDEA, Stage.CONCEPT])
def test_the_business_manager_places_anew_with_a_reason(stage):
    initiative = InitiativeFactory(stage=stage, level=1)
    answer_all(initiative)
    answers = initiative.answers.count()
    levels.place_anew(initiative_id=initiative.pk, level=3, reason="Alle kommuner er med.", by=business_manager())
    placed = again(initiative)
    assert (placed.level, placed.level_reason, placed.stage) == (3, "Alle kommuner er med.", stage)
    event = LifecycleEvent.objects.get(initiative=initiative)
    assert (event.kind, event.before, event.after, event.by) == ("level", "1", "3", business_manager())
    assert placed.answers.count() == answers > 0


@pytest.mark.parametrize("role", [role for role in ROLES if role not in MANAGES])
def test_nobody_else_places_anew(role):
    initiative = on_stage(Stage.CONCEPT)
    with pytest.raises(NotAllowed) as refusal:
        levels.place_anew(initiative_id=initiative.pk, level=1, reason="Derfor.", by=person_as(role, initiative))
    assert refusal.value.codes == ["not_manager"]
    assert again(initiative).level == 2


@pytest.mark.parametrize("stage", [s for s in Stage if s not in (Stage.IDEA, Stage.CONCEPT)])
def test_projects_and_products_are_not_placed_anew(stage):
    initiative = on_stage(stage)
    with pytest.raises(WrongStage) as refusal:
        levels.place_anew(initiative_id=initiative.pk, level=1, reason="Derfor.", by=business_manager())
    assert refusal.value.codes == ["board_decides"]
    assert again(initiative).level == 2


@pytest.mark.parametrize(
    ("level", "reason", "code"), [(1, " ", "level_reason_missing"), (0, "Derfor.", "level_not_in_catalogue")]
)
def test_placing_anew_needs_a_level_of_the_catalogue_and_a_reason(level, reason, code):
    initiative = on_stage(Stage.CONCEPT)
    with pytest.raises(NotReady) as refusal:
        levels.place_anew(initiative_id=initiative.pk, level=level, reason=reason, by=business_manager())
    assert refusal.value.codes == [code]
    assert not LifecycleEvent.objects.exists()


# ---------------------------------------------------------------- the difference


def test_the_difference_shows_what_comes_and_what_goes():
    found = levels.difference(on_stage(Stage.PROJECT, 1), level=2, on=days(0))
    added, dropped = {r.code for r in found.added}, {r.code for r in found.dropped}
    assert added >= ADDED_AT_N2_START
    assert dropped == {"N1-G1", "N1-G8", "N1-G9", "N1-G10", "N1-S1"}
    assert len(added) - len(dropped) == 45 - 30
    assert found.is_raise
    back = levels.difference(on_stage(Stage.PROJECT, 2), level=1, on=days(0))
    assert ({r.code for r in back.added}, {r.code for r in back.dropped}) == (dropped, added)
    assert not back.is_raise


def test_answers_already_given_stay_and_only_the_additions_appear():
    project = n1_project()
    gate = levels.difference(project, level=2, on=days(0)).gate
    # The project has no steering group; its board approval, group, budget and the new answers are all that is missing.
    assert set(gate.codes("missing")) == ADDED_AT_N2_START
    assert project.answers.count() == 11


def test_a_product_is_asked_for_what_is_due_at_launch_as_well():
    product = on_stage(Stage.PRODUCT, 1)
    asked = {row.code for row in levels.difference(product, level=2, on=days(0)).gate.results}
    assert "N2-F3" in asked
    assert "N2-F3" not in {
        row.code for row in levels.difference(on_stage(Stage.PROJECT, 1), level=2, on=days(0)).gate.results
    }


def test_looking_changes_nothing():
    project = n1_project()
    before = LifecycleEvent.objects.count()
    levels.difference(project, level=3, on=days(0))
    assert (again(project).level, LifecycleEvent.objects.count()) == (1, before)


# ---------------------------------------------------------------- raising


def test_the_board_raises_a_project_that_meets_the_new_level():
    project = grow_to_n2(n1_project())
    decision = decide(project, "approve_steering_group", "approve_budget", to_level(2))
    raised = again(project)
    assert (raised.level, raised.stage) == (2, Stage.PROJECT)
    event = project.events.get(transition="change_level")
    assert (event.before, event.after, event.decision, event.reason) == ("1", "2", decision, decision.text)
    assert set(event.gate["added"]) >= ADDED_AT_N2_START
    assert "N1-G8" in event.gate["dropped"]
    assert event.gate["open"] is True


def test_after_the_change_the_level_is_placed():
    project = grow_to_n2(n1_project())
    decide(project, "approve_steering_group", "approve_budget", to_level(2))
    assert facts_of(again(project), days(0)).level_placed


def test_raising_is_refused_with_what_is_missing():
    project = n1_project()
    assert set(refused(GateClosed, project, to_level(2))) == ADDED_AT_N2_START - {"N2-G2"}


def test_what_is_missing_is_deferred_by_the_decision():
    project = n1_project()
    codes = sorted(ADDED_AT_N2_START - {"N2-G2"})
    conditions = [Condition(code=code, until=days(60)) for code in codes]
    decide(project, to_level(2), outcome="approved_with_conditions", conditions=conditions)
    assert again(project).level == 2
    kept = {row["code"]: row["result"] for row in project.events.get(transition="change_level").gate["results"]}
    assert {code for code, result in kept.items() if result == "deferred"} == set(codes)


def test_the_boards_majority_cannot_be_deferred_when_raising_to_n3():
    project = started(InitiativeFactory(concept=True, level=2))
    missing = levels.difference(project, level=3, on=days(0), assumed=["change_level"]).gate.missing
    kept = {row.code for row in missing if not row.deferrable}
    assert kept == {"N3-G1", "N3-G2"}
    conditions = [Condition(code=row.code, until=days(60)) for row in missing if row.deferrable]
    more = {"outcome": "approved_with_conditions", "conditions": conditions}
    assert refused(GateClosed, project, to_level(3), **more) == ["N3-G1", "N3-G2"]


def test_an_old_answer_blocks_the_raise():
    project = grow_to_n2(n1_project())
    project.answers.filter(requirement__code="N1-R1").update(answered_at=at(days(-400)))
    effects = ("approve_steering_group", "approve_budget", to_level(2))
    assert refused(GateClosed, project, *effects) == ["N1-R1"]


def test_a_product_is_raised_through_both_gates():
    product = launched(InitiativeFactory(concept=True, level=1))
    missing = set(levels.difference(product, level=2, on=days(0), assumed=["change_level"]).gate.codes("missing"))
    assert missing >= (ADDED_AT_N2_START - {"N2-G2"}) | {"N1-G11", "N2-F3", "N2-G8"}


# ---------------------------------------------------------------- lowering


def test_lowering_to_n1_is_refused_while_os2_pays():
    project = on_stage(Stage.PROJECT, 2)
    BudgetFactory(initiative=project, lines=[("os2", 50_000)])
    assert refused(GateClosed, project, to_level(1)) == ["os2_funding"]
    BudgetFactory(initiative=project, lines=[("local", 50_000)])
    decide(project, to_level(1))
    assert again(project).level == 1


@pytest.mark.parametrize("stage", [Stage.PROJECT, Stage.PRODUCT])
def test_lowering_from_n3_to_n2_asks_nothing(stage):
    initiative = on_stage(stage, 3)
    BudgetFactory(initiative=initiative, lines=[("os2", 50_000)])
    decide(initiative, to_level(2))
    assert again(initiative).level == 2


# ---------------------------------------------------------------- who and where


@pytest.mark.parametrize("stage", [s for s in Stage if s not in (Stage.PROJECT, Stage.PRODUCT)])
def test_only_projects_and_products_change_level_by_decision(stage):
    assert refused(WrongStage, InitiativeFactory(stage=stage, level=2), to_level(1)) == ["wrong_stage"]


def test_a_level_is_changed_to_another():
    assert refused(WrongStage, on_stage(Stage.PROJECT, 2), to_level(2)) == ["same_level"]


def test_a_level_outside_the_catalogue_is_refused():
    assert refused(NotReady, on_stage(Stage.PROJECT, 1), to_level(0)) == ["level_not_in_catalogue"]


def test_a_steering_group_does_not_change_the_level():
    project = on_stage(Stage.PROJECT, 3)
    assert refused(NotAllowed, project, to_level(2), body=steering_group(project)) == ["not_board"]


# ---------------------------------------------------------------- what was there before the portal


def test_what_has_no_level_gets_one_through_the_gate_of_the_catalogue_in_force():
    product = InitiativeFactory(product=True, level=None, catalogue=None)
    found = levels.difference(product, level=1, on=days(0))
    assert (found.before, found.is_raise, len(found.added)) == (None, True, 30)
    codes = refused(GateClosed, product, to_level(1))
    assert "N1-R1" in codes
    assert "N1-G3" not in codes
    conditions = [Condition(code=code, until=days(90)) for code in codes]
    decide(product, to_level(1), outcome="approved_with_conditions", conditions=conditions)
    placed = again(product)
    assert (placed.level, placed.catalogue) == (1, RequirementCatalogue.objects.get())


# ---------------------------------------------------------------- pause and resume


def pause(until=30):
    return ("pause", {"until": days(until).isoformat()})


@pytest.mark.parametrize("stage", [Stage.PROJECT, Stage.PRODUCT])
def test_the_board_pauses_and_resumes(stage):
    initiative = on_stage(stage)
    decide(initiative, pause())
    paused = again(initiative)
    assert (paused.is_paused, paused.paused_since, paused.paused_until) == (True, days(0), days(30))
    decide(initiative, "resume")
    assert not again(initiative).is_paused
    kinds = list(initiative.events.order_by("pk").values_list("kind", "after"))
    assert kinds == [("pause", days(30).isoformat()), ("resume", "")]
    assert again(initiative).stage == stage


@pytest.mark.parametrize("stage", [s for s in Stage if s not in (Stage.PROJECT, Stage.PRODUCT)])
def test_only_projects_and_products_are_paused(stage):
    assert refused(WrongStage, on_stage(stage), pause()) == ["wrong_stage"]


@pytest.mark.parametrize(
    ("effect", "codes"),
    [(("pause", {}), ["until_missing"]), (pause(0), ["until_passed"]), (pause(-1), ["until_passed"])],
)
def test_a_pause_says_until_when(effect, codes):
    assert refused(NotReady, on_stage(Stage.PROJECT), effect) == codes


def test_a_pause_has_a_reason():
    project = on_stage(Stage.PROJECT)
    decision = decide(project, "other")
    with pytest.raises(NotReady) as refusal:
        levels.pause(
            initiative_id=project.pk, until=days(9), reason=" ", by=business_manager(), decision=decision, on=days(0)
        )
    assert refusal.value.codes == ["reason_missing"]
    assert not again(project).is_paused


def test_one_pauses_once_and_resumes_what_is_paused():
    project = on_stage(Stage.PROJECT)
    assert refused(WrongStage, project, "resume") == ["not_paused"]
    decide(project, pause())
    assert refused(WrongStage, project, pause(60)) == ["already_paused"]


# ---------------------------------------------------------------- priority


@pytest.mark.parametrize("stage", [Stage.CONCEPT, Stage.PROJECT])
def test_the_board_sets_priority(stage):
    initiative = on_stage(stage)
    decide(initiative, ("set_priority", {"priority": "1"}))
    decision = decide(initiative, ("set_priority", {"priority": "waiting"}))
    assert (again(initiative).priority, again(initiative).priority_reason) == ("waiting", decision.text)
    event = initiative.events.get(decision=decision)
    assert (event.kind, event.before, event.after) == ("priority", "1", "waiting")


@pytest.mark.parametrize("stage", [s for s in Stage if s not in (Stage.CONCEPT, Stage.PROJECT)])
def test_others_have_no_priority(stage):
    assert refused(WrongStage, on_stage(stage), ("set_priority", {"priority": "1"})) == ["wrong_stage"]


@pytest.mark.parametrize("parameters", [{}, {"priority": ""}, {"priority": "9"}])
def test_a_priority_is_one_of_the_list(parameters):
    assert refused(NotReady, on_stage(Stage.PROJECT), ("set_priority", parameters)) == ["priority_missing"]


def test_a_concept_that_is_ready_stays_ready_on_its_level():
    concept = ready(InitiativeFactory(concept=True, level=2))
    levels.place_anew(initiative_id=concept.pk, level=1, reason="Kun lokalt.", by=business_manager())
    levels.place_anew(initiative_id=concept.pk, level=2, reason="Alligevel fælles.", by=business_manager())
    decide(again(concept), "approve_steering_group", "approve_budget", "start")
    assert again(concept).stage == Stage.PROJECT
