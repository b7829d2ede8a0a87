"""What a person is on a day: portal roles and seats. The one thing that every rule about rights starts from."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import BooleanField, F, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from governance.models import Affiliation, Body, Membership, PortalRole, User


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat as rights see it."""

    body_id: int
    kind: str
    function: str
    has_vote: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's current roles and seats. Worked out once per request, in one query."""

    day: date
    user_id: int | None = None
    organisation_id: int | None = None
    is_business_manager: bool = False
    is_secretariat: bool = False
    is_member_user: bool = False
    seats: tuple[Seat, ...] = field(default=())

    @property
    def manages(self) -> bool:
        """Business manager or secretariat: the two that run the portal from day to day."""
        return self.is_business_manager or self.is_secretariat

    @property
    def is_board_member(self) -> bool:
        """Holds a seat on the board: chair, vice chair, member or deputy; observers and the secretary do not count."""
        never = Membership.NEVER_VOTES
        return any(seat.kind == Body.Kind.BOARD and seat.function not in never for seat in self.seats)

    @property
    def is_board_chair(self) -> bool:
        """Chairs the board."""
        return any(seat.kind == Body.Kind.BOARD and seat.function == Membership.Function.CHAIR for seat in self.seats)

    @property
    def sees_all(self) -> bool:
        """Reads unpublished facts of every initiative (domain.md section 3)."""
        return self.manages or self.is_board_member

    # The workspace calls the same thing "portal wide" when it chooses what to show in the menu.
    portal_wide = sees_all

    @property
    def body_ids(self) -> frozenset[int]:
        """The bodies the person has a seat in, also without a vote."""
        return frozenset(seat.body_id for seat in self.seats)

    def chairs(self, body_id: int) -> bool:
        """Whether the person chairs the body."""
        return any(s.body_id == body_id and s.function == Membership.Function.CHAIR for s in self.seats)


def standing_of(user, on: date | None = None) -> Standing:
    """The standing of a user on a day (default today). Anonymous visitors have none.

    Today's standing is kept on the user object, so that a request asks the database once.
    """
    day = on or timezone.localdate()
    if not getattr(user, "is_authenticated", False):
        return Standing(day=day)
    kept = user.__dict__.get("_standing")
    if kept is not None and kept.day == day:
        return kept
    standing = _load(user, day)
    user.__dict__["_standing"] = standing
    return standing


def _load(user: User, day: date) -> Standing:
    """Roles, seats and membership in one query: three kinds of lines with the same columns."""
    nothing = {"body_id": Value(0), "kind": Value(""), "votes": Value(False)}
    roles = PortalRole.objects.on(day).filter(person=user)
    seats = Membership.objects.on(day).filter(person=user)
    member = Affiliation.objects.on(day).filter(organisation=user.organisation_id or 0, kind=Affiliation.Kind.MEMBER)
    lines = _lines("role", roles, name=F("role"), **nothing).union(
        _lines("seat", seats, name=F("function"), body_id=F("body_id"), kind=F("body__kind"), votes=F("has_vote")),
        _lines("member", member, name=Value(""), **nothing),
        all=True,
    )
    found: dict[str, list[tuple]] = {"role": [], "seat": [], "member": []}
    for what, *line in lines:
        found[what].append(tuple(line))
    held = {name for name, *_rest in found["role"]}
    return Standing(
        day=day,
        user_id=user.pk,
        organisation_id=user.organisation_id,
        is_business_manager=PortalRole.Role.BUSINESS_MANAGER in held,
        is_secretariat=PortalRole.Role.SECRETARIAT in held,
        is_member_user=bool(found["member"]),
        seats=tuple(
            Seat(body_id=body_id, kind=kind, function=function, has_vote=bool(votes))
            for function, body_id, kind, votes in sorted(found["seat"])
        ),
    )


def _lines(what: str, rows: QuerySet[Any], *, name: Any, body_id: Any, kind: Any, votes: Any) -> QuerySet[Any]:
    return (
        rows.order_by()
        .annotate(
            line_what=Value(what, TextField()),
            line_name=Cast(name, TextField()),
            line_body=Cast(body_id, IntegerField()),
            line_kind=Cast(kind, TextField()),
            line_votes=Cast(votes, BooleanField()),
        )
        .values_list("line_what", "line_name", "line_body", "line_kind", "line_votes")
    )
