"""Conditions with a date that the board gave: open until they are met, overdue from the day after (lifecycle.md).

What is worked out here stands on every overview, on the desk and in the report; nobody ticks a condition off.
"""

from dataclasses import dataclass
from datetime import date

from .facts import InitiativeFacts
from .gates import result_of
from .mandatory import result_of_point
from .models import Deferral, PointDeferral


@dataclass(frozen=True, slots=True)
class OpenCondition:
    """A requirement that the board deferred and that is not met yet."""

    code: str
    title: str
    until: date
    responsible: str
    decision_number: str
    is_overdue: bool


def open_conditions(facts: InitiativeFacts) -> tuple[OpenCondition, ...]:
    """The deferrals of an initiative that still carry their requirement, or have run out; the earliest date first."""
    found = []
    for requirement in facts.requirements:
        granted = facts.deferrals.get(requirement.code)
        if granted is None or granted.kind != Deferral.Kind.DEFERRED or granted.until is None:
            continue
        row = result_of(requirement, facts, "")
        if row.until is None:
            continue
        found.append(
            OpenCondition(
                code=requirement.code,
                title=requirement.title,
                until=granted.until,
                responsible=granted.responsible,
                decision_number=granted.decision_number,
                is_overdue=row.is_missing,
            )
        )
    for point in facts.points:
        given = point.deferral
        if given is None or given.kind != PointDeferral.Kind.DEFERRED or given.until is None:
            continue
        row = result_of_point(point, facts.initiative.slug, facts.on)
        if row.until is not None:
            found.append(
                OpenCondition(
                    code=point.code,
                    title=row.title,
                    until=given.until,
                    responsible=given.responsible,
                    decision_number=given.decision_number,
                    is_overdue=row.is_missing,
                )
            )
    return tuple(sorted(found, key=lambda condition: (condition.until, condition.code)))
