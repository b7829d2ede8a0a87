"""The guard over groups: what the levels ask of the seats of projects and products, today and on the days to come.

The rules are the automatic checks of the catalogue (checks.py), asked with the seats of each day on which one of them
begins or ends. Here is only which initiatives are watched, and from when a rule would no longer hold.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from governance.domain.terms import SeatChange, Term, board_people, days_of_change, terms_in
from governance.group_rules import Breach
from governance.models import Body

from .checks import (
    CHECKS,
    Finding,
    board_majority_in_steering_group,
    board_member_in_coordination_group,
    steering_group_appointed_by_board,
    steering_group_approved,
)
from .facts import InitiativeFacts, in_force
from .groups import GroupFact, SeatFact
from .models import Initiative, InitiativeBody, Level, Requirement, RequirementCatalogue, Stage

# How far ahead a rule is looked after.
HORIZON_DAYS = 365
# The checks that are about seats, with the kind of group they look at. The board's own approval comes after the seats
# are given, so only those that no decision heals are binding: an appointment that breaks them is refused.
ABOUT = {
    board_majority_in_steering_group.__name__: Body.Kind.STEERING_GROUP,
    board_member_in_coordination_group.__name__: Body.Kind.COORDINATION_GROUP,
    steering_group_approved.__name__: Body.Kind.STEERING_GROUP,
    steering_group_appointed_by_board.__name__: Body.Kind.STEERING_GROUP,
}
BINDING = frozenset({board_majority_in_steering_group.__name__, board_member_in_coordination_group.__name__})
# What must hold in a stage: what had to be there to come so far.
DUE = {
    Stage.CONCEPT: (Requirement.Due.START,),
    Stage.PROJECT: (Requirement.Due.START,),
    Stage.PRODUCT: (Requirement.Due.START, Requirement.Due.LAUNCH),
}


@dataclass(frozen=True, slots=True)
class Watched:
    """An initiative whose level asks something of its groups: those groups, and the checks that ask."""

    initiative: Initiative
    groups: tuple[Body, ...]
    checks: tuple[str, ...]

    @property
    def body_ids(self) -> frozenset[int]:
        """Its groups."""
        return frozenset(group.pk for group in self.groups)

    def finding(self, check: str, terms: Sequence[Term], day: date) -> Finding:
        """What a check finds with these terms on a day."""
        return CHECKS[check](facts_with(self.initiative, self.groups, terms, day))


def facts_with(
    initiative: Initiative, groups: Iterable[Body], terms: Sequence[Term], day: date, *, level: int | None = None
) -> InitiativeFacts:
    """The facts that a check of groups reads, with the seats as the terms say on the day."""
    board = board_people(terms, day)
    by_kind: dict[str, list[GroupFact]] = defaultdict(list)
    for group in groups:
        if not group.holds_on(day):
            continue
        here = (term for term in terms if term.body_id == group.pk and term.holds_on(day))
        seats = tuple(_seat(term, day, on_board=term.person_id in board) for term in here)
        by_kind[group.kind].append(GroupFact(group.pk, group.slug, group.name, seats))
    return InitiativeFacts(
        initiative=initiative,
        on=day,
        level=initiative.level if level is None else level,
        steering_groups=tuple(by_kind[Body.Kind.STEERING_GROUP]),
        coordination_groups=tuple(by_kind[Body.Kind.COORDINATION_GROUP]),
    )


def _seat(term: Term, day: date, *, on_board: bool) -> SeatFact:
    appointed = term.appointed_on is not None and term.appointed_on <= day
    return SeatFact(
        person_id=term.person_id,
        function=term.function,
        votes=term.votes,
        approved=appointed or (term.approved_on is not None and term.approved_on <= day),
        appointed=appointed,
        on_board=on_board,
    )


# ---------------------------------------------------------------- which initiatives, which rules
def watched(day: date, *, body_ids: Iterable[int] | None = None) -> list[Watched]:
    """Projects and products on N2 and N3 with their groups; only those of the given bodies, when any are given.

    Two queries. One without a group is left to its checklist: there is nothing here that could break.
    """
    links = InitiativeBody.objects.filter(
        initiative__stage__in=(Stage.PROJECT, Stage.PRODUCT),
        initiative__level__gte=Level.N2,
        body__kind__in=set(ABOUT.values()),
    )
    if body_ids is not None:
        touched = InitiativeBody.objects.filter(body__in=list(body_ids))
        links = links.filter(initiative__in=touched.values("initiative"))
    groups: dict[int, list[Body]] = defaultdict(list)
    initiatives: dict[int, Initiative] = {}
    for link in links.select_related("body", "initiative").order_by("initiative__name", "body__name"):
        initiatives[link.initiative_id] = link.initiative
        groups[link.initiative_id].append(link.body)
    if not initiatives:
        return []
    catalogues = _catalogues()
    return [
        Watched(initiative, tuple(groups[pk]), checks_of(initiative, groups[pk], catalogues, day))
        for pk, initiative in initiatives.items()
    ]


def _catalogues() -> dict[int, list[Requirement]]:
    """All catalogues' requirements, the newest catalogue first."""
    found: dict[int, list[Requirement]] = defaultdict(list)
    for requirement in Requirement.objects.select_related("catalogue").order_by("-catalogue__valid_from", "pk"):
        found[requirement.catalogue_id].append(requirement)
    return found


def _holds(catalogue: RequirementCatalogue, day: date) -> bool:
    return catalogue.valid_from is not None and catalogue.valid_from <= day


def checks_of(
    initiative: Initiative, groups: Iterable[Body], catalogues: dict[int, list[Requirement]], day: date
) -> tuple[str, ...]:
    """The checks of seats that hold for an initiative at its stage and level.

    What has no catalogue of its own, as from before the portal, is measured by the one in force (lifecycle.md).
    """
    own = catalogues.get(initiative.catalogue_id or 0)
    if own is None:
        own = next((rows for rows in catalogues.values() if _holds(rows[0].catalogue, day)), [])
    kinds = {group.kind for group in groups}
    due = DUE.get(Stage(initiative.stage), ())
    asked = (row.check_name for row in in_force(own, initiative.level) if row.due in due)
    return tuple(check for check in asked if check in ABOUT and ABOUT[check] in kinds)


# ---------------------------------------------------------------- what would break, and when
def breaches_of(change: SeatChange, body_ids: frozenset[int]) -> list[Breach]:
    """The rules that hold without a change of seats and not with it, each from the first day it would be so.

    `body_ids` are the bodies whose seats change; when the board's do, every watched initiative is looked at.
    """
    first = change.first_day
    if first is None:
        return []
    is_board = Body.objects.filter(pk__in=body_ids, kind=Body.Kind.BOARD).exists()
    rows = watched(first, body_ids=None if is_board else body_ids)
    before = terms_in((pk for row in rows for pk in row.body_ids), since=first)
    after = change.applied_to(before)
    last = first + timedelta(days=HORIZON_DAYS)
    found = []
    for row in rows:
        days = _days_for(row, [*before, *after], first, last)
        for check in row.checks:
            for day in days:
                then = row.finding(check, after, day)
                if not then.met and row.finding(check, before, day).met:
                    found.append(_breach(row, check, then, day))
                    break
    return sorted(found, key=lambda breach: (breach.on, breach.subject))


def forecast(first: date, last: date, body_ids: frozenset[int] | None = None) -> list[Breach]:
    """The rules that do not hold on a day, or will not from a later one if nobody does anything; in three queries.

    `body_ids` leaves out the initiatives that have none of these groups.
    """
    rows = watched(first, body_ids=body_ids)
    terms = terms_in((pk for row in rows for pk in row.body_ids), since=first)
    by_body: dict[int, list[Term]] = defaultdict(list)
    for term in terms:
        by_body[term.body_id].append(term)
    board = [term for term in terms if term.on_board]
    found = []
    for row in rows:
        own = [*board, *(term for pk in row.body_ids for term in by_body[pk])]
        days = _days_for(row, own, first, last)
        for check in row.checks:
            findings = ((day, row.finding(check, own, day)) for day in days)
            broken = next(((day, then) for day, then in findings if not then.met), None)
            if broken is not None:
                found.append(_breach(row, check, broken[1], broken[0]))
    return sorted(found, key=lambda breach: (breach.on, breach.subject))


def _days_for(row: Watched, terms: Iterable[Term], first: date, last: date) -> list[date]:
    """The days on which the seats of its groups change, or the seats that its members hold on the board."""
    terms = list(terms)
    own = [term for term in terms if term.body_id in row.body_ids]
    people = {term.person_id for term in own}
    return days_of_change(
        [*own, *(term for term in terms if term.on_board and term.person_id in people)], first=first, last=last
    )


def _breach(row: Watched, check: str, finding: Finding, day: date) -> Breach:
    return Breach(
        code=check,
        subject=row.initiative.name,
        message=finding.message,
        on=day,
        url=reverse("portfolio:organisation", args=[row.initiative.slug]),
        body_ids=frozenset(group.pk for group in row.groups if group.kind == ABOUT[check]),
        is_binding=check in BINDING,
        is_now=day <= timezone.localdate(),
    )


def breaches_of_new_group(initiative: Initiative, group: Body, terms: Sequence[Term], day: date) -> list[Breach]:
    """The rules that a group would not keep as it is composed from the beginning, asked before it is set up.

    Looks at the group alone, for the level the initiative is on; for a concept none is binding yet, its gate asks.
    """
    if initiative.level is None or Stage(initiative.stage) not in DUE:
        return []
    row = Watched(initiative, (group,), checks_of(initiative, (group,), _catalogues(), day))
    everybody = [*terms_in((), since=day), *terms]
    found = [(check, row.finding(check, everybody, day)) for check in row.checks]
    return [_breach(row, check, finding, day) for check, finding in found if not finding.met]
