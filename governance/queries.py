"""Reads: what a person may see of meetings, cases and decisions, and lists with their counts, in few queries."""

import re
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Case as Choose
from django.db.models import Count, Exists, IntegerField, Model, OuterRef, Q, QuerySet, Value, When
from django.utils.dateparse import parse_date

from governance.danish import search_terms
from governance.domain.quorum import Elector, Electorate
from governance.effects import Condition, registry
from governance.models import (
    Affiliation,
    Body,
    Case,
    Decision,
    Meeting,
    Membership,
    Organisation,
    PortalRole,
    User,
)
from governance.rules import planned_body_ids
from governance.standing import Standing

Row = TypeVar("Row", bound=Model)


# ---------------------------------------------------------------- what a person may see
def meetings_for(standing: Standing) -> QuerySet[Meeting]:
    """The meetings a person may read: all; or those of own bodies, and those whose minutes one takes."""
    rows = Meeting.objects.select_related("body")
    if standing.sees_all:
        return rows
    return rows.filter(Q(body__in=standing.body_ids) | Q(minute_taker=standing.user_id or 0))


def cases_for(standing: Standing) -> QuerySet[Case]:
    """The cases a person may read: all; or those of own bodies and those one is responsible for.

    A case that concerns what the person works on is read, too, once it is ready, unless it is closed to the public.
    """
    rows = Case.objects.select_related("body", "responsible__organisation")
    if standing.sees_all:
        return rows
    settled = Q(status__in=(Case.Status.READY, Case.Status.DECIDED), is_public=True)
    own = Q(body__in=standing.body_ids) | Q(responsible=standing.user_id)
    return rows.filter(own | (settled & Q(pk__in=registry.concerning(standing))))


def decisions_for(standing: Standing) -> QuerySet[Decision]:
    """The decisions a person may read: all; or those of own bodies, and public ones that concern the person's work."""
    rows = Decision.objects.select_related("case", "body", "meeting__body")
    if standing.sees_all:
        return rows
    own = Q(body__in=standing.body_ids) | Q(case__responsible=standing.user_id)
    return rows.filter(own | Q(is_public=True, case__in=registry.concerning(standing)))


# ---------------------------------------------------------------- searching
def matching(rows: QuerySet[Row], text: str, *fields: str) -> QuerySet[Row]:
    """The rows where every word occurs in one of the fields, whatever its case; the same on both databases."""
    for word in re.findall(r"\w+", text):
        # SQLite folds only ASCII, and so does PostgreSQL under some locales: other letters name both their cases.
        pattern = "".join(c if c.isascii() else f"[{c.lower()}{c.upper()}]" for c in word)
        found = Q()
        for field in fields:
            found |= Q(**{f"{field}__iregex": pattern})
        rows = rows.filter(found)
    return rows


# ---------------------------------------------------------------- bodies and seats
KIND_ORDER = list(Body.Kind.values)


def bodies_with_counts(day: date) -> QuerySet[Body]:
    """Bodies in the order of their kinds, each with its `seats`, `votes` and `vacant` on the day."""
    in_force = Q(memberships__valid_from__lte=day) & (
        Q(memberships__valid_to__isnull=True) | Q(memberships__valid_to__gte=day)
    )
    held = in_force & Q(memberships__person__isnull=False)
    votes = held & Q(memberships__has_vote=True) & ~Q(memberships__function=Membership.Function.DEPUTY)
    rank = [When(kind=kind, then=Value(number)) for number, kind in enumerate(KIND_ORDER)]
    return Body.objects.annotate(
        rank=Choose(*rank, output_field=IntegerField()),
        seats=Count("memberships", filter=held),
        votes=Count("memberships", filter=votes),
        vacant=Count("memberships", filter=in_force & Q(memberships__person__isnull=True)),
    ).order_by("rank", "name")


def bodies_planned_by(standing: Standing) -> QuerySet[Body]:
    """The bodies in force whose meetings and cases a person prepares."""
    rows = Body.objects.on(standing.day).order_by("kind", "name")
    return rows if standing.manages else rows.filter(pk__in=planned_body_ids(standing))


@dataclass(frozen=True, slots=True)
class Composition:
    """Seats around a day: those in force, those that ended before, those that begin later."""

    now: list[Membership]
    past: list[Membership]
    coming: list[Membership]


def composition(body: Body, day: date) -> Composition:
    """Who sits in the body on the day, chair first, and the other terms, latest first."""
    rows = body.memberships.select_related(
        "organisation", "person__organisation", "approved_by", "appointed_by"
    ).order_by("-valid_from", "-pk")
    return _around(list(rows), day)


def seats_around(organisation: Organisation, day: date) -> Composition:
    """The seats that an organisation has on the day, and the other terms, latest first."""
    rows = organisation.memberships.select_related("body", "person__organisation").order_by("-valid_from", "-pk")
    return _around(list(rows), day)


def _around(seats: list[Membership], day: date) -> Composition:
    functions = list(Membership.Function.values)
    in_force = [seat for seat in seats if seat.holds_on(day)]
    return Composition(
        now=sorted(in_force, key=lambda seat: (functions.index(seat.function), seat.pk)),
        past=[seat for seat in seats if seat.valid_to is not None and seat.valid_to < day],
        coming=[seat for seat in seats if seat.valid_from > day],
    )


# ---------------------------------------------------------------- organisations and people
def organisations(*, text: str = "", kind: str = "", tie: str = "", day: date) -> QuerySet[Organisation]:
    """Organisations that match, in Danish order, with `is_member` and `is_partner` on the day."""
    ties = Affiliation.objects.on(day).filter(organisation=OuterRef("pk"))
    rows = Organisation.objects.annotate(
        is_member=Exists(ties.filter(kind=Affiliation.Kind.MEMBER)),
        is_partner=Exists(ties.filter(kind=Affiliation.Kind.VENDOR_PARTNER)),
    )
    for term in search_terms(text):
        rows = rows.filter(search_text__contains=term)
    if kind:
        rows = rows.filter(kind=kind)
    if tie:
        rows = rows.filter(Exists(ties.filter(kind=tie)))
    return rows.order_by("sort_key", "pk")


def people(*, text: str = "", state: str = "", day: date) -> QuerySet[User]:
    """People with their organisation, `seats` on the day, and whether they are `invited` (an open invitation)."""
    in_force = Q(memberships__valid_from__lte=day) & (
        Q(memberships__valid_to__isnull=True) | Q(memberships__valid_to__gte=day)
    )
    rows = User.objects.select_related("organisation").annotate(
        seats=Count("memberships", filter=in_force),
        roles=Exists(PortalRole.objects.on(day).filter(person=OuterRef("pk"))),
    )
    if state == "role":
        rows = rows.filter(roles=True)
    elif state == "outside":
        rows = rows.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return matching(rows, text, "title", "name", "email", "organisation__name").order_by("title", "pk")


def people_to_answer_for(standing: Standing, *also: int) -> QuerySet[User]:
    """Who can be made responsible for a case: anybody, by those who run the portal; by others themselves and `also`."""
    rows = User.objects.select_related("organisation").order_by("title", "pk")
    return rows.filter(is_active=True) if standing.manages else rows.filter(pk__in=[standing.user_id, *also])


def minute_takers(standing: Standing, *also: int) -> QuerySet[User]:
    """Who can be chosen to take the minutes: the secretariat, those in the bodies that one plans for, and `also`."""
    seats = Membership.objects.on(standing.day).filter(body__in=bodies_planned_by(standing), person=OuterRef("pk"))
    roles = PortalRole.objects.on(standing.day).filter(person=OuterRef("pk"))
    chosen = Q(is_active=True) & (Q(Exists(seats)) | Q(Exists(roles)))
    return User.objects.filter(chosen | Q(pk__in=also)).select_related("organisation").order_by("title", "pk")


# ---------------------------------------------------------------- meetings
def meetings_with_counts(standing: Standing) -> QuerySet[Meeting]:
    """The meetings a person may read with the number of `points` on the agenda and of `decided` ones."""
    rows = meetings_for(standing).annotate(
        points=Count("items", filter=Q(items__withdrawn_at__isnull=True), distinct=True),
        decided=Count("decisions", distinct=True),
    )
    return rows.order_by("-starts_at", "-pk")


def cases_for_agenda(meeting: Meeting) -> QuerySet[Case]:
    """Ready cases that the meeting's body can take and that are not on its agenda; the assembly takes the board's."""
    bodies = Q(body=meeting.body)
    if meeting.body.decides_as_board:
        bodies |= Q(body__kind__in=Body.BOARD_KINDS)
    on_agenda = meeting.items.filter(case__isnull=False).values("case")
    return Case.objects.filter(bodies, status=Case.Status.READY).exclude(pk__in=on_agenda).order_by("created_at")


# ---------------------------------------------------------------- decisions
def conditions_of(decision: Decision) -> list[Condition]:
    """The conditions as the decision keeps them."""
    return [_condition(**row) for row in decision.conditions]


def electorate_of(decision: Decision) -> Electorate:
    """Who could vote, as the decision keeps it."""
    kept = decision.electorate
    return Electorate(
        body_kind=decision.body.kind,
        electors=tuple(
            Elector(membership_id=row["membership"], **{name: row[name] for name in row if name != "membership"})
            for row in kept.get("electors", [])
        ),
        voting_seats=kept.get("voting_seats", 0),
        represented_organisations=kept.get("represented_organisations"),
        represented=tuple(kept.get("represented", [])),
    )


def electors_with_votes(decision: Decision, electorate: Electorate) -> list[tuple[Elector, str]]:
    """Each elector with how that seat voted, in words; empty where nobody was called by name."""
    votes = {vote.membership_id: vote.get_choice_display() for vote in decision.votes.all()}
    return [(elector, votes.get(elector.membership_id, "")) for elector in electorate.electors if elector.was_called]


def _condition(*, code: str, until: str | date | None, title: str = "", responsible: str = "", accepted: bool = False):
    # Rows read back from the database carry the date as text; a decision that was just made carries the date.
    day = parse_date(until) if isinstance(until, str) else until
    return Condition(code=code, until=day, title=title, responsible=responsible, accepted=accepted)


def years_of(decisions: QuerySet[Decision]) -> list[int]:
    """The years in which something was decided, latest first."""
    return [day.year for day in decisions.dates("decided_on", "year", order="DESC")]


def bodies_behind(rows: QuerySet[Row]) -> QuerySet[Body]:
    """The bodies that the rows belong to, for a filter."""
    return Body.objects.filter(pk__in=rows.order_by().values("body")).order_by("name")
