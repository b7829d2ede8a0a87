"""Adopting a requirement catalogue: the board decides from which day it holds (evaluation.md).

Initiatives stay on the catalogue that they follow; what becomes a concept afterwards follows the new one.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from governance.domain.cases import open_case
from governance.models import Body, Case, Decision, EffectKind, User
from governance.refusals import NotAllowed, NotReady, Refusal, raise_if
from governance.standing import standing_of
from portfolio.models import RequirementCatalogue
from portfolio.rules import may_recommend_catalogues


def reasons_against_adoption(catalogue: RequirementCatalogue, valid_from: date, on: date) -> list[Refusal]:
    """Why a catalogue cannot be adopted on a day to hold from `valid_from` (inclusive); empty when it can."""
    if not catalogue.is_draft:
        return [Refusal("already_adopted", _("Kravkataloget er vedtaget og kan ikke ændres. Lav en ny version."))]
    refusals = []
    if valid_from < on:
        refusals.append(Refusal("holds_backwards", _("Et kravkatalog kan tidligst gælde fra den dag, det vedtages.")))
    if not catalogue.requirements.exists():
        refusals.append(Refusal("no_requirements", _("Der er ingen krav i kataloget.")))
    same = RequirementCatalogue.objects.filter(valid_from=valid_from).first()
    if same is not None:
        message = _("%(title)s gælder også fra %(day)s. Vælg en anden dag, så kun ét katalog er det nyeste.")
        words = {"title": same.title, "day": date_format(valid_from, "DATE_FORMAT")}
        refusals.append(Refusal("same_day", message % words))
    return refusals


@transaction.atomic
def adopt_catalogue(*, version: str, valid_from: date, decision: Decision, on: date) -> RequirementCatalogue:
    """Let a draft hold from a day by a decision. Raises NotReady with every reason against it."""
    drafts_and_adopted = RequirementCatalogue.objects.select_for_update().order_by("pk")
    catalogue = next((row for row in drafts_and_adopted if row.version == version), None)
    if catalogue is None:
        raise NotReady(Refusal("unknown_catalogue", _("Kravkataloget findes ikke.")))
    raise_if(NotReady, reasons_against_adoption(catalogue, valid_from, on))
    catalogue.valid_from, catalogue.adopted_by = valid_from, decision
    catalogue.save(update_fields=["valid_from", "adopted_by"])
    return catalogue


@transaction.atomic
def recommend_catalogue(*, catalogue: RequirementCatalogue, valid_from: date, recommendation: str, by: User) -> Case:
    """Open a case before the board to adopt a draft from a day. Raises NotAllowed, or NotReady with the reasons."""
    if not may_recommend_catalogues(standing_of(by)):
        message = _("Kun forretningslederen og sekretariatet indstiller et kravkatalog til bestyrelsen.")
        raise NotAllowed(Refusal("not_manager", message))
    today = timezone.localdate()
    raise_if(NotReady, reasons_against_adoption(catalogue, valid_from, today))
    board = Body.objects.on(today).filter(kind=Body.Kind.BOARD).first()
    if board is None:
        raise NotReady(Refusal("no_board", _("Der er ingen bestyrelse at indstille til.")))
    return open_case(
        title=_("Kravkatalog: %(title)s") % {"title": catalogue.title},
        body=board,
        responsible=by,
        by=by,
        effects=[(EffectKind.ADOPT_CATALOGUE, {"catalogue": catalogue.version, "valid_from": valid_from.isoformat()})],
        recommendation=recommendation,
        about=_("Bestyrelsen skal afgøre, om kravkataloget skal gælde, og fra hvornår."),
    )
