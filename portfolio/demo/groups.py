"""The demo's groups on their way: a coordination group that users can join, and terms that end before long."""

from governance.domain import seats
from governance.models import Body, Membership

from .board import the_board
from .build import Example
from .days import Days
from .people import who


def gather_users(product: Example, days: Days) -> None:
    """A coordination group for a product; Lejre and Struer use the product as well and may join by themselves."""
    product.seat(Body.Kind.COORDINATION_GROUP, "koordinator", ["styregruppe.faxe"], days.ago(70))


def let_terms_end(product: Example, days: Days) -> None:
    """A member's term on the board ends in two months; the steering group's chair leaves it without one later."""
    steering = product.initiative.bodies.get(kind=Body.Kind.STEERING_GROUP)
    for body, key, ahead in ((the_board(), "bestyrelse.thisted", 60), (steering, "styregruppeformand", 75)):
        seat = body.memberships.get(person=who(key))
        seats.end_seat(seat=seat, on=days.ago(-ahead), because=Membership.Ending.TERM, confirmed=True)
