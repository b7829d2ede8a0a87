"""A person's own seats and what each entails, in a sentence (report chapter 4). Reads only."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from governance.group_rules import Duty, group_rules
from governance.models import Body, Membership, PortalRole
from governance.standing import Standing

Kind, Function = Body.Kind, Membership.Function
MEMBERS = (Function.CHAIR, Function.VICE_CHAIR, Function.MEMBER)

# What the seat of a member is about in each kind of body.
IN_BODY: dict[str, Promise] = {
    Kind.GENERAL_ASSEMBLY: _("Du stemmer for din organisation om økonomi, principper og strategi."),
    Kind.BOARD: _("Du læser sagerne før mødet, markerer dem, der skal drøftes, og beslutter om hele porteføljen."),
    Kind.STEERING_GROUP: _("Du beslutter om projektet eller produktet og godkender dets økonomi og statusrapporter."),
    Kind.COORDINATION_GROUP: _("Du samler ønsker fra dem, der bruger produktet, og følger kontrakter og drift."),
    Kind.EXPERT_COMMITTEE: _("Du skriver vejledning, som bestyrelsen kan gøre obligatorisk."),
    Kind.EXPERT_GROUP: _("Du deler viden med andre og må indstille til produktets styregruppe."),
}
# What other functions are about, wherever they are.
AS: dict[str, Promise] = {
    Function.DEPUTY: _("Du stemmer kun i de punkter, hvor du træder ind for en anden."),
    Function.SECRETARY: _("Du forbereder møder og skriver referat. Du har ikke stemme."),
    Function.OBSERVER: _("Du følger med og har ikke stemme."),
}
CHAIR: Promise = _("Som formand leder du møderne, frigiver referatet og afgør sagen ved stemmelighed.")
# The chair of other groups leads, but a tie there is not carried.
CHAIR_ELSEWHERE: Promise = _("Som formand leder du møderne og frigiver referatet.")
CASTS = (Kind.BOARD, Kind.STEERING_GROUP)
IN_PORTAL: dict[str, Promise] = {
    PortalRole.Role.BUSINESS_MANAGER: _(
        "Du tager imod idéer, indstiller til bestyrelsen og fører dens beslutninger ud i livet."
    ),
    PortalRole.Role.SECRETARIAT: _("Du vurderer svar, forbereder møder og holder styr på organer og organisationer."),
}


@dataclass(frozen=True, slots=True)
class OwnSeat:
    """A seat with what it entails."""

    seat: Membership
    entails: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnRole:
    """A role for the whole portal with what it entails."""

    role: PortalRole
    entails: str


@dataclass(frozen=True, slots=True)
class OwnSeats:
    """Everything a person is: seats now, seats to come and before, roles in the portal and on initiatives."""

    roles: tuple[OwnRole, ...]
    now: tuple[OwnSeat, ...]
    coming: tuple[Membership, ...]
    past: tuple[Membership, ...]
    duties: tuple[Duty, ...]


def entails(seat: Membership) -> tuple[str, ...]:
    """What a seat is about, the body's own first."""
    if seat.function not in MEMBERS:
        return (str(AS[seat.function]),)
    said = [str(IN_BODY[seat.body.kind])]
    if seat.function == Function.CHAIR:
        said.append(str(CHAIR if seat.body.kind in CASTS else CHAIR_ELSEWHERE))
    return tuple(said)


def own_seats(standing: Standing) -> OwnSeats:
    """What the person of a standing is, on its day."""
    day = standing.day
    rows = Membership.objects.filter(person=standing.user_id or 0).select_related("body", "organisation")
    seats = list(rows.order_by("body__name", "-valid_from"))
    roles = PortalRole.objects.on(day).filter(person=standing.user_id or 0)
    return OwnSeats(
        roles=tuple(OwnRole(role, str(IN_PORTAL[role.role])) for role in roles),
        now=tuple(OwnSeat(seat, entails(seat)) for seat in seats if seat.holds_on(day)),
        coming=tuple(seat for seat in seats if seat.valid_from > day),
        past=tuple(seat for seat in seats if seat.valid_to is not None and seat.valid_to < day),
        duties=tuple(group_rules.duties(standing.user_id, day)) if standing.user_id else (),
    )
