"""Who may do what with an initiative: the table of domain.md section 3, as data and one question.

`may(standing, action, initiative)` answers for a person; nobody is given rights one by one. Wrong stage and not ready
are other questions (steps.py, gates.py). The test matrix goes through every row here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any

from django.db.models import F, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast

from governance.models import Body, Membership
from governance.standing import Standing

from .models import Appointment, Initiative, InitiativeBody, Level, Participation, Stage


class Relation(StrEnum):
    """What a person is to one initiative."""

    PROPOSER = auto()
    OWNER = auto()
    LEAD = auto()
    COORDINATOR = auto()
    SYSTEM_OWNER = auto()
    STEERING = auto()
    STEERING_CHAIR = auto()
    COORDINATION = auto()
    PARTICIPANT = auto()


class Role(StrEnum):
    """What a person is to the whole portal."""

    BUSINESS_MANAGER = auto()
    SECRETARIAT = auto()
    BOARD = auto()
    BOARD_CHAIR = auto()
    MEMBER = auto()
    ANYBODY = auto()


class Action(StrEnum):
    """What can be done with an initiative."""

    SUBMIT = auto()
    READ = auto()
    EDIT_IDEA = auto()
    MANAGE_LIFE = auto()
    WITHDRAW = auto()
    ANSWER = auto()
    JUDGE = auto()
    EDIT = auto()
    EDIT_ECONOMY = auto()
    APPROVE_ECONOMY = auto()
    RECOMMEND = auto()
    WRITE_REPORT = auto()
    APPROVE_REPORT = auto()
    RECEIVE_REPORT = auto()
    NOTE_DIALOGUE = auto()
    READ_DIALOGUE = auto()
    SET_PEOPLE = auto()


@dataclass(frozen=True, slots=True)
class Right:
    """One row of the table: portal-wide roles, relations to the initiative, and the stages (empty: all)."""

    roles: frozenset[Role]
    relations: frozenset[Relation] = frozenset()
    stages: frozenset[str] = frozenset()


MANAGES = frozenset({Role.BUSINESS_MANAGER, Role.SECRETARIAT})
OWN = frozenset({Relation.OWNER, Relation.LEAD, Relation.STEERING, Relation.STEERING_CHAIR})
PRODUCT_GROUP = frozenset({Relation.COORDINATION, Relation.COORDINATOR, Relation.SYSTEM_OWNER})
WORKED_ON = frozenset({Stage.CONCEPT, Stage.PROJECT, Stage.PRODUCT})

RIGHTS: dict[Action, tuple[Right, ...]] = {
    Action.SUBMIT: (Right(frozenset({Role.ANYBODY})),),
    Action.READ: (Right(MANAGES | {Role.BOARD, Role.BOARD_CHAIR}, frozenset(Relation)),),
    Action.EDIT_IDEA: (Right(MANAGES), Right(frozenset(), frozenset({Relation.PROPOSER}), frozenset({Stage.IDEA}))),
    Action.MANAGE_LIFE: (Right(frozenset({Role.BUSINESS_MANAGER, Role.SECRETARIAT})),),
    Action.WITHDRAW: (
        Right(MANAGES),
        Right(frozenset(), frozenset({Relation.PROPOSER}), frozenset({Stage.IDEA, Stage.CONCEPT})),
    ),
    Action.ANSWER: (
        Right(MANAGES, stages=WORKED_ON),
        Right(frozenset(), OWN, WORKED_ON),
        Right(frozenset(), frozenset({Relation.PROPOSER, Relation.PARTICIPANT}), frozenset({Stage.CONCEPT})),
        Right(frozenset(), PRODUCT_GROUP, frozenset({Stage.PRODUCT})),
    ),
    Action.JUDGE: (Right(MANAGES, stages=WORKED_ON),),
    Action.EDIT: (
        Right(MANAGES),
        Right(frozenset(), OWN, WORKED_ON),
        Right(frozenset(), PRODUCT_GROUP, frozenset({Stage.PRODUCT})),
    ),
    Action.EDIT_ECONOMY: (
        Right(MANAGES, stages=WORKED_ON),
        Right(frozenset(), OWN, WORKED_ON),
        Right(frozenset(), PRODUCT_GROUP, frozenset({Stage.PRODUCT})),
    ),
    Action.APPROVE_ECONOMY: (Right(frozenset(), frozenset({Relation.STEERING_CHAIR, Relation.OWNER}), WORKED_ON),),
    Action.RECOMMEND: (
        Right(MANAGES),
        Right(frozenset(), frozenset({Relation.STEERING, Relation.STEERING_CHAIR}), WORKED_ON),
        Right(frozenset(), frozenset({Relation.COORDINATION, Relation.COORDINATOR}), frozenset({Stage.PRODUCT})),
    ),
    Action.WRITE_REPORT: (
        Right(MANAGES, stages=frozenset({Stage.PROJECT, Stage.PRODUCT})),
        Right(frozenset(), OWN, frozenset({Stage.PROJECT, Stage.PRODUCT})),
        Right(frozenset(), PRODUCT_GROUP, frozenset({Stage.PRODUCT})),
    ),
    Action.APPROVE_REPORT: (
        Right(
            frozenset(),
            frozenset({Relation.STEERING_CHAIR, Relation.OWNER}),
            frozenset({Stage.PROJECT, Stage.PRODUCT}),
        ),
    ),
    Action.RECEIVE_REPORT: (Right(MANAGES, stages=frozenset({Stage.PROJECT, Stage.PRODUCT})),),
    Action.NOTE_DIALOGUE: (Right(MANAGES),),
    Action.READ_DIALOGUE: (Right(MANAGES), Right(frozenset(), OWN | PRODUCT_GROUP | {Relation.PROPOSER})),
    Action.SET_PEOPLE: (
        Right(MANAGES),
        Right(frozenset(), frozenset({Relation.STEERING_CHAIR}), WORKED_ON),
    ),
}


def roles_of(standing: Standing) -> frozenset[Role]:
    """The portal-wide roles of a standing."""
    held = {
        Role.ANYBODY: standing.user_id is not None,
        Role.MEMBER: standing.is_member_user,
        Role.BUSINESS_MANAGER: standing.is_business_manager,
        Role.SECRETARIAT: standing.is_secretariat,
        Role.BOARD: standing.is_board_member,
        Role.BOARD_CHAIR: standing.is_board_chair,
    }
    return frozenset(role for role, holds in held.items() if holds)


_BY_APPOINTMENT = {
    Appointment.Role.PROJECT_OWNER: {Relation.OWNER},
    Appointment.Role.PROJECT_LEAD: {Relation.LEAD},
    Appointment.Role.COORDINATOR: {Relation.COORDINATOR},
    Appointment.Role.SYSTEM_OWNER: {Relation.SYSTEM_OWNER},
    Appointment.Role.SHEPHERD: set(),  # a board member, who sees and does what the board does
}
_GROUPS = {Body.Kind.STEERING_GROUP: Relation.STEERING, Body.Kind.COORDINATION_GROUP: Relation.COORDINATION}


def relations_of(standing: Standing, initiative: Initiative) -> frozenset[Relation]:
    """What the person is to the initiative on the day of the standing; in one query."""
    return relations_to(standing, [initiative])[initiative.pk]


def relations_to(standing: Standing, initiatives: Iterable[Initiative]) -> dict[int, frozenset[Relation]]:
    """What the person is to each of many initiatives; in one query."""
    rows = list(initiatives)
    if standing.user_id is None or not rows:
        return {initiative.pk: frozenset() for initiative in rows}
    found: dict[int, set[Relation]] = {
        initiative.pk: {Relation.PROPOSER} if initiative.proposer_id == standing.user_id else set()
        for initiative in rows
    }
    for pk, what, name, body_id in _ties(standing, list(found)):
        if what == "appointed":
            found[pk] |= _BY_APPOINTMENT[Appointment.Role(name)]
        elif what == "group":
            found[pk] |= _group_relations(standing, body_id, name)
        else:
            found[pk].add(Relation.PARTICIPANT)
    return {pk: frozenset(relations) for pk, relations in found.items()}


def _ties(standing: Standing, pks: list[int]) -> Iterable[tuple[int, str, str, int]]:
    """What ties the person to them: appointments, groups with a seat, the own organisation's participation."""
    appointed = Appointment.objects.on(standing.day).filter(initiative__in=pks, person=standing.user_id)
    groups = InitiativeBody.objects.filter(initiative__in=pks, body__in=standing.body_ids or [0])
    taking_part = Participation.objects.on(standing.day).filter(
        initiative__in=pks, organisation=standing.organisation_id or 0, role__in=Participation.TAKES_PART
    )
    return _lines("appointed", appointed, F("role"), Value(0)).union(
        _lines("group", groups, F("body__kind"), F("body_id")),
        _lines("takes_part", taking_part, F("role"), Value(0)),
        all=True,
    )


def _lines(what: str, rows: QuerySet[Any], name: F, number: F | Value) -> QuerySet[Any, Any]:
    return (
        rows.order_by()
        .annotate(
            line_what=Value(what, TextField()),
            line_name=Cast(name, TextField()),
            line_number=Cast(number, IntegerField()),
        )
        .values_list("initiative_id", "line_what", "line_name", "line_number")
    )


def _group_relations(standing: Standing, body_id: int, kind: str) -> set[Relation]:
    if kind not in _GROUPS:
        return set()
    functions = {seat.function for seat in standing.seats if seat.body_id == body_id}
    if functions <= {Membership.Function.OBSERVER}:
        return {Relation.PARTICIPANT}
    found = {_GROUPS[Body.Kind(kind)]}
    if kind == Body.Kind.STEERING_GROUP and Membership.Function.CHAIR in functions:
        found.add(Relation.STEERING_CHAIR)
    return found


def allows(
    action: Action, roles: frozenset[Role], relations: frozenset[Relation], stage: str, level: int | None
) -> bool:
    """The table, asked with what a person is. Pure, so that the matrix test can go through all of it."""
    relations = _with_level(action, relations, level)
    return any(
        (right.roles & roles or right.relations & relations) and (not right.stages or stage in right.stages)
        for right in RIGHTS[action]
    )


def _with_level(action: Action, relations: frozenset[Relation], level: int | None) -> frozenset[Relation]:
    """An owner approves only at N1 and in the sandbox; from N2 it is the steering group's chair."""
    if action in (Action.APPROVE_ECONOMY, Action.APPROVE_REPORT) and level is not None and level > Level.N1:
        return relations - {Relation.OWNER}
    return relations


def may(standing: Standing, action: Action, initiative: Initiative | None = None) -> bool:
    """Whether a person may do this with the initiative (or at all, for SUBMIT)."""
    roles = roles_of(standing)
    if initiative is None:
        return allows(action, roles, frozenset(), "", None)
    return allows(action, roles, relations_of(standing, initiative), initiative.stage, initiative.level)


def actions_of(
    standing: Standing, initiative: Initiative, *, relations: frozenset[Relation] | None = None
) -> frozenset[Action]:
    """Everything the person may do with the initiative. Takes `relations` from a caller that knows them already."""
    roles = roles_of(standing)
    relations = relations_of(standing, initiative) if relations is None else relations
    return frozenset(a for a in Action if allows(a, roles, relations, initiative.stage, initiative.level))


def action_to_edit(initiative: Initiative) -> Action:
    """Which right it takes to change what an initiative says about itself: an idea is still its proposer's."""
    return Action.EDIT_IDEA if initiative.stage == Stage.IDEA else Action.EDIT


def may_recommend_catalogues(standing: Standing) -> bool:
    """Put a requirement catalogue before the board: the business manager and the secretariat (domain.md section 3)."""
    return standing.manages


def may_recommend_guidance(standing: Standing) -> bool:
    """Put guidance before the board: the business manager and the secretariat (domain.md section 3)."""
    return standing.manages
