"""The portfolio's own values in words, for templates that load this."""

from collections.abc import Iterable

from django import template
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portfolio import words
from portfolio.facts import BudgetFact, InitiativeFacts, StatedFactLine
from portfolio.groups import GroupFact
from portfolio.models import Appointment, Budget, BudgetApproval, LifecycleEvent, StatedFact

register = template.Library()


@register.filter
def event_title(event: LifecycleEvent) -> str:
    """What an event of the record was."""
    return words.event_title(event)


@register.filter
def level_name(value: str) -> str:
    """A level of the record in words."""
    return words.level_name(value)


@register.filter
def roles_in_words(facts: InitiativeFacts) -> Iterable[tuple[str, str]]:
    """Role and holder, in the order of the roles."""
    return [(capfirst(str(role.label)), facts.roles[role]) for role in Appointment.Role if role in facts.roles]


@register.filter
def chair_of(group: GroupFact) -> str:
    """The chair of a group by function, or nothing."""
    return next((seat.label for seat in group.seats if seat.function == "chair"), "")


@register.filter
def budgets_in_words(facts: InitiativeFacts) -> Iterable[tuple[str, BudgetFact]]:
    """What each current budget covers, and the budget."""
    return [(str(scope.label), facts.budgets[scope]) for scope in Budget.Scope if scope in facts.budgets]


@register.filter
def approvers_in_words(budget: BudgetFact) -> str:
    """Who approved the version."""
    names = [str(approver.label) for approver in BudgetApproval.Approver if approver in budget.approvals]
    return ", ".join(names) or _("ingen endnu")


@register.filter
def stated_kind(line: StatedFactLine) -> str:
    """What a stated fact is about."""
    return capfirst(str(StatedFact.Kind(line.kind).label))


@register.filter
def stated_by_source(facts: InitiativeFacts) -> Iterable[tuple[str, list[StatedFactLine]]]:
    """What sources say, each source once with all it says."""
    found: dict[str, list[StatedFactLine]] = {}
    for line in facts.stated:
        found.setdefault(line.source, []).append(line)
    return found.items()
