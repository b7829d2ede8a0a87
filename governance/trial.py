"""What if: the votes, majority and quorum of every group that a change of seats touches, before and after.

Looks only. The change is never written; the rules are asked as they are when it is (domain/seats.py).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from governance.domain.quorum import QUORUM_IS_HALF
from governance.domain.terms import SeatChange, Term, board_people, terms_in, votes_on
from governance.group_rules import Breach, group_rules
from governance.models import Body, Membership, User


@dataclass(frozen=True, slots=True)
class Figures:
    """The votes of a body on a day: how many, how many make a majority, how many must take part, and the board's."""

    votes: int
    quorum: int
    from_board: int

    @property
    def majority(self) -> int:
        """More than half."""
        return self.votes // 2 + 1

    @property
    def board_has_majority(self) -> bool:
        """Whether current board members hold more than half of the votes."""
        return self.from_board >= self.majority


@dataclass(frozen=True, slots=True)
class Touched:
    """A body that the change touches, before and after."""

    body: Body
    before: Figures
    after: Figures

    @property
    def shows_board(self) -> bool:
        """Whether the board's share of the votes says anything here."""
        return self.body.kind in (Body.Kind.STEERING_GROUP, Body.Kind.COORDINATION_GROUP)


@dataclass(frozen=True, slots=True)
class Trial:
    """What a change would do: in which bodies, and which rules it would break from when."""

    rows: tuple[Touched, ...]
    breaches: tuple[Breach, ...]


def change_of(
    body: Body, *, on: date, going: Iterable[Membership], coming: Iterable[User], others: int = 0
) -> SeatChange:
    """The change as the rules see it: the last day of who goes is the day before; who comes votes, known or not."""
    people = [person.pk for person in coming] + [-number for number in range(1, others + 1)]
    on_board = body.kind == Body.Kind.BOARD
    terms = tuple(
        Term(body.pk, person, Membership.Function.MEMBER, has_vote=True, valid_from=on, on_board=on_board)
        for person in people
    )
    return SeatChange(coming=terms, ending={seat.pk: on - timedelta(days=1) for seat in going})


def trial(body: Body, change: SeatChange, *, on: date, people: Collection[int]) -> Trial:
    """Try a change on a day. `people` are those who go or come: when the board changes, their other groups do, too."""
    bodies = [body, *_other_groups(body, on, people)]
    before = terms_in((each.pk for each in bodies), since=on)
    after = change.applied_to(before)
    rows = tuple(Touched(each, figures(each, before, on), figures(each, after, on)) for each in bodies)
    return Trial(rows, tuple(group_rules.breaches(change, frozenset({body.pk}))))


def figures(body: Body, terms: Iterable[Term], day: date) -> Figures:
    """The figures of a body with these terms."""
    terms = list(terms)
    votes, board = votes_on(terms, body.pk, day), board_people(terms, day)
    half = -(-len(votes) // 2)
    return Figures(
        votes=len(votes),
        quorum=half if body.kind in QUORUM_IS_HALF else 0,
        from_board=sum(1 for term in votes if term.person_id in board),
    )


def _other_groups(body: Body, on: date, people: Collection[int]) -> list[Body]:
    if body.kind != Body.Kind.BOARD:
        return []
    seats = Membership.objects.on(on).voting().filter(person__in=people)
    kinds = (Body.Kind.STEERING_GROUP, Body.Kind.COORDINATION_GROUP)
    return list(Body.objects.filter(pk__in=seats.values("body"), kind__in=kinds).order_by("kind", "name"))
