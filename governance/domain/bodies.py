"""Setting up bodies, constituting groups, changing what is said about them. Single seats are in seats.py."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from governance.models import Body, Membership
from governance.refusals import NotReady, Refusal, WrongStage, raise_if

from .clashes import refused_if_taken
from .seats import NO_DECISION, Basis, Place, give_seats
from .versions import refuse_if_stale

# What the history keeps when the business manager has introduced a group's members (domain.md section 2).
INTRODUCED = "introduced"
MEMBERS = (Membership.Function.CHAIR, Membership.Function.VICE_CHAIR, Membership.Function.MEMBER)


def _name_taken() -> Refusal:
    return Refusal("name_taken", _("Der er allerede et organ med det navn."))


def _reasons_against(*, kind: str, name: str, besides: Body | None = None) -> list[Refusal]:
    others = Body.objects.exclude(pk=besides.pk) if besides else Body.objects.all()
    refusals = []
    if others.filter(name__iexact=name).exists():
        refusals.append(_name_taken())
    if kind in Body.BOARD_KINDS and others.filter(kind=kind, valid_to__isnull=True).exists():
        message = _("Foreningen har allerede en %(kind)s. Skriv dens slutdato først.")
        refusals.append(Refusal("only_one", message % {"kind": Body.Kind(kind).label}))
    return refusals


@transaction.atomic
def set_up_body(
    *,
    kind: str,
    name: str,
    valid_from: date,
    purpose: str = "",
    frame: str = "",
    seats_per_organisation: int | None = None,
    introduced: bool = False,
) -> Body:
    """Set up a body. `introduced` logs that its members know OS2's requirements. Raises NotReady."""
    raise_if(NotReady, _reasons_against(kind=kind, name=name))
    body = Body(
        kind=kind,
        name=name,
        valid_from=valid_from,
        purpose=purpose,
        frame=frame,
        seats_per_organisation=seats_per_organisation,
    )
    with refused_if_taken(_name_taken()):
        return _saved(body, because=INTRODUCED if introduced else None)


def _saved(body: Body, *, because: str | None) -> Body:
    body._change_reason = because  # type: ignore[attr-defined]  # noqa: SLF001 - simple-history's way to say why
    body.save()
    return body


@transaction.atomic
def note_introduction(*, body: Body) -> Body:
    """Put on record, once, that a group's members have been introduced to OS2's requirements. Raises WrongStage."""
    body = Body.objects.select_for_update().get(pk=body.pk)
    if was_introduced(body):
        raise WrongStage(Refusal("introduced_before", _("Introduktionen er registreret i forvejen.")))
    return _saved(body, because=INTRODUCED)


def was_introduced(body: Body) -> bool:
    """Whether it is on record that the members were introduced to OS2's requirements."""
    return body.history.filter(history_change_reason=INTRODUCED).exists()


@transaction.atomic
def constitute(
    *,
    body: Body,
    places: Sequence[Place],
    valid_from: date,
    valid_to: date | None = None,
    basis: Basis = NO_DECISION,
    confirmed: bool = False,
) -> list[Membership]:
    """Give a group that was just set up all its seats at once. Raises NotReady, also when somebody is missing.

    A group without a chair yet elects one later (succession.py); what its level asks is asked by who set it up.
    """
    raise_if(NotReady, reasons_against_composition(places))
    return give_seats(
        body=body, places=places, valid_from=valid_from, valid_to=valid_to, basis=basis, confirmed=confirmed
    )


def reasons_against_composition(places: Sequence[Place]) -> list[Refusal]:
    """A group is constituted of people: at least one who is a member and not only looks on."""
    if any(place.person is not None and place.function in MEMBERS for place in places):
        return []
    return [Refusal("no_members", _("Vælg mindst ét medlem, eller opret gruppen uden pladser."))]


@transaction.atomic
def edit_body(
    *,
    body: Body,
    version: int,
    name: str,
    purpose: str,
    frame: str = "",
    seats_per_organisation: int | None,
    valid_from: date,
    valid_to: date | None,
) -> Body:
    """Change a body; its kind and address stay.

    Raises Stale, or NotReady when the name is taken or a seat outlives it.
    """
    body = Body.objects.select_for_update().get(pk=body.pk)
    refuse_if_stale(body, version)
    refusals = _reasons_against(kind=body.kind if valid_to is None else "", name=name, besides=body)
    if valid_to is not None and body.memberships.on(valid_to).exclude(valid_to=valid_to).exists():
        refusals.append(Refusal("seats_open", _("Organet har pladser, der fortsætter derefter. Afslut dem først.")))
    raise_if(NotReady, refusals)
    body.name, body.purpose, body.frame = name, purpose, frame
    body.seats_per_organisation = seats_per_organisation
    body.valid_from, body.valid_to = valid_from, valid_to
    with refused_if_taken(_name_taken()):
        body.save()
    return body
