"""How a body came to be composed as it is: every change in order, with the decision behind it. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from governance.models import Body, Decision, Facilitation, Membership

Ending = Membership.Ending


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened to a body on a day. `who` is a person by function, or the organisation of a seat.

    `kind` says it as a code: began, changed, vacant, ended with why, facilitates, facilitated.
    """

    day: date
    kind: str
    who: str
    what: str
    decision: Decision | None = None
    verb: str = ""


def changes_of(body: Body) -> list[Change]:
    """Every change of a body's seats, the latest first; in two queries."""
    seats = list(
        body.memberships.select_related("organisation", "person__organisation", "approved_by", "appointed_by").order_by(
            "valid_from", "pk"
        )
    )
    rows = [*_beginnings(seats), *_endings(seats), *_facilitations(body.facilitations.select_related("organisation"))]
    return sorted(rows, key=lambda row: row.day, reverse=True)


def _who(seat: Membership) -> str:
    return str(seat.person or seat.organisation)


def _beginnings(seats: list[Membership]) -> Iterable[Change]:
    for seat in seats:
        before = next((each for each in seats if _became(each, seat)), None)
        words = {"function": seat.get_function_display(), "before": before and before.get_function_display()}
        if before is not None:
            kind, what = "changed", _("gik fra %(before)s til %(function)s") % words
        elif seat.person is None:
            kind, what = "vacant", _("fik en ledig plads som %(function)s") % words
        else:
            kind, what = "began", _("begyndte som %(function)s") % words
        decision, verb = seat.appointed_by or seat.approved_by, ""
        if decision is not None:
            verb = _("udpeget") if seat.appointed_by else _("godkendt")
        yield Change(seat.valid_from, kind, _who(seat), what, decision, verb)


def _became(before: Membership, after: Membership) -> bool:
    return (
        before.person_id is not None
        and before.person_id == after.person_id
        and before.ended_because == Ending.CHANGED
        and before.valid_to == after.valid_from - timedelta(days=1)
    )


def _endings(seats: list[Membership]) -> Iterable[Change]:
    for seat in seats:
        if seat.valid_to is None or seat.ended_because == Ending.CHANGED:
            continue
        words = {"function": seat.get_function_display(), "why": seat.get_ended_because_display()}
        text = _("sidste dag som %(function)s: %(why)s") if seat.ended_because else _("sidste dag som %(function)s")
        kind = f"ended {seat.ended_because}".strip()
        yield Change(seat.valid_to, kind, _who(seat), text % words)


def _facilitations(rows: Iterable[Facilitation]) -> Iterable[Change]:
    for row in rows:
        words = {"basis": row.get_basis_display()}
        what = _("begyndte at facilitere gruppen, %(basis)s") % words
        yield Change(row.valid_from, "facilitates", str(row.organisation), what)
        if row.valid_to is not None:
            yield Change(row.valid_to, "facilitated", str(row.organisation), _("sidste dag som facilitator"))
