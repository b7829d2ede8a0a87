"""One seat after another: somebody takes over, changes function, is elected chair. In one go, no day between."""

from dataclasses import replace
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from governance.models import Decision, Membership, Organisation, User
from governance.refusals import NotAllowed, NotReady, Refusal, raise_if
from governance.rules import may_elect_chair
from governance.standing import standing_of

from .seats import Basis, Place, breaches_by, lock_seats_of, reasons_against_seat, settle, term_of, write_seat
from .terms import SeatChange, term_of_seat

Function = Membership.Function
MAY_CHAIR = (Function.MEMBER, Function.VICE_CHAIR)


def reasons_against_election(seat: Membership, on: date) -> list[Refusal]:
    """Only somebody who is a member on the day can be elected chair."""
    if seat.function == Function.CHAIR:
        return [Refusal("already_chair", _("Personen er formand i forvejen."))]
    if seat.person_id is None or not seat.holds_on(on):
        return [Refusal("not_in_force", _("Vælg en, der har plads i gruppen den dag."))]
    if seat.function not in MAY_CHAIR:
        return [Refusal("not_a_member", _("Kun et medlem kan vælges til formand."))]
    return []


@transaction.atomic
def elect_chair(*, seat: Membership, on: date, by: User) -> Membership:
    """Make the holder of a seat the chair from a day; whoever was chair goes on as a member. Returns the chair's seat.

    The board's decision on a person stands: it follows into the new seat. Raises NotAllowed or NotReady.
    """
    body = lock_seats_of(seat.body)
    if not may_elect_chair(standing_of(by), body):
        raise NotAllowed(Refusal("not_own_group", _("Kun gruppen selv og sekretariatet registrerer formandsvalget.")))
    seat = Membership.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    raise_if(NotReady, reasons_against_election(seat, on))
    going_on = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    chairs = Membership.objects.select_for_update(of=("self",)).filter(going_on, body=body, function=Function.CHAIR)
    for chair in chairs.order_by("valid_from"):
        if chair.valid_from > on:
            raise NotReady(Refusal("later_chair", _("En anden begynder som formand senere. Vælg en senere dag.")))
        _go_on_as(chair, Function.MEMBER, on)
    return _go_on_as(seat, Function.CHAIR, on)


def reasons_against_change(seat: Membership, function: str, on: date) -> list[Refusal]:
    """Only the holder of the day gets another function; a chair is elected, and the next election ends that."""
    if seat.person_id is None or not seat.holds_on(on):
        return [Refusal("not_in_force", _("Pladsen gælder ikke den dag. Vælg en anden dag."))]
    if Function.CHAIR in (function, seat.function):
        return [Refusal("chair_is_elected", _("En formand vælges. Registrér valget i stedet."))]
    if function == seat.function:
        return [Refusal("same_function", _("Personen har funktionen i forvejen."))]
    return []


@transaction.atomic
def change_function(
    *, seat: Membership, function: str, has_vote: bool, on: date, confirmed: bool = False
) -> Membership:
    """Let somebody go on in the same body as something else from a day; the decision on the person follows along.

    Raises NotReady, also when a vote that comes breaks the board's majority; Unconfirmed when one that goes does.
    """
    body = lock_seats_of(seat.body)
    rows = Membership.objects.select_for_update(of=("self",)).select_related("organisation")
    seat = rows.get(pk=seat.pk)
    raise_if(NotReady, reasons_against_change(seat, function, on))
    place = Place(seat.person, seat.organisation, function, has_vote, seat.mandate, seat.agreement)
    last = seat.valid_to
    raise_if(NotReady, reasons_against_seat(body=body, place=place, valid_from=on, valid_to=last, instead_of=seat))
    coming = replace(term_of_seat(seat), pk=None, function=function, has_vote=has_vote, valid_from=on)
    change = SeatChange(coming=(coming,), ending={seat.pk: on - timedelta(days=1)})
    more_votes = coming.votes and not term_of_seat(seat).votes
    refused_on = frozenset({on}) if more_votes else frozenset()
    settle(breaches_by(change, body), refused_on=refused_on, confirmed=confirmed)
    return _go_on_as(seat, function, on, has_vote=has_vote)


def _go_on_as(seat: Membership, function: str, on: date, *, has_vote: bool | None = None) -> Membership:
    """The same person in the same body as something else from a day. A seat that begins that day has no yesterday."""
    votes = seat.has_vote if has_vote is None else has_vote
    if seat.valid_from == on:
        seat.function, seat.has_vote = function, votes
        seat.save()
        return seat
    last = seat.valid_to
    _close(seat, on, Membership.Ending.CHANGED)
    return Membership.objects.create(
        body_id=seat.body_id,
        person_id=seat.person_id,
        organisation_id=seat.organisation_id,
        function=function,
        has_vote=votes,
        mandate=seat.mandate,
        agreement=seat.agreement,
        approved_by_id=seat.approved_by_id,
        appointed_by_id=seat.appointed_by_id,
        valid_from=on,
        valid_to=last,
    )


def _close(seat: Membership, next_day: date, because: str) -> None:
    seat.valid_to = next_day - timedelta(days=1)
    seat.ended_because = because
    seat.save()


def reasons_against_takeover(seat: Membership, on: date) -> list[Refusal]:
    """A seat is taken over while it lasts, and from the day after somebody began at the earliest."""
    if not seat.holds_on(on):
        return [Refusal("not_in_force", _("Pladsen gælder ikke den dag. Vælg en anden dag."))]
    if seat.person_id is not None and seat.valid_from == on:
        return [Refusal("began_that_day", _("Pladsen begyndte samme dag. Vælg en senere dag."))]
    return []


@transaction.atomic
def replace_seat(
    *,
    seat: Membership,
    person: User,
    organisation: Organisation,
    on: date,
    agreement: str = "",
    decision: Decision | None = None,
    is_appointment: bool = False,
    confirmed: bool = False,
) -> Membership:
    """Let somebody take over a seat from a day, or fill a vacant one: same function, vote, mandate and end of term.

    Raises NotReady as when a seat is given, or for a day on which the old one is not held; Unconfirmed likewise.
    """
    body = lock_seats_of(seat.body)
    seat = Membership.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    raise_if(NotReady, reasons_against_takeover(seat, on))
    place = Place(person, organisation, seat.function, seat.has_vote, seat.mandate, agreement)
    basis, last = Basis(decision, is_appointment), seat.valid_to
    reasons = reasons_against_seat(body=body, place=place, valid_from=on, valid_to=last, basis=basis, instead_of=seat)
    raise_if(NotReady, reasons)
    coming = term_of(body, place, valid_from=on, valid_to=last, basis=basis)
    change = SeatChange(coming=(coming,) if coming else (), ending={seat.pk: on - timedelta(days=1)})
    settle(breaches_by(change, body), refused_on=frozenset({on}), confirmed=confirmed)
    if seat.valid_from == on:
        # A vacant seat that begins the same day was never there: it is filled itself.
        seat.person, seat.organisation, seat.agreement = person, organisation, agreement
        seat.approved_by, seat.appointed_by = basis.columns["approved_by"], basis.columns["appointed_by"]
        seat.save()
        return seat
    _close(seat, on, Membership.Ending.REPLACED)
    return write_seat(body, place, valid_from=on, valid_to=last, basis=basis)
