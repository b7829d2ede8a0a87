"""Registering organisations and their ties to OS2."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from governance.models import Affiliation, Organisation
from governance.refusals import NotReady, Refusal, raise_if

from .clashes import refused_if_taken
from .versions import refuse_if_stale


def _name_taken() -> Refusal:
    return Refusal("name_taken", _("Der er allerede en organisation med det navn."))


def _reasons_against(*, name: str, code: str | None, besides: Organisation | None = None) -> list[Refusal]:
    others = Organisation.objects.exclude(pk=besides.pk) if besides else Organisation.objects.all()
    refusals = []
    if others.filter(name__iexact=name).exists():
        refusals.append(_name_taken())
    if code and others.filter(code=code).exists():
        refusals.append(Refusal("code_taken", _("En anden organisation har koden.")))
    return refusals


@transaction.atomic
def register_organisation(*, name: str, code: str | None = None, **facts: Any) -> Organisation:
    """Register an organisation. Raises NotReady when its name or code is taken."""
    raise_if(NotReady, _reasons_against(name=name, code=code))
    with refused_if_taken(_name_taken()):
        return Organisation.objects.create(name=name, code=code or None, **facts)


@transaction.atomic
def edit_organisation(
    *, organisation: Organisation, version: int, name: str, code: str | None = None, **facts: Any
) -> Organisation:
    """Change what is said about an organisation; its address stays. Raises Stale or NotReady."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    refuse_if_stale(organisation, version)
    raise_if(NotReady, _reasons_against(name=name, code=code, besides=organisation))
    for field, value in {"name": name, "code": code or None, **facts}.items():
        setattr(organisation, field, value)
    with refused_if_taken(_name_taken()):
        organisation.save()
    return organisation


@transaction.atomic
def affiliate(*, organisation: Organisation, kind: str, valid_from: date, valid_to: date | None = None) -> Affiliation:
    """Make an organisation a member or a vendor partner from a day. Raises NotReady when it is one at the time."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    rows = organisation.affiliations.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from), kind=kind)
    if valid_to is not None:
        rows = rows.filter(valid_from__lte=valid_to)
    if rows.exists():
        message = _("Organisationen er allerede %(kind)s i perioden.") % {"kind": Affiliation.Kind(kind).label}
        raise NotReady(Refusal("already_affiliated", message))
    return Affiliation.objects.create(organisation=organisation, kind=kind, valid_from=valid_from, valid_to=valid_to)


@transaction.atomic
def end_affiliation(*, affiliation: Affiliation, on: date) -> Affiliation:
    """End an affiliation; the day is its last.

    Raises NotReady for a day before the first, or after an end already set.
    """
    affiliation = Affiliation.objects.select_for_update(of=("self",)).get(pk=affiliation.pk)
    if on < affiliation.valid_from:
        raise NotReady(Refusal("ends_before_start", _("Tilknytningen kan ikke slutte, før den begyndte.")))
    if affiliation.valid_to is not None and on > affiliation.valid_to:
        raise NotReady(Refusal("already_ended", _("Tilknytningen er allerede afsluttet. Registrér en ny.")))
    affiliation.valid_to = on
    affiliation.save()
    return affiliation
