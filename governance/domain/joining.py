"""Joining and leaving a coordination group by oneself: any organisation that uses the product may (domain.md 2)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from governance.group_rules import group_rules
from governance.models import Body, Membership, User
from governance.refusals import NotAllowed, Refusal

from .seats import end_seat, give_seat


def reasons_against_joining(body: Body, person: User, on: date) -> list[Refusal]:
    """Why somebody cannot join by oneself; whether there is room is asked when the seat is given."""
    if body.kind != Body.Kind.COORDINATION_GROUP:
        return [Refusal("not_open", _("Kun en koordinationsgruppe kan man selv melde sig ind i."))]
    if person.organisation is None or not group_rules.uses_product(body, person.organisation, on):
        return [Refusal("not_a_user", _("Kun organisationer, der bruger produktet, kan melde sig ind i gruppen."))]
    return []


@transaction.atomic
def join(*, body: Body, by: User, on: date) -> Membership:
    """Take a seat in a coordination group for one's own organisation. Raises NotAllowed, or NotReady without room."""
    reasons, organisation = reasons_against_joining(body, by, on), by.organisation
    if reasons or organisation is None:
        raise NotAllowed(*reasons)
    return give_seat(body=body, person=by, organisation=organisation, valid_from=on)


@transaction.atomic
def leave(*, body: Body, by: User, on: date, confirmed: bool = False) -> Membership:
    """Give up one's own seat in a coordination group; the day is the last. Raises NotAllowed or Unconfirmed."""
    seat = Membership.objects.on(on).filter(body=body, person=by).select_related("body").first()
    if seat is None or body.kind != Body.Kind.COORDINATION_GROUP:
        raise NotAllowed(Refusal("no_own_seat", _("Du har ingen plads i en koordinationsgruppe, du kan give fra dig.")))
    return end_seat(seat=seat, on=on, because=Membership.Ending.RESIGNED, confirmed=confirmed)
