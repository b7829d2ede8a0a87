"""Mandatory guidance that the board deferred stands in the snapshot beside the deferred requirements."""

import pytest

from governance.effects import Condition
from portfolio.domain.guidance import answer_point
from portfolio.facts import facts_of
from portfolio.models import Stage
from reporting.gather.requirements import condition_states
from tests.factories import business_manager, days, decide
from tests.portfolio.deciding import on_stage
from tests.portfolio.guiding import mandatory, published

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("accepted", "on", "answered", "states"),
    [
        (False, 30, False, ["open"]),
        (False, 31, False, ["overdue"]),
        (False, 31, True, ["met"]),
        (True, 30, False, ["accepted"]),
        (True, 31, False, []),
    ],
)
def test_what_the_board_deferred_of_guidance(catalogue, accepted, on, answered, states):
    project, point = on_stage(Stage.PROJECT), published().points.get()
    mandatory(point, from_level=2)
    condition = Condition(code=f"V{point.pk}", until=days(30), responsible="Projektlederen", accepted=accepted)
    decision = decide(project, "defer_requirements", outcome="approved_with_conditions", conditions=[condition])
    if answered:
        answer_point(initiative_id=project.pk, point_id=point.pk, value="followed", text="", by=business_manager())
    found = condition_states(facts_of(project, days(on)))
    assert [each.state for each in found] == states
    assert all((each.code, each.decision) == (f"V{point.pk}", decision.number) for each in found)
    assert all(point.title in each.title for each in found)
