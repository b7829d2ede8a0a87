"""Terms that end soon, and what would break when they do. Reads only, in a constant number of queries."""

from dataclasses import dataclass
from datetime import date, timedelta

from governance.group_rules import Breach, group_rules
from governance.models import Body, Membership

SOON_DAYS = 90
AHEAD_DAYS = 365


@dataclass(frozen=True, slots=True)
class EndingTerm:
    """A filled seat whose last day is near, whether somebody has it from the day after, and what breaks then."""

    seat: Membership
    is_followed: bool
    breaches: tuple[Breach, ...]


def breaches_ahead(day: date, body_ids: frozenset[int] | None = None) -> list[Breach]:
    """The rules of groups (or of some of them) that do not hold on a day, or will not within a year."""
    found = group_rules.forecast(day, day + timedelta(days=AHEAD_DAYS), body_ids)
    return found if body_ids is None else [breach for breach in found if breach.body_ids & body_ids]


def breaches_about(body: Body, day: date) -> list[Breach]:
    """Those of them that are about one body; the board's own page leaves the others' to the list of terms."""
    if body.kind not in (Body.Kind.STEERING_GROUP, Body.Kind.COORDINATION_GROUP):
        return []
    return breaches_ahead(day, frozenset({body.pk}))


def ending_terms(day: date, breaches: list[Breach]) -> list[EndingTerm]:
    """The seats that end within SOON_DAYS, the first to end first, with those of the breaches that follow from them."""
    last = day + timedelta(days=SOON_DAYS)
    seats = list(
        Membership.objects.filled()
        .filter(valid_to__gte=day, valid_to__lte=last)
        .exclude(ended_because__in=[Membership.Ending.CHANGED, Membership.Ending.REPLACED])
        .select_related("body", "organisation", "person__organisation")
        .order_by("valid_to", "body__name", "pk")
    )
    following = {
        (body, person): first
        for body, person, first in Membership.objects.filter(
            body__in={seat.body_id for seat in seats}, valid_from__gt=day
        ).values_list("body", "person", "valid_from")
    }
    rows = []
    for seat in seats:
        end = seat.valid_to or last
        next_day = end + timedelta(days=1)
        due = tuple(b for b in breaches if b.on == next_day and _is_about(b, seat))
        rows.append(EndingTerm(seat, following.get((seat.body_id, seat.person_id)) == next_day, due))
    return rows


def _is_about(breach: Breach, seat: Membership) -> bool:
    """The board's own seats count in every steering group."""
    return seat.body_id in breach.body_ids or seat.body.kind == Body.Kind.BOARD
