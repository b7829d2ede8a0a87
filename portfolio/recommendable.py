"""Which effects a recommendation about an initiative can ask for, in the order they are carried out.

Depends on stage, level, what there is to decide about, and who recommends. Pure; domain/recommendations.py writes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from governance.models import Body, EffectKind

from .facts import InitiativeFacts
from .models import BOARD_DECIDES_FROM, Budget, BudgetApproval, Level, Stage
from .rules import Relation, Role
from .steps import COMES_WITH

Kind = EffectKind
# What an initiative's own groups decide; the rest is the board's (report 4.1.4, 4.1.5). Effects refuse other bodies.
BY_STEERING_GROUP = frozenset(
    {
        Kind.APPOINT_ROLE,
        Kind.APPROVE_DESCRIPTION,
        Kind.PASS_MILESTONE,
        Kind.PURCHASE,
        Kind.SETTLE_CONFLICT,
        Kind.OTHER,
    }
)
BY_COORDINATION_GROUP = frozenset({Kind.SETTLE_CONFLICT, Kind.OTHER})
# What those behind a product's coordination group may recommend: change of level and conflicts; for money they ask the
# steering group (domain.md section 3).
BY_COORDINATION = frozenset({Kind.CHANGE_LEVEL, Kind.SETTLE_CONFLICT, Kind.PURCHASE, Kind.OTHER})
MONEY = frozenset({Kind.PURCHASE, Kind.APPROVE_BUDGET})
# Several of these can be under way at once.
REPEATED = BY_STEERING_GROUP
ASKS: dict[str, tuple[str, ...]] = {
    Kind.CHANGE_LEVEL: ("level",),
    Kind.SET_PRIORITY: ("priority",),
    Kind.PAUSE: ("until",),
    Kind.REJECT: ("reason",),
    Kind.CLOSE: ("reason",),
    Kind.APPOINT_ROLE: ("role", "person"),
    Kind.PASS_MILESTONE: ("milestone",),
    Kind.PURCHASE: ("what", "amount", "supplier"),
    Kind.OTHER: ("text",),
}
NOT_NEEDED = frozenset({"supplier"})


@dataclass(frozen=True, slots=True)
class Fitting:
    """An effect that can be asked for: its value in a form, what it says, what it asks for, what is fixed."""

    value: str
    kind: str
    label: str
    fixed: dict[str, Any] = field(default_factory=dict)

    @property
    def asks(self) -> tuple[str, ...]:
        """The parameters somebody must fill in."""
        return ASKS.get(self.kind, ())


def fitting_effects(facts: InitiativeFacts, *, roles: Iterable[Role], relations: Iterable[Relation]) -> list[Fitting]:
    """The effects that fit the initiative today and that the person may recommend, in order."""
    allowed = allowed_kinds(roles, relations)
    found: list[Fitting] = []
    for kind in _kinds(facts):
        if kind == Kind.APPROVE_BUDGET:
            found += _budgets(facts)
        else:
            found.append(Fitting(kind.value, kind.value, capfirst(str(kind.label))))
    return [each for each in found if allowed is None or each.kind in allowed]


def allowed_kinds(roles: Iterable[Role], relations: Iterable[Relation]) -> frozenset[str] | None:
    """What a person may recommend; None is everything. For money, a coordination group asks the steering group."""
    held, ties = set(roles), set(relations)
    if held & {Role.BUSINESS_MANAGER, Role.SECRETARIAT} or ties & {Relation.STEERING, Relation.STEERING_CHAIR}:
        return None
    return BY_COORDINATION


def decided_by(body: Body) -> frozenset[str]:
    """The kinds that a body decides."""
    own = {
        Body.Kind.STEERING_GROUP: BY_STEERING_GROUP,
        Body.Kind.COORDINATION_GROUP: BY_COORDINATION_GROUP,
    }
    return frozenset(Kind.values) if body.decides_as_board else own.get(Body.Kind(body.kind), frozenset({Kind.OTHER}))


def chosen_with(effect: str, fitting: Iterable[Fitting]) -> list[str]:
    """The values to choose beforehand when somebody comes to recommend one effect: it, and what goes with it."""
    effects = list(fitting)
    if effect not in {each.kind for each in effects}:
        return []
    wanted = {str(kind) for kind in COMES_WITH.get(effect, ())} | {effect}
    return [each.value for each in effects if each.kind in wanted]


def _kinds(facts: InitiativeFacts) -> list[EffectKind]:
    initiative = facts.initiative
    stage, by_board = initiative.stage, facts.level is not None and facts.level >= BOARD_DECIDES_FROM
    group = Kind.APPOINT_STEERING_GROUP if facts.level == Level.N3 else Kind.APPROVE_STEERING_GROUP
    about_group = [group] if facts.steering_groups and by_board else []
    hold = [Kind.RESUME if initiative.is_paused else Kind.PAUSE]
    if stage == Stage.IDEA:
        return [Kind.REJECT, Kind.OTHER]
    if stage == Stage.CONCEPT:
        lets_on = [Kind.START, Kind.ADMIT] if by_board else []
        ends = [Kind.SET_PRIORITY, Kind.RETURN_TO_IDEA, Kind.REJECT]
        own = [Kind.APPROVE_DESCRIPTION, Kind.APPROVE_BUDGET, Kind.APPOINT_ROLE]
        return [*about_group, *own, *lets_on, *ends, Kind.OTHER]
    if stage == Stage.PROJECT:
        lets_on = [Kind.LAUNCH] if by_board else []
        ends = [
            Kind.CHANGE_LEVEL,
            Kind.SET_PRIORITY,
            *hold,
            Kind.DEFER_REQUIREMENTS,
            Kind.RETURN_TO_CONCEPT,
            Kind.CLOSE,
        ]
        own = [Kind.APPROVE_DESCRIPTION, Kind.APPROVE_BUDGET, Kind.APPOINT_ROLE, Kind.PASS_MILESTONE]
        return [*about_group, *own, *lets_on, *ends, Kind.PURCHASE, Kind.SETTLE_CONFLICT, Kind.OTHER]
    if stage == Stage.PRODUCT:
        ends = [Kind.CHANGE_LEVEL, *hold, Kind.DEFER_REQUIREMENTS, Kind.CLOSE]
        own = [Kind.APPROVE_DESCRIPTION, Kind.APPROVE_BUDGET, Kind.APPOINT_ROLE]
        return [*about_group, *own, *ends, Kind.PURCHASE, Kind.SETTLE_CONFLICT, Kind.OTHER]
    return [Kind.REOPEN, Kind.OTHER]


def _budgets(facts: InitiativeFacts) -> list[Fitting]:
    """The current budgets that the board has not approved; on N1 it is nothing for the board."""
    if facts.level is None or facts.level < BOARD_DECIDES_FROM:
        return []
    found = []
    for scope in Budget.Scope:
        budget = facts.budgets.get(scope)
        if budget is None or not budget.lines or BudgetApproval.Approver.BOARD in budget.approvals:
            continue
        label = _("Godkend %(scope)s, budget version %(version)d") % {"scope": scope.label, "version": budget.version}
        if BudgetApproval.Approver.STEERING_GROUP not in budget.approvals:
            label = _("%(label)s (styregruppen skal godkende det først)") % {"label": label}
        found.append(
            Fitting(f"{Kind.APPROVE_BUDGET.value}:{scope.value}", Kind.APPROVE_BUDGET, label, {"scope": scope.value})
        )
    return found
