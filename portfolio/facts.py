"""Everything the checks and gates read about an initiative on a day, loaded once, as plain values.

A check never asks the database: it is a pure function of these facts, so a gate gives the same answer on a page, in a
PDF, on the command line and in a refused transition, and a list of 5,000 initiatives costs the same queries as one.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.utils import timezone

from governance.models import Body, Decision, EffectKind, Membership, Organisation
from portfolio.models import (
    Adoption,
    Answer,
    Appointment,
    Budget,
    BudgetLine,
    Deferral,
    DialogueNote,
    Initiative,
    InitiativeBody,
    InitiativeCase,
    Judgement,
    LifecycleEvent,
    Participation,
    PortfolioPresentation,
    Requirement,
)


@dataclass(frozen=True, slots=True)
class SeatFact:
    """A filled seat of a group on the day."""

    person_id: int
    function: str
    votes: bool
    approved: bool
    appointed: bool
    on_board: bool

    @property
    def is_member(self) -> bool:
        """Chair, vice chair or member; not deputy, secretary or observer."""
        return self.function in ("chair", "vice_chair", "member")


@dataclass(frozen=True, slots=True)
class GroupFact:
    """A steering or coordination group of the initiative on the day."""

    body_id: int
    slug: str
    name: str
    seats: tuple[SeatFact, ...]

    @property
    def has_chair(self) -> bool:
        """Whether a chair is elected."""
        return any(seat.function == "chair" for seat in self.seats)

    @property
    def votes(self) -> tuple[SeatFact, ...]:
        """Filled seats with a vote; deputies and vacant seats do not count."""
        return tuple(seat for seat in self.seats if seat.votes)


@dataclass(frozen=True, slots=True)
class OrganisationFact:
    """A participating organisation."""

    pk: int
    label: str
    is_authority: bool


@dataclass(frozen=True, slots=True)
class AnswerFact:
    """An answer with the judgement of this version of it, if there is one."""

    value: str
    text: str
    has_evidence: bool
    answered_on: date
    light: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class DeferralFact:
    """What the board accepted about a requirement, the latest word."""

    kind: str
    until: date | None
    decision_number: str
    decided_on: date
    responsible: str


@dataclass(frozen=True, slots=True)
class BudgetFact:
    """The current version of a budget, in kroner."""

    version: int
    lines: int
    total: Decimal
    from_os2: Decimal
    approvals: frozenset[str]


@dataclass(frozen=True, slots=True)
class InitiativeFacts:
    """All of the above for one initiative. `assumed` holds effects that are taken as decided by the board."""

    initiative: Initiative
    on: date
    level: int | None
    requirements: tuple[Requirement, ...] = ()
    participants: tuple[OrganisationFact, ...] = ()
    roles: dict[str, str] = field(default_factory=dict)
    steering_groups: tuple[GroupFact, ...] = ()
    coordination_groups: tuple[GroupFact, ...] = ()
    answers: dict[tuple[str, int | None], AnswerFact] = field(default_factory=dict)
    deferrals: dict[str, DeferralFact] = field(default_factory=dict)
    budgets: dict[str, BudgetFact] = field(default_factory=dict)
    dialogues: int = 0
    requirement_dialogues: int = 0
    latest_dialogue: date | None = None
    adopters: int = 0
    approvals: tuple[tuple[str, str, date], ...] = ()
    board_informed_on: date | None = None
    level_placed: bool = False
    assumed: frozenset[str] = frozenset()

    def approved_by_board(self, *kinds: str) -> tuple[str, date] | None:
        """The number and day of the board's latest approval of one of the effects, up to the day of the facts."""
        return next(((number, day) for kind, number, day in self.approvals if kind in kinds), None)


def facts_of(
    initiative: Initiative, on: date, *, level: int | None = None, assumed: Iterable[str] = ()
) -> InitiativeFacts:
    """The facts of one initiative, at its own level or as if it were on another."""
    return load_facts([initiative], on, level=level, assumed=assumed)[initiative.pk]


def load_facts(
    initiatives: Iterable[Initiative], on: date, *, level: int | None = None, assumed: Iterable[str] = ()
) -> dict[int, InitiativeFacts]:
    """The facts of many initiatives, in a constant number of queries."""
    rows = {initiative.pk: initiative for initiative in initiatives}
    prefetch_related_objects(list(rows.values()), "catalogue", "subject_areas")
    requirements = _requirements(rows.values())
    participants = _participants(rows, on)
    roles = _roles(rows, on)
    groups = _groups(rows, on)
    answers = _answers(rows)
    deferrals = _deferrals(rows)
    budgets = _budgets(rows)
    dialogues = _dialogues(rows, on)
    adopters = _adopters(rows, on)
    approvals, informed = _board(rows, on)
    placed = _placements(rows)
    facts = {}
    for pk, initiative in rows.items():
        own_level = initiative.level if level is None else level
        talks = dialogues.get(pk, [])
        facts[pk] = InitiativeFacts(
            initiative=initiative,
            on=on,
            level=own_level,
            requirements=_in_force(requirements.get(initiative.catalogue_id, ()), own_level),
            participants=tuple(participants.get(pk, ())),
            roles=roles.get(pk, {}),
            steering_groups=tuple(groups.get((pk, Body.Kind.STEERING_GROUP), ())),
            coordination_groups=tuple(groups.get((pk, Body.Kind.COORDINATION_GROUP), ())),
            answers=answers.get(pk, {}),
            deferrals=deferrals.get(pk, {}),
            budgets=budgets.get(pk, {}),
            dialogues=len(talks),
            requirement_dialogues=sum(1 for _day, about in talks if about),
            latest_dialogue=max((day for day, _about in talks), default=None),
            adopters=adopters.get(pk, 0),
            approvals=tuple(approvals.get(pk, ())),
            board_informed_on=informed.get(pk),
            level_placed=(pk, own_level) in placed,
            assumed=frozenset(assumed),
        )
    return facts


def _in_force(requirements: Iterable[Requirement], level: int | None) -> tuple[Requirement, ...]:
    """The requirements of a level and below it, without those that a higher one replaces."""
    if level is None:
        return ()
    inherited = [r for r in requirements if r.level <= level]
    replaced = {code for r in inherited for code in r.replaces}
    return tuple(r for r in inherited if r.code not in replaced)


def _requirements(initiatives: Iterable[Initiative]) -> dict[int | None, list[Requirement]]:
    catalogues = {i.catalogue_id for i in initiatives if i.catalogue_id}
    by_catalogue: dict[int | None, list[Requirement]] = defaultdict(list)
    for requirement in Requirement.objects.filter(catalogue__in=catalogues):
        by_catalogue[requirement.catalogue_id].append(requirement)
    return by_catalogue


def _participants(rows, on: date) -> dict[int, list[OrganisationFact]]:
    found: dict[int, dict[int, OrganisationFact]] = defaultdict(dict)
    taking_part = Participation.objects.on(on).filter(initiative__in=rows, role__in=Participation.TAKES_PART)
    for row in taking_part.select_related("organisation").order_by("organisation__sort_key"):
        organisation = row.organisation
        found[row.initiative_id][organisation.pk] = OrganisationFact(
            organisation.pk, str(organisation), organisation.is_authority
        )
    return {pk: list(by_organisation.values()) for pk, by_organisation in found.items()}


def _roles(rows, on: date) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for row in (
        Appointment.objects.on(on).filter(initiative__in=rows).select_related("person__organisation", "organisation")
    ):
        found[row.initiative_id][row.role] = str(row.person or row.organisation)
    return found


def _groups(rows, on: date) -> dict[tuple[int, str], list[GroupFact]]:
    links = list(
        InitiativeBody.objects.filter(
            initiative__in=rows, body__kind__in=[Body.Kind.STEERING_GROUP, Body.Kind.COORDINATION_GROUP]
        )
        .filter(Q(body__valid_to__isnull=True) | Q(body__valid_to__gte=on), body__valid_from__lte=on)
        .select_related("body")
        .order_by("body__name")
    )
    board_people = set(
        Membership.objects.on(on).voting().filter(body__kind=Body.Kind.BOARD).values_list("person_id", flat=True)
    )
    seats = defaultdict(list)
    for seat in (
        Membership.objects.on(on)
        .filled()
        .filter(body__in={link.body_id for link in links})
        .select_related("approved_by__body", "appointed_by__body")
    ):
        appointed = _by_board(seat.appointed_by, on)
        seats[seat.body_id].append(
            SeatFact(
                person_id=seat.person_id,
                function=seat.function,
                votes=seat.has_vote and seat.function != Membership.Function.DEPUTY,
                approved=appointed or _by_board(seat.approved_by, on),
                appointed=appointed,
                on_board=seat.person_id in board_people,
            )
        )
    found: dict[tuple[int, str], list[GroupFact]] = defaultdict(list)
    for link in links:
        body = link.body
        found[link.initiative_id, body.kind].append(GroupFact(body.pk, body.slug, body.name, tuple(seats[body.pk])))
    return found


def _by_board(decision: Decision | None, on: date) -> bool:
    return decision is not None and decision.body.decides_as_board and decision.decided_on <= on


def _answers(rows) -> dict[int, dict[tuple[str, int | None], AnswerFact]]:
    found: dict[int, dict[tuple[str, int | None], AnswerFact]] = defaultdict(dict)
    judgements = Prefetch("judgements", Judgement.objects.order_by("pk"))
    for answer in (
        Answer.objects.filter(initiative__in=rows)
        .select_related("requirement")
        .prefetch_related("evidence", judgements)
    ):
        current = [j for j in answer.judgements.all() if j.answer_version == answer.version]
        found[answer.initiative_id][answer.requirement.code, answer.organisation_id] = AnswerFact(
            value=answer.value,
            text=answer.text,
            has_evidence=bool(answer.evidence.all()),
            answered_on=timezone.localdate(answer.answered_at),
            light=current[-1].light if current else "",
            remark=current[-1].remark if current else "",
        )
    return found


def _deferrals(rows) -> dict[int, dict[str, DeferralFact]]:
    found: dict[int, dict[str, DeferralFact]] = defaultdict(dict)
    for row in Deferral.objects.filter(initiative__in=rows).select_related("requirement", "decision").order_by("pk"):
        found[row.initiative_id][row.requirement.code] = DeferralFact(
            row.kind, row.until, row.decision.number, row.decision.decided_on, row.responsible
        )
    return found


def _budgets(rows) -> dict[int, dict[str, BudgetFact]]:
    found: dict[int, dict[str, BudgetFact]] = defaultdict(dict)
    budgets = Budget.objects.filter(initiative__in=rows).prefetch_related("lines", "approvals").order_by("version")
    for budget in budgets:
        lines = budget.lines.all()
        os2 = sum((line.planned for line in lines if line.funding == BudgetLine.Funding.OS2), Decimal(0))
        found[budget.initiative_id][budget.scope] = BudgetFact(
            version=budget.version,
            lines=len(lines),
            total=budget.total_planned,
            from_os2=os2,
            approvals=frozenset(approval.approver for approval in budget.approvals.all()),
        )
    return found


def _dialogues(rows, on: date) -> dict[int, list[tuple[date, bool]]]:
    found: dict[int, list[tuple[date, bool]]] = defaultdict(list)
    held = DialogueNote.objects.filter(initiative__in=rows, held_on__lte=on)
    for pk, day, about in held.values_list("initiative_id", "held_on", "about_requirements"):
        found[pk].append((day, about))
    return found


def _adopters(rows, on: date) -> dict[int, int]:
    """How many authorities use the product on the day."""
    found: dict[int, set[int]] = defaultdict(set)
    in_use = Adoption.objects.on(on).filter(initiative__in=rows, organisation__kind__in=Organisation.AUTHORITY_KINDS)
    for pk, organisation_id in in_use.values_list("initiative_id", "organisation_id"):
        found[pk].add(organisation_id)
    return {pk: len(organisations) for pk, organisations in found.items()}


def _board(rows, on: date):
    """What the board approved, newest first, and when it was first told of each initiative."""
    approvals, informed = defaultdict(list), {}
    board = Q(case__decisions__body__kind__in=Body.BOARD_KINDS, case__decisions__decided_on__lte=on)
    decided = (
        InitiativeCase.objects.filter(board, initiative__in=rows)
        .order_by("-case__decisions__decided_on", "-case__decisions__pk")
        .values_list(
            "initiative_id",
            "case__decisions__number",
            "case__decisions__decided_on",
            "case__decisions__outcome",
            "case__effects__kind",
        )
    )
    for pk, number, day, outcome, kind in decided:
        if outcome in Decision.APPROVALS and kind:
            approvals[pk].append((kind, number, day))
        if outcome != Decision.Outcome.POSTPONED:
            informed[pk] = day
    presentations = sorted(
        (p.meeting.date, p.frozen_at)
        for p in PortfolioPresentation.objects.select_related("meeting", "meeting__body")
        if p.meeting.date <= on
    )
    for pk, initiative in rows.items():
        seen = next((day for day, frozen_at in presentations if frozen_at >= initiative.created_at), None)
        if seen is not None:
            informed[pk] = min(informed.get(pk, seen), seen)
    return approvals, informed


def _placements(rows) -> set[tuple[int, int]]:
    """Initiatives and the levels that were given with a reason by the business manager or the board."""
    placed = LifecycleEvent.objects.filter(initiative__in=rows, kind=LifecycleEvent.Kind.LEVEL, by__isnull=False)
    return {(pk, int(after)) for pk, after in placed.exclude(reason="").values_list("initiative_id", "after") if after}


# What the board approves when it lets an initiative on: any of these satisfies `approved_by_board`.
LETS_ON = (EffectKind.START, EffectKind.ADMIT, EffectKind.LAUNCH, EffectKind.CHANGE_LEVEL)
