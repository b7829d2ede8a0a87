"""What an initiative is made of: who is behind it, its money, its requirements, its history."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


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
class RequirementState:
    """How one requirement stands. Title, theme and level are in the catalogue; `message` only when it is not met.

    `is_answered` is False while nobody has said anything: then it is not known, and not simply not met.
    """

    code: str
    result: str
    message: str = ""
    until: date | None = None
    is_answered: bool = True
    is_reviewed: bool = True
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class ConditionState:
    """What the board accepted about a requirement.

    `open` until its date, `overdue` after it, `met` when delivered; `accepted` while a deviation is accepted.
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
