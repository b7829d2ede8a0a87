"""What can happen next, as the page shows it and as the refusal says it: one source, three different answers."""

import pytest

from governance.refusals import NotAllowed, Refused, WrongStage
from governance.standing import standing_of
from portfolio import steps
from portfolio.domain import lifecycle
from portfolio.facts import facts_of
from portfolio.models import Stage
from portfolio.steps import GateClosed
from portfolio.transitions import TRANSITIONS
from tests.factories import InitiativeFactory, business_manager, days, person_as, ready_to_launch, started

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalogue(catalogue):
    """The gates are the catalogue's."""


def steps_of(initiative, role="business_manager"):
    standing = standing_of(person_as(role, initiative))
    found = steps.steps_for(initiative, standing=standing, facts=facts_of(initiative, days(0)))
    return {step.name: step for step in found}


def code_of(step):
    return step.refusal.code if step.refusal else None


@pytest.mark.parametrize(
    ("stage", "names"),
    [
        (Stage.IDEA, ["shape", "withdraw", "reject"]),
        (Stage.CONCEPT, ["start", "admit", "return_to_idea", "withdraw", "reject"]),
        (Stage.PROJECT, ["launch", "return_to_concept", "close"]),
        (Stage.PRODUCT, ["close"]),
        (Stage.WITHDRAWN, ["reopen"]),
        (Stage.REJECTED, ["reopen"]),
        (Stage.CLOSED, ["reopen"]),
    ],
)
def test_each_stage_has_its_ways_out(stage, names):
    assert list(steps_of(InitiativeFactory(stage=stage, level=1))) == names


def test_a_ready_n1_concept_can_be_started_by_the_manager(n1_concept):
    step = steps_of(n1_concept)["start"]
    assert step.is_possible
    assert step.refusal is None
    assert not step.goes_to_board
    step.raise_if_refused()


def test_the_manager_sees_that_n2_is_the_boards_and_what_it_would_decide(n2_concept):
    step = steps_of(n2_concept)["start"]
    assert (step.is_possible, step.goes_to_board, code_of(step)) == (False, True, "board_decides")
    assert step.refusal.mend.url_name == "portfolio:recommend"
    assert step.gate.codes("missing") == ["N2-G2", "N2-G3", "N2-G5"]
    assert step.gate_after_board.is_open


@pytest.mark.parametrize("level", [2, 3])
def test_the_launch_is_shown_as_it_would_be_after_the_decision(level):
    project = ready_to_launch(started(InitiativeFactory(concept=True, level=level)))
    step = steps_of(project)["launch"]
    assert step.gate.codes("missing") == ["N2-G8"]
    assert step.gate_after_board.is_open


def test_a_closed_gate_is_one_sentence_at_the_button_and_all_reasons_in_the_refusal(n1_concept):
    n1_concept.answers.filter(requirement__code__in=["N1-R1", "N1-R2"]).delete()
    step = steps_of(n1_concept)["start"]
    assert code_of(step) == "gate_closed"
    with pytest.raises(GateClosed) as closed:
        step.raise_if_refused()
    assert closed.value.codes == ["N1-R1", "N1-R2"]


def test_not_allowed_comes_before_not_ready():
    concept = InitiativeFactory(concept=True, level=1)
    step = steps_of(concept, "lead")["start"]
    assert code_of(step) == "not_manager"
    with pytest.raises(NotAllowed):
        step.raise_if_refused()


def test_wrong_stage_comes_before_not_allowed():
    standing = standing_of(person_as("stranger"))
    step = steps.find(InitiativeFactory(), "launch", standing=standing, on=days(0))
    assert code_of(step) == "wrong_stage"
    with pytest.raises(WrongStage):
        step.raise_if_refused()


def test_the_proposer_may_withdraw_and_nothing_else():
    found = steps_of(InitiativeFactory(), "proposer")
    assert {name for name, step in found.items() if step.not_allowed is None} == {"withdraw"}


@pytest.mark.parametrize("role", ["business_manager", "proposer", "steering_chair", "board_chair", "stranger"])
@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("level", [1, 2])
def test_button_and_refusal_never_disagree(role, stage, level):
    initiative = InitiativeFactory(stage=stage, level=level)
    person = person_as(role, initiative)
    said = {"reason": "Derfor.", "reason_code": "value", "level": 1, "level_reason": "Lokalt."}
    for name, step in steps_of(initiative, role).items():
        if step.is_possible:
            continue
        with pytest.raises(Refused) as refusal:
            lifecycle.advance(initiative_id=initiative.pk, transition=name, by=person, **said)
        shown = [code_of(step)] if code_of(step) != "gate_closed" else step.gate.codes("missing")
        assert refusal.value.codes == shown


def test_the_page_asks_the_database_once_for_all_steps(n2_concept, django_assert_num_queries):
    standing = standing_of(business_manager())
    facts = facts_of(n2_concept, days(0))
    with django_assert_num_queries(1):
        steps.steps_for(n2_concept, standing=standing, facts=facts)


def test_every_transition_has_a_label():
    assert all(str(rule.label) for rule in TRANSITIONS.values())
    assert {rule.name for rule in TRANSITIONS.values() if rule.needs_reason_code} == {"reject", "close"}
