"""Automatic checks about money and plan, on both sides of their limits."""

import pytest

from portfolio.models import Budget, BudgetApproval, BudgetLine
from tests.factories import (
    BudgetFactory,
    InitiativeFactory,
    days,
    decide,
)
from tests.portfolio.checking import found, met, project

pytestmark = pytest.mark.django_db
Approver = BudgetApproval.Approver
Funding = BudgetLine.Funding


# ---------------------------------------------------------------- N1-G1 not_funded_by_os2


@pytest.mark.parametrize(
    ("lines", "is_met"),
    [
        ([(Funding.LOCAL, 100), (Funding.GRANT, 50), (Funding.AGREEMENT, 1)], True),
        ([(Funding.LOCAL, 100), (Funding.OS2, 0)], True),
        ([(Funding.LOCAL, 100), (Funding.OS2, "0.01")], False),
    ],
)
@pytest.mark.parametrize("scope", Budget.Scope)
def test_no_budget_line_is_paid_by_os2(scope, lines, is_met):
    initiative = project(level=1)
    BudgetFactory(initiative=initiative, scope=scope, lines=lines)
    assert met(initiative, "not_funded_by_os2") is is_met


def test_without_a_budget_os2_pays_nothing():
    assert met(project(level=1), "not_funded_by_os2")


@pytest.mark.parametrize(
    ("first", "then", "is_met"), [(Funding.OS2, Funding.LOCAL, True), (Funding.LOCAL, Funding.OS2, False)]
)
def test_only_the_current_version_of_a_budget_counts(first, then, is_met):
    initiative = project(level=1)
    for funding in (first, then):
        BudgetFactory(initiative=initiative, lines=[(funding, 500)])
    assert met(initiative, "not_funded_by_os2") is is_met


# ---------------------------------------------------------------- N1-G9/G10 and N2-G5/G8: the budgets

BOARD = "board by decision"
SCOPES = [("project", "project_economy_approved"), ("product", "product_economy_approved")]


def budget(initiative, scope, approvers):
    made = BudgetFactory(
        initiative=initiative, scope=scope, approvers=[approver for approver in approvers if approver != BOARD]
    )
    if BOARD in approvers:
        decide(initiative, ("approve_budget", {"scope": scope}))
    return made


@pytest.mark.parametrize(("scope", "check"), SCOPES)
@pytest.mark.parametrize(
    ("approvers", "is_met"), [([], False), ([Approver.OWNER], True), ([Approver.STEERING_GROUP], True)]
)
def test_on_n1_the_owner_or_the_steering_group_approves(scope, check, approvers, is_met):
    initiative = project(level=1)
    budget(initiative, scope, approvers)
    assert met(initiative, check) is is_met


@pytest.mark.parametrize(("scope", "check"), SCOPES)
@pytest.mark.parametrize(
    ("approvers", "expected"),
    [
        ([], (False, False)),
        ([Approver.OWNER], (False, False)),
        ([Approver.STEERING_GROUP], (False, True)),
        ([Approver.STEERING_GROUP, BOARD], (True, False)),
        ([Approver.OWNER, BOARD], (False, False)),
    ],
)
@pytest.mark.parametrize("level", [2, 3])
def test_from_n2_both_the_steering_group_and_the_board_approve(level, scope, check, approvers, expected):
    initiative = project(level=level)
    budget(initiative, scope, approvers)
    finding = found(initiative, f"{check}_by_board")
    assert (finding.met, finding.by_board) == expected


@pytest.mark.parametrize(("scope", "check"), SCOPES)
def test_the_boards_approval_may_be_the_decision_looked_at(scope, check):
    initiative = project(level=2)
    budget(initiative, scope, [Approver.STEERING_GROUP])
    assert met(initiative, f"{check}_by_board", assumed=["approve_budget"])
    assert not met(initiative, f"{check}_by_board", assumed=["start"])


@pytest.mark.parametrize(("scope", "check"), SCOPES)
def test_a_new_version_needs_new_approvals(scope, check):
    initiative = project(level=1)
    budget(initiative, scope, [Approver.OWNER])
    assert met(initiative, check)
    budget(initiative, scope, [])
    assert not met(initiative, check)


@pytest.mark.parametrize(("scope", "check"), SCOPES)
def test_a_budget_without_lines_or_of_the_other_kind_is_none(scope, check):
    initiative = project(level=1)
    other = "product" if scope == "project" else "project"
    budget(initiative, other, [Approver.OWNER])
    assert not met(initiative, check)
    BudgetFactory(initiative=initiative, scope=scope, lines=[], approvers=[Approver.OWNER])
    assert not met(initiative, check)


# ---------------------------------------------------------------- N1-G12 plan_and_business_case

PLAN = {
    "planned_start": days(0),
    "planned_end": days(100),
    "estimated_hours": 1,
    "business_case": "Den bærer.",
    "qualitative_goals": "Gladere borgere.",
}


def planned(**fields):
    return InitiativeFactory(project=True, level=1, **{**PLAN, **fields})


def test_a_whole_plan():
    initiative = planned()
    BudgetFactory(initiative=initiative)
    assert met(initiative, "plan_and_business_case")


@pytest.mark.parametrize(
    ("field", "empty"),
    [
        ("planned_start", None),
        ("planned_end", None),
        ("estimated_hours", None),
        ("business_case", " \n"),
        ("qualitative_goals", ""),
    ],
)
def test_each_part_of_the_plan_is_needed(field, empty):
    initiative = planned(**{field: empty})
    BudgetFactory(initiative=initiative)
    assert not met(initiative, "plan_and_business_case")


def test_a_plan_has_a_project_budget():
    initiative = planned()
    assert not met(initiative, "plan_and_business_case")
    BudgetFactory(initiative=initiative, scope="product")
    assert not met(initiative, "plan_and_business_case")
