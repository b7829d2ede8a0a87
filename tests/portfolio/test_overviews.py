from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portfolio.domain import checklist
from portfolio.models import (
    Adoption,
    Budget,
    BudgetApproval,
    Deferral,
    Initiative,
    ReportEconomyLine,
    Requirement,
    StatedFact,
    StatusReport,
)
from portfolio.overviews import load_products, load_projects
from tests.factories import (
    AdoptionFactory,
    AppointmentFactory,
    BudgetFactory,
    EconomyCategoryFactory,
    InitiativeFactory,
    ParticipationFactory,
    answer_all,
    business_manager,
    coordination_group,
    days,
    decide,
    launched,
    ready,
    started,
    steering_group,
)
from tests.portfolio.reported import received


def project_row(initiative):
    return next(row for row in load_projects(Initiative.objects.all()) if row.line.pk == initiative.pk)


def product_row(initiative):
    return next(row for row in load_products(Initiative.objects.all()) if row.line.pk == initiative.pk)


def on(stage, level=2, **more):
    return InitiativeFactory(**{stage: True}, described=True, level=level, **more)


def deferred(initiative, code, until):
    requirement = Requirement.objects.get(catalogue=initiative.catalogue, code=code)
    decision = decide(initiative, "other")
    Deferral.objects.create(
        initiative=initiative, requirement=requirement, decision=decision, until=until, responsible="Projektlederen"
    )


# ---------------------------------------------------------------- projects
def test_a_concept_shows_how_far_it_is(catalogue):
    concept = ready(on("concept", 2))
    row = project_row(concept)
    assert row.gate.board_decides
    assert 0 < row.gate.missing < row.gate.total
    assert row.line.deviations == ()
    assert (row.purpose, row.expected_effect) == (concept.purpose, concept.expected_effect)
    assert not project_row(ready(on("concept", 1))).gate.board_decides


def test_who_is_behind_it(catalogue):
    project = on("project")
    steering_group(project)
    AppointmentFactory(initiative=project, role="project_lead")
    lead = ParticipationFactory(initiative=project, role="lead")
    ParticipationFactory(initiative=project, role="vendor", organisation__company=True)
    row = project_row(project)
    chair = project.bodies.get().memberships.get(function="chair").person
    assert (row.people.steering_chair, row.people.steering_groups) == (str(chair), (project.bodies.get().name,))
    assert row.people.lead == str(project.appointments.get().person)
    assert row.people.participants == (str(lead.organisation),)
    assert len(row.people.vendors) == 1
    assert row.line.lead_organisation == str(lead.organisation)


def test_the_latest_received_report_speaks(catalogue):
    project = on("project", planned_end=days(100))
    received(project, days(-90), progress=10)
    latest = received(project, days(-5), progress=40, hours_used=300, forecast_end=days(161), light="yellow")
    ReportEconomyLine.objects.create(
        report=latest, category=EconomyCategoryFactory(), planned=100, spent=30, forecast=Decimal("120.50")
    )
    draft = StatusReport.objects.get(pk=latest.pk)
    draft.pk, draft.number, draft.status, draft.progress = None, 9, StatusReport.Status.DRAFT, 99
    draft._state.adding = True
    draft.save()
    line = project_row(project).line
    assert (line.report.number, line.progress, line.hours_used) == (2, 40, 300)
    assert (line.spent, line.forecast, line.slip_days) == (30, Decimal("120.50"), 61)
    assert {fact.light for fact in line.lights.values()} == {"yellow"}
    assert {fact.reason for fact in line.lights.values()} == {"Fordi."}
    assert [each.code for each in line.deviations] == ["slow"]


def test_a_report_that_was_put_right_is_not_the_one_before_its_correction(catalogue):
    project = on("project")
    wrong = received(project, days(-5), light="red")
    received(project, days(-5), light="red", corrects=wrong)
    assert project_row(project).line.deviations == ()


@pytest.mark.parametrize(
    ("level", "approvers", "approved"),
    [
        (1, ["owner"], True),
        (1, ["steering_group"], True),
        (1, [], False),
        (2, ["steering_group"], False),
        (2, ["steering_group", "board"], True),
    ],
)
def test_which_approval_makes_a_budget_count(catalogue, level, approvers, approved):
    project = on("project", level)
    budget = BudgetFactory(initiative=project, lines=[("local", 100_000)])
    decision = decide(project, "other") if "board" in approvers else None
    for approver in approvers:
        BudgetApproval.objects.create(
            budget=budget,
            approver=approver,
            approved_on=timezone.localdate(),
            approved_by=business_manager(),
            decision=decision if approver == "board" else None,
        )
    line = project_row(project).line
    assert (line.budget, line.budget_is_approved) == (100_000, approved)


def test_a_newer_budget_that_is_not_approved_does_not_count_yet(catalogue):
    project = on("project", 1)
    BudgetFactory(initiative=project, lines=[("local", 100_000)], approvers=["owner"])
    BudgetFactory(initiative=project, lines=[("local", 900_000)])
    BudgetFactory(initiative=project, scope=Budget.Scope.PRODUCT, lines=[("local", 5)], approvers=["owner"])
    assert project_row(project).line.budget == 100_000


def test_a_condition_is_open_until_it_is_met_and_overdue_the_day_after(catalogue):
    project = on("project")
    answer_all(project)
    for code, until in (("N1-F1", days(0)), ("N1-F4", days(-1)), ("N1-F5", days(30)), ("N2-G5", days(9))):
        deferred(project, code, until)
    project.answers.exclude(requirement__code="N1-F5").delete()
    found = {each.code: each.is_overdue for each in project_row(project).conditions}
    assert found == {"N1-F4": True, "N1-F1": False, "N2-G5": False}


def test_ideas_and_ended_ones_are_in_neither_overview(catalogue):
    InitiativeFactory()
    InitiativeFactory(stage="closed", level=2)
    assert load_projects(Initiative.objects.all()) == load_products(Initiative.objects.all()) == []


# ---------------------------------------------------------------- products
def test_everything_of_a_product(catalogue):
    product = launched(on("concept", 2))
    ParticipationFactory(initiative=product, role="vendor", organisation__company=True)
    coordination_group(product)
    report = received(product, days(-5), change_progress="Ny version i drift.", sla="missed")
    ReportEconomyLine.objects.create(
        report=report, category=EconomyCategoryFactory(name="Drift"), planned=10, spent=5, forecast=10
    )
    row = product_row(product)
    assert row.compliance.missing == 0
    assert row.compliance.fulfilled == row.compliance.total > 40
    assert (row.line.users, row.line.vendors) == (2, 1)
    assert len(row.people.users) == 2
    assert row.people.coordination_groups
    assert row.people.system_owner
    assert [each.category for each in row.line.economy] == ["Udvikling", "Drift"]
    assert row.line.report.change_progress == "Ny version i drift."
    assert [each.code for each in row.line.deviations] == ["sla_missed"]
    assert row.line.budget_is_approved


def test_what_is_not_known_of_a_product_stays_unknown(catalogue):
    product = InitiativeFactory(product=True, level=None, catalogue=catalogue)
    StatedFact.objects.create(initiative=product, kind="users", text="40 kommuner", source="Årsrapport")
    StatedFact.objects.create(initiative=product, kind="agreement", text="Tilslutningsaftale", source="os2.eu")
    row = product_row(product)
    assert (row.line.users, row.compliance, row.line.report_due) == (None, None, None)
    assert row.line.deviations == ()
    assert (row.stated_users, row.stated_agreements) == (("40 kommuner",), ("Tilslutningsaftale",))


def test_users_that_left_are_counted_as_gone(catalogue):
    product = on("product", 1)
    AdoptionFactory(initiative=product)
    assert product_row(product).line.users == 1
    Adoption.objects.update(valid_to=days(-1))
    line = product_row(product).line
    assert line.users == 0
    assert "few_users" in [each.code for each in line.deviations]


# ---------------------------------------------------------------- cost
@pytest.mark.parametrize("load", [load_projects, load_products])
def test_three_cost_the_same_as_one(catalogue, load):
    def situation():
        project = started(on("concept", 2))
        product = launched(on("concept", 2))
        for initiative in (project, product):
            received(initiative, days(-90))
            received(initiative, days(-5), light="red")
            deferred(initiative, "N1-F1", days(5))
        row = project.answers.first()
        checklist.judge(answer_id=row.pk, version=row.version, light="green", remark="", by=business_manager())
        StatedFact.objects.create(initiative=product, kind="users", text="40", source="os2.eu")

    def cost():
        with CaptureQueriesContext(connection) as queries:
            rows = load(Initiative.objects.all())
        return len(rows), len(queries)

    situation()
    one = cost()
    situation()
    situation()
    assert cost() == (3, one[1])
    assert one[1] <= 11
