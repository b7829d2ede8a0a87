"""Seats in bodies: who may hold one, and what a body must look like (domain.md section 2)."""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from governance.models import Body, Membership, Organisation, User
from governance.refusals import NotReady, Refusal, raise_if

# Another app may know reasons against a seat: portfolio refuses a project lead in the steering group.
SeatObjection = Callable[[Body, User | None, str, date], list[Refusal]]
objections: list[SeatObjection] = []


def _overlapping(body: Body, valid_from: date, valid_to: date | None):
    seats = Membership.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from), body=body)
    return seats.filter(valid_from__lte=valid_to) if valid_to else seats


def reasons_against_seat(
    *,
    body: Body,
    person: User | None,
    organisation: Organisation,
    function: str,
    has_vote: bool,
    valid_from: date,
    valid_to: date | None,
) -> list[Refusal]:
    """Why this seat cannot be given in this body for this time; empty when it can."""
    refusals = []
    seats = _overlapping(body, valid_from, valid_to)
    if has_vote and function in Membership.NEVER_VOTES:
        refusals.append(Refusal("observer_votes", _("En sekretær eller observatør har ikke stemmeret.")))
    if person is not None and seats.filter(person=person).exists():
        refusals.append(Refusal("seat_taken_by_person", _("Personen har allerede en plads i organet i perioden.")))
    if function == Membership.Function.CHAIR and seats.filter(function=function).exists():
        refusals.append(Refusal("two_chairs", _("Organet har allerede en formand i perioden. Afslut den plads først.")))
    if body.kind == Body.Kind.BOARD and function not in (*Membership.NEVER_VOTES, Membership.Function.DEPUTY):
        voters = seats.exclude(function__in=[*Membership.NEVER_VOTES, Membership.Function.DEPUTY])
        if voters.filter(organisation=organisation).exists():
            refusals.append(Refusal("organisation_twice", _("Organisationen har allerede et medlem i bestyrelsen.")))
    limit = body.seats_per_organisation
    if limit and seats.filter(organisation=organisation).count() >= limit:
        message = _("Organet har sat en grænse på %(limit)d plads(er) pr. organisation.") % {"limit": limit}
        refusals.append(Refusal("organisation_limit", message))
    for objection in objections:
        refusals.extend(objection(body, person, function, valid_from))
    return refusals


@transaction.atomic
def give_seat(
    *,
    body: Body,
    person: User | None,
    organisation: Organisation,
    function: str = Membership.Function.MEMBER,
    has_vote: bool = True,
    mandate: str = "",
    valid_from: date,
    valid_to: date | None = None,
) -> Membership:
    """Give a seat from a day to a day (both inclusive). Raises NotReady with every reason against it."""
    Body.objects.select_for_update().get(pk=body.pk)
    raise_if(
        NotReady,
        reasons_against_seat(
            body=body,
            person=person,
            organisation=organisation,
            function=function,
            has_vote=has_vote,
            valid_from=valid_from,
            valid_to=valid_to,
        ),
    )
    return Membership.objects.create(
        body=body,
        person=person,
        organisation=organisation,
        function=function,
        has_vote=has_vote,
        mandate=mandate,
        valid_from=valid_from,
        valid_to=valid_to,
    )


@transaction.atomic
def end_seat(*, seat: Membership, on: date) -> Membership:
    """End a seat; the day is the last one it is held. The past composition stays visible.

    Raises NotReady for a day before the first, or after an end already set: a longer term is a new seat.
    """
    seat = Membership.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    if on < seat.valid_from:
        raise NotReady(Refusal("ends_before_start", _("Pladsen kan ikke slutte, før den begyndte.")))
    if seat.valid_to is not None and on > seat.valid_to:
        raise NotReady(Refusal("already_ended", _("Pladsen er allerede afsluttet. Giv en ny plads.")))
    seat.valid_to = on
    seat.save()
    return seat
