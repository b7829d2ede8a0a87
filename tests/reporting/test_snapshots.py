"""Taking a snapshot: what it holds, who may, when it is refused, and that it never changes."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from governance.codec import checksum
from governance.domain import agendas
from governance.models import Body
from governance.models.append_only import HistoryIsNeverRewrittenError
from governance.refusals import NotAllowed, NotReady, Stale, WrongStage
from portfolio.domain import lifecycle
from portfolio.gates import gate_for
from portfolio.models import (
    Answer,
    Deferral,
    Initiative,
    LifecycleEvent,
    PortfolioPresentation,
    Relation,
    Requirement,
    Stage,
    StatedFact,
    StatusReport,
)
from reporting.domain.snapshots import take_snapshot
from reporting.models import Snapshot
from tests.factories import (
    AdoptionFactory,
    BodyFactory,
    BudgetFactory,
    EconomyCategoryFactory,
    InitiativeFactory,
    UserFactory,
    business_manager,
    days,
    decide,
    let_on,
    person_as,
    planned_meeting,
    ready_case,
    secretariat,
    the_board,
)

from .reports import received_report

pytestmark = pytest.mark.django_db


def taken(**kwargs):
    return take_snapshot(by=business_manager(), **kwargs)


def frozen_of(initiative, **kwargs):
    return taken(**kwargs).content.initiative(initiative.slug)


# ---------------------------------------------------------------- what it holds


def test_it_holds_what_the_overviews_show(n2_concept):
    project = let_on(n2_concept, "start")
    received_report(project, lights={"time": ("yellow", "Testen tager længere tid")})
    item = frozen_of(project)
    assert (item.stage, item.level, item.purpose) == ("project", 2, project.purpose)
    assert item.report.light("time").reason == "Testen tager længere tid"
    assert [group.votes for group in item.groups] == [3]
    assert item.budget("project").total == 100_000
    assert {approval.approver for approval in item.budget("project").approvals} == {"steering_group", "board"}
    assert item.decisions[0].outcome == "approved"
    assert item.participants[0].role == "lead"


def test_it_takes_the_latest_received_report_and_the_lights_before_it(n2_concept):
    project = let_on(n2_concept, "start")
    received_report(project, lights={"time": ("red", "Sent")}, period_end=days(-90))
    latest = received_report(project, lights={"time": ("yellow", "Bedre")}, period_end=days(-5))
    received_report(project, status=StatusReport.Status.DRAFT, received_at=None, period_end=days(-1))
    report = frozen_of(project).report
    assert report.number == latest.number
    assert (report.light("time").light, report.light("time").before) == ("yellow", "red")


def test_it_marks_what_the_overviews_mark(n2_concept):
    project = let_on(n2_concept, "start")
    category = EconomyCategoryFactory()
    received_report(
        project,
        economy=[(category, 100_000, 50_000, 120_000)],
        planned_end=days(100),
        forecast_end=days(200),
    )
    item = frozen_of(project)
    assert [deviation.code for deviation in item.deviations] == ["overspent", "slow"]
    assert (item.slip_days, item.over_percent, item.budget_total) == (100, 20, 100_000)


def test_a_late_report_is_seen_from_its_date(n2_concept):
    project = let_on(n2_concept, "start")
    received_report(project, period_end=days(-100))
    assert frozen_of(project).report_due < timezone.localdate()


def test_requirements_tell_what_is_answered_from_what_is_unknown(n1_concept):
    code = n1_concept.answers.first().requirement.code
    n1_concept.answers.exclude(requirement__code=code).delete()
    states = {state.code: state for state in frozen_of(n1_concept).requirements}
    by_hand = Requirement.objects.filter(catalogue=n1_concept.catalogue, level=1).exclude(check_name__gt="")
    unanswered = by_hand.exclude(code=code).exclude(response=Requirement.Response.NOTE).first()
    assert states[code].is_answered
    assert not states[unanswered.code].is_answered
    assert states[unanswered.code].result == "missing"
    assert not any(r.code in states for r in Requirement.objects.filter(response=Requirement.Response.NOTE))


@pytest.mark.parametrize(
    ("until", "answered", "state"),
    [(30, False, "open"), (-1, False, "overdue"), (0, False, "open"), (30, True, "met"), (-1, True, "met")],
)
def test_a_condition_is_open_until_its_date_and_met_when_it_is_delivered(n1_concept, until, answered, state):
    answer = n1_concept.answers.filter(organisation=None).first()
    if not answered:
        Answer.objects.filter(pk=answer.pk).update(value=Answer.Value.NO)
    decision = decide(n1_concept, "other")
    Deferral.objects.create(initiative=n1_concept, requirement=answer.requirement, decision=decision, until=days(until))
    item = frozen_of(n1_concept)
    assert [(c.code, c.state) for c in item.conditions] == [(answer.requirement.code, state)]
    assert len(item.open_conditions) == (state != "met")


def test_closed_ones_stay_with_their_successor_and_withdrawn_and_rejected_ones_do_not(n1_concept):
    heir = InitiativeFactory(product=True)
    project = let_on(n1_concept, "start")
    lifecycle.advance(
        initiative_id=project.pk,
        transition="close",
        by=business_manager(),
        reason="Overtaget.",
        reason_code="overlap",
        successor=heir,
    )
    for stage in (Stage.WITHDRAWN, Stage.REJECTED):
        InitiativeFactory(stage=stage)
    content = taken().content
    assert {i.slug for i in content.initiatives} == {heir.slug, project.slug}
    closed = content.initiative(project.slug)
    assert (closed.closed_from, closed.successor, closed.is_live) == ("project", heir.slug, False)
    assert [i.slug for i in content.counted] == [heir.slug]


def test_what_sources_say_and_what_it_is_related_to_come_along(catalogue):
    one, other = InitiativeFactory(product=True), InitiativeFactory(product=True)
    StatedFact.objects.create(initiative=one, kind="users", text="31 kommuner", source="Beretning 2018")
    Relation.objects.create(initiative=one, other=other, kind="builds_on")
    AdoptionFactory(initiative=one)
    content = taken().content
    assert content.initiative(one.slug).stated[0].source == "Beretning 2018"
    assert content.initiative(one.slug).relations[0].slug == other.slug
    assert content.initiative(other.slug).relations[0].is_reverse
    assert content.initiative(one.slug).users == 1


def test_nobody_is_named_and_no_contact_or_note_comes_along(n2_concept):
    person = n2_concept.bodies.get().memberships.first().person
    person.name = "Hemmelige Navn"
    person.save()
    Initiative.objects.filter(pk=n2_concept.pk).update(contact="kontakt-hemmelig@example.org")
    text = str(taken().data)
    assert person.function_label in text
    assert "Hemmelige Navn" not in text
    assert "kontakt-hemmelig" not in text
    assert n2_concept.dialogues.first().text not in text
    assert person.email not in text


def test_the_cases_of_the_meeting_come_with_their_gate_now_and_after(n2_concept):
    meeting = planned_meeting(on=days(10))
    case = ready_case(n2_concept, "approve_steering_group", "approve_budget", "start")
    agendas.put_on_agenda(meeting=meeting, case=case, minutes=25)
    content = taken(meeting=meeting).content
    frozen = content.cases[0]
    assert (frozen.number, frozen.agenda_number, frozen.minutes) == (case.number, 1, 25)
    assert frozen.initiative == n2_concept.slug
    assert frozen.budget.total == 100_000
    now = {row.code for row in frozen.gate if row.now == "missing"}
    after = {row.code for row in frozen.gate if row.after == "missing"}
    assert now
    assert not after
    assert len(frozen.gate) == len(gate_for(n2_concept, "start", on=meeting.date).results)
    assert frozen.gate_on == meeting.date
    assert len(content.meeting.voters) == 6
    assert content.meeting.quorum == 3


def test_without_a_meeting_the_cases_that_are_ready_for_the_board_come_along(n2_concept):
    case = ready_case(n2_concept, "start")
    ready_case(n2_concept, "other", body=BodyFactory(kind=Body.Kind.STEERING_GROUP))
    assert [c.number for c in taken().content.cases] == [case.number]


def test_it_is_frozen_in_danish_whoever_takes_it(n2_concept):
    with translation.override("en"):
        english = taken()
    danish = taken()
    assert english.content.initiatives == danish.content.initiatives


# ---------------------------------------------------------------- since the one before


def test_it_is_numbered_and_compared_with_the_one_before(n1_concept):
    first = taken()
    project = let_on(n1_concept, "start")
    second = taken()
    assert (first.number, second.number) == (1, 2)
    assert first.content.changes is None
    changes = second.content.changes
    assert changes.number == 1
    assert [(e.initiative, e.before, e.after) for e in changes.events] == [(project.slug, "concept", "project")]
    assert [(c.stage, c.level, c.count) for c in changes.counts_before] == [("concept", 1, 1)]
    assert taken().content.changes.events == ()


def test_a_light_that_changes_between_two_snapshots_is_told(n2_concept):
    project = let_on(n2_concept, "start")
    received_report(project)
    taken()
    received_report(project, lights={"economy": ("red", "Dyrere test")})
    changed = taken().content.changes.lights
    assert [(c.initiative, c.area, c.before, c.now, c.reason) for c in changed] == [
        (project.slug, "economy", "green", "red", "Dyrere test")
    ]


def test_a_condition_met_since_last_time_is_reported_to_the_board(n1_concept):
    answer = n1_concept.answers.filter(organisation=None).first()
    Answer.objects.filter(pk=answer.pk).update(value=Answer.Value.NO)
    Deferral.objects.create(
        initiative=n1_concept, requirement=answer.requirement, decision=decide(n1_concept, "other"), until=days(30)
    )
    taken()
    Answer.objects.filter(pk=answer.pk).update(value=Answer.Value.YES)
    assert [m.code for m in taken().content.changes.met_conditions] == [answer.requirement.code]
    assert taken().content.changes.met_conditions == ()


# ---------------------------------------------------------------- who, when, and never again


@pytest.mark.parametrize("who", [business_manager, secretariat])
def test_the_business_manager_and_the_secretariat_take_it(who):
    assert take_snapshot(by=who()).taken_by == who()


@pytest.mark.parametrize("role", ["member_user", "board_member", "board_chair"])
def test_others_may_not(role):
    with pytest.raises(NotAllowed):
        take_snapshot(by=person_as(role))
    assert not Snapshot.objects.exists()


def test_it_is_laid_before_the_meeting():
    meeting = planned_meeting(on=days(5))
    snapshot = taken(meeting=meeting)
    presentation = PortfolioPresentation.objects.get()
    assert (presentation.meeting, presentation.frozen_at) == (meeting, snapshot.taken_at)


def test_without_a_meeting_nothing_is_laid_before_anybody():
    taken()
    assert not PortfolioPresentation.objects.exists()


@pytest.mark.parametrize(("on", "is_ahead"), [(-1, False), (0, True), (1, True)])
def test_a_meeting_that_is_held_cannot_be_told_afterwards(on, is_ahead):
    meeting = planned_meeting(on=days(on))
    if is_ahead:
        assert taken(meeting=meeting).meeting == meeting
        return
    with pytest.raises(WrongStage) as refused:
        taken(meeting=meeting)
    assert refused.value.codes == ["meeting_held"]
    assert not Snapshot.objects.exists()


def test_only_a_meeting_of_the_board_or_the_assembly_will_do():
    meeting = planned_meeting(BodyFactory(kind=Body.Kind.EXPERT_COMMITTEE), on=days(5))
    with pytest.raises(NotReady) as refused:
        taken(meeting=meeting)
    assert refused.value.codes == ["not_board"]


def test_a_button_pressed_twice_takes_one():
    taken(after=0)
    with pytest.raises(Stale) as refused:
        taken(after=0)
    assert refused.value.codes == ["taken_since"]
    assert Snapshot.objects.count() == 1
    assert taken(after=1).number == 2


def test_it_is_never_changed_or_removed():
    snapshot = taken()
    snapshot.initiative_count = 99
    for change in (snapshot.save, snapshot.delete, Snapshot.objects.all().delete):
        with pytest.raises(HistoryIsNeverRewrittenError):
            change()
    with pytest.raises(HistoryIsNeverRewrittenError):
        Snapshot.objects.update(initiative_count=99)


def test_the_checksum_is_that_of_the_stored_content():
    snapshot = taken()
    assert Snapshot.objects.get().data_checksum == checksum(Snapshot.objects.get().data) == snapshot.data_checksum


def full_project(number):
    project = InitiativeFactory(project=True, level=2, described=True)
    received_report(project, economy=[(EconomyCategoryFactory(), 100, 50, 90)], risks=[("Forsinkelse", 2, 3)])
    BudgetFactory(initiative=project)
    LifecycleEvent.objects.create(initiative=project, kind="level", after="2", by=UserFactory(), reason="Passer.")
    Relation.objects.create(initiative=project, other=InitiativeFactory(product=True, level=3), kind="builds_on")
    InitiativeFactory(concept=True)
    InitiativeFactory(stage=Stage.CLOSED)


def queries_for(count):
    for number in range(count):
        full_project(number)
    manager = business_manager()
    with CaptureQueriesContext(connection) as queries:
        take_snapshot(by=manager)
    return len(queries)


def test_it_costs_the_same_queries_for_one_project_and_for_three(catalogue):
    the_board()
    taken()
    one = queries_for(1)
    assert queries_for(2) == one
    assert one < 60


@pytest.mark.django_db(transaction=True)
def test_two_at_once_never_get_the_same_number(catalogue):
    """SQLite lets the second wait; PostgreSQL may refuse it, because it would see another moment than it began in."""
    manager = business_manager()
    barrier = threading.Barrier(2)

    def take():
        try:
            barrier.wait(5)
            return take_snapshot(by=manager).number
        except WrongStage as refused:
            return refused.codes[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = [future.result(30) for future in [pool.submit(take), pool.submit(take)]]
    numbers = sorted(Snapshot.objects.values_list("number", flat=True))
    assert numbers == sorted(outcome for outcome in outcomes if isinstance(outcome, int))
    assert numbers in ([1], [1, 2])
    assert [outcome for outcome in outcomes if isinstance(outcome, str)] == ["taken_just_now"] * (2 - len(numbers))
