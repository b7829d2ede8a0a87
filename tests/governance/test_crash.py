"""The process is killed between any two statements of recording a decision: afterwards all of it is there, or nothing.

A process of its own with a connection of its own is killed with SIGKILL before statement 1, then 2, and so on, and just
before and just after the commit; between the attempts the database is looked at from here.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from governance.decision_letters import tell_of_decision
from governance.domain import agendas
from governance.models import CarriedOutEffect, Case, Decision, NumberSeries, Vote
from portfolio.models import BudgetApproval, Initiative, LifecycleEvent, Stage
from tests.factories import business_manager, held_meeting, ready_case

pytestmark = pytest.mark.django_db(transaction=True)

START = ("approve_steering_group", "approve_budget", "start")
# Recording takes 66 steps on PostgreSQL today; far fewer would mean that they are no longer seen.
FEWEST, TOO_MANY = 30, 400


class Doomed:
    """The program that records and dies, and a question for each step."""

    def __init__(self, about):
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "os2portal.settings.test", "PYTHONPATH": str(Path.cwd())}
        self.program = subprocess.Popen(
            [sys.executable, "-m", "tests.governance.crashing", json.dumps(about)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.program.stdin.close()
        self.program.wait(timeout=30)
        self.program.stdout.close()

    def dies_before(self, step):
        """Let it record and die before the step; whether it died."""
        self.program.stdin.write(f"{step}\n")
        self.program.stdin.flush()
        ended = self.program.stdout.readline().strip()
        assert ended in ("killed", "done"), f"step {step}: {ended or 'the program is gone'}"
        return ended == "killed"


def there(initiative, case):
    """How much of the decision is in the database: what it is made of, and what it did."""
    stage = Initiative.objects.get(pk=initiative.pk).stage
    return {
        "decision": Decision.objects.count(),
        "number": sum(NumberSeries.objects.filter(name="decision").values_list("last", flat=True)),
        "votes": Vote.objects.count(),
        "decided": Case.objects.get(pk=case.pk).status == Case.Status.DECIDED,
        "effects": CarriedOutEffect.objects.count(),
        "budget": BudgetApproval.objects.filter(approver="board").count(),
        "seats": sum(1 for body in initiative.bodies.all() for _ in body.memberships.exclude(approved_by=None)),
        "stage": stage == Stage.PROJECT,
        "log": LifecycleEvent.objects.filter(transition="start").count(),
        "letter": DBTaskResult.objects.filter(task_path=tell_of_decision.module_path).count(),
    }


NOTHING = {
    "decision": 0,
    "number": 0,
    "votes": 0,
    "decided": False,
    "effects": 0,
    "budget": 0,
    "seats": 0,
    "stage": False,
    "log": 0,
    "letter": 0,
}
ALL = {
    "decision": 1,
    "number": 1,
    "votes": 6,
    "decided": True,
    "effects": 3,
    "budget": 1,
    "seats": 3,
    "stage": True,
    "log": 1,
    "letter": 1,
}


def test_a_decision_is_there_with_all_it_does_or_not_at_all(n2_concept):
    meeting = held_meeting()
    case = ready_case(n2_concept, *START)
    item = agendas.put_on_agenda(meeting=meeting, case=case)
    votes = {str(attendance.membership_id): "for" for attendance in meeting.attendances.all()}
    about = {
        "database": str(connection.settings_dict["NAME"]),
        "item": item.pk,
        "by": business_manager().pk,
        "votes": votes,
    }
    seen = []
    with Doomed(about) as doomed:
        for step in range(1, TOO_MANY):
            died = doomed.dies_before(step)
            seen.append(there(n2_concept, case))
            if seen[-1] != NOTHING or not died:
                break
    # Killed at every step up to the commit: nothing. Killed right after it: everything, the letter too.
    assert died, "it came to its end without being seen whole just after the commit"
    assert seen[-1] == ALL
    assert len(seen) > FEWEST
