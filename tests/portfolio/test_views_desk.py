"""The front page: what waits for whom, most urgent first, in a number of queries that does not grow."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from governance.domain import agendas, cases, reading
from governance.effects import Condition
from governance.models import Meeting
from portfolio.models import Initiative, Requirement, StatusReport
from tests.factories import (
    AnswerFactory,
    BudgetFactory,
    DialogueFactory,
    InitiativeFactory,
    MembershipFactory,
    ParticipationFactory,
    UserFactory,
    board_people,
    business_manager,
    days,
    decide,
    owner_of,
    person_as,
    planned_meeting,
    ready_case,
    secretariat,
    the_board,
)
from tests.governance.reading_ahead import sent

pytestmark = pytest.mark.django_db
DESK = reverse("portfolio:desk")


def sections(client):
    return {section.code: section for section in client.get(DESK).context["desk"].sections}


def names(section):
    return [task.subject.name for task in section.tasks]


def report(initiative, status, **more):
    return StatusReport.objects.create(
        initiative=initiative,
        number=initiative.reports.count() + 1,
        shape="small_project",
        level=initiative.level,
        status=status,
        period_end=more.pop("period_end", days(0)),
        written_by=UserFactory(),
        **more,
    )


def deferred(project, code, until):
    return decide(
        project,
        "defer_requirements",
        outcome="approved_with_conditions",
        conditions=[Condition(code=code, until=until, responsible="Projektlederen")],
    )


def one_of_everything(catalogue):
    """One initiative for each section of the secretariat's desk."""
    InitiativeFactory()
    concept = InitiativeFactory(concept=True, level=2)
    AnswerFactory(initiative=concept, requirement=Requirement.objects.get(catalogue=catalogue, code="N1-R1"))
    project = InitiativeFactory(project=True, level=1)
    report(project, StatusReport.Status.APPROVED, approved_at=timezone.now())
    late = InitiativeFactory(project=True, level=1)
    report(late, StatusReport.Status.RECEIVED, period_end=days(-400))
    deferred(InitiativeFactory(project=True, level=2), "N2-F3", days(20))


@pytest.fixture
def manager(client):
    client.force_login(business_manager())
    return client


def test_the_secretariats_desk_costs_the_same_with_one_and_with_three(manager, catalogue):
    the_board()
    counts = []
    for more in (1, 2):
        for _each in range(more):
            one_of_everything(catalogue)
        with CaptureQueriesContext(connection) as captured:
            assert manager.get(DESK).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("role", ["lead", "owner", "steering_chair", "coordinator"])
def test_everybody_elses_desk_costs_the_same_with_one_and_with_three(client, catalogue, role):
    first = InitiativeFactory(project=True, level=1)
    person = person_as(role, first)
    client.force_login(person)
    counts = []
    for more in (0, 2):
        for initiative in InitiativeFactory.create_batch(more, project=True, level=1):
            initiative.proposer = person
            initiative.save()
            BudgetFactory(initiative=initiative)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(DESK).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_every_section_of_the_secretariat(manager, catalogue):
    the_board()
    one_of_everything(catalogue)
    expected = {"conditions", "late_reports", "received", "answers", "ideas", "concepts"}
    assert expected <= set(sections(manager))


def test_the_most_urgent_condition_comes_first(manager, catalogue):
    the_board()
    for name, left in (("Senere", 40), ("Først", 5), ("Midt imellem", 20)):
        deferred(InitiativeFactory(name=name, project=True, level=2), "N2-F3", days(left))
    assert names(sections(manager)["conditions"]) == ["Først", "Midt imellem", "Senere"]


def test_what_is_overdue_is_counted(manager, catalogue):
    late = InitiativeFactory(project=True, level=1)
    report(late, StatusReport.Status.RECEIVED, period_end=days(-400))
    desk = manager.get(DESK).context["desk"]
    assert desk.overdue == 1


def test_an_idea_waits_until_it_has_been_talked_about(manager):
    idea = InitiativeFactory()
    assert names(sections(manager)["ideas"]) == [idea.name]
    DialogueFactory(initiative=idea)
    assert "ideas" not in sections(manager)


def test_an_answer_waits_until_its_version_has_been_judged(manager, catalogue):
    concept = InitiativeFactory(concept=True, level=1)
    requirement = Requirement.objects.get(catalogue=catalogue, code="N1-R1")
    answer = AnswerFactory(initiative=concept, requirement=requirement)
    assert names(sections(manager)["answers"]) == [concept.name]
    answer.judgements.create(answer_version=answer.version, light="green", by=secretariat())
    assert "answers" not in sections(manager)
    type(answer).objects.filter(pk=answer.pk).update(version=answer.version + 1)
    assert names(sections(manager)["answers"]) == [concept.name]


def test_many_are_counted_and_the_first_are_shown(manager):
    InitiativeFactory.create_batch(15)
    ideas = sections(manager)["ideas"]
    assert (ideas.total, len(ideas.tasks), ideas.more) == (15, 12, 3)


def test_a_chair_or_owner_is_asked_to_approve(client, catalogue):
    project = InitiativeFactory(project=True, level=1)
    owner = person_as("owner", project)
    client.force_login(owner)
    assert "approve" not in sections(client)
    report(project, StatusReport.Status.SUBMITTED)
    BudgetFactory(initiative=project)
    assert len(sections(client)["approve"].tasks) == 2
    assert owner_of(project) == owner


def test_a_lead_is_not_asked_to_approve_but_to_write_on(client, catalogue):
    project = InitiativeFactory(project=True, level=1)
    client.force_login(person_as("lead", project))
    report(project, StatusReport.Status.DRAFT, returned_comment="Skriv om økonomien.")
    found = sections(client)
    assert "approve" not in found
    assert names(found["own_reports"]) == [project.name]


def test_a_member_of_the_board_sees_the_next_meeting_and_the_portfolio(client):
    board = the_board()
    meeting = planned_meeting(board, on=days(10))
    planned_meeting(board, on=days(40))
    planned_meeting(board, on=days(5), procedure=Meeting.Procedure.WRITTEN)
    meeting.items.create(case=ready_case(InitiativeFactory(project=True, level=2), "pause"), number=1)
    client.force_login(person_as("board_member"))
    page = client.get(DESK).context["page"]
    assert page.meeting.meeting == meeting
    assert [item.number for item in page.meeting.items] == [1]
    assert page.glance is not None
    assert not page.prepares_meeting


@pytest.mark.parametrize("role", ["member_user", "stranger"])
def test_others_see_neither_meeting_nor_figures(client, role):
    planned_meeting(the_board(), on=days(10))
    InitiativeFactory(name="Hemmelig løsning")
    client.force_login(person_as(role))
    answer = client.get(DESK)
    assert (answer.context["page"].meeting, answer.context["page"].glance) == (None, None)
    assert answer.context["desk"].sections == ()
    assert "Hemmelig løsning" not in answer.content.decode()


def test_a_member_user_sees_what_the_organisation_takes_part_in(client):
    row = ParticipationFactory()
    ended = ParticipationFactory(organisation=row.organisation, valid_to=days(-1))
    client.force_login(UserFactory(organisation=row.organisation))
    shown = [subject.name for subject in client.get(DESK).context["page"].organisation]
    assert shown == [row.initiative.name]
    assert ended.initiative.name not in shown


def test_a_meeting_that_is_over_is_not_the_next(client):
    planned_meeting(the_board(), on=timezone.localdate() - timedelta(days=1))
    client.force_login(person_as("board_member"))
    assert client.get(DESK).context["page"].meeting is None


def test_the_figures_add_up(manager, catalogue):
    InitiativeFactory()
    InitiativeFactory.create_batch(2, project=True, level=2)
    InitiativeFactory(product=True, level=None)
    InitiativeFactory(stage="closed", level=1)
    glance = manager.get(DESK).context["page"].glance
    assert (
        glance.total == sum(glance.totals) == sum(row.total for row in glance.rows) == Initiative.objects.live().count()
    )
    assert glance.projects == sum(count for _symbol, count, _words in glance.lights) == 2


# ---------------------------------------------------------------- reading ahead


def sent_meeting(points=1, on=7):
    meeting = planned_meeting(on=days(on))
    for number in range(points):
        agendas.add_point(meeting=meeting, title=f"Punkt {number}")
    return sent(meeting)


def test_a_board_member_is_told_what_to_read_until_it_is_read(client):
    the_board()
    person = board_people()[1]
    client.force_login(person)
    planned_meeting(on=days(9))
    meeting = sent_meeting(points=2)
    (task,) = sections(client)["reading"].tasks
    assert (task.url, task.deadline) == (reverse("governance:reading", args=[meeting.pk]), meeting.date)
    assert task.text.startswith("2 ")
    reading.note_read(items=meeting.items.select_related("case"), by=person)
    assert "reading" not in sections(client)


@pytest.mark.parametrize("trait", ["deputy", "observer", "secretary"])
def test_those_who_do_not_vote_are_not_asked_to_mark(client, trait):
    sent_meeting()
    client.force_login(MembershipFactory(body=the_board(), **{trait: True}).person)
    assert "reading" not in sections(client)


def test_a_case_that_changed_is_to_be_read_again_and_a_held_meeting_is_not(client):
    the_board()
    person = board_people()[1]
    client.force_login(person)
    meeting = sent_meeting(points=0)
    item = agendas.put_on_agenda(meeting=meeting, case=ready_case(None, "other"))
    reading.note_read(items=[item], by=person)
    assert "reading" not in sections(client)
    cases.edit_case(case=item.case, version=1, about="Mere.")
    assert len(sections(client)["reading"].tasks) == 1
    sent_meeting(on=-1)
    assert len(sections(client)["reading"].tasks) == 1


def test_three_meetings_to_read_take_as_many_queries_as_one(client):
    the_board()
    client.force_login(board_people()[1])
    took = []
    for number in (1, 2):
        for _ in range(number):
            sent_meeting(points=number)
        with CaptureQueriesContext(connection) as made:
            client.get(DESK)
        took.append(len(made))
    assert took[0] == took[1]
