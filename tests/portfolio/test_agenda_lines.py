"""What comes to the agenda by itself, for the board and for a group."""

import pytest

from governance.effects import registry
from governance.models import AgendaItem
from portfolio.models import Deferral, Requirement, StatusReport
from tests.factories import InitiativeFactory, MeetingFactory, at, days, decide, held_meeting, steering_group, the_board
from tests.portfolio.reported import on, received

pytestmark = pytest.mark.django_db
Kind = AgendaItem.Kind


@pytest.fixture(autouse=True)
def _catalogue(catalogue):
    """Every initiative here has requirements."""


def lines(kind, body=None, day=None):
    return registry.agenda_lines[kind](body or the_board(), day or days(0))


def defer(initiative, code, until):
    decision = decide(initiative, "other", meeting=held_meeting(on=days(-60)))
    Deferral.objects.create(
        initiative=initiative,
        requirement=Requirement.objects.get(code=code),
        decision=decision,
        until=until,
    )
    return decision


@pytest.mark.parametrize(("until", "comes"), [(-1, True), (0, False), (1, False)])
def test_a_condition_comes_back_the_day_after_its_date(until, comes):
    project = on("project", 2)
    decision = defer(project, "N1-F5", days(until))
    found = lines(Kind.CONDITIONS)
    assert [(line.subject, line.due) for line in found] == ([(project.slug, days(until))] if comes else [])
    assert all(decision.number in line.text and "N1-F5" in line.text for line in found)


def test_a_condition_that_runs_out_before_the_meeting_is_on_its_agenda():
    defer(on("project", 2), "N1-F5", days(10))
    assert lines(Kind.CONDITIONS, day=days(10)) == []
    assert len(lines(Kind.CONDITIONS, day=days(11))) == 1


def test_a_condition_that_is_met_does_not_come_back(n2_concept):
    defer(n2_concept, "N1-F5", days(-1))
    assert lines(Kind.CONDITIONS) == []


def test_a_marked_project_comes_with_its_sentences():
    late = on("project", 2)
    received(late, forecast_end=days(200))
    received(on("project", 2), forecast_end=days(90))
    assert [line.subject for line in lines(Kind.DEVIATIONS)] == [late.slug]
    assert "110" in lines(Kind.DEVIATIONS)[0].text


def test_a_product_without_a_steering_group_is_a_deviation():
    product = InitiativeFactory(product=True, level=2)
    assert [line.subject for line in lines(Kind.DEVIATIONS)] == [product.slug]


@pytest.mark.parametrize(("meeting", "new"), [(-10, 1), (None, 2)])
def test_reports_received_since_the_last_meeting(meeting, new):
    project = on("project", 2)
    old = received(project, days(-40))
    StatusReport.objects.filter(pk=old.pk).update(received_at=at(days(-20)))
    received(project, days(-5))
    if meeting:
        MeetingFactory(body=the_board(), on=days(meeting))
    MeetingFactory(body=the_board(), on=days(20))
    assert len(lines(Kind.REPORTS, day=days(20))) == new


def test_a_draft_report_is_not_received():
    project = on("project", 2)
    report = received(project)
    StatusReport.objects.filter(pk=report.pk).update(status=StatusReport.Status.APPROVED)
    assert lines(Kind.REPORTS) == []


@pytest.mark.parametrize("kind", [Kind.CONDITIONS, Kind.DEVIATIONS, Kind.REPORTS])
def test_a_group_gets_what_is_its_own(kind):
    mine, other = on("project", 2), on("project", 2)
    for project in (mine, other):
        received(project, forecast_end=days(200))
        defer(project, "N1-F5", days(-1))
    group = mine.bodies.get()
    assert {line.subject for line in lines(kind, body=group)} == {mine.slug}
    assert {line.subject for line in lines(kind)} == {mine.slug, other.slug}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("kind", "queries"), [(Kind.CONDITIONS, 8), (Kind.DEVIATIONS, 6), (Kind.REPORTS, 2)])
def test_many_lines_cost_what_one_costs(kind, queries, rows, django_assert_num_queries):
    board = the_board()
    for _number in range(rows):
        project = on("project", 2)
        received(project, forecast_end=days(200))
        defer(project, "N1-F5", days(-1))
        steering_group(project)
    with django_assert_num_queries(queries):
        assert len(lines(kind, body=board)) == rows
