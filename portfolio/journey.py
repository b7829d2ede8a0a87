"""The way of one initiative through its stages, read off its record, as the step indicator shows it.

Looks at events that are loaded already; asks nothing of the database and decides nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .models import LIVE_STAGES, Initiative, LifecycleEvent, Stage


@dataclass(frozen=True, slots=True)
class Stop:
    """One stage on the way. `state` is done, current, ahead, skipped, or before (passed before the portal)."""

    stage: str
    number: int
    state: str
    since: date | None = None
    until: date | None = None
    planned: date | None = None


@dataclass(frozen=True, slots=True)
class Journey:
    """The four stops in order, when it ended if it did, and the entry from before the portal if it came in that way."""

    stops: tuple[Stop, ...]
    ended_on: date | None = None
    registered: LifecycleEvent | None = None


def journey_of(initiative: Initiative, events: Iterable[LifecycleEvent]) -> Journey:
    """Where the initiative has been, is, and goes next. `events` in any order.

    A stage that was left and entered again shows its latest stay; one that was sent back from is ahead again.
    """
    moves = sorted((e for e in events if e.kind in _MOVES), key=lambda event: event.pk)
    registered = next((event for event in moves if event.kind == LifecycleEvent.Kind.REGISTERED), None)
    since: dict[str, date | None] = {}
    until: dict[str, date | None] = {}
    for event in moves:
        until[event.before] = event.happened_on
        # An entry from before the portal says on which day a stage was known, not when it was reached.
        since[event.after] = None if event.kind == LifecycleEvent.Kind.REGISTERED else event.happened_on
    reached = _reached(initiative, moves)
    planned = {Stage.PROJECT: initiative.planned_start, Stage.PRODUCT: initiative.planned_end}
    stops = []
    for number, stage in enumerate(LIVE_STAGES, start=1):
        state = _state(initiative, stage, reached, visited=stage in since, registered=registered is not None)
        stops.append(
            Stop(
                stage=stage,
                number=number,
                state=state,
                since=since.get(stage) if state in ("done", "current") else None,
                until=until.get(stage) if state == "done" else None,
                planned=planned.get(stage) if state == "ahead" and initiative.is_live else None,
            )
        )
    ended_on = since.get(initiative.stage) if initiative.is_ended else None
    return Journey(stops=tuple(stops), ended_on=ended_on, registered=registered)


_MOVES = (LifecycleEvent.Kind.STAGE, LifecycleEvent.Kind.REGISTERED)


def _reached(initiative: Initiative, moves: list[LifecycleEvent]) -> int:
    """How far along the four stages it came, counted from 0; for an ended one the stage it was ended in."""
    stage = initiative.stage
    if initiative.is_ended:
        stage = next((e.before for e in reversed(moves) if e.after == stage and e.before in LIVE_STAGES), Stage.IDEA)
    return LIVE_STAGES.index(Stage(stage))


def _state(initiative: Initiative, stage: Stage, reached: int, *, visited: bool, registered: bool) -> str:
    position = LIVE_STAGES.index(stage)
    if stage == initiative.stage:
        return "current"
    if position > reached:
        return "ahead"
    if visited:
        return "done"
    return "before" if registered else "skipped"
