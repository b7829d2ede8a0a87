"""Seats in bodies: who may hold one, giving and ending them (domain.md section 2).

Taking over a seat and electing a chair are in succession.py, joining and leaving a group by oneself in joining.py.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from governance.group_rules import Breach, group_rules
from governance.models import Body, Decision, Membership, Organisation, PortalRole, User
from governance.refusals import NotReady, Refusal, Unconfirmed, raise_if

from .terms import SeatChange, Term

Function = Membership.Function

# Another app may know reasons against a seat: portfolio refuses a project lead in the steering group.
SeatObjection = Callable[[Body, User | None, str, date], list[Refusal]]
objections: list[SeatObjection] = []


@dataclass(frozen=True, slots=True)
class Place:
    """A seat as it is wanted: for whom, as what. Without a person it is a vacant seat of the organisation."""

    person: User | None
    organisation: Organisation
    function: str = Function.MEMBER
    has_vote: bool = True
    mandate: str = ""
    agreement: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """The decision that put somebody in a seat, if there is one: it appointed them, or approved the composition."""

    decision: Decision | None = None
    is_appointment: bool = False

    @property
    def columns(self) -> dict[str, Decision | None]:
        """The basis as the seat keeps it."""
        return {
            "appointed_by": self.decision if self.is_appointment else None,
            "approved_by": None if self.is_appointment else self.decision,
        }


NO_DECISION = Basis()


# ---------------------------------------------------------------- rules
def lock_seats_of(body: Body) -> Body:
    """Lock a body, and the board with it: its seats decide what the steering groups' seats may be."""
    rows = Body.objects.select_for_update().filter(Q(pk=body.pk) | Q(kind=Body.Kind.BOARD)).order_by("pk")
    return next(row for row in rows if row.pk == body.pk)


def _overlapping(body: Body, valid_from: date, valid_to: date | None):
    seats = Membership.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from), body=body)
    return seats.filter(valid_from__lte=valid_to) if valid_to else seats


def reasons_against_function(place: Place, seats) -> list[Refusal]:
    """Observers and secretaries do not vote, and there is one chair at a time."""
    refusals = []
    if place.has_vote and place.function in Membership.NEVER_VOTES:
        refusals.append(Refusal("observer_votes", _("En sekretær eller observatør har ikke stemmeret.")))
    if place.person is not None and seats.filter(person=place.person).exists():
        refusals.append(Refusal("seat_taken_by_person", _("Personen har allerede en plads i organet i perioden.")))
    if place.function == Function.CHAIR and seats.filter(function=Function.CHAIR).exists():
        refusals.append(Refusal("two_chairs", _("Organet har allerede en formand i perioden. Afslut den plads først.")))
    return refusals


def reasons_against_organisation(body: Body, place: Place, seats) -> list[Refusal]:
    """One member for each organisation on the board; elsewhere the limit that the group has set itself."""
    refusals = []
    never_members = (*Membership.NEVER_VOTES, Function.DEPUTY)
    if body.kind == Body.Kind.BOARD and place.function not in never_members:
        members = seats.exclude(function__in=never_members)
        if members.filter(organisation=place.organisation).exists():
            refusals.append(Refusal("organisation_twice", _("Organisationen har allerede et medlem i bestyrelsen.")))
    limit = body.seats_per_organisation
    if limit and seats.filter(organisation=place.organisation).count() >= limit:
        message = _("Organet har sat en grænse på %(limit)d plads(er) pr. organisation.") % {"limit": limit}
        refusals.append(Refusal("organisation_limit", message))
    return refusals


def reasons_against_active_manager(body: Body, place: Place, valid_from: date) -> list[Refusal]:
    """The business manager takes no active part in a steering group unless agreed with the board's chair."""
    if body.kind != Body.Kind.STEERING_GROUP or place.person is None or place.function in Membership.NEVER_VOTES:
        return []
    roles = PortalRole.objects.on(valid_from).filter(person=place.person, role=PortalRole.Role.BUSINESS_MANAGER)
    if place.agreement.strip() or not roles.exists():
        return []
    message = _(
        "Forretningslederen deltager kun aktivt i en styregruppe efter aftale med bestyrelsens formand. Skriv aftalen, "
        "eller giv en plads som sekretær eller observatør."
    )
    return [Refusal("agreement_missing", message)]


def reasons_against_basis(body: Body, basis: Basis) -> list[Refusal]:
    """A decision puts somebody in a seat only if it said yes, and a steering group's only if it is the board's."""
    decision = basis.decision
    if decision is None:
        return []
    refusals = []
    if not decision.is_approval:
        refusals.append(Refusal("decision_said_no", _("Beslutningen er ikke en godkendelse.")))
    if body.kind == Body.Kind.STEERING_GROUP and not decision.body.decides_as_board:
        refusals.append(Refusal("not_board", _("Kun bestyrelsen godkender og udpeger styregrupper.")))
    return refusals


def reasons_against_time(body: Body, valid_from: date, valid_to: date | None) -> list[Refusal]:
    """A seat lasts no longer than its body."""
    ends_after = body.valid_to is not None and (valid_to is None or valid_to > body.valid_to)
    if valid_from < body.valid_from or ends_after:
        return [Refusal("outside_body", _("Organet findes ikke i hele pladsens periode. Ret en af datoerne."))]
    return []


def reasons_against_seat(
    *,
    body: Body,
    place: Place,
    valid_from: date,
    valid_to: date | None,
    basis: Basis = NO_DECISION,
    instead_of: Membership | None = None,
) -> list[Refusal]:
    """Why this seat cannot be given in this body for this time (in place of another seat); empty when it can."""
    seats = _overlapping(body, valid_from, valid_to)
    if instead_of is not None:
        seats = seats.exclude(pk=instead_of.pk)
    refusals = [
        *reasons_against_function(place, seats),
        *reasons_against_organisation(body, place, seats),
        *reasons_against_active_manager(body, place, valid_from),
        *reasons_against_basis(body, basis),
        *reasons_against_time(body, valid_from, valid_to),
    ]
    for objection in objections:
        refusals.extend(objection(body, place.person, place.function, valid_from))
    return refusals


def term_of(
    body: Body, place: Place, *, valid_from: date, valid_to: date | None, basis: Basis = NO_DECISION
) -> Term | None:
    """A wanted seat as the rules see it; a vacant one is nobody's."""
    if place.person is None:
        return None
    decision = basis.decision if basis.decision and basis.decision.body.decides_as_board else None
    decided_on = decision.decided_on if decision else None
    return Term(
        body_id=body.pk,
        person_id=place.person.pk,
        function=place.function,
        has_vote=place.has_vote,
        valid_from=valid_from,
        valid_to=valid_to,
        on_board=body.kind == Body.Kind.BOARD,
        approved_on=None if basis.is_appointment else decided_on,
        appointed_on=decided_on if basis.is_appointment else None,
    )


def settle(breaches: Sequence[Breach], *, refused_on: frozenset[date], confirmed: bool) -> None:
    """Refuse what an appointment breaks on its first day; ask for the rest to be confirmed with the figures seen."""
    raise_if(NotReady, [each.refusal for each in breaches if each.is_binding and each.on in refused_on])
    if not confirmed:
        raise_if(Unconfirmed, [each.refusal for each in breaches])


def breaches_by(change: SeatChange, body: Body) -> list[Breach]:
    """What a change of a body's seats would break, asked before it is written."""
    return group_rules.breaches(change, frozenset({body.pk}))


# ---------------------------------------------------------------- giving and ending
@transaction.atomic
def give_seats(
    *,
    body: Body,
    places: Sequence[Place],
    valid_from: date,
    valid_to: date | None = None,
    basis: Basis = NO_DECISION,
    confirmed: bool = False,
) -> list[Membership]:
    """Give seats from a day to a day (both inclusive), all or none.

    Raises NotReady with every reason, also when a rule of the group would break on the first day; Unconfirmed, until
    `confirmed`, when one would break later or waits for the board.
    """
    body = lock_seats_of(body)
    terms = [term_of(body, place, valid_from=valid_from, valid_to=valid_to, basis=basis) for place in places]
    breaches = breaches_by(SeatChange(coming=tuple(term for term in terms if term is not None)), body)
    refusals, given = [], []
    for place in places:
        reasons = reasons_against_seat(body=body, place=place, valid_from=valid_from, valid_to=valid_to, basis=basis)
        refusals += [_naming(place, reason) for reason in reasons] if len(places) > 1 else reasons
        if not reasons:
            given.append(write_seat(body, place, valid_from=valid_from, valid_to=valid_to, basis=basis))
    raise_if(NotReady, refusals)
    settle(breaches, refused_on=frozenset({valid_from}), confirmed=confirmed)
    return given


def _naming(place: Place, reason: Refusal) -> Refusal:
    words = {"who": place.person or place.organisation, "message": reason.message}
    return Refusal(reason.code, _("%(who)s: %(message)s") % words, reason.mend)


def write_seat(body: Body, place: Place, *, valid_from: date, valid_to: date | None, basis: Basis) -> Membership:
    """Write a seat that nothing speaks against."""
    return Membership.objects.create(
        body=body,
        person=place.person,
        organisation=place.organisation,
        function=place.function,
        has_vote=place.has_vote,
        mandate=place.mandate,
        agreement=place.agreement,
        valid_from=valid_from,
        valid_to=valid_to,
        **basis.columns,
    )


def give_seat(
    *,
    body: Body,
    person: User | None,
    organisation: Organisation,
    function: str = Function.MEMBER,
    has_vote: bool = True,
    mandate: str = "",
    agreement: str = "",
    valid_from: date,
    valid_to: date | None = None,
    decision: Decision | None = None,
    is_appointment: bool = False,
    confirmed: bool = False,
) -> Membership:
    """Give one seat. Raises what `give_seats` raises."""
    place = Place(person, organisation, function, has_vote, mandate, agreement)
    basis = Basis(decision, is_appointment)
    (seat,) = give_seats(
        body=body, places=[place], valid_from=valid_from, valid_to=valid_to, basis=basis, confirmed=confirmed
    )
    return seat


@transaction.atomic
def end_seat(*, seat: Membership, on: date, because: str = "", confirmed: bool = False) -> Membership:
    """End a seat; the day is the last one it is held. The past composition stays visible.

    Raises NotReady for a day before the first, or after an end already set: a longer term is a new seat. Somebody who
    leaves cannot be refused, but a rule that breaks by it raises Unconfirmed until it is confirmed.
    """
    body = lock_seats_of(seat.body)
    seat = Membership.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    if on < seat.valid_from:
        raise NotReady(Refusal("ends_before_start", _("Pladsen kan ikke slutte, før den begyndte.")))
    if seat.valid_to is not None and on > seat.valid_to:
        raise NotReady(Refusal("already_ended", _("Pladsen er allerede afsluttet. Giv en ny plads.")))
    settle(breaches_by(SeatChange(ending={seat.pk: on}), body), refused_on=frozenset(), confirmed=confirmed)
    seat.valid_to = on
    seat.ended_because = because
    seat.save()
    return seat
