"""What a case's effects would do, in words, and what is open in the gate they must pass."""

from datetime import date

import pytest

from governance.effects import registry
from governance.models import EffectKind
from governance.own_effects import ADOPTS
from portfolio.models import Answer
from portfolio.prospects import BECOMES
from tests.factories import AppointmentFactory, InitiativeFactory, days, ready_case, started

pytestmark = pytest.mark.django_db

PARAMETERS = {
    EffectKind.PAUSE: {"until": "2027-06-30"},
    EffectKind.CHANGE_LEVEL: {"level": 2},
    EffectKind.SET_PRIORITY: {"priority": "1"},
    EffectKind.APPROVE_BUDGET: {"scope": "project"},
    EffectKind.APPOINT_ROLE: {"role": "project_lead", "who": "Projektleder, Odder Kommune"},
    EffectKind.OTHER: {"text": "Handleplanen er godkendt."},
}
SAID_BY_THEIR_OWNER = {EffectKind.PURCHASE, EffectKind.MAKE_GUIDANCE_MANDATORY, EffectKind.ADOPT_CATALOGUE, *ADOPTS}


def preview(initiative, *effects, on=None):
    return registry.preview(ready_case(initiative, *effects), on or days(0))


@pytest.mark.parametrize("kind", EffectKind)
def test_every_effect_has_a_sentence_of_its_own(kind, n2_concept):
    (sentence,) = preview(n2_concept, (kind, PARAMETERS.get(kind, {}))).sentences
    assert "%(" not in sentence
    assert sentence.endswith(".")
    assert kind in BECOMES or kind in SAID_BY_THEIR_OWNER


@pytest.mark.parametrize("scope", ["project", "product"])
def test_a_budget_is_told_with_its_version_or_as_missing(scope, n2_concept):
    (sentence,) = preview(n2_concept, ("approve_budget", {"scope": scope})).sentences
    assert ("version 1" in sentence) == (scope == "project")


def test_a_case_about_no_initiative_says_what_it_asks_for():
    assert preview(None, ("other", {"text": "Vedtægterne ændres"})).sentences == ("Vedtægterne ændres",)


@pytest.mark.parametrize(
    ("effect", "returned", "rejected"), [("start", 1, 1), ("admit", 1, 1), ("launch", 1, 0), ("approve_budget", 0, 0)]
)
def test_a_no_is_told_in_words_of_the_initiative(effect, returned, rejected, n2_concept):
    found = preview(n2_concept, effect)
    assert (len(found.when_returned), len(found.when_rejected)) == (returned, rejected)
    assert all(n2_concept.name in sentence for sentence in found.when_returned + found.when_rejected)


def without_answer(initiative, code):
    Answer.objects.filter(initiative=initiative, requirement__code=code).delete()
    return initiative


def test_what_is_missing_is_proposed_as_a_condition(n2_concept):
    AppointmentFactory(initiative=n2_concept, role="project_lead")
    case = without_answer(n2_concept, "N2-S2")
    found = preview(case, "approve_steering_group", ("approve_budget", {"scope": "project"}), "start", on=days(0))
    (point,) = found.open_points
    assert (point.code, point.deferrable, found.can_approve, found.can_defer) == ("N2-S2", True, False, True)
    assert point.responsible == "Projektleder"


@pytest.mark.parametrize(
    ("day", "proposed"),
    [
        (date(2026, 12, 1), date(2027, 1, 31)),
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 1), date(2028, 2, 29)),
        (date(2026, 7, 31), date(2026, 8, 31)),
    ],
)
def test_the_proposed_day_is_the_last_of_the_next_month(day, proposed, n2_concept):
    case = without_answer(n2_concept, "N2-S2")
    assert {point.until for point in preview(case, "start", on=day).open_points} == {proposed}


def test_a_recommendation_to_defer_says_what_until_when_and_who(n2_concept):
    wanted = {"code": "N2-S2", "until": "2027-03-31", "responsible": "Styregruppens formand", "accepted": True}
    (point,) = preview(n2_concept, ("defer_requirements", {"conditions": [wanted]})).open_points
    assert (point.code, point.until, point.responsible, point.accepted) == (
        "N2-S2",
        date(2027, 3, 31),
        "Styregruppens formand",
        True,
    )


def test_a_case_that_only_defers_shows_what_is_missing_where_the_initiative_stands(catalogue):
    project = started(InitiativeFactory(concept=True, described=True, level=2))
    assert [refusal.code for refusal in preview(project, "defer_requirements").refusals] == ["nothing_to_defer"]
    assert not preview(project, "defer_requirements").can_defer
    found = preview(without_answer(project, "N2-S2"), "defer_requirements")
    assert [point.code for point in found.open_points] == ["N2-S2"]
    assert found.can_defer
