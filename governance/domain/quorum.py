"""Who could vote on an item, and whether the body could decide (domain.md section 2).

Pure: takes seats and attendance, asks nothing of the database. Roll-call votes build on the same electorate.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from governance.models import Attendance, Body, Membership
from governance.refusals import Refusal

# The bodies that can decide only when at least half of their voting members take part. The report says it of the board;
# a steering group decides about money as well, so the portal asks the same of it. The bylaws set none for the assembly,
# and the report none for coordination groups, committees and expert groups: there one voting member is enough.
QUORUM_IS_HALF = (Body.Kind.BOARD, Body.Kind.STEERING_GROUP)


@dataclass(frozen=True, slots=True)
class Elector:
    """One seat as it was for one item."""

    membership_id: int
    label: str
    function: str
    has_vote: bool
    status: str
    stands_in_for: str = ""
    disqualified: str = ""
    organisation_id: int | None = None

    @property
    def status_label(self) -> str:
        """The attendance in words."""
        return str(Attendance.Status(self.status).label)

    @property
    def was_called(self) -> bool:
        """Whether there is anything to say: a deputy who was not called is neither here nor away."""
        return self.function != Membership.Function.DEPUTY or self.status != Attendance.Status.ABSENT

    @property
    def takes_part(self) -> bool:
        """Present and not disqualified."""
        return self.status == Attendance.Status.PRESENT and not self.disqualified


@dataclass(frozen=True, slots=True)
class Electorate:
    """Everybody who could have voted on an item, and what that makes."""

    body_kind: str
    electors: tuple[Elector, ...]
    voting_seats: int
    represented_organisations: int | None = None
    represented: tuple[str, ...] = ()

    @property
    def taking_part(self) -> int:
        """How many votes take part: present, not disqualified, deputies for the seat they stand in."""
        return sum(1 for elector in self.electors if elector.has_vote and elector.takes_part)

    @property
    def needed(self) -> int:
        """How many must take part: at least half of the voting seats, rounded up; 0 where there is no quorum."""
        return -(-self.voting_seats // 2) if self.body_kind in QUORUM_IS_HALF else 0

    @property
    def refusals(self) -> list[Refusal]:
        """Why the body could not decide; empty when it could."""
        if self.body_kind == Body.Kind.GENERAL_ASSEMBLY:
            if self.represented_organisations:
                return []
            return [Refusal("assembly_empty", _("Vælg først, hvilke medlemmer der er repræsenteret på mødet."))]
        if not self.voting_seats:
            return [Refusal("no_voting_seats", _("Ingen havde stemmeret den dag. Registrér pladserne først."))]
        if not self.taking_part or self.taking_part < self.needed:
            message = _(
                "Ikke beslutningsdygtig: %(here)d af %(all)d med stemmeret deltog; der skal mindst %(needed)d til."
            )
            return [
                Refusal(
                    "no_quorum",
                    message % {"here": self.taking_part, "all": self.voting_seats, "needed": max(self.needed, 1)},
                )
            ]
        return []

    def frozen(self) -> dict[str, Any]:
        """The electorate as it is stored with the decision."""
        return {
            "voting_seats": self.voting_seats,
            "taking_part": self.taking_part,
            "needed": self.needed,
            "represented_organisations": self.represented_organisations,
            "represented": list(self.represented),
            "electors": [
                {
                    "membership": e.membership_id,
                    "label": e.label,
                    "function": e.function,
                    "has_vote": e.has_vote,
                    "status": e.status,
                    "stands_in_for": e.stands_in_for,
                    "disqualified": e.disqualified,
                    "organisation_id": e.organisation_id,
                }
                for e in self.electors
            ],
        }


def electorate_of(
    *,
    body: Body,
    seats: Iterable[Membership],
    attendances: Mapping[int, Attendance],
    disqualified: Mapping[int, str],
    represented_organisations: int | None = None,
    represented: Sequence[str] = (),
) -> Electorate:
    """Work out the electorate of an item from the seats of the day.

    `attendances` and `disqualified` are keyed by membership. Seats without attendance count as absent. A deputy has the
    vote of the seat stood in for, if that seat votes and its holder does not take part. On the board an organisation
    has one vote: its deputy has none while its own member takes part.
    """
    by_id = {seat.pk: seat for seat in seats if seat.person_id}
    voting = {pk for pk, seat in by_id.items() if seat.has_vote and seat.function != Membership.Function.DEPUTY}

    def is_here(pk: int) -> bool:
        attendance = attendances.get(pk)
        return attendance is not None and attendance.status == Attendance.Status.PRESENT and pk not in disqualified

    stood_in: set[int] = set()
    has_voted = {by_id[pk].organisation_id for pk in voting if is_here(pk)} if body.kind == Body.Kind.BOARD else set()
    electors = []
    for pk, seat in by_id.items():
        attendance = attendances.get(pk)
        status = attendance.status if attendance else Attendance.Status.ABSENT
        absent = attendance.stands_in_for_id if attendance else None
        votes_as_deputy = (
            seat.function == Membership.Function.DEPUTY
            and absent is not None
            and absent in voting
            and absent not in stood_in
            and not is_here(absent)
            and is_here(pk)
            and (seat.organisation_id is None or seat.organisation_id not in has_voted)
        )
        if votes_as_deputy and absent is not None:
            stood_in.add(absent)
            if body.kind == Body.Kind.BOARD:
                has_voted.add(seat.organisation_id)
        electors.append(
            Elector(
                membership_id=pk,
                label=str(seat),
                function=seat.function,
                has_vote=pk in voting or votes_as_deputy,
                status=status,
                stands_in_for=str(by_id[absent]) if votes_as_deputy and absent is not None else "",
                disqualified=disqualified.get(pk, ""),
                organisation_id=seat.organisation_id,
            )
        )
    return Electorate(
        body_kind=body.kind,
        electors=tuple(electors),
        voting_seats=len(voting),
        represented_organisations=represented_organisations,
        represented=tuple(represented),
    )
