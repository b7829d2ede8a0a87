"""Everything the public may know, as frozen plain values. Pages, feeds and data get these and never a model.

A field that is not here cannot leak: `publishing/selection.py` makes these from a snapshot, they are stored apart, and
read back as these. Add a field here, in the selection and on the page, and nowhere else (public.md, field by field).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PublicGroup:
    """A steering or coordination group: its name and the organisations represented, never the people."""

    kind: str
    name: str
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicUse:
    """An organisation that uses the product, since when, and what it would tell the next one."""

    name: str
    kind: str
    since: date
    experience: str = ""


@dataclass(frozen=True, slots=True)
class PublicStatement:
    """What a source says of the time before the portal, with the source."""

    kind: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class PublicLight:
    """An overall status and the reasons reported for it."""

    light: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicCondition:
    """A requirement that the board deferred, or a deviation that it accepted; `until` inclusive, None for good."""

    code: str
    title: str
    until: date | None = None
    is_overdue: bool = False


@dataclass(frozen=True, slots=True)
class PublicDecision:
    """A decision marked public."""

    number: str
    decided_on: date
    body: str
    title: str
    outcome: str
    text: str


@dataclass(frozen=True, slots=True)
class PublicAmount:
    """Total budget and total spent in a category, in kroner. Products only."""

    category: str
    planned: Decimal
    spent: Decimal


@dataclass(frozen=True, slots=True)
class PublicRelation:
    """A link to another published initiative."""

    kind: str
    slug: str
    name: str
    is_reverse: bool = False


@dataclass(frozen=True, slots=True)
class PublicInitiative:
    """Everything the public may know about one initiative, as published."""

    slug: str
    name: str
    kind: str
    stage: str
    level: int | None = None
    purpose: str = ""
    description: str = ""
    local_value: str = ""
    value_for_others: str = ""
    expected_effect: str = ""
    qualitative_goals: str = ""
    business_case: str = ""
    subject_areas: tuple[str, ...] = ()
    phase: str = ""
    priority: str = ""
    is_paused: bool = False
    is_example: bool = False
    operating_status: str = ""
    reported_on: date | None = None
    status: PublicLight | None = None
    planned_end: date | None = None
    forecast_end: date | None = None
    progress: int | None = None
    participants: tuple[str, ...] = ()
    vendors: tuple[str, ...] = ()
    owner: str = ""
    role_email: str = ""
    repository: str = ""
    licence: str = ""
    part_of: str = ""
    successor: str = ""
    groups: tuple[PublicGroup, ...] = ()
    users: tuple[PublicUse, ...] = ()
    statements: tuple[PublicStatement, ...] = ()
    conditions: tuple[PublicCondition, ...] = ()
    decisions: tuple[PublicDecision, ...] = ()
    economy: tuple[PublicAmount, ...] = ()
    benefits_realised: str = ""
    related: tuple[PublicRelation, ...] = ()

    @property
    def municipalities(self) -> tuple[PublicUse, ...]:
        """The municipalities that use it."""
        return tuple(use for use in self.users if use.kind == "municipality")

    @property
    def other_users(self) -> tuple[PublicUse, ...]:
        """Users that are not municipalities."""
        return tuple(use for use in self.users if use.kind != "municipality")

    @property
    def experiences(self) -> tuple[PublicUse, ...]:
        """Users with something to tell the next one."""
        return tuple(use for use in self.users if use.experience)

    @property
    def stated_users(self) -> tuple[PublicStatement, ...]:
        """What sources say of its use."""
        return tuple(s for s in self.statements if s.kind == "users")
