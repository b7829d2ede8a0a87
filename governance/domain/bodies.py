"""Setting up bodies and changing what is said about them. Their seats are in seats.py."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from governance.models import Body
from governance.refusals import NotReady, Refusal, raise_if

from .clashes import refused_if_taken
from .versions import refuse_if_stale

# What the history keeps when the business manager has introduced a group's members (domain.md section 2).
INTRODUCED = "introduced"


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
    seats_per_organisation: int | None = None,
    introduced: bool = False,
) -> Body:
    """Set up a body. `introduced` logs that its members know OS2's requirements. Raises NotReady."""
    raise_if(NotReady, _reasons_against(kind=kind, name=name))
    body = Body(
        kind=kind, name=name, valid_from=valid_from, purpose=purpose, seats_per_organisation=seats_per_organisation
    )
    body._change_reason = INTRODUCED if introduced else None  # type: ignore[attr-defined]  # noqa: SLF001 - simple-history's way to say why
    with refused_if_taken(_name_taken()):
        body.save()
    return body


@transaction.atomic
def edit_body(
    *,
    body: Body,
    version: int,
    name: str,
    purpose: str,
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
    body.name, body.purpose = name, purpose
    body.seats_per_organisation = seats_per_organisation
    body.valid_from, body.valid_to = valid_from, valid_to
    with refused_if_taken(_name_taken()):
        body.save()
    return body
