"""Every transition carried out, and refused for each reason but a closed gate (test_lifecycle_gates.py has those)."""

import pytest

from governance.models import HistoryIsNeverRewrittenError
from governance.refusals import NotAllowed, NotReady, WrongStage
from portfolio.domain import lifecycle
from portfolio.models import END_STAGES, Initiative, LifecycleEvent, Stage
from portfolio.transitions import TRANSITIONS
from tests.factories import (
    ROLES,
    DialogueFactory,
    InitiativeFactory,
    again,
    business_manager,
    days,
    decide,
    person_as,
    ready,
    ready_to_launch,
    started,
    steering_group,
)

pytestmark = pytest.mark.django_db
MANAGES = {"business_manager", "secretariat"}
SHAPING = {"level": 1, "level_reason": "Lille og lokalt."}


@pytest.fixture(autouse=True)
def _catalogue(catalogue):
    """Every test here moves something that a catalogue is about."""


def on_stage(stage, level=1, **more):
    return InitiativeFactory(stage=stage, level=None if stage == Stage.IDEA else level, **more)


def idea():
    initiative = InitiativeFactory(described=True)
    DialogueFactory(initiative=initiative)
    return initiative


def advance(initiative, transition, *, by=None, **more):
    return lifecycle.advance(initiative_id=initiative.pk, transition=transition, by=by or business_manager(), **more)


def refused(error, initiative, transition, **more):
    """The codes of a refused attempt, after seeing that it wrote nothing."""
    before = Initiative.objects.filter(pk=initiative.pk).values().get()
    events = LifecycleEvent.objects.count()
    with pytest.raises(error) as refusal:
        advance(initiative, transition, **more)
    assert Initiative.objects.filter(pk=initiative.pk).values().get() == before
    assert LifecycleEvent.objects.count() == events
    return refusal.value.codes


# ---------------------------------------------------------------- carried out by people


def concept_n1():
    return ready(InitiativeFactory(concept=True, level=1))


CARRIED_OUT = [
    ("shape", idea, SHAPING, Stage.IDEA, Stage.CONCEPT),
    ("start", concept_n1, {}, Stage.CONCEPT, Stage.PROJECT),
    ("admit", lambda: ready_to_launch(concept_n1()), {}, Stage.CONCEPT, Stage.PRODUCT),
    ("launch", lambda: ready_to_launch(started(on_stage(Stage.CONCEPT))), {}, Stage.PROJECT, Stage.PRODUCT),
    ("return_to_idea", lambda: on_stage(Stage.CONCEPT), {"reason": "Mere at lære."}, Stage.CONCEPT, Stage.IDEA),
    ("withdraw", lambda: on_stage(Stage.IDEA), {"reason": "Ingen kræfter."}, Stage.IDEA, Stage.WITHDRAWN),
    ("withdraw", lambda: on_stage(Stage.CONCEPT), {"reason": "Ingen kræfter."}, Stage.CONCEPT, Stage.WITHDRAWN),
    (
        "close",
        lambda: on_stage(Stage.PROJECT),
        {"reason": "Kommunen stopper.", "reason_code": "value"},
        Stage.PROJECT,
        Stage.CLOSED,
    ),
    ("reopen", lambda: on_stage(Stage.WITHDRAWN), {"reason": "Ny kommune."}, Stage.WITHDRAWN, Stage.IDEA),
]


@pytest.mark.parametrize(("transition", "make", "said", "before", "after"), CARRIED_OUT)
def test_a_transition_is_carried_out_and_recorded(transition, make, said, before, after):
    initiative = make()
    version = initiative.version
    event = advance(initiative, transition, on=days(0), **said)
    moved, stored = again(initiative), LifecycleEvent.objects.get(pk=event.pk)
    assert (moved.stage, moved.version) == (after, version + 1)
    assert (stored.kind, stored.transition, stored.before, stored.after) == ("stage", transition, before, after)
    assert (stored.by, stored.happened_on, stored.decision) == (business_manager(), days(0), None)
    assert said.get("reason", "") in stored.reason


@pytest.mark.parametrize(("transition", "make", "said"), [row[:3] for row in CARRIED_OUT])
def test_the_gate_is_kept_as_it_was(transition, make, said):
    initiative = make()
    gate = LifecycleEvent.objects.get(pk=advance(initiative, transition, **said).pk).gate
    if transition not in ("shape", "start", "admit", "launch"):
        assert gate is None
        return
    assert gate["open"] is True
    assert gate["transition"] == transition
    assert gate["on"] == days(0).isoformat()
    kept = {row["code"]: row["result"] for row in gate["results"]}
    assert kept
    assert "missing" not in kept.values()
    initiative.answers.update(value="no")
    initiative.dialogues.all().delete()
    stored = LifecycleEvent.objects.filter(initiative=initiative, transition=transition).latest("pk").gate
    assert {row["code"]: row["result"] for row in stored["results"]} == kept


def test_shaping_places_the_concept_with_a_reason():
    initiative = idea()
    advance(initiative, "shape", **SHAPING)
    shaped = again(initiative)
    assert (shaped.level, shaped.level_reason, shaped.catalogue.version) == (1, "Lille og lokalt.", "2016")
    placed = initiative.events.get(kind="level")
    assert (placed.before, placed.after, placed.reason, placed.by) == ("", "1", "Lille og lokalt.", business_manager())


def test_the_record_is_never_rewritten():
    event = advance(on_stage(Stage.IDEA), "withdraw", reason="Ingen kræfter.")
    for attempt in (
        event.save,
        event.delete,
        lambda: LifecycleEvent.objects.filter(pk=event.pk).update(reason="Noget andet"),
        lambda: LifecycleEvent.objects.all().delete(),
    ):
        with pytest.raises(HistoryIsNeverRewrittenError):
            attempt()
    assert LifecycleEvent.objects.get(pk=event.pk).reason == "Ingen kræfter."


def test_nothing_else_moves_a_stage():
    initiative = on_stage(Stage.IDEA)
    with pytest.raises(AttributeError):
        initiative.stage = Stage.PRODUCT


def test_the_checklist_is_kept_on_the_way_back_and_forth():
    initiative = concept_n1()
    answers = initiative.answers.count()
    advance(initiative, "return_to_idea", reason="Mere at lære.")
    assert initiative.answers.count() == answers > 0
    DialogueFactory(initiative=initiative)
    Initiative.objects.filter(pk=initiative.pk).update(
        **dict.fromkeys(("purpose", "description", "expected_effect", "local_value", "value_for_others"), "Tekst"),
        overlap_assessment="Ingen.",
        external_assessment="Ingen.",
    )
    initiative.subject_areas.add(idea().subject_areas.get())
    advance(initiative, "shape", **SHAPING)
    assert again(initiative).answers.count() == answers
    assert advance(initiative, "start").after == Stage.PROJECT


def test_what_is_closed_names_its_successor():
    initiative, successor = on_stage(Stage.PROJECT), InitiativeFactory(product=True)
    advance(initiative, "close", reason="Afløst.", reason_code="overlap", successor=successor)
    assert again(initiative).successor == successor


def test_a_pause_ends_with_the_project():
    initiative = on_stage(Stage.PROJECT, paused_since=days(-9), paused_until=days(9))
    advance(initiative, "close", reason="Kommunen stopper.", reason_code="value")
    assert not again(initiative).is_paused


# ---------------------------------------------------------------- wrong stage

WRONG = [(rule.name, stage) for rule in TRANSITIONS.values() for stage in Stage if stage not in rule.sources]


def test_the_transitions_leave_the_stages_of_the_drawing():
    assert {(rule.name, source, rule.target) for rule in TRANSITIONS.values() for source in rule.sources} == {
        ("shape", "idea", "concept"),
        ("start", "concept", "project"),
        ("launch", "project", "product"),
        ("admit", "concept", "product"),
        ("return_to_idea", "concept", "idea"),
        ("return_to_concept", "project", "concept"),
        ("withdraw", "idea", "withdrawn"),
        ("withdraw", "concept", "withdrawn"),
        ("reject", "idea", "rejected"),
        ("reject", "concept", "rejected"),
        ("close", "project", "closed"),
        ("close", "product", "closed"),
        ("reopen", "rejected", "idea"),
        ("reopen", "withdrawn", "idea"),
        ("reopen", "closed", "idea"),
    }


@pytest.mark.parametrize(("transition", "stage"), WRONG)
def test_a_transition_is_refused_on_any_other_stage(transition, stage):
    said = {"reason": "Derfor.", "reason_code": "value", **SHAPING}
    assert refused(WrongStage, on_stage(stage), transition, **said) == ["wrong_stage"]


# ---------------------------------------------------------------- not allowed

WHO = [
    ("shape", Stage.IDEA, None, MANAGES, "not_manager"),
    ("start", Stage.CONCEPT, 1, MANAGES, "not_manager"),
    ("start", Stage.CONCEPT, 2, set(), "board_decides"),
    ("start", Stage.CONCEPT, 3, set(), "board_decides"),
    ("admit", Stage.CONCEPT, 1, MANAGES, "not_manager"),
    ("admit", Stage.CONCEPT, 2, set(), "board_decides"),
    ("launch", Stage.PROJECT, 1, MANAGES, "not_manager"),
    ("launch", Stage.PROJECT, 2, set(), "board_decides"),
    ("launch", Stage.PROJECT, 3, set(), "board_decides"),
    ("return_to_idea", Stage.CONCEPT, 2, MANAGES, "not_manager"),
    ("return_to_concept", Stage.PROJECT, 1, set(), "board_decides"),
    ("withdraw", Stage.IDEA, None, MANAGES | {"proposer"}, "not_manager"),
    ("withdraw", Stage.CONCEPT, 3, MANAGES | {"proposer"}, "not_manager"),
    ("reject", Stage.IDEA, None, set(), "board_decides"),
    ("reject", Stage.CONCEPT, 1, set(), "board_decides"),
    ("close", Stage.PROJECT, 1, MANAGES, "not_manager"),
    ("close", Stage.PROJECT, 2, set(), "board_decides"),
    ("close", Stage.PRODUCT, 1, set(), "board_decides"),
    ("reopen", Stage.WITHDRAWN, 1, MANAGES, "not_manager"),
    ("reopen", Stage.REJECTED, 1, set(), "board_decides"),
    ("reopen", Stage.CLOSED, 1, set(), "board_decides"),
]


@pytest.mark.parametrize(("transition", "stage", "level", "who", "code"), WHO)
def test_everybody_else_is_refused(transition, stage, level, who, code):
    initiative = on_stage(stage, level)
    said = {"reason": "Derfor.", "reason_code": "value", **SHAPING}
    for role in ROLES:
        if role not in who:
            by = person_as(role, initiative)
            assert refused(NotAllowed, initiative, transition, by=by, **said) == [code], role


@pytest.mark.parametrize("stage", [Stage.IDEA, Stage.CONCEPT])
def test_the_proposer_withdraws(stage):
    initiative = on_stage(stage)
    event = advance(initiative, "withdraw", by=initiative.proposer, reason="Vi trækker den.")
    assert (again(initiative).stage, event.by) == (Stage.WITHDRAWN, initiative.proposer)


def test_the_secretariat_acts_as_the_business_manager_does():
    secretariat = person_as("secretariat")
    assert advance(concept_n1(), "start", by=secretariat).by == secretariat


def test_a_steering_groups_decision_moves_nothing():
    initiative = on_stage(Stage.PROJECT)
    decision = decide(initiative, "other", body=steering_group(initiative))
    for transition in ("launch", "return_to_concept", "close"):
        said = {"reason": "Derfor.", "reason_code": "value"}
        assert refused(NotAllowed, initiative, transition, decision=decision, **said) == ["not_board"]


def test_nobody_is_withdrawn_by_a_decision():
    initiative = on_stage(Stage.CONCEPT)
    decision = decide(initiative, "other")
    assert refused(NotAllowed, initiative, "withdraw", decision=decision, reason="Derfor.") == ["not_by_decision"]


# ---------------------------------------------------------------- what must be said


@pytest.mark.parametrize("reason", ["", " \n"])
@pytest.mark.parametrize(
    ("transition", "stage"),
    [
        ("return_to_idea", Stage.CONCEPT),
        ("withdraw", Stage.IDEA),
        ("withdraw", Stage.CONCEPT),
        ("close", Stage.PROJECT),
        ("reopen", Stage.WITHDRAWN),
    ],
)
def test_a_reason_is_given(transition, stage, reason):
    codes = refused(NotReady, on_stage(stage), transition, reason=reason, reason_code="value")
    assert codes == ["reason_missing"]


@pytest.mark.parametrize(
    ("transition", "stage"),
    [
        ("return_to_concept", Stage.PROJECT),
        ("reject", Stage.IDEA),
        ("reject", Stage.CONCEPT),
        ("close", Stage.PRODUCT),
        ("reopen", Stage.REJECTED),
        ("reopen", Stage.CLOSED),
    ],
)
def test_a_reason_is_given_also_by_decision(transition, stage):
    initiative = on_stage(stage)
    decision = decide(initiative, "other")
    codes = refused(NotReady, initiative, transition, decision=decision, reason_code="value")
    assert codes == ["reason_missing"]


@pytest.mark.parametrize(
    ("transition", "stage"),
    [("reject", Stage.IDEA), ("reject", Stage.CONCEPT), ("close", Stage.PROJECT), ("close", Stage.PRODUCT)],
)
def test_a_reason_is_chosen_from_the_list(transition, stage):
    initiative = on_stage(stage)
    decision = decide(initiative, "other")
    codes = refused(NotReady, initiative, transition, decision=decision, reason="Derfor.")
    assert codes == ["reason_code_missing"]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"level_reason": "Derfor."}, "level_missing"),
        ({"level": 1}, "level_reason_missing"),
        ({"level": 1, "level_reason": " "}, "level_reason_missing"),
        ({"level": 0, "level_reason": "Kun leg."}, "level_not_in_catalogue"),
    ],
)
def test_a_concept_is_placed_on_a_level_with_a_reason(said, code):
    assert refused(NotReady, idea(), "shape", **said) == [code]


def test_without_reference_data_nothing_is_placed(catalogue):
    initiative = idea()
    catalogue.requirements.all().delete()
    catalogue.delete()
    assert refused(NotReady, initiative, "shape", **SHAPING) == ["no_catalogue"]


def test_a_catalogue_is_followed_from_its_first_day(catalogue):
    assert refused(NotReady, idea(), "shape", on=catalogue.valid_from.replace(day=13), **SHAPING) == ["dialogue"]
    with pytest.raises(NotReady) as refusal:
        lifecycle.catalogue_in_force(catalogue.valid_from.replace(day=13))
    assert refusal.value.codes == ["no_catalogue"]
    assert lifecycle.catalogue_in_force(catalogue.valid_from) == catalogue


def test_what_has_no_level_does_not_become_a_concept():
    initiative = on_stage(Stage.PROJECT, None)
    decision = decide(initiative, "other")
    codes = refused(NotReady, initiative, "return_to_concept", decision=decision, reason="Rammerne er ændret.")
    assert codes == ["level_missing"]


def test_every_end_can_be_reopened():
    assert set(END_STAGES) == set(TRANSITIONS["reopen"].sources)
