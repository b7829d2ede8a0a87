"""How the requirements of an initiative stand, and what the board has accepted about them."""

from portfolio.facts import DeferralFact, InitiativeFacts
from portfolio.gates import GateResult, Result, result_of
from reporting import frozen

# Asked as the checklist asks: not for a transition, so that an old answer is marked but still counts (lifecycle.md).
NO_TRANSITION = ""


def requirement_states(facts: InitiativeFacts) -> tuple[frozen.RequirementState, ...]:
    """Every requirement in force for the level, notes left out."""
    return tuple(_requirement(row) for row in _results(facts).values())


def _results(facts: InitiativeFacts) -> dict[str, GateResult]:
    return {r.code: result_of(r, facts, NO_TRANSITION) for r in facts.requirements if not r.is_note}


def _requirement(row: GateResult) -> frozen.RequirementState:
    return frozen.RequirementState(
        code=row.code,
        result=str(row.result),
        message="" if row.result == Result.MET else str(row.message),
        until=row.until,
        is_reviewed=row.is_reviewed,
        is_stale=row.is_stale,
    )


def condition_states(facts: InitiativeFacts) -> tuple[frozen.ConditionState, ...]:
    """What the board deferred or accepted, of the requirements that are still in force, by date."""
    rows = _results(facts)
    titles = {r.code: str(r.title) for r in facts.requirements}
    found = [
        frozen.ConditionState(
            code=code,
            title=titles[code],
            kind=deferral.kind,
            state=_state(rows[code], deferral),
            granted_on=deferral.decided_on,
            decision=deferral.decision_number,
            until=deferral.until,
            responsible=deferral.responsible,
        )
        for code, deferral in facts.deferrals.items()
        if code in rows
    ]
    return tuple(sorted(found, key=lambda c: (c.until is None, c.until or c.granted_on, c.code)))


def _state(row: GateResult, deferral: DeferralFact) -> str:
    if not row.is_missing and row.result != Result.DEFERRED:
        return "met"
    if deferral.until is None:
        return "accepted"
    return "overdue" if row.is_missing else "open"
