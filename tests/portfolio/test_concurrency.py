"""Two people at once: exactly one wins, the other is told, and the record is right.

Real threads with connections of their own. On PostgreSQL row locks make the second wait; on SQLite the test database is
a file, and BEGIN IMMEDIATE does. Every save hesitates, so that without the locks both would have read before either
wrote.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier, current_thread, main_thread

import pytest
from django.db import connection, connections
from django.db.models import Model

from governance.domain import agendas, decisions, seats
from governance.domain.numbers import next_number
from governance.effects import Condition
from governance.models import CarriedOutEffect, Case, Decision, NumberSeries, User
from governance.refusals import NotReady, Refused, Stale, WrongStage
from portfolio.domain import checklist, economy, initiatives, lifecycle, people, reports
from portfolio.models import (
    Answer,
    Budget,
    BudgetApproval,
    Initiative,
    LifecycleEvent,
    Participation,
    Stage,
    StatusReport,
)
from tests.factories import (
    BodyFactory,
    BudgetFactory,
    EconomyCategoryFactory,
    InitiativeFactory,
    OrganisationFactory,
    UserFactory,
    again,
    business_manager,
    chair_of,
    days,
    decide,
    held_meeting,
    ready_case,
    secretariat,
    steering_group,
)

pytestmark = pytest.mark.django_db(transaction=True)
START_N2 = ("approve_steering_group", "approve_budget", "start")
HESITATION = 0.05


@pytest.fixture(autouse=True)
def _hesitant_saves(monkeypatch, catalogue):
    save = Model.save

    def hesitate(self, *args, **kwargs):
        if current_thread() is not main_thread():
            time.sleep(HESITATION)
        return save(self, *args, **kwargs)

    monkeypatch.setattr(Model, "save", hesitate)


def at_once(*attempts):
    """Let everybody act in the same moment; what each got, or was refused with."""
    line = Barrier(len(attempts))

    def act(attempt):
        connection.ensure_connection()
        line.wait(timeout=30)
        try:
            return attempt()
        except Refused as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(attempts)) as threads:
        return [future.result(timeout=120) for future in [threads.submit(act, attempt) for attempt in attempts]]


def one_won(results, error, code):
    """Whoever was not refused; the other was refused with the code and nothing else."""
    won = [result for result in results if not isinstance(result, Refused)]
    lost = [result for result in results if isinstance(result, Refused)]
    assert len(won) == 1, results
    assert [type(refused) for refused in lost] == [error] * (len(results) - 1)
    assert {tuple(refused.codes) for refused in lost} == {(code,)}
    return won[0]


def fresh(person):
    """A person as each thread would load it: a standing is kept on the object."""
    return User.objects.get(pk=person.pk)


def record(case, meeting, by, **more):
    return lambda: decisions.record_decision(
        case=case, meeting=meeting, by=by, **{"outcome": "approved", "text": "Besluttet.", **more}
    )


# ---------------------------------------------------------------- deciding


def test_two_decisions_start_an_initiative_once(n2_concept):
    meeting = held_meeting()
    cases = [ready_case(n2_concept, *START_N2) for _ in range(2)]
    people_at_work = [business_manager(), secretariat()]
    results = at_once(*(record(case, meeting, by) for case, by in zip(cases, people_at_work, strict=True)))
    winner = next(result for result in results if not isinstance(result, Refused))
    # The group is approved anew without harm, but the budget is approved once: there the loser stops.
    one_won(results, WrongStage, "already_approved")
    assert again(n2_concept).stage == Stage.PROJECT
    assert list(Decision.objects.all()) == [winner]
    assert [effect.kind for effect in CarriedOutEffect.objects.order_by("order")] == list(START_N2)
    event = LifecycleEvent.objects.get(transition="start")
    assert (event.decision, event.by) == (winner, winner.recorded_by)
    assert BudgetApproval.objects.filter(approver="board").count() == 1
    loser = next(case for case in cases if case.pk != winner.case_id)
    assert Case.objects.get(pk=loser.pk).status == Case.Status.READY


def test_two_bare_starts_move_the_stage_once(n2_concept):
    decide(n2_concept, "approve_steering_group", "approve_budget")
    meeting = held_meeting()
    by = business_manager()
    results = at_once(*(record(ready_case(n2_concept, "start"), meeting, by) for _ in range(2)))
    winner = one_won(results, WrongStage, "wrong_stage")
    assert LifecycleEvent.objects.get(transition="start").decision == winner
    assert Decision.objects.count() == 2


def test_a_start_and_a_rejection_do_not_both_happen(n2_concept):
    meeting, by = held_meeting(), business_manager()
    results = at_once(
        record(ready_case(n2_concept, *START_N2), meeting, by),
        record(ready_case(n2_concept, ("reject", {"reason": "overlap"})), meeting, by),
    )
    winner = one_won(results, WrongStage, "wrong_stage")
    (event,) = LifecycleEvent.objects.filter(kind="stage")
    assert event.decision == winner
    assert again(n2_concept).stage == event.after


def test_one_case_is_decided_once():
    case, meeting, by = ready_case(None, "other"), held_meeting(), business_manager()
    results = at_once(record(case, meeting, by), record(case, meeting, by, outcome="noted"))
    assert Decision.objects.get() == one_won(results, WrongStage, "already_decided")


def test_what_is_pending_is_carried_out_once():
    decision = decide(None, "other", outcome="approved_pending", conditions=[Condition(code="N1-R1", until=days(9))])
    by = business_manager()
    results = at_once(*[lambda: decisions.carry_out_pending(decision=decision, by=by)] * 2)
    one_won(results, WrongStage, "nothing_pending")
    assert CarriedOutEffect.objects.count() == 1


def test_numbers_of_decisions_are_given_once_and_without_gaps():
    meeting, by = held_meeting(), business_manager()
    given = at_once(*(record(ready_case(None, "other"), meeting, by) for _ in range(4)))
    year = meeting.date.year
    assert sorted(decision.number for decision in given) == [f"{year}-0{n}" for n in (1, 2, 3, 4)]


# ---------------------------------------------------------------- people's own transitions


def test_the_manager_starts_what_the_proposer_withdraws(n1_concept):
    manager, proposer = business_manager(), fresh(n1_concept.proposer)

    def advance(transition, by, **more):
        return lambda: lifecycle.advance(initiative_id=n1_concept.pk, transition=transition, by=by, **more)

    results = at_once(advance("start", manager), advance("withdraw", proposer, reason="Vi trækker den."))
    winner = one_won(results, WrongStage, "wrong_stage")
    (event,) = LifecycleEvent.objects.filter(kind="stage")
    assert event == winner
    assert again(n1_concept).stage == event.after


def test_a_double_click_shapes_an_idea_once():
    idea = InitiativeFactory(described=True)
    idea.dialogues.create(held_on=days(0), with_whom="Leder", text="Godt.", written_by=business_manager())
    by = business_manager()
    said = {"level": 1, "level_reason": "Lokalt."}
    results = at_once(*[lambda: lifecycle.advance(initiative_id=idea.pk, transition="shape", by=by, **said)] * 3)
    one_won(results, WrongStage, "wrong_stage")
    assert LifecycleEvent.objects.filter(initiative=idea).count() == 2


# ---------------------------------------------------------------- writing


def test_two_answers_do_not_overwrite_each_other():
    concept = InitiativeFactory(concept=True, level=1)
    writers = {"Min.": business_manager(), "Din.": secretariat()}

    def answer(text, by):
        return lambda: checklist.answer(
            initiative_id=concept.pk, code="N1-R1", value="yes", text=text, by=by, version=0
        )

    results = at_once(*(answer(text, by) for text, by in writers.items()))
    winner = one_won(results, Stale, "stale")
    stored = Answer.objects.get()
    assert (stored.text, stored.version) == (winner.text, 1)
    lost = next(result for result in results if isinstance(result, Refused))
    assert lost.current == stored


def test_two_edits_do_not_overwrite_each_other():
    idea = InitiativeFactory()
    people_at_work = [business_manager(), secretariat()]

    def edit(by):
        return lambda: initiatives.edit(initiative_id=idea.pk, version=1, changes={"purpose": by.email}, by=by)

    winner = one_won(at_once(*map(edit, people_at_work)), Stale, "stale")
    assert (again(idea).purpose, again(idea).version) == (winner.purpose, 2)


def lay(project, by, **more):
    line = economy.PlannedLine(year=2030, category=EconomyCategoryFactory(), funding="local", planned=Decimal(100))
    return lambda: economy.lay_budget(initiative_id=project.pk, scope="project", lines=[line], by=by, **more)


def test_two_budgets_are_two_versions():
    project, by = InitiativeFactory(project=True, level=2), business_manager()
    laid = at_once(*(lay(project, by) for _ in range(3)))
    assert sorted(budget.version for budget in laid) == [1, 2, 3]


def test_two_budgets_from_the_same_version_are_one_and_a_conflict():
    project = InitiativeFactory(project=True, level=2)
    results = at_once(lay(project, business_manager(), based_on=0), lay(project, secretariat(), based_on=0))
    assert Budget.objects.get() == one_won(results, Stale, "stale")


def test_a_double_click_approves_a_budget_once():
    project = InitiativeFactory(project=True, level=2)
    steering_group(project)
    budget, chair = BudgetFactory(initiative=project), chair_of(project)
    results = at_once(*[lambda: economy.approve_budget(budget_id=budget.pk, by=fresh(chair))] * 2)
    assert BudgetApproval.objects.get() == one_won(results, WrongStage, "already_approved")


def test_one_report_is_begun():
    project, by = InitiativeFactory(project=True, level=2), business_manager()
    results = at_once(*[lambda: reports.begin_report(initiative_id=project.pk, by=by)] * 2)
    assert StatusReport.objects.get() == one_won(results, WrongStage, "report_under_way")


def test_an_organisation_takes_part_once():
    idea, organisation, by = InitiativeFactory(), OrganisationFactory(), business_manager()
    fields = {"initiative": idea, "organisation": organisation, "role": "participant", "valid_from": days(0)}
    results = at_once(*[lambda: people.add_participant(**fields, by=by)] * 2)
    assert Participation.objects.get() == one_won(results, NotReady, "already_taking_part")


# ---------------------------------------------------------------- governance


def test_a_body_gets_one_chair():
    body, candidates = BodyFactory(), UserFactory.create_batch(2)

    def elect(person):
        return lambda: seats.give_seat(
            body=body, person=person, organisation=person.organisation, function="chair", valid_from=days(0)
        )

    elected = one_won(at_once(*map(elect, candidates)), NotReady, "two_chairs")
    assert body.memberships.get() == elected


def test_agenda_items_have_numbers_of_their_own():
    meeting = held_meeting()
    cases = [ready_case(None, "other") for _ in range(3)]

    def put(case):
        return lambda: agendas.put_on_agenda(meeting=meeting, case=case)

    items = at_once(*map(put, cases))
    assert sorted(item.number for item in items) == [1, 2, 3]


def test_no_number_is_given_twice():
    def take():
        return [next_number(series="prøve", year=2030) for _ in range(5)]

    given = [number for numbers in at_once(*[take] * 6) for number in numbers]
    assert sorted(given) == list(range(1, 31))
    assert NumberSeries.objects.get(name="prøve").last == 30


def submit(by):
    fields = {"name": "Samme navn", "idea": "En idé.", "local_need": "Et behov.", "contact": "Leder"}
    return lambda: initiatives.submit_idea(by=by, origin="organisation", **fields)


def test_ideas_get_numbers_and_addresses_of_their_own():
    made = at_once(*map(submit, UserFactory.create_batch(3)))
    assert len({initiative.reference for initiative in made}) == 3
    assert len({initiative.slug for initiative in made}) == Initiative.objects.count() == 3


def test_a_double_click_registers_an_idea_once():
    results = at_once(*[submit(UserFactory())] * 2)
    assert Initiative.objects.get() == one_won(results, NotReady, "idea_twice")
