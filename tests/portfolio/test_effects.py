"""What the board's decisions do: in order, each gate after the effects before it, all of them or none."""

import pytest

from governance.models import Decision, EffectKind, Membership
from governance.own_effects import ADOPTS
from governance.refusals import NotAllowed, NotReady, WrongStage
from portfolio.models import BudgetApproval, LifecycleEvent, Stage
from portfolio.steps import GateClosed
from tests.factories import (
    BudgetFactory,
    InitiativeFactory,
    OrganisationFactory,
    UserFactory,
    again,
    business_manager,
    days,
    decide,
    general_assembly,
    group_of,
    let_on,
    ready_to_launch,
    started,
    steering_group,
)
from tests.portfolio.deciding import START_N2, START_N3, on_stage, refused

pytestmark = pytest.mark.django_db
Outcome = Decision.Outcome
ALSO_WITHOUT_AN_INITIATIVE = {
    EffectKind.OTHER,
    EffectKind.MAKE_GUIDANCE_MANDATORY,
    EffectKind.ADOPT_CATALOGUE,
    EffectKind.PURCHASE,
    EffectKind.SETTLE_CONFLICT,
    *ADOPTS,
}


@pytest.fixture(autouse=True)
def _catalogue(catalogue):
    """Every decision here is about what a catalogue asks."""


# ---------------------------------------------------------------- letting an initiative on


def test_the_board_starts_an_n2_project(n2_concept):
    decision = decide(n2_concept, *START_N2)
    event = LifecycleEvent.objects.get(initiative=n2_concept, transition="start")
    assert again(n2_concept).stage == Stage.PROJECT
    assert (event.decision, event.by, event.happened_on) == (decision, business_manager(), days(0))
    assert event.reason == decision.text
    assert [(e.order, e.kind) for e in decision.carried_out.all()] == [(1, START_N2[0]), (2, START_N2[1]), (3, "start")]


def test_the_board_starts_an_n3_project_it_has_the_majority_in(n3_concept):
    decide(n3_concept, *START_N3)
    assert again(n3_concept).stage == Stage.PROJECT
    appointed = group_of(n3_concept).memberships.filter(appointed_by__isnull=False)
    assert appointed.count() == 7


def test_the_general_assembly_decides_as_the_board(n2_concept):
    decide(n2_concept, *START_N2, body=general_assembly())
    assert again(n2_concept).stage == Stage.PROJECT


def test_the_decision_itself_is_the_boards_approval(n2_concept):
    decide(n2_concept, *START_N2)
    gate = LifecycleEvent.objects.get(transition="start").gate
    assert {row["code"]: row["result"] for row in gate["results"]}["N2-G2"] == "met"


@pytest.mark.parametrize(
    ("effects", "code"),
    [
        (("start", "approve_steering_group", "approve_budget"), ["N2-G3", "N2-G5"]),
        (("approve_steering_group", "start", "approve_budget"), ["N2-G5"]),
    ],
)
def test_each_gate_is_asked_after_the_effects_before_it(n2_concept, effects, code):
    assert refused(GateClosed, n2_concept, *effects) == code


def test_the_last_effects_refusal_takes_the_first_ones_back(n2_concept):
    n2_concept.answers.filter(requirement__code="N1-R1").update(value="no")
    assert refused(GateClosed, n2_concept, *START_N2) == ["N1-R1"]
    case = Decision.objects.filter(case__initiative_link__initiative=n2_concept)
    assert not case.exists()


def test_the_board_launches_with_the_product_budget():
    project = ready_to_launch(started(InitiativeFactory(concept=True, level=2)))
    decide(project, ("approve_budget", {"scope": "product"}), "launch")
    assert again(project).stage == Stage.PRODUCT
    assert project.budgets.get(scope="product").approvals.filter(approver="board").exists()


def test_the_board_admits_a_finished_product(n2_concept):
    assert let_on(ready_to_launch(n2_concept), "admit").stage == Stage.PRODUCT


def test_the_board_may_start_an_n1_project_too(n1_concept):
    decide(n1_concept, "start")
    assert again(n1_concept).stage == Stage.PROJECT


# ---------------------------------------------------------------- the other transitions


@pytest.mark.parametrize(
    ("effect", "stage", "after", "more"),
    [
        ("return_to_idea", Stage.CONCEPT, Stage.IDEA, {}),
        ("return_to_concept", Stage.PROJECT, Stage.CONCEPT, {}),
        (("reject", {"reason": "overlap"}), Stage.IDEA, Stage.REJECTED, {}),
        (("reject", {"reason": "overlap"}), Stage.CONCEPT, Stage.REJECTED, {}),
        (("close", {"reason": "value"}), Stage.PROJECT, Stage.CLOSED, {}),
        (("close", {"reason": "value"}), Stage.PRODUCT, Stage.CLOSED, {}),
        ("reopen", Stage.REJECTED, Stage.IDEA, {}),
        ("reopen", Stage.WITHDRAWN, Stage.IDEA, {}),
        ("reopen", Stage.CLOSED, Stage.IDEA, {}),
    ],
)
def test_a_decision_moves_the_initiative(effect, stage, after, more):
    initiative = on_stage(stage)
    decision = decide(initiative, effect, **more)
    event = LifecycleEvent.objects.get(initiative=initiative)
    assert (again(initiative).stage, event.decision, event.before, event.after) == (after, decision, stage, after)
    assert decision.text in event.reason


@pytest.mark.parametrize(
    ("effect", "wrong"),
    [
        ("start", Stage.IDEA),
        ("admit", Stage.PROJECT),
        ("launch", Stage.CONCEPT),
        ("return_to_idea", Stage.PROJECT),
        ("return_to_concept", Stage.PRODUCT),
        (("reject", {"reason": "value"}), Stage.PROJECT),
        (("close", {"reason": "value"}), Stage.CONCEPT),
        ("reopen", Stage.IDEA),
    ],
)
def test_a_decision_on_the_wrong_stage_is_refused(effect, wrong):
    assert refused(WrongStage, on_stage(wrong), effect) == ["wrong_stage"]


@pytest.mark.parametrize(("effect", "stage"), [("reject", Stage.CONCEPT), ("close", Stage.PRODUCT)])
def test_rejecting_and_closing_need_a_reason_from_the_list(effect, stage):
    assert refused(NotReady, on_stage(stage), effect) == ["reason_code_missing"]


@pytest.mark.parametrize(
    ("effect", "stage"),
    [
        ("start", Stage.CONCEPT),
        ("launch", Stage.PROJECT),
        ("return_to_concept", Stage.PROJECT),
        (("close", {"reason": "value"}), Stage.PROJECT),
        ("pause", Stage.PROJECT),
        (("change_level", {"level": 3}), Stage.PROJECT),
        (("set_priority", {"priority": "1"}), Stage.PROJECT),
        ("approve_steering_group", Stage.PROJECT),
        ("appoint_steering_group", Stage.PROJECT),
        ("approve_budget", Stage.PROJECT),
    ],
)
def test_what_is_the_boards_is_not_decided_by_a_steering_group(effect, stage):
    initiative = on_stage(stage)
    group = steering_group(initiative)
    BudgetFactory(initiative=initiative, approvers=["steering_group"])
    assert refused(NotAllowed, initiative, effect, body=group) == ["not_board"]


def test_an_effect_is_about_an_initiative():
    for kind in set(EffectKind) - ALSO_WITHOUT_AN_INITIATIVE:
        assert refused(NotReady, None, (kind, {"level": 2})) == ["no_initiative"], kind


# ---------------------------------------------------------------- a "no", and "not yet"


@pytest.mark.parametrize(
    ("effect", "stage", "outcome", "after"),
    [
        ("start", Stage.CONCEPT, Outcome.RETURNED, Stage.IDEA),
        ("start", Stage.CONCEPT, Outcome.REJECTED, Stage.REJECTED),
        ("admit", Stage.CONCEPT, Outcome.RETURNED, Stage.IDEA),
        ("admit", Stage.CONCEPT, Outcome.REJECTED, Stage.REJECTED),
        ("launch", Stage.PROJECT, Outcome.RETURNED, Stage.CONCEPT),
        ("launch", Stage.PROJECT, Outcome.REJECTED, Stage.PROJECT),
        ("other", Stage.PROJECT, Outcome.REJECTED, Stage.PROJECT),
        ("start", Stage.CONCEPT, Outcome.POSTPONED, Stage.CONCEPT),
        ("start", Stage.CONCEPT, Outcome.NOTED, Stage.CONCEPT),
    ],
)
def test_what_another_outcome_than_yes_carries_out(effect, stage, outcome, after):
    initiative = on_stage(stage)
    decision = decide(initiative, effect, outcome=outcome, reason="overlap")
    assert again(initiative).stage == after
    assert LifecycleEvent.objects.filter(initiative=initiative).count() == (0 if after == stage else 1)
    if after != stage:
        assert str(Decision.Reason.OVERLAP.label) in LifecycleEvent.objects.get().reason
        assert LifecycleEvent.objects.get().decision == decision


def test_a_returned_case_carries_out_none_of_its_effects(n2_concept):
    decision = decide(n2_concept, *START_N2, outcome=Outcome.RETURNED, reason="more_work")
    assert again(n2_concept).stage == Stage.IDEA
    assert [effect.kind for effect in decision.carried_out.all()] == ["return_to_idea"]
    assert not BudgetApproval.objects.filter(approver="board").exists()
    assert not Membership.objects.filter(approved_by__isnull=False).exists()


# ---------------------------------------------------------------- groups, budgets, roles


@pytest.mark.parametrize(
    ("effect", "field"), [("approve_steering_group", "approved_by"), ("appoint_steering_group", "appointed_by")]
)
def test_the_boards_word_is_put_on_every_filled_seat(effect, field):
    initiative = on_stage(Stage.PROJECT)
    group = steering_group(initiative, others=3)
    Membership.objects.create(body=group, organisation=OrganisationFactory(), valid_from=days(-1))
    decision = decide(initiative, effect)
    assert group.memberships.filter(**{field: decision}).count() == 3
    assert group.memberships.filter(person=None, **{field: None}).count() == 1


@pytest.mark.parametrize("effect", ["approve_steering_group", "appoint_steering_group"])
def test_without_a_steering_group_there_is_nothing_to_approve(effect):
    assert refused(NotReady, on_stage(Stage.PROJECT), effect) == ["no_steering_group"]


def test_without_a_budget_there_is_nothing_to_approve():
    assert refused(NotReady, on_stage(Stage.PROJECT), "approve_budget") == ["no_budget"]


@pytest.mark.parametrize(("approvers", "codes"), [([], ["steering_group_first"]), (["steering_group"], [])])
def test_the_steering_group_approves_before_the_board(approvers, codes):
    initiative = on_stage(Stage.PROJECT)
    BudgetFactory(initiative=initiative, approvers=approvers)
    if codes:
        assert refused(NotReady, initiative, "approve_budget") == codes
    else:
        decision = decide(initiative, "approve_budget", on=days(-2))
        approval = BudgetApproval.objects.get(approver="board")
        assert (approval.decision, approval.approved_on) == (decision, days(-2))


def test_a_budget_is_approved_by_the_board_once():
    initiative = on_stage(Stage.PROJECT)
    BudgetFactory(initiative=initiative, approvers=["steering_group"])
    assert refused(WrongStage, initiative, "approve_budget", "approve_budget") == ["already_approved"]


def test_a_decision_appoints():
    initiative, person = on_stage(Stage.PROJECT), UserFactory()
    decision = decide(initiative, ("appoint_role", {"role": "system_owner", "person": person.pk}))
    held = initiative.appointments.get()
    assert (held.person, held.decision, held.valid_from) == (person, decision, days(0))


def test_a_decision_appoints_somebody():
    assert refused(NotReady, on_stage(Stage.PROJECT), ("appoint_role", {"role": "system_owner"})) == ["nobody"]
