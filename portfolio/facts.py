"""Everything the checks and gates read about an initiative on a day, loaded once, as plain values.

A check never asks the database: it is a pure function of these facts, so a gate gives the same answer on a page, in a
PDF, on the command line and in a refused transition, and a list of 5,000 initiatives costs the same queries as one.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.utils import timezone

from governance.models import Body, Decision, EffectKind, Organisation
from portfolio.models import (
    Answer,
    Budget,
    BudgetApproval,
    BudgetLine,
    Evidence,
    Initiative,
    InitiativeCase,
    Participation,
    PortfolioPresentation,
    Requirement,
)

from .groups import GroupFact, groups_of, label_of
from .mandatory import (
    DeferralFact,
    DescriptionFact,
    MilestoneFact,
    PointFact,
    description_fact,
    milestone_facts,
    point_facts,
)
from .ties import Tie, among, ties_of


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
    pk: int = 0
    version: int = 0
    by: str = ""
    judged_on: date | None = None
    earlier_light: str = ""
    earlier_remark: str = ""


@dataclass(frozen=True, slots=True)
class StatedFactLine:
    """What a source says of the time before the portal."""

    kind: str
    text: str
    source: str
    amount: Decimal | None = None


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
    vendors: tuple[OrganisationFact, ...] = ()
    users: tuple[OrganisationFact, ...] = ()
    stated: tuple[StatedFactLine, ...] = ()
    subject_areas: tuple[str, ...] = ()
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
    placed_levels: frozenset[int] = frozenset()
    catalogue: tuple[Requirement, ...] = ()
    mandatory: tuple[PointFact, ...] = ()
    description: DescriptionFact | None = None
    milestones: tuple[MilestoneFact, ...] = ()
    assumed: frozenset[str] = frozenset()

    @property
    def points(self) -> tuple[PointFact, ...]:
        """The points of guidance that are mandatory for it on its level."""
        return tuple(point for point in self.mandatory if point.concerns(self.level))

    def approved_by_board(self, *kinds: str) -> tuple[str, date] | None:
        """The number and day of the board's latest approval of one of the effects, up to the day of the facts."""
        return next(((number, day) for kind, number, day in self.approvals if kind in kinds), None)

    def at_level(self, level: int) -> "InitiativeFacts":
        """The same facts as if the initiative were on another level, to see what it would take."""
        return replace(
            self,
            level=level,
            requirements=in_force(self.catalogue, level),
            level_placed=level != self.initiative.level or level in self.placed_levels,
        )


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
    requirements = _requirements(rows.values())
    ties = ties_of(rows, on)
    groups = groups_of(rows, on)
    answers = _answers(rows)
    budgets = _budgets(rows)
    approvals, informed = _board(rows, on)
    facts = {}
    for pk, initiative in rows.items():
        own_level = initiative.level if level is None else level
        catalogue = tuple(requirements.get(initiative.catalogue_id, ()))
        tied = ties[pk]
        placed = frozenset(int(tie.key) for tie in tied.get("placement", ()) if tie.key)
        users = _organisations(tied.get("adoption", ()))
        talks = tied.get("dialogue", [])
        facts[pk] = InitiativeFacts(
            initiative=initiative,
            on=on,
            level=own_level,
            requirements=in_force(catalogue, own_level),
            catalogue=catalogue,
            participants=_organisations(t for t in tied.get("participation", ()) if t.key in Participation.TAKES_PART),
            vendors=_organisations(t for t in tied.get("participation", ()) if t.key == Participation.Role.VENDOR),
            users=users,
            subject_areas=tuple(t.label for t in tied.get("area", ())),
            stated=tuple(
                StatedFactLine(t.key, t.label, t.note, Decimal(t.title) if t.title else None)
                for t in tied.get("stated", ())
            ),
            roles={t.key: label_of(t.title, t.label, t.kind) for t in tied.get("appointment", ())},
            steering_groups=tuple(groups.get((pk, Body.Kind.STEERING_GROUP), ())),
            coordination_groups=tuple(groups.get((pk, Body.Kind.COORDINATION_GROUP), ())),
            answers=answers.get(pk, {}),
            deferrals={t.key: DeferralFact(t.kind, t.until, t.label, t.day, t.note) for t in tied.get("deferral", ())},
            budgets=budgets.get(pk, {}),
            dialogues=len(talks),
            requirement_dialogues=sum(1 for talk in talks if talk.key),
            latest_dialogue=max((talk.day for talk in talks), default=None),
            adopters=sum(1 for organisation in users if organisation.is_authority),
            approvals=tuple(approvals.get(pk, ())),
            board_informed_on=informed.get(pk),
            # Looked at from another level, the change to it is itself a placement with a reason (domain/levels.py).
            level_placed=own_level != initiative.level or own_level in placed,
            placed_levels=placed,
            mandatory=point_facts(ties[0].get("mandatory", ()), tied),
            description=description_fact(tied.get("description", ())),
            milestones=milestone_facts(tied.get("milestone", ())),
            assumed=frozenset(assumed),
        )
    return facts


def in_force(requirements: Iterable[Requirement], level: int | None) -> tuple[Requirement, ...]:
    """The requirements of a level and below it, without those that a higher one replaces."""
    if level is None:
        return ()
    inherited = [r for r in requirements if r.level <= level]
    replaced = {code for r in inherited for code in r.replaces}
    return tuple(r for r in inherited if r.code not in replaced)


def _requirements(initiatives: Iterable[Initiative]) -> dict[int | None, list[Requirement]]:
    """By catalogue; gives each initiative its catalogue on the way."""
    rows = list(initiatives)
    by_catalogue: dict[int | None, list[Requirement]] = defaultdict(list)
    catalogues = {i.catalogue_id for i in rows if i.catalogue_id}
    for requirement in Requirement.objects.filter(catalogue__in=catalogues).select_related("catalogue"):
        by_catalogue[requirement.catalogue_id].append(requirement)
    for initiative in rows:
        if initiative.catalogue_id in by_catalogue:
            initiative.catalogue = by_catalogue[initiative.catalogue_id][0].catalogue
    return by_catalogue


def _organisations(ties: Iterable[Tie]) -> tuple[OrganisationFact, ...]:
    """Each organisation once, in Danish order."""
    return tuple({tie.number: _organisation(tie.number, tie.label, tie.kind) for tie in ties}.values())


@lru_cache(maxsize=5_000)
def _organisation(pk: int, name: str, kind: str) -> OrganisationFact:
    organisation = Organisation(pk=pk, name=name, kind=kind)
    return OrganisationFact(pk, str(organisation), organisation.is_authority)


def _answers(rows) -> dict[int, dict[tuple[str, int | None], AnswerFact]]:
    """Answers, each with the latest judgement: of the version that stands, or else of an earlier one."""
    found: dict[int, dict[tuple[str, int | None], AnswerFact]] = defaultdict(dict)
    lines = (
        Answer.objects.filter(among(rows))
        .annotate(shown=Exists(Evidence.objects.filter(answer=OuterRef("pk"))))
        .order_by("pk", "judgements__pk")
        .values_list(
            "initiative_id",
            "requirement__code",
            "organisation_id",
            "value",
            "text",
            "shown",
            "answered_at",
            "pk",
            "version",
            "judgements__answer_version",
            "judgements__light",
            "judgements__remark",
            "judgements__at",
            "answered_by__title",
            "answered_by__organisation__name",
            "answered_by__organisation__kind",
        )
    )
    for initiative, code, organisation, value, text, shown, at, pk, version, judged, light, remark, on, *who in lines:
        is_current = judged == version
        found[initiative][code, organisation] = AnswerFact(
            value=value,
            text=text,
            has_evidence=shown,
            answered_on=timezone.localdate(at),
            light=light if is_current else "",
            remark=remark if is_current else "",
            pk=pk,
            version=version,
            by=label_of(*who),
            judged_on=timezone.localdate(on) if on else None,
            earlier_light="" if is_current else light or "",
            earlier_remark="" if is_current else remark or "",
        )
    return found


def _budgets(rows) -> dict[int, dict[str, BudgetFact]]:
    """The latest version of each budget, with the sums of its lines and who approved it."""
    found: dict[int, dict[str, BudgetFact]] = defaultdict(dict)
    os2 = Q(lines__funding=BudgetLine.Funding.OS2)
    given = BudgetApproval.objects.filter(budget=OuterRef("pk"))
    budgets = (
        Budget.objects.filter(among(rows))
        .annotate(count=Count("lines"), total=Sum("lines__planned"), from_os2=Sum("lines__planned", filter=os2))
        .annotate(**{approver: Exists(given.filter(approver=approver)) for approver in BudgetApproval.Approver.values})
        .order_by("version")
    )
    for budget in budgets:
        found[budget.initiative_id][budget.scope] = BudgetFact(
            version=budget.version,
            lines=budget.count,
            total=budget.total or Decimal(0),
            from_os2=budget.from_os2 or Decimal(0),
            approvals=frozenset(name for name in BudgetApproval.Approver.values if getattr(budget, name)),
        )
    return found


def _board(rows, on: date):
    """What the board approved, newest first, and when it was first told of each initiative."""
    approvals, informed = defaultdict(list), {}
    board = Q(case__decisions__body__kind__in=Body.BOARD_KINDS, case__decisions__decided_on__lte=on)
    decided = (
        InitiativeCase.objects.filter(board, among(rows))
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


# What the board approves when it lets an initiative on: any of these satisfies `approved_by_board`.
LETS_ON = (EffectKind.START, EffectKind.ADMIT, EffectKind.LAUNCH, EffectKind.CHANGE_LEVEL)
