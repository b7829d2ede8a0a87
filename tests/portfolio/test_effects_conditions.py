"""Approval with conditions: what is deferred, what never is, and what takes effect later."""

import pytest

from governance.domain import decisions
from governance.effects import Condition
from governance.models import Decision
from governance.refusals import NotAllowed, NotReady, WrongStage
from portfolio.models import Deferral, LifecycleEvent, Stage
from portfolio.steps import GateClosed
from tests.factories import (
    again,
    business_manager,
    days,
    decide,
    steering_group,
)
from tests.portfolio.deciding import START_N2, START_N3, on_stage, refused, written

pytestmark = pytest.mark.django_db
Outcome = Decision.Outcome


@pytest.fixture(autouse=True)
def _catalogue(catalogue):
    """Every decision here is about what a catalogue asks."""


def conditions(*codes, until=30, **more):
    return [Condition(code=code, until=days(until), responsible="Projektlederen", **more) for code in codes]


def test_approved_with_conditions_defers_and_carries_out(n2_concept):
    n2_concept.answers.filter(requirement__code__in=["N1-F5", "N2-S2"]).update(value="planned")
    decision = decide(
        n2_concept, *START_N2, outcome=Outcome.APPROVED_WITH_CONDITIONS, conditions=conditions("N1-F5", "N2-S2")
    )
    assert again(n2_concept).stage == Stage.PROJECT
    granted = Deferral.objects.order_by("pk")
    assert [(d.requirement.code, d.kind, d.until, d.responsible) for d in granted] == [
        ("N1-F5", "deferred", days(30), "Projektlederen"),
        ("N2-S2", "deferred", days(30), "Projektlederen"),
    ]
    assert {d.decision for d in granted} == {decision}
    gate = LifecycleEvent.objects.get(transition="start").gate
    kept = {row["code"]: row["result"] for row in gate["results"]}
    assert (kept["N1-F5"], kept["N2-S2"], kept["N1-R1"]) == ("deferred", "deferred", "met")


def test_conditions_for_some_of_what_is_missing_are_not_enough(n2_concept):
    n2_concept.answers.filter(requirement__code__in=["N1-F5", "N2-S2"]).update(value="planned")
    more = {"outcome": Outcome.APPROVED_WITH_CONDITIONS, "conditions": conditions("N1-F5")}
    assert refused(GateClosed, n2_concept, *START_N2, **more) == ["N2-S2"]


@pytest.mark.parametrize("code", ["N1-G1", "N1-G3", "N2-G2", "N3-G1", "N3-G2", "N3-G3"])
def test_what_protects_who_decides_is_never_deferred(n3_concept, code):
    more = {"outcome": Outcome.APPROVED_WITH_CONDITIONS, "conditions": conditions("N1-F5", code)}
    assert refused(NotReady, n3_concept, *START_N3, **more) == [f"not_deferrable_{code}"]


def test_exactly_six_requirements_are_never_deferred(catalogue):
    kept = catalogue.requirements.filter(deferrable=False).values_list("code", flat=True)
    assert set(kept) == {"N1-G1", "N1-G3", "N2-G2", "N3-G1", "N3-G2", "N3-G3"}


@pytest.mark.parametrize(
    ("condition", "codes"),
    [
        (Condition(code="N9-X1", until=days(30)), ["unknown_requirement"]),
        (Condition(code="N1-F5", until=None), ["until_missing"]),
        (Condition(code="N1-F5", until=days(0)), ["until_passed"]),
        (Condition(code="N1-F5", until=days(-1)), ["until_passed"]),
        (Condition(code="N1-F5", until=days(0), accepted=True), ["until_passed"]),
        (Condition(code="N1-F5", until=days(1)), []),
        (Condition(code="N1-F5", until=None, accepted=True), []),
    ],
)
def test_a_condition_has_a_date_after_the_decision(condition, codes):
    initiative = on_stage(Stage.PROJECT)
    more = {"outcome": Outcome.APPROVED_WITH_CONDITIONS, "conditions": [condition]}
    if codes:
        assert refused(NotReady, initiative, "other", **more) == codes
    else:
        decide(initiative, "other", **more)
        assert Deferral.objects.get().until == condition.until


def test_deferring_alone_needs_conditions():
    initiative = on_stage(Stage.PROJECT)
    assert refused(NotReady, initiative, "defer_requirements") == ["conditions_missing"]
    decide(
        initiative,
        "defer_requirements",
        outcome=Outcome.APPROVED_WITH_CONDITIONS,
        conditions=conditions("N1-F5", accepted=True),
    )
    assert Deferral.objects.get().kind == Deferral.Kind.ACCEPTED


def test_conditions_are_about_an_initiative():
    more = {"outcome": Outcome.APPROVED_WITH_CONDITIONS, "conditions": conditions("N1-F5")}
    assert refused(NotReady, None, "other", **more) == ["no_initiative"]


def test_a_pending_approval_takes_effect_when_the_conditions_are_met(n2_concept):
    n2_concept.answers.filter(requirement__code="N1-F5").update(value="planned")
    decision = decide(n2_concept, *START_N2, outcome=Outcome.APPROVED_PENDING, conditions=conditions("N1-F5"))
    assert again(n2_concept).stage == Stage.CONCEPT
    assert not Deferral.objects.exists()
    before = written()
    with pytest.raises(GateClosed) as closed:
        decisions.carry_out_pending(decision=decision, by=business_manager())
    assert closed.value.codes == ["N1-F5"]
    assert written() == before
    n2_concept.answers.filter(requirement__code="N1-F5").update(value="yes")
    decisions.carry_out_pending(decision=decision, by=business_manager())
    assert again(n2_concept).stage == Stage.PROJECT
    assert LifecycleEvent.objects.get(transition="start").decision == decision


def test_a_pending_approval_is_overtaken_by_a_rejection(n2_concept):
    n2_concept.answers.filter(requirement__code="N1-F5").update(value="planned")
    decision = decide(n2_concept, *START_N2, outcome=Outcome.APPROVED_PENDING, conditions=conditions("N1-F5"))
    decide(n2_concept, ("reject", {"reason": "overlap"}))
    with pytest.raises(WrongStage) as refusal:
        decisions.carry_out_pending(decision=decision, by=business_manager())
    assert refusal.value.codes == ["wrong_stage"]
    assert not decision.carried_out.exists()


def test_a_steering_group_defers_nothing():
    initiative = on_stage(Stage.PROJECT)
    more = {"outcome": Outcome.APPROVED_WITH_CONDITIONS, "conditions": conditions("N1-F7")}
    assert refused(NotAllowed, initiative, "other", body=steering_group(initiative), **more) == ["not_board"]
