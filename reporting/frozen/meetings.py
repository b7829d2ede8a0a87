"""A meeting, the cases on its agenda, and what has happened since the snapshot before."""

from dataclasses import dataclass
from datetime import date, datetime

from .parts import BudgetState


@dataclass(frozen=True, slots=True)
class GateRow:
    """A requirement of a case's gate: as it stands today, and as it will stand if the recommendation is followed."""

    code: str
    title: str
    now: str
    after: str
    message: str = ""
    until: date | None = None
    deferrable: bool = True
    theme: str = ""


@dataclass(frozen=True, slots=True)
class CaseState:
    """A case on the agenda, or ready for one: six parts, what it carries out, and its gate now and after."""

    number: str
    title: str
    purpose: str
    status: str
    responsible: str
    recommendation_line: str = ""
    about: str = ""
    background: str = ""
    analysis: str = ""
    recommendation: str = ""
    consequences: str = ""
    conclusion: str = ""
    effects: tuple[str, ...] = ()
    effect_kinds: tuple[str, ...] = ()
    initiative: str = ""
    initiative_name: str = ""
    agenda_number: int | None = None
    minutes: int | None = None
    is_late: bool = False
    postponed_from: date | None = None
    gate_transition: str = ""
    gate_level: int | None = None
    gate_catalogue: str = ""
    gate_on: date | None = None
    gate: tuple[GateRow, ...] = ()
    levels: tuple[int, ...] = ()
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    budget: BudgetState | None = None


@dataclass(frozen=True, slots=True)
class MeetingState:
    """The meeting the snapshot was taken for, who votes on its day, and how many of them must take part."""

    body: str
    body_kind: str
    procedure: str
    held_on: date
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    voters: tuple[str, ...] = ()
    quorum: int = 0
    previous_on: date | None = None
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class EventState:
    """A move of an initiative since the snapshot before."""

    initiative: str
    name: str
    kind: str
    before: str
    after: str
    on: date | None = None
    transition: str = ""
    reason: str = ""
    decided_by: str = ""
    case_number: str = ""


@dataclass(frozen=True, slots=True)
class LightChange:
    """A light that is another one than in the snapshot before."""

    initiative: str
    name: str
    area: str
    before: str
    now: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MetCondition:
    """A condition that was open in the snapshot before and is delivered now."""

    initiative: str
    name: str
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How many initiatives stood on a level and stage."""

    level: int | None
    stage: str
    count: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened since the snapshot before; the first snapshot has none."""

    number: int
    taken_at: datetime
    events: tuple[EventState, ...] = ()
    lights: tuple[LightChange, ...] = ()
    met_conditions: tuple[MetCondition, ...] = ()
    counts_before: tuple[PlaceCount, ...] = ()
