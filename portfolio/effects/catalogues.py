"""The board adopts a requirement catalogue, to hold from a day."""

from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from governance.effects import EffectContext
from portfolio.domain import catalogues
from portfolio.models import RequirementCatalogue

from .subject import written


def adopt(context: EffectContext) -> str:
    """The parameters are {"catalogue": its version, "valid_from": "2027-01-01"}; without a day it is the decision's."""
    said = context.parameters
    catalogue = catalogues.adopt_catalogue(
        version=str(said.get("catalogue", "")),
        valid_from=parse_date(str(said.get("valid_from") or "")) or context.on,
        decision=context.decision,
        on=context.on,
    )
    return _("%(title)s gælder fra %(day)s.") % {"title": catalogue.title, "day": written(catalogue.valid_from)}


def in_words(said: dict[str, Any]) -> str:
    """What the case asks for."""
    catalogue = RequirementCatalogue.objects.filter(version=said.get("catalogue", "")).first()
    if catalogue is None:
        return ""
    day = parse_date(str(said.get("valid_from") or ""))
    since = _("fra %(day)s") % {"day": written(day)} if day else _("fra beslutningens dag")
    return _("Vedtag %(title)s, %(since)s") % {"title": catalogue.title, "since": since}
