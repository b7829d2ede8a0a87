"""The two overviews of the portfolio (reporting.md 6.4; report 6.4): projects with concepts, and products.

A row is a line (overview_lines.py) and what takes the facts of an initiative: who is behind it, its gate, its
conditions, its compliance. Plain frozen values in a constant number of queries, for one page or the whole portfolio.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from governance.models import Membership

from .deferrals import OpenCondition, open_conditions
from .facts import InitiativeFacts, load_facts
from .gates import Result, gate_from, result_of
from .groups import GroupFact
from .models import Appointment, Initiative, Stage, StatedFact
from .overview_lines import Line, ProductLine, ProjectLine, product_lines, project_lines
from .transitions import TRANSITIONS, Authority

Role = Appointment.Role


@dataclass(frozen=True, slots=True)
class People:
    """Who is behind an initiative: organisations by name, people by function."""

    steering_groups: tuple[str, ...] = ()
    steering_chair: str = ""
    owner: str = ""
    lead: str = ""
    coordination_groups: tuple[str, ...] = ()
    coordinator: str = ""
    system_owner: str = ""
    participants: tuple[str, ...] = ()
    vendors: tuple[str, ...] = ()
    users: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GateCount:
    """How far a concept is: rows of its start gate that are missing, of all, and whether the board decides."""

    missing: int
    total: int
    board_decides: bool


@dataclass(frozen=True, slots=True)
class Compliance:
    """The requirements in force for an initiative, counted by result; notes aside."""

    met: int = 0
    explained: int = 0
    deferred: int = 0
    not_applicable: int = 0
    missing: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.met + self.explained + self.deferred + self.not_applicable + self.missing

    @property
    def fulfilled(self) -> int:
        """Those that nothing is left to do about."""
        return self.met + self.explained + self.not_applicable


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """Everything the project overview shows of one concept or project."""

    line: ProjectLine
    idea: str
    purpose: str
    description: str
    expected_effect: str
    business_case: str
    qualitative_goals: str
    people: People
    gate: GateCount | None
    conditions: tuple[OpenCondition, ...]


@dataclass(frozen=True, slots=True)
class ProductRow:
    """Everything the product overview shows of one product. `stated_*` are a source's words about the time before."""

    line: ProductLine
    purpose: str
    description: str
    expected_effect: str
    qualitative_goals: str
    people: People
    compliance: Compliance | None
    conditions: tuple[OpenCondition, ...]
    stated_users: tuple[str, ...] = ()
    stated_agreements: tuple[str, ...] = ()


def load_projects(initiatives: QuerySet[Initiative], on: date | None = None) -> list[ProjectRow]:
    """The rows of all concepts and projects among the initiatives."""
    day = on or timezone.localdate()
    lines = project_lines(initiatives)
    return project_rows(lines, facts_for(lines, day))


def load_products(initiatives: QuerySet[Initiative], on: date | None = None) -> list[ProductRow]:
    """The rows of all products among the initiatives."""
    day = on or timezone.localdate()
    lines = product_lines(initiatives, day)
    return product_rows(lines, facts_for(lines, day))


def facts_for(lines: Iterable[Line], on: date) -> dict[int, InitiativeFacts]:
    """The facts behind the lines."""
    return load_facts(Initiative.objects.filter(pk__in=[line.pk for line in lines]), on)


def project_rows(lines: Iterable[ProjectLine], facts: Mapping[int, InitiativeFacts]) -> list[ProjectRow]:
    """The rows of some lines, from facts that are loaded already."""
    return [_project_row(line, facts[line.pk]) for line in lines]


def product_rows(lines: Iterable[ProductLine], facts: Mapping[int, InitiativeFacts]) -> list[ProductRow]:
    """The rows of some lines, from facts that are loaded already."""
    return [_product_row(line, facts[line.pk]) for line in lines]


def _project_row(line: ProjectLine, facts: InitiativeFacts) -> ProjectRow:
    initiative = facts.initiative
    return ProjectRow(
        line=line,
        idea=initiative.idea,
        purpose=initiative.purpose,
        description=initiative.description,
        expected_effect=initiative.expected_effect,
        business_case=initiative.business_case,
        qualitative_goals=initiative.qualitative_goals,
        people=_people(facts),
        gate=_start_gate(facts) if initiative.stage == Stage.CONCEPT else None,
        conditions=open_conditions(facts),
    )


def _product_row(line: ProductLine, facts: InitiativeFacts) -> ProductRow:
    initiative = facts.initiative
    return ProductRow(
        line=line,
        purpose=initiative.purpose,
        description=initiative.description,
        expected_effect=initiative.expected_effect,
        qualitative_goals=initiative.qualitative_goals,
        people=_people(facts),
        compliance=compliance_of(facts),
        conditions=open_conditions(facts),
        stated_users=_stated(facts, StatedFact.Kind.USERS),
        stated_agreements=_stated(facts, StatedFact.Kind.AGREEMENT),
    )


def compliance_of(facts: InitiativeFacts) -> Compliance | None:
    """How the requirements in force stand; None where the level is unknown, so that nothing is in force."""
    results = Counter(result_of(r, facts, "").result for r in facts.requirements if not r.is_note)
    return Compliance(**{str(name.value): results[name] for name in Result}) if results else None


def _start_gate(facts: InitiativeFacts) -> GateCount:
    gate = gate_from(facts, "start")
    decides = TRANSITIONS["start"].authority(facts.initiative)
    return GateCount(len(gate.missing), len(gate.results), board_decides=decides == Authority.BOARD)


def _people(facts: InitiativeFacts) -> People:
    return People(
        steering_groups=tuple(group.name for group in facts.steering_groups),
        steering_chair=_chair(facts.steering_groups),
        owner=facts.roles.get(Role.PROJECT_OWNER, ""),
        lead=facts.roles.get(Role.PROJECT_LEAD, ""),
        coordination_groups=tuple(group.name for group in facts.coordination_groups),
        coordinator=facts.roles.get(Role.COORDINATOR, ""),
        system_owner=facts.roles.get(Role.SYSTEM_OWNER, ""),
        participants=tuple(organisation.label for organisation in facts.participants),
        vendors=tuple(organisation.label for organisation in facts.vendors),
        users=tuple(organisation.label for organisation in facts.users),
    )


def _chair(groups: Iterable[GroupFact]) -> str:
    seats = [seat for group in groups for seat in group.seats]
    return next((seat.label for seat in seats if seat.function == Membership.Function.CHAIR), "")


def _stated(facts: InitiativeFacts, kind: str) -> tuple[str, ...]:
    return tuple(stated.text for stated in facts.stated if stated.kind == kind)
