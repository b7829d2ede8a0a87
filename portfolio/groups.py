"""Steering and coordination groups as the rules see them on a day: their filled seats, in one query."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Exists, FilteredRelation, OuterRef, Q

from governance.models import Body, Membership, Organisation, User

from .models import InitiativeBody
from .ties import among


@dataclass(frozen=True, slots=True)
class SeatFact:
    """A filled seat of a group on the day."""

    person_id: int
    function: str
    votes: bool
    approved: bool
    appointed: bool
    on_board: bool
    label: str = ""

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


@lru_cache(maxsize=5_000)
def label_of(title: str | None, organisation: str | None, kind: str | None) -> str:
    """A person by function, or an organisation where nobody is named: what their models call themselves."""
    behind = Organisation(name=organisation, kind=kind or "") if organisation else None
    return str(User(title=title, organisation=behind)) if title else str(behind or "")


def groups_of(rows: Mapping[int, Any], on: date) -> dict[tuple[int, str], list[GroupFact]]:
    """Groups with their filled seats, each seat with who put it there and whether its person votes on the board."""
    began = Q(body__memberships__valid_from__lte=on)
    goes_on = Q(body__memberships__valid_to__isnull=True) | Q(body__memberships__valid_to__gte=on)
    board = Membership.objects.on(on).voting().filter(body__kind=Body.Kind.BOARD, person=OuterRef("seat__person"))
    lines = (
        InitiativeBody.objects.filter(
            among(rows), body__kind__in=[Body.Kind.STEERING_GROUP, Body.Kind.COORDINATION_GROUP]
        )
        .filter(Q(body__valid_to__isnull=True) | Q(body__valid_to__gte=on), body__valid_from__lte=on)
        .annotate(seat=FilteredRelation("body__memberships", condition=began & goes_on))
        .annotate(on_board=Exists(board))
        .order_by("body__name", "body", "seat__pk")
        .values_list(
            "initiative_id",
            "body__kind",
            "body_id",
            "body__slug",
            "body__name",
            "seat__person_id",
            "seat__function",
            "seat__has_vote",
            "seat__approved_by__body__kind",
            "seat__approved_by__decided_on",
            "seat__appointed_by__body__kind",
            "seat__appointed_by__decided_on",
            "on_board",
            "seat__person__title",
            "seat__person__organisation__name",
            "seat__person__organisation__kind",
        )
    )
    groups: dict[tuple[int, str], dict[tuple[int, str, str], list[SeatFact]]] = defaultdict(lambda: defaultdict(list))
    for pk, body_kind, body_id, slug, name, *seat in lines:
        seats = groups[pk, body_kind][body_id, slug, name]
        if seat[0] is not None:
            seats.append(_seat(seat, on))
    return {
        place: [GroupFact(*body, seats=tuple(seats)) for body, seats in bodies.items()]
        for place, bodies in groups.items()
    }


def _seat(columns: list[Any], on: date) -> SeatFact:
    person_id, function, has_vote, approving, approved_on, appointing, appointed_on, on_board, *who = columns
    appointed = _by_board(appointing, appointed_on, on)
    return SeatFact(
        person_id=person_id,
        function=function,
        votes=has_vote and function != Membership.Function.DEPUTY,
        approved=appointed or _by_board(approving, approved_on, on),
        appointed=appointed,
        on_board=on_board,
        label=label_of(*who),
    )


def _by_board(body_kind: str | None, decided_on: date | None, on: date) -> bool:
    return body_kind in Body.BOARD_KINDS and decided_on is not None and decided_on <= on
