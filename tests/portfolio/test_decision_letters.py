"""Letters about decisions: who is told, of what, and that the letter is in the queue when the decision is."""

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from governance.decision_letters import tell_of_decision
from governance.models import Case
from governance.refusals import Refused
from portfolio.audience import behind_initiative
from tests.factories import (
    AppointmentFactory,
    InitiativeFactory,
    UserFactory,
    chair_of,
    days,
    decide,
    person_as,
    ready_case,
    steering_group,
)

pytestmark = pytest.mark.django_db
OTHER = ("other", {"text": "Orienter medlemmerne."})


def in_queue():
    return DBTaskResult.objects.filter(task_path=tell_of_decision.module_path)


@pytest.fixture
def project(catalogue):
    initiative = InitiativeFactory(project=True, described=True, level=2, name="Prøveløsningen")
    steering_group(initiative)
    return initiative


def told(initiative, **more):
    """The addresses of the letters about a decision on the initiative."""
    decision = decide(initiative, OTHER, **more)
    tell_of_decision.call(decision_id=decision.pk)
    return {address for letter in mail.outbox for address in letter.to}


def test_those_behind_the_initiative_are_told(project):
    people = [person_as(role, project) for role in ("owner", "lead", "coordinator", "system_owner", "proposer")]
    assert told(project) == {person.email for person in [*people, chair_of(project)]}


@pytest.mark.parametrize("role", ["steering_member", "participant", "board_member", "member_user", "stranger"])
def test_others_are_not(role, project):
    person = person_as(role, project)
    assert person.email not in told(project)


def test_nobody_is_told_twice(project):
    chair = chair_of(project)
    AppointmentFactory(initiative=project, role="project_owner", person=chair)
    told(project)
    assert [letter.to for letter in mail.outbox].count([chair.email]) == 1


def test_whose_time_is_over_is_not_told(project):
    gone = AppointmentFactory(initiative=project, role="project_lead", valid_to=days(-1)).person
    assert gone.email not in told(project)


def test_who_cannot_log_in_any_more_is_not_told(project):
    lead = AppointmentFactory(initiative=project, role="project_lead", person=UserFactory(is_active=False)).person
    assert lead.email not in told(project)


def test_nobody_is_told_of_a_closed_decision_that_they_may_not_read(project):
    person_as("lead", project)
    assert told(project, is_public=False) == set()


def test_a_case_about_no_initiative_concerns_nobody(db):
    assert not behind_initiative(ready_case(None, OTHER)).exists()
    assert told(None) == set()


def test_the_letter_says_what_was_decided_and_where_to_read_it(project):
    lead = person_as("lead", project)
    told(project, text="Godkendt, fordi behovet er stort.")
    letter = next(letter for letter in mail.outbox if letter.to == [lead.email])
    assert "Godkendt, fordi behovet er stort." in letter.body
    assert "/beslutninger/" in letter.body


def test_the_letter_waits_in_the_queue_with_the_decision(project):
    decision = decide(project, OTHER)
    assert [task.args_kwargs["kwargs"] for task in in_queue()] == [{"decision_id": decision.pk}]


def test_a_refused_decision_leaves_no_letter(project):
    with pytest.raises(Refused):
        decide(project, OTHER, "start")
    assert not in_queue().exists()
    assert Case.objects.get().status == Case.Status.READY
