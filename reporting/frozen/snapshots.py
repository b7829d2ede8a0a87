"""One initiative, and the snapshot as a whole."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from .meetings import CaseState, Changes, MeetingState
from .parts import (
    AdoptionState,
    BudgetState,
    ConditionState,
    DecisionState,
    DeviationState,
    GroupState,
    OrganisationState,
    ParticipantState,
    RelationState,
    RequirementState,
    RoleState,
    StatedState,
)
from .reports import ReportState

LIVE = ("idea", "concept", "project", "product")


@dataclass(frozen=True, slots=True)
class SnapshotInitiative:
    """One initiative: every field of the two overviews (reporting.md 6.4) and of the public page (public.md)."""

    slug: str
    reference: str
    name: str
    sort_key: str
    kind: str
    stage: str
    level: int | None = None
    catalogue: str = ""
    phase: str = ""
    priority: str = ""
    priority_reason: str = ""
    paused_since: date | None = None
    paused_until: date | None = None
    is_example: bool = False
    is_public_idea: bool = False
    part_of: str = ""
    successor: str = ""
    closed_from: str = ""
    closed_on: date | None = None

    idea: str = ""
    purpose: str = ""
    description: str = ""
    expected_effect: str = ""
    local_value: str = ""
    value_for_others: str = ""
    overlap_assessment: str = ""
    external_assessment: str = ""
    subject_areas: tuple[str, ...] = ()
    planned_start: date | None = None
    planned_end: date | None = None
    estimated_hours: int | None = None
    business_case: str = ""
    qualitative_goals: str = ""
    project_model: str = ""
    repository: str = ""
    licence: str = ""
    started_year: int | None = None
    operating_status: str = ""
    role_email: str = ""

    participants: tuple[ParticipantState, ...] = ()
    vendors: tuple[OrganisationState, ...] = ()
    adoptions: tuple[AdoptionState, ...] = ()
    roles: tuple[RoleState, ...] = ()
    groups: tuple[GroupState, ...] = ()
    budgets: tuple[BudgetState, ...] = ()
    report: ReportState | None = None
    report_due: date | None = None
    budget_total: Decimal | None = None
    budget_is_approved: bool = False
    over_percent: Decimal | None = None
    slip_days: int | None = None
    users: int | None = None
    requirements: tuple[RequirementState, ...] = ()
    conditions: tuple[ConditionState, ...] = ()
    deviations: tuple[DeviationState, ...] = ()
    stated: tuple[StatedState, ...] = ()
    relations: tuple[RelationState, ...] = ()
    decisions: tuple[DecisionState, ...] = ()

    @property
    def is_live(self) -> bool:
        """Idea, concept, project or product; a closed one is only kept so that it stays findable."""
        return self.stage in LIVE

    @property
    def is_function(self) -> bool:
        """A function is part of a product and counted apart (domain.md, "initiativ")."""
        return self.kind == "function"

    @property
    def open_conditions(self) -> tuple[ConditionState, ...]:
        """Conditions that are not met yet, overdue ones included."""
        return tuple(c for c in self.conditions if c.state in ("open", "overdue"))

    @property
    def overdue_conditions(self) -> tuple[ConditionState, ...]:
        """Conditions whose date has passed."""
        return tuple(c for c in self.conditions if c.state == "overdue")

    def budget(self, scope: str) -> BudgetState | None:
        """The newest budget of a scope (`project` or `product`)."""
        return next((budget for budget in self.budgets if budget.scope == scope), None)


@dataclass(frozen=True, slots=True)
class RequirementWords:
    """A requirement as its catalogue words it."""

    code: str
    title: str
    theme: str
    level: int
    due: str = ""
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CatalogueState:
    """A catalogue that at least one initiative is measured by, or that is in force."""

    version: str
    title: str
    requirements: tuple[RequirementWords, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits that deviations, and the age of answers, were measured by on the day."""

    end_days: int
    overspend_percent: int
    answer_days: int


@dataclass(frozen=True, slots=True)
class SnapshotData:
    """All of a snapshot. Numbered and dated here as well, so that a report needs nothing else."""

    VERSION: ClassVar[int] = 1

    version: int
    number: int
    taken_at: datetime
    taken_by: str
    limits: Limits
    initiatives: tuple[SnapshotInitiative, ...] = ()
    catalogues: tuple[CatalogueState, ...] = ()
    meeting: MeetingState | None = None
    cases: tuple[CaseState, ...] = ()
    changes: Changes | None = None

    @property
    def live(self) -> tuple[SnapshotInitiative, ...]:
        """The initiatives that are on their way or in use."""
        return tuple(i for i in self.initiatives if i.is_live)

    @property
    def counted(self) -> tuple[SnapshotInitiative, ...]:
        """The live initiatives that are counted: functions belong to their product."""
        return tuple(i for i in self.live if not i.is_function)

    def initiative(self, slug: str) -> SnapshotInitiative | None:
        """One initiative by its address name."""
        return next((i for i in self.initiatives if i.slug == slug), None)

    def requirement(self, catalogue: str, code: str) -> RequirementWords | None:
        """A requirement's words in a catalogue."""
        found = next((c for c in self.catalogues if c.version == catalogue), None)
        return next((r for r in found.requirements if r.code == code), None) if found else None
