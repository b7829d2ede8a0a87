"""Where a conflict goes that a group cannot settle: coordination group, steering group, board (domain.md section 2)."""

from django.db.models import QuerySet
from django.utils import timezone

from governance.models import Body, Case
from portfolio.models import InitiativeCase

from .subject import initiative_of

ABOVE = {
    Body.Kind.COORDINATION_GROUP: Body.Kind.STEERING_GROUP,
    Body.Kind.STEERING_GROUP: Body.Kind.BOARD,
}


def bodies_above(case: Case) -> QuerySet[Body]:
    """The bodies above the case's own: the initiative's steering groups, then the board; the board without any."""
    today = timezone.localdate()
    rows = Body.objects.on(today)
    board = rows.filter(kind=Body.Kind.BOARD)
    above = ABOVE.get(Body.Kind(case.body.kind))
    if above is None:
        return Body.objects.none()
    initiative = initiative_of(case)
    if above == Body.Kind.BOARD or initiative is None:
        return board
    steering = rows.filter(kind=above, initiatives=initiative)
    return steering if steering.exists() else board


def tie_copy(case: Case, copy: Case) -> None:
    """A copy is about the initiative that the case is about."""
    initiative = initiative_of(case)
    if initiative is not None:
        InitiativeCase.objects.create(case=copy, initiative=initiative)
