"""Budgets in versions, and who approves them."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from governance.models import HistoryIsNeverRewrittenError
from governance.refusals import NotAllowed, NotReady, Stale, WrongStage
from portfolio.domain import economy
from portfolio.domain.economy import PlannedLine
from portfolio.models import Budget, BudgetApproval, BudgetLine, Stage
from tests.factories import (
    ROLES,
    BudgetFactory,
    EconomyCategoryFactory,
    InitiativeFactory,
    OrganisationFactory,
    business_manager,
    days,
    person_as,
)

pytestmark = pytest.mark.django_db
MANAGES = {"business_manager", "secretariat"}
OWN = {"owner", "lead", "steering_member", "steering_chair"}
PRODUCT_GROUP = {"coordinator", "coordination_member", "system_owner"}


def line(planned="1000.50", funding="local", **more):
    return PlannedLine(year=2030, category=EconomyCategoryFactory(), funding=funding, planned=Decimal(planned), **more)


def lay(initiative, *lines, by=None, scope="project", **more):
    return economy.lay_budget(
        initiative_id=initiative.pk, scope=scope, lines=lines or [line()], by=by or business_manager(), **more
    )


def refused(error, initiative, *lines, **more):
    before = (Budget.objects.count(), BudgetLine.objects.count())
    with pytest.raises(error) as refusal:
        lay(initiative, *lines, **more)
    assert (Budget.objects.count(), BudgetLine.objects.count()) == before
    return refusal.value


# ---------------------------------------------------------------- laying


def test_a_budget_is_laid_in_versions_for_each_purpose():
    project = InitiativeFactory(project=True, level=2)
    laid = [lay(project), lay(project), lay(project, scope="product")]
    assert [(b.scope, b.version) for b in laid] == [("project", 1), ("project", 2), ("product", 1)]
    assert economy.current_budget(project, "project") == laid[1]
    assert economy.current_budget(InitiativeFactory(), "project") is None


def test_amounts_are_exact_to_the_oere():
    project, payer = InitiativeFactory(project=True, level=2), OrganisationFactory()
    budget = lay(project, line("0.10"), line("0.20", "os2"), line("999999999999.99", "grant", payer=payer))
    assert Budget.objects.get(pk=budget.pk).total_planned == Decimal("1000000000000.29")
    assert [(row.funding, row.payer) for row in budget.lines.order_by("pk")] == [
        ("local", None),
        ("os2", None),
        ("grant", payer),
    ]


def test_earlier_versions_and_their_approvals_stay():
    project = InitiativeFactory(project=True, level=1)
    first = BudgetFactory(initiative=project, approvers=["owner"])
    second = lay(project)
    assert first.approvals.count() == 1
    assert second.approvals.count() == 0


def test_a_budget_has_lines():
    with pytest.raises(NotReady) as refusal:
        economy.lay_budget(
            initiative_id=InitiativeFactory(project=True).pk, scope="project", lines=[], by=business_manager()
        )
    assert refusal.value.codes == ["lines_missing"]
    assert not Budget.objects.exists()


@pytest.mark.parametrize(("planned", "codes"), [("0", []), ("-0.01", ["negative_amount"])])
def test_no_amount_is_negative(planned, codes):
    found = economy.reasons_against_lines(InitiativeFactory(project=True, level=2), [line(planned)])
    assert [refusal.code for refusal in found] == codes


@pytest.mark.parametrize(
    ("level", "planned", "codes"),
    [
        (0, "1", ["os2_funding_on_n1"]),
        (1, "0.01", ["os2_funding_on_n1"]),
        (1, "0", []),
        (2, "1", []),
        (3, "1", []),
        (None, "1", []),
    ],
)
def test_n1_refuses_os2s_money_at_entry(level, planned, codes):
    project = InitiativeFactory(project=True, level=level)
    found = economy.reasons_against_lines(project, [line(planned, "os2"), line()])
    assert [refusal.code for refusal in found] == codes
    if codes:
        assert refused(NotReady, project, line(planned, "os2")).codes == codes


@pytest.mark.parametrize(("seen", "is_stale"), [(None, False), (2, False), (1, True), (0, True), (3, True)])
def test_somebody_elses_newer_version_is_not_passed_over(seen, is_stale):
    project = InitiativeFactory(project=True, level=2)
    lay(project)
    newest = lay(project)
    if is_stale:
        refusal = refused(Stale, project, based_on=seen)
        assert (refusal.codes, refusal.current) == (["stale"], newest)
    else:
        assert lay(project, based_on=seen).version == 3


@pytest.mark.parametrize(
    ("stage", "allowed"),
    [
        (Stage.IDEA, set()),
        (Stage.CONCEPT, MANAGES | OWN),
        (Stage.PROJECT, MANAGES | OWN),
        (Stage.PRODUCT, MANAGES | OWN | PRODUCT_GROUP),
        (Stage.CLOSED, set()),
    ],
)
def test_who_lays_a_budget_when(stage, allowed):
    initiative = InitiativeFactory(stage=stage, level=2)
    for role in ROLES:
        by = person_as(role, initiative)
        if role in allowed:
            assert lay(initiative, by=by).created_by == by
        else:
            assert refused(NotAllowed, initiative, by=by).codes == ["not_allowed"]


def test_the_database_refuses_what_must_never_be():
    budget = BudgetFactory(initiative=InitiativeFactory(project=True))
    fields = {"budget": budget, "category": EconomyCategoryFactory(), "funding": "local"}
    for wrong in ({"year": 2030, "planned": -1}, {"year": 1999, "planned": 1}, {"year": 2101, "planned": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BudgetLine.objects.create(**fields, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetApproval.objects.create(
            budget=budget, approver="board", approved_on=days(0), approved_by=business_manager()
        )


# ---------------------------------------------------------------- approving


def approve(budget, by, **more):
    return economy.approve_budget(budget_id=budget.pk, by=by, **more)


def not_approved(error, budget, by):
    before = BudgetApproval.objects.count()
    with pytest.raises(error) as refusal:
        approve(budget, by)
    assert BudgetApproval.objects.count() == before
    return refusal.value.codes


@pytest.mark.parametrize(
    ("level", "allowed"),
    [
        (1, {"owner": "owner", "steering_chair": "steering_group"}),
        (2, {"steering_chair": "steering_group"}),
        (3, {"steering_chair": "steering_group"}),
    ],
)
@pytest.mark.parametrize("stage", [Stage.CONCEPT, Stage.PROJECT, Stage.PRODUCT])
def test_the_chair_approves_and_at_n1_the_owner(stage, level, allowed):
    initiative = InitiativeFactory(stage=stage, level=level)
    budget = BudgetFactory(initiative=initiative)
    for role in ROLES:
        by = person_as(role, initiative)
        if role in allowed:
            approval = approve(budget, by)
            assert (approval.approver, approval.approved_by, approval.approved_on) == (allowed[role], by, days(0))
        else:
            assert not_approved(NotAllowed, budget, by) == ["not_allowed"]


@pytest.mark.parametrize("stage", [Stage.IDEA, Stage.CLOSED])
def test_nobody_approves_before_it_is_a_concept_or_after_the_end(stage):
    initiative = InitiativeFactory(stage=stage, level=1)
    assert not_approved(NotAllowed, BudgetFactory(initiative=initiative), person_as("owner", initiative)) == [
        "not_allowed"
    ]


def test_only_the_current_version_is_approved():
    initiative = InitiativeFactory(project=True, level=1)
    budgets = [BudgetFactory(initiative=initiative) for _ in range(2)]
    owner = person_as("owner", initiative)
    assert not_approved(WrongStage, budgets[0], owner) == ["not_current"]
    assert approve(budgets[1], owner)


def test_a_budget_is_approved_once_by_each():
    initiative = InitiativeFactory(project=True, level=1)
    budget = BudgetFactory(initiative=initiative)
    owner, chair = person_as("owner", initiative), person_as("steering_chair", initiative)
    approve(budget, owner)
    assert not_approved(WrongStage, budget, owner) == ["already_approved"]
    approve(budget, chair)
    assert {a.approver for a in budget.approvals.all()} == {"owner", "steering_group"}


def test_an_approval_is_never_rewritten():
    initiative = InitiativeFactory(project=True, level=1)
    approval = approve(BudgetFactory(initiative=initiative), person_as("owner", initiative), on=days(-3))
    assert BudgetApproval.objects.get().approved_on == days(-3)
    for attempt in (approval.save, approval.delete, BudgetApproval.objects.all().delete):
        with pytest.raises(HistoryIsNeverRewrittenError):
            attempt()
