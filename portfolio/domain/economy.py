"""Budgets in versions and their approvals. Amounts are Danish kroner, Decimal, exact to the øre."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models import Decision, Organisation, User
from governance.refusals import NotAllowed, NotReady, Refusal, Stale, WrongStage, raise_if
from governance.standing import standing_of
from portfolio.models import Budget, BudgetApproval, BudgetLine, EconomyCategory, Initiative, Level
from portfolio.rules import Action, Relation, may, relations_of

from .lifecycle import locked


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One line of a budget to be: year, category, funding, kroner, payer."""

    year: int
    category: EconomyCategory
    funding: str
    planned: Decimal
    payer: Organisation | None = None


def reasons_against_lines(initiative: Initiative, lines: list[PlannedLine]) -> list[Refusal]:
    """Why a budget cannot be laid like this. N1 refuses OS2's money at entry (report 5.3)."""
    refusals = []
    if not lines:
        refusals.append(Refusal("lines_missing", _("Skriv mindst én budgetlinje.")))
    if any(line.planned < 0 for line in lines):
        refusals.append(Refusal("negative_amount", _("Et beløb kan ikke være negativt.")))
    from_os2 = any(line.funding == BudgetLine.Funding.OS2 and line.planned for line in lines)
    if from_os2 and initiative.level is not None and initiative.level <= Level.N1:
        message = _("På niveau 1 kan OS2 ikke finansiere. Vælg en anden finansiering, eller få niveauet ændret.")
        refusals.append(Refusal("os2_funding_on_n1", message))
    return refusals


@transaction.atomic
def lay_budget(
    *,
    initiative_id: int,
    scope: str,
    lines: Iterable[PlannedLine],
    by: User,
    note: str = "",
    based_on: int | None = None,
) -> Budget:
    """Lay a new version of a budget. Earlier versions and their approvals stay; the new one starts without any.

    `based_on` is the version the writer saw, 0 for none. Raises Stale with the newest when there is a newer one.
    """
    initiative = locked(initiative_id)
    if not may(standing_of(by), Action.EDIT_ECONOMY, initiative):
        raise NotAllowed(Refusal("not_allowed", _("Du kan ikke ændre økonomien på dette trin.")))
    planned = list(lines)
    raise_if(NotReady, reasons_against_lines(initiative, planned))
    latest = initiative.budgets.filter(scope=scope).aggregate(latest=Max("version"))["latest"] or 0
    if based_on is not None and based_on != latest:
        message = _("Der er lagt en nyere version, mens du skrev. Din er ikke gemt. Sammenlign, og gem igen.")
        raise Stale(Refusal("stale", message), current=current_budget(initiative, scope))
    budget = Budget.objects.create(initiative=initiative, scope=scope, version=latest + 1, note=note, created_by=by)
    BudgetLine.objects.bulk_create(
        BudgetLine(
            budget=budget,
            year=line.year,
            category=line.category,
            funding=line.funding,
            planned=line.planned,
            payer=line.payer,
        )
        for line in planned
    )
    return budget


def current_budget(initiative: Initiative, scope: str) -> Budget | None:
    """The latest version."""
    return initiative.budgets.filter(scope=scope).order_by("-version").first()


def approver_for(relations: Collection[Relation]) -> str:
    """As what somebody who may approve does so: the steering group's chair for the group, otherwise the owner."""
    chairs = Relation.STEERING_CHAIR in relations
    return BudgetApproval.Approver.STEERING_GROUP if chairs else BudgetApproval.Approver.OWNER


def not_an_approver() -> Refusal:
    """Why most people cannot approve a budget; the page says it where the button would be."""
    message = _("Budgettet godkendes af styregruppens formand, på niveau 1 af projektejeren.")
    return Refusal("not_allowed", message)


@transaction.atomic
def approve_budget(*, budget_id: int, by: User, on: date | None = None) -> BudgetApproval:
    """The steering group's chair, or at N1 the owner, approves the current version; `on` when it was before today.

    A proposed steering group may approve before the board has approved the group; both count from the board's decision.
    """
    budget = Budget.objects.select_for_update(of=("self",)).select_related("initiative").get(pk=budget_id)
    initiative = budget.initiative
    standing = standing_of(by)
    if not may(standing, Action.APPROVE_ECONOMY, initiative):
        raise NotAllowed(not_an_approver())
    approver = approver_for(relations_of(standing, initiative))
    return _approve(budget, approver=approver, by=by, on=on or timezone.localdate(), decision=None)


@transaction.atomic
def approve_budget_by_board(*, budget_id: int, by: User, decision: Decision, on: date) -> BudgetApproval:
    """Carry out the board's approval of a version. The steering group approves first."""
    budget = Budget.objects.select_for_update(of=("self",)).select_related("initiative").get(pk=budget_id)
    if not decision.body.decides_as_board:
        raise NotAllowed(Refusal("not_board", _("Kun bestyrelsen godkender budgettet her.")))
    approved = set(budget.approvals.values_list("approver", flat=True))
    if not approved & {BudgetApproval.Approver.STEERING_GROUP, BudgetApproval.Approver.OWNER}:
        raise NotReady(Refusal("steering_group_first", _("Styregruppen skal godkende budgettet før bestyrelsen.")))
    return _approve(budget, approver=BudgetApproval.Approver.BOARD, by=by, on=on, decision=decision)


def _approve(budget: Budget, *, approver: str, by: User, on: date, decision: Decision | None) -> BudgetApproval:
    newest = current_budget(budget.initiative, budget.scope)
    if newest is None or newest.pk != budget.pk:
        raise WrongStage(
            Refusal("not_current", _("Der er kommet en nyere version af budgettet. Godkend den i stedet."))
        )
    if budget.approvals.filter(approver=approver).exists():
        raise WrongStage(Refusal("already_approved", _("Budgettet er godkendt i forvejen.")))
    return BudgetApproval.objects.create(
        budget=budget, approver=approver, approved_on=on, approved_by=by, decision=decision
    )
