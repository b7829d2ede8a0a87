"""Seats through time, as rules see them: pure values, so that a change can be tried before anything is written.

A `Term` is a seat that is held, or one that is only thought of. A `SeatChange` is what is about to happen: the terms
that come, and the last day of those that end.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import Q

from governance.models import Body, Membership


@dataclass(frozen=True, slots=True)
class Term:
    """A filled seat from a day to a day, both inclusive. `pk` is None for a seat that is only thought of.

    `approved_on` and `appointed_on` are the days on which the board (or the general assembly) decided it.
    """

    body_id: int
    person_id: int
    function: str
    has_vote: bool
    valid_from: date
    valid_to: date | None = None
    on_board: bool = False
    approved_on: date | None = None
    appointed_on: date | None = None
    pk: int | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on the day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def votes(self) -> bool:
        """Whether the seat votes by itself: deputies count only for the item they stand in."""
        return self.has_vote and self.function != Membership.Function.DEPUTY


@dataclass(frozen=True, slots=True)
class SeatChange:
    """What is about to happen to seats. `ending` maps a seat to its last day; the day before its first undoes it."""

    coming: tuple[Term, ...] = ()
    ending: Mapping[int, date] = field(default_factory=dict)

    @property
    def first_day(self) -> date | None:
        """The first day on which something is different; None when nothing is."""
        days = [term.valid_from for term in self.coming] + [day + timedelta(days=1) for day in self.ending.values()]
        return min(days, default=None)

    def applied_to(self, terms: Iterable[Term]) -> list[Term]:
        """The terms as they would be."""
        kept = []
        for term in terms:
            last = self.ending.get(term.pk) if term.pk is not None else None
            if last is None:
                kept.append(term)
            elif last >= term.valid_from:
                kept.append(replace(term, valid_to=last))
        return [*kept, *self.coming]


def days_of_change(terms: Iterable[Term], *, first: date, last: date) -> list[date]:
    """The days from `first` to `last` on which some term begins or has just ended, and `first` itself; in order."""
    days = {first}
    for term in terms:
        days.add(term.valid_from)
        if term.valid_to is not None:
            days.add(term.valid_to + timedelta(days=1))
    return sorted(day for day in days if first <= day <= last)


def votes_on(terms: Iterable[Term], body_id: int, day: date) -> list[Term]:
    """The votes of a body on a day."""
    return [term for term in terms if term.body_id == body_id and term.votes and term.holds_on(day)]


def board_people(terms: Iterable[Term], day: date) -> frozenset[int]:
    """Who holds a vote on the board that day."""
    return frozenset(term.person_id for term in terms if term.on_board and term.votes and term.holds_on(day))


def terms_in(body_ids: Iterable[int], *, since: date) -> list[Term]:
    """The filled seats of bodies, and of the board, that are not over before a day; in one query."""
    in_them = Q(body__in=list(body_ids)) | Q(body__kind=Body.Kind.BOARD)
    not_over = Q(valid_to__isnull=True) | Q(valid_to__gte=since)
    rows = (
        Membership.objects.filled()
        .filter(in_them, not_over)
        .order_by("pk")
        .values_list(
            "body_id",
            "person_id",
            "function",
            "has_vote",
            "valid_from",
            "valid_to",
            "body__kind",
            "approved_by__decided_on",
            "approved_by__body__kind",
            "appointed_by__decided_on",
            "appointed_by__body__kind",
            "pk",
        )
    )
    found = []
    for body, person, function, votes, first, last, kind, approved_on, approving, appointed_on, appointing, pk in rows:
        term = Term(
            body_id=body,
            person_id=person,
            function=function,
            has_vote=votes,
            valid_from=first,
            valid_to=last,
            on_board=kind == Body.Kind.BOARD,
            approved_on=approved_on if approving in Body.BOARD_KINDS else None,
            appointed_on=appointed_on if appointing in Body.BOARD_KINDS else None,
            pk=pk,
        )
        found.append(term)
    return found


def term_of_seat(seat: Membership) -> Term:
    """One filled seat as a term."""
    (term,) = [term for term in terms_in([seat.body_id], since=seat.valid_from) if term.pk == seat.pk]
    return term
