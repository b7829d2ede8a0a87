"""How a status report begins: its shape, what it starts from, how often, and how it is put right."""

from datetime import date
from decimal import Decimal

import pytest

from governance.refusals import NotAllowed, WrongStage
from portfolio.domain import reports
from portfolio.models import Initiative, Stage, StatusReport
from portfolio.rhythm import months_between, next_report_due
from tests.factories import (
    ROLES,
    BudgetFactory,
    EconomyCategoryFactory,
    InitiativeFactory,
    PhaseFactory,
    days,
    person_as,
)
from tests.portfolio.reporting import (
    GREEN,
    YELLOW,
    approved,
    begin,
    codes_of,
    drafted,
    project,
    received,
    save,
    submitted,
)

pytestmark = pytest.mark.django_db
Status = StatusReport.Status
MANAGES = {"business_manager", "secretariat"}
OWN = {"owner", "lead", "steering_member", "steering_chair"}
PRODUCT_GROUP = {"coordinator", "coordination_member", "system_owner"}


# ---------------------------------------------------------------- beginning


@pytest.mark.parametrize(
    ("stage", "level", "shape", "areas"),
    [
        (Stage.PROJECT, 0, "small_project", "time economy"),
        (Stage.PROJECT, 1, "small_project", "time economy"),
        (Stage.PROJECT, None, "small_project", "time economy"),
        (Stage.PROJECT, 2, "project", "time resources economy quality benefits"),
        (Stage.PROJECT, 3, "project", "time resources economy quality benefits"),
        (Stage.PRODUCT, 1, "product", "operations economy development"),
        (Stage.PRODUCT, 3, "product", "operations economy development"),
    ],
)
def test_there_are_three_shapes(stage, level, shape, areas):
    report = begin(InitiativeFactory(stage=stage, level=level))
    assert (report.shape, report.level, report.number, report.status) == (shape, level, 1, Status.DRAFT)
    assert [light.area for light in report.lights.all()] == areas.split()
    assert {light.light for light in report.lights.all()} == {""}


@pytest.mark.parametrize("stage", [s for s in Stage if s not in (Stage.PROJECT, Stage.PRODUCT)])
def test_only_projects_and_products_report(stage):
    initiative = InitiativeFactory(stage=stage, level=1)
    assert codes_of(WrongStage, begin, initiative=initiative) == ["wrong_stage"]


@pytest.mark.parametrize(
    ("stage", "allowed"), [(Stage.PROJECT, MANAGES | OWN), (Stage.PRODUCT, MANAGES | OWN | PRODUCT_GROUP)]
)
def test_who_writes_reports(stage, allowed):
    initiative = InitiativeFactory(stage=stage, level=2)
    for role in ROLES:
        by = person_as(role, initiative)
        if role in allowed:
            assert begin(initiative, by=by).written_by == by
            StatusReport.objects.all().delete()
        else:
            assert codes_of(NotAllowed, begin, initiative=initiative, by=by) == ["not_allowed"], role


def test_the_first_report_begins_with_plan_and_budget():
    phase = PhaseFactory()
    initiative = project(planned_end=days(200), estimated_hours=400, phase=phase)
    BudgetFactory(initiative=initiative, lines=[("local", "100.10"), ("os2", "200.20")])
    BudgetFactory(initiative=initiative, scope="product", lines=[("local", 999)])
    report = begin(initiative)
    assert (report.phase, report.planned_end, report.forecast_end) == (phase, days(200), days(200))
    assert (report.hours_estimated, report.hours_forecast, report.previous) == (400, 400, None)
    (line,) = report.economy.all()
    assert (line.category, line.planned, line.forecast) == (
        EconomyCategoryFactory(),
        Decimal("300.30"),
        Decimal("300.30"),
    )


def test_a_small_projects_economy_is_one_total():
    initiative = project(level=1)
    BudgetFactory(initiative=initiative, lines=[("local", 100), ("grant", 50)])
    (line,) = begin(initiative).economy.all()
    assert (line.category, line.planned) == (None, 150)


def test_a_product_reports_on_the_products_budget():
    initiative = InitiativeFactory(product=True, level=2)
    BudgetFactory(initiative=initiative, lines=[("local", 100)])
    BudgetFactory(initiative=initiative, scope="product", lines=[("local", 30)])
    assert [line.planned for line in begin(initiative).economy.all()] == [30]


@pytest.mark.parametrize("under_way", [begin, submitted, approved])
def test_one_report_is_under_way_at_a_time(under_way):
    initiative = project()
    under_way(initiative)
    assert codes_of(WrongStage, begin, initiative=initiative) == ["report_under_way"]


# ---------------------------------------------------------------- carrying over


def test_a_report_begins_with_the_previous_ones_values():
    initiative = project()
    category = EconomyCategoryFactory()
    first = received(
        initiative,
        fields={
            "progress": 40,
            "hours_used": 120,
            "remarks": "Kun denne gang.",
            "purpose_holds": False,
            "purpose_note": "x",
        },
        lights={**dict.fromkeys(reports.AREAS["project"], (GREEN, "")), "time": (YELLOW, "Udbuddet trak ud.")},
        milestones=[{"order": 1, "name": "Analyse", "planned": days(1), "done": days(0)}],
        economy=[{"category": category, "planned": 100, "spent": 40, "forecast": 110}],
        risks=[{"text": "Leverandør", "probability": 2, "consequence": 4}],
    )
    second = begin(initiative)
    assert (second.number, second.previous) == (2, first)
    assert (second.progress, second.hours_used) == (40, 120)
    assert (second.remarks, second.purpose_holds, second.purpose_note) == ("", True, "")
    assert {light.area: light.light for light in second.lights.all()}["time"] == YELLOW
    assert [(m.name, m.done) for m in second.milestones.all()] == [("Analyse", days(0))]
    assert [(line.category, line.spent, line.forecast) for line in second.economy.all()] == [(category, 40, 110)]
    assert [risk.score for risk in second.risks.all()] == [8]
    assert first.milestones.count() == first.risks.count() == 1


def test_what_was_never_received_is_not_carried_over():
    initiative = project()
    received(initiative, fields={"progress": 10})
    begun = begin(initiative)
    save(begun, fields={"progress": 90})
    StatusReport.objects.filter(pk=begun.pk).delete()
    assert begin(initiative).progress == 10


def test_a_product_does_not_carry_over_from_its_project():
    initiative = project(planned_end=days(10))
    received(initiative, fields={"progress": 90}, risks=[{"text": "R", "probability": 1, "consequence": 1}])
    Initiative.objects.filter(pk=initiative.pk).update(stage=Stage.PRODUCT)
    report = begin(initiative)
    assert (report.shape, report.progress, report.risks.count()) == ("product", None, 0)
    assert report.previous is not None


# ---------------------------------------------------------------- putting right


def test_a_received_report_is_put_right_by_a_new_one():
    initiative = project()
    wrong = received(initiative, fields={"remarks": "Forkert.", "progress": 40, "period_end": days(-10)})
    right = begin(initiative, corrects_id=wrong.pk)
    assert (right.corrects, right.number, right.period_end) == (wrong, 2, days(-10))
    assert (right.remarks, right.progress) == ("Forkert.", 40)
    assert StatusReport.objects.get(pk=wrong.pk).status == Status.RECEIVED


def test_only_the_latest_received_report_is_put_right():
    initiative = project()
    first = received(initiative, fields={"period_end": days(-30)})
    received(initiative)
    assert codes_of(WrongStage, begin, initiative=initiative, corrects_id=first.pk) == ["not_latest"]


def test_what_was_not_received_is_changed_not_put_right():
    initiative = project()
    draft = drafted(initiative)
    StatusReport.objects.filter(pk=draft.pk).update(status=Status.RECEIVED)
    other = project()
    assert codes_of(WrongStage, begin, initiative=other, corrects_id=draft.pk) == ["not_latest"]


# ---------------------------------------------------------------- how often


@pytest.mark.parametrize(
    ("stage", "level", "months"),
    [
        (Stage.PROJECT, 0, 6),
        (Stage.PROJECT, 1, 6),
        (Stage.PROJECT, 2, 3),
        (Stage.PROJECT, 3, 1),
        (Stage.PRODUCT, 1, 6),
        (Stage.PRODUCT, 2, 6),
        (Stage.PRODUCT, 3, 3),
        (Stage.CONCEPT, 2, None),
        (Stage.CLOSED, 2, None),
    ],
)
def test_how_often_one_reports(stage, level, months):
    assert months_between(stage, level) == months


@pytest.mark.parametrize(
    ("since", "due"),
    [
        (date(2030, 1, 15), date(2030, 4, 15)),
        (date(2030, 11, 30), date(2031, 2, 28)),
        (date(2031, 11, 30), date(2032, 2, 29)),
        (date(2030, 12, 31), date(2031, 3, 31)),
        (None, None),
    ],
)
def test_a_report_is_due_the_same_day_of_the_month(since, due):
    assert next_report_due(Stage.PROJECT, 2, since=since) == due
