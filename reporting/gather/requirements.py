"""How the requirements of an initiative stand, and what the board has accepted about them."""

from portfolio.deferrals import OpenCondition, open_conditions
from portfolio.facts import DeferralFact, InitiativeFacts
from portfolio.gates import GateResult, Result, result_of
from portfolio.mandatory import result_of_point
from portfolio.models import Answer
from reporting import frozen

# Asked as the checklist asks: not for a transition, so that an old answer is marked but still counts (lifecycle.md).
NO_TRANSITION = ""


def requirement_states(facts: InitiativeFacts) -> tuple[frozen.RequirementState, ...]:
    """Every requirement in force for the level, notes left out."""
    said = {code for (code, _organisation), answer in facts.answers.items() if answer.value != Answer.Value.OPEN}
    by_hand = {r.code for r in facts.requirements if r.is_answered_by_hand}
    return tuple(
        _requirement(result_of(r, facts, NO_TRANSITION), is_answered=r.code in said or r.code not in by_hand)
        for r in facts.requirements
        if not r.is_note
    )


def _requirement(row: GateResult, *, is_answered: bool) -> frozen.RequirementState:
    return frozen.RequirementState(
        code=row.code,
        result=str(row.result),
        message="" if row.result == Result.MET or not is_answered else str(row.message),
        until=row.until,
        is_answered=is_answered or row.result == Result.DEFERRED,
        is_reviewed=row.is_reviewed,
        is_stale=row.is_stale,
    )


def condition_states(facts: InitiativeFacts) -> tuple[frozen.ConditionState, ...]:
    """What the board deferred or accepted, of the requirements and mandatory points still in force, by date.

    Which are open is asked of portfolio, so that the report and the overviews agree.
    """
    accepted = [r for r in facts.requirements if r.code in facts.deferrals and not r.is_note]
    rows = {r.code: result_of(r, facts, NO_TRANSITION) for r in accepted}
    titles = {r.code: str(r.title) for r in facts.requirements}
    still_open = {condition.code: condition for condition in open_conditions(facts)}
    found = []
    for code, deferral in facts.deferrals.items():
        if code not in rows:
            continue
        state = _state(rows[code], still_open.get(code))
        if state:
            found.append(_condition(code, titles[code], state, deferral))
    for point in facts.points:
        if point.deferral is None:
            continue
        row = result_of_point(point, facts.initiative.slug, facts.on)
        state = _state(row, still_open.get(point.code))
        if state:
            found.append(_condition(point.code, str(row.title), state, point.deferral))
    return tuple(sorted(found, key=lambda c: (c.until is None, c.until or c.granted_on, c.code)))


def _condition(code: str, title: str, state: str, deferral: DeferralFact) -> frozen.ConditionState:
    return frozen.ConditionState(
        code=code,
        title=title,
        kind=deferral.kind,
        state=state,
        granted_on=deferral.decided_on,
        decision=deferral.decision_number,
        until=deferral.until,
        responsible=deferral.responsible,
    )


def _state(row: GateResult, still_open: OpenCondition | None) -> str:
    """Empty for an accepted deviation that has run out: then the requirement itself is missing again."""
    if still_open is not None:
        return "overdue" if still_open.is_overdue else "open"
    if row.result == Result.DEFERRED:
        return "accepted"
    return "" if row.is_missing else "met"
