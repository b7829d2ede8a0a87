"""What a snapshot holds: plain frozen values, written once, read by the board report and by publishing.

Nothing here knows a model or a database. People appear as functions only ("Formand, Kalundborg Kommune"); notes from
talks, contacts and drafts are never taken along. Codes are the models' own values; words are worked out when shown.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

LIVE = ("idea", "concept", "project", "product")


@dataclass(frozen=True, slots=True)
class OrganisationState:
    """An organisation as it was called. `code` is a municipality's or region's four digits."""

    slug: str
    name: str
    kind: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class ParticipantState:
    """An organisation that takes part, as initiator (`lead`) or participant."""

    organisation: OrganisationState
    role: str


@dataclass(frozen=True, slots=True)
class AdoptionState:
    """An organisation that uses the product, since when, with what experience."""

    organisation: OrganisationState
    since: date
    experience: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class RoleState:
    """Who owns, leads or coordinates: the person's function, and the organisation it belongs to."""

    role: str
    holder: str
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class GroupState:
    """A steering, coordination or expert group: its chair by function, its votes, and whom its seats represent."""

    kind: str
    name: str
    slug: str
    chair: str = ""
    votes: int = 0
    board_votes: int = 0
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BudgetLineState:
    """What is planned in a year for a category, and where the money comes from. Never public line by line."""

    year: int
    category: str
    funding: str
    planned: Decimal
    payer: str = ""


@dataclass(frozen=True, slots=True)
class ApprovalState:
    """Who approved a version of a budget, and when."""

    approver: str
    on: date
    decision: str = ""


@dataclass(frozen=True, slots=True)
class BudgetState:
    """The newest version of a budget."""

    scope: str
    version: int
    lines: tuple[BudgetLineState, ...] = ()
    approvals: tuple[ApprovalState, ...] = ()

    @property
    def total(self) -> Decimal:
        """All of it, in kroner."""
        return sum((line.planned for line in self.lines), Decimal(0))


@dataclass(frozen=True, slots=True)
class LightState:
    """A status light: green, yellow or red, why, and what it was in the report before."""

    area: str
    light: str
    reason: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class MilestoneState:
    """A milestone of the latest report."""

    number: int
    name: str
    planned: date
    forecast: date | None = None
    done: date | None = None


@dataclass(frozen=True, slots=True)
class EconomyLineState:
    """Budget, spent and forecast of a category; an N1 project has one line without a category."""

    category: str
    planned: Decimal
    spent: Decimal
    forecast: Decimal


@dataclass(frozen=True, slots=True)
class RiskState:
    """A risk, probability and consequence from 1 to 5."""

    text: str
    probability: int
    consequence: int
    owner: str = ""
    action: str = ""

    @property
    def score(self) -> int:
        """Probability times consequence."""
        return self.probability * self.consequence


@dataclass(frozen=True, slots=True)
class ReportState:
    """The latest received status report. `approved_by` is a function."""

    number: int
    shape: str
    period_end: date
    received_on: date | None = None
    approved_by: str = ""
    previous_period_end: date | None = None
    lights: tuple[LightState, ...] = ()
    purpose_holds: bool = True
    purpose_note: str = ""
    planned_end: date | None = None
    forecast_end: date | None = None
    progress: int | None = None
    hours_estimated: int | None = None
    hours_used: int | None = None
    hours_forecast: int | None = None
    business_case_holds: bool = True
    business_case_note: str = ""
    remarks: str = ""
    change_progress: str = ""
    operating_status: str = ""
    sla: str = ""
    users_new: int | None = None
    users_planned: int | None = None
    users_left: int | None = None
    benefits_realised: str = ""
    n3_organisation: str = ""
    n3_operations: str = ""
    n3_technology: str = ""
    milestones: tuple[MilestoneState, ...] = ()
    economy: tuple[EconomyLineState, ...] = ()
    risks: tuple[RiskState, ...] = ()

    def light(self, area: str) -> LightState | None:
        """The light of an area, if the report has one."""
        return next((light for light in self.lights if light.area == area), None)


@dataclass(frozen=True, slots=True)
class RequirementState:
    """How one requirement stands. Title, theme and level are in the catalogue; `message` only when it is not met."""

    code: str
    result: str
    message: str = ""
    until: date | None = None
    is_reviewed: bool = True
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class ConditionState:
    """What the board accepted about a requirement.

    `open` until its date, `overdue` after it, `met` when delivered, `accepted` when a deviation is accepted for good.
    """

    code: str
    title: str
    kind: str
    state: str
    granted_on: date
    decision: str
    until: date | None = None
    responsible: str = ""


@dataclass(frozen=True, slots=True)
class DeviationState:
    """A limit that is passed: in a few words, in a sentence with the figures, and the figures themselves."""

    code: str
    label: str
    sentence: str
    area: str = ""
    value: Decimal | None = None
    limit: Decimal | None = None


@dataclass(frozen=True, slots=True)
class StatedState:
    """What a source says of the time before the portal."""

    kind: str
    text: str
    source: str
    amount: Decimal | None = None
    year: int | None = None
    stated_on: date | None = None


@dataclass(frozen=True, slots=True)
class RelationState:
    """A link to another initiative. `is_reverse`: the other one holds the link to this one."""

    kind: str
    slug: str
    name: str
    note: str = ""
    is_reverse: bool = False


@dataclass(frozen=True, slots=True)
class DecisionState:
    """A decision about the initiative. Only those with `is_public` may be published."""

    number: str
    on: date
    body: str
    case_number: str
    case_title: str
    outcome: str
    text: str
    is_public: bool = False


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


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits that deviations were measured by on the day."""

    end_days: int
    overspend_percent: int


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

    def initiative(self, slug: str) -> SnapshotInitiative | None:
        """One initiative by its address name."""
        return next((i for i in self.initiatives if i.slug == slug), None)

    def requirement(self, catalogue: str, code: str) -> RequirementWords | None:
        """A requirement's words in a catalogue."""
        found = next((c for c in self.catalogues if c.version == catalogue), None)
        return next((r for r in found.requirements if r.code == code), None) if found else None
