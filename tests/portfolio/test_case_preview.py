"""What a case tells before the meeting: what its effects would do, and what would stop them."""

import pytest

from governance.effects import registry
from governance.models import Decision, EffectKind
from governance.refusals import Refused
from portfolio.models import Initiative, LifecycleEvent, Stage
from tests.factories import (
    again,
    days,
    decide,
    group_of,
    held_meeting,
    ready_case,
)
from tests.portfolio.deciding import START_N2, START_N3, written

pytestmark = pytest.mark.django_db
Outcome = Decision.Outcome


@pytest.fixture(autouse=True)
def _catalogue(catalogue):
    """Every decision here is about what a catalogue asks."""


def preview(case):
    return registry.preview(case, days(0))


def test_a_preview_looks_through_the_effects_as_if_they_were_decided(n2_concept):
    found = preview(ready_case(n2_concept, *START_N2))
    assert found.can_approve
    assert len(found.sentences) == 3
    assert not found.open_points


def test_a_preview_tells_what_would_stop_the_effects(n2_concept):
    n2_concept.answers.filter(requirement__code="N1-F5").update(value="planned")
    found = preview(ready_case(n2_concept, "start"))
    assert [point.code for point in found.open_points] == ["N1-F5", "N2-G3", "N2-G5"]
    assert (found.can_approve, found.can_defer) == (False, True)


def test_a_preview_tells_what_cannot_be_deferred(n3_concept):
    group_of(n3_concept).memberships.filter(function="chair").update(function="member")
    found = preview(ready_case(n3_concept, *START_N3))
    assert [(point.code, point.deferrable) for point in found.open_points] == [("N3-G1", False)]
    assert not found.can_defer


def test_a_preview_changes_nothing(n2_concept):
    case = ready_case(n2_concept, *START_N2)
    before = written()
    preview(case)
    registry.facts(case, days(0))
    assert written() == before


@pytest.mark.parametrize("level", [2, 3])
def test_what_the_preview_lets_through_the_decision_does_too(level, n2_concept, n3_concept):
    concept = {2: n2_concept, 3: n3_concept}[level]
    effects = {2: START_N2, 3: START_N3}[level]
    assert preview(ready_case(concept, *effects)).can_approve
    decide(concept, *effects)
    assert again(concept).stage == Stage.PROJECT


def test_every_kind_of_effect_has_an_owner_and_a_label(n2_concept):
    assert set(registry.effects) == set(EffectKind)
    parameters = {"level": 3, "priority": "1", "scope": "project", "until": "2030-01-01"}
    case = ready_case(n2_concept, *((kind, parameters) for kind in EffectKind))
    assert all(registry.label(effect) for effect in case.effects.all())


def test_a_kind_has_one_owner():
    with pytest.raises(ValueError, match="other"):
        registry.register(registry.effects[EffectKind.OTHER])


def test_facts_are_put_into_the_case_by_the_portal(n2_concept):
    found = registry.facts(ready_case(n2_concept, *START_N2), days(0))
    assert found["initiative"] == n2_concept
    assert found["gate"].is_open
    changed = {after.code for now, after in found["rows"] if now.result != after.result}
    assert changed == {"N2-G2", "N2-G3", "N2-G5"}
    assert registry.facts(ready_case(None, "other"), days(0)) == {}


def test_a_decision_recorded_late_asks_for_the_meetings_day(n2_concept):
    meeting = held_meeting(on=days(-10))
    Initiative.objects.filter(pk=n2_concept.pk).update(created_at=meeting.starts_at)
    n2_concept.dialogues.update(held_on=days(-9))
    with pytest.raises(Refused) as refusal:
        decide(n2_concept, *START_N2, meeting=meeting)
    assert refusal.value.codes == ["N1-G2"]
    n2_concept.dialogues.update(held_on=days(-10))
    decide(n2_concept, *START_N2, meeting=meeting)
    assert LifecycleEvent.objects.get(transition="start").happened_on == days(-10)
