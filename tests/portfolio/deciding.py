"""What the tests of the board's decisions share."""

import pytest

from governance.models import Decision, Membership
from portfolio.models import BudgetApproval, Deferral, Initiative, LifecycleEvent, Stage
from tests.factories import InitiativeFactory, decide, the_board

START_N2 = ("approve_steering_group", "approve_budget", "start")
START_N3 = ("appoint_steering_group", "approve_budget", "start")


def on_stage(stage, level=2, **more):
    """An initiative on a stage; an idea has no level."""
    return InitiativeFactory(stage=stage, level=None if stage == Stage.IDEA else level, **more)


def written():
    """What must be the same after a refusal."""
    return {
        "decisions": Decision.objects.count(),
        "events": LifecycleEvent.objects.count(),
        "approvals": BudgetApproval.objects.count(),
        "deferrals": Deferral.objects.count(),
        "seats": list(Membership.objects.order_by("pk").values_list("approved_by", "appointed_by")),
        "initiatives": list(Initiative.objects.order_by("pk").values()),
    }


def refused(error, initiative, *effects, **more):
    """The codes of a refused decision, after seeing that nothing of it was written."""
    the_board()
    before = written()
    with pytest.raises(error) as refusal:
        decide(initiative, *effects, **more)
    assert written() == before
    return refusal.value.codes
