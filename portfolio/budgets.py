"""Budgets as the economy page shows them: the version that counts with its sums and approvals, and those before it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from governance.refusals import Refusal

from .domain.economy import approver_for, not_an_approver
from .facts import InitiativeFacts
from .gates import GateResult, result_of
from .models import Budget, BudgetApproval, BudgetLine
from .rules import Action, Relation

# The requirements that speak of a budget's approval, by what it covers.
CHECKS = {
    Budget.Scope.PROJECT: ("project_economy_approved", "project_economy_approved_by_board"),
    Budget.Scope.PRODUCT: ("product_economy_approved", "product_economy_approved_by_board"),
}


@dataclass(frozen=True, slots=True)
class Year:
    """The lines of a year, and what they come to."""

    year: int
    lines: tuple[BudgetLine, ...]
    total: Decimal


@dataclass(frozen=True, slots=True)
class BudgetView:
    """One version."""

    budget: Budget
    years: tuple[Year, ...]
    by_funding: tuple[tuple[str, Decimal], ...]
    total: Decimal
    approvals: tuple[BudgetApproval, ...]


@dataclass(frozen=True, slots=True)
class BudgetBlock:
    """All versions of one scope, what the gate says of its approval, and whether the reader can approve it.

    `locked` stands where the button would be; it is empty when the button does.
    """

    scope: Budget.Scope
    current: BudgetView | None
    earlier: tuple[BudgetView, ...]
    requirements: tuple[GateResult, ...]
    may_approve: bool
    locked: Refusal | None


def blocks_of(
    facts: InitiativeFacts, *, actions: Collection[Action], relations: Collection[Relation]
) -> list[BudgetBlock]:
    """The project's economy and the product's; three queries."""
    budgets = Budget.objects.filter(initiative=facts.initiative).select_related("created_by__organisation")
    rows = budgets.prefetch_related("lines__category", "lines__payer", "approvals__decision").order_by("-version")
    views = [view_of(budget) for budget in rows]
    return [
        _block(scope, [view for view in views if view.budget.scope == scope], facts, actions, relations)
        for scope in Budget.Scope
    ]


def view_of(budget: Budget) -> BudgetView:
    """A version with its sums. Uses prefetched lines and approvals."""
    lines = list(budget.lines.all())
    years = sorted({line.year for line in lines})
    fundings = [
        (str(f.label), sum((x.planned for x in lines if x.funding == f), Decimal(0))) for f in BudgetLine.Funding
    ]
    return BudgetView(
        budget=budget,
        years=tuple(_year(year, lines) for year in years),
        by_funding=tuple((label, total) for label, total in fundings if total),
        total=_sum(lines),
        approvals=tuple(budget.approvals.all()),
    )


def _year(year: int, lines: list[BudgetLine]) -> Year:
    mine = tuple(line for line in lines if line.year == year)
    return Year(year, mine, _sum(mine))


def _sum(lines: Iterable[BudgetLine]) -> Decimal:
    return sum((line.planned for line in lines), Decimal(0))


def _block(
    scope: Budget.Scope,
    versions: list[BudgetView],
    facts: InitiativeFacts,
    actions: Collection[Action],
    relations: Collection[Relation],
) -> BudgetBlock:
    current = versions[0] if versions else None
    asked = [r for r in facts.requirements if r.check_name in CHECKS[scope]]
    given = {approval.approver for approval in current.approvals} if current else set()
    is_approver = Action.APPROVE_ECONOMY in actions
    may_approve = current is not None and is_approver and approver_for(relations) not in given
    waits = current is not None and not given
    return BudgetBlock(
        scope=scope,
        current=current,
        earlier=tuple(versions[1:]),
        requirements=tuple(result_of(requirement, facts, "") for requirement in asked),
        may_approve=may_approve,
        locked=not_an_approver() if waits and not is_approver else None,
    )
