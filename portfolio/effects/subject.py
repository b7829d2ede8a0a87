"""The initiative that a case is about, and days in words: what every effect here begins with."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from governance.effects import EffectContext
from governance.models import Case
from governance.refusals import NotReady, Refusal
from portfolio.models import Initiative, InitiativeCase


def initiative_of(case: Case) -> Initiative | None:
    """The initiative a case is about, if any."""
    link = InitiativeCase.objects.select_related("initiative__catalogue").filter(case=case).first()
    return link.initiative if link else None


def required(context: EffectContext) -> Initiative:
    """The initiative; raises NotReady when the case is about none."""
    initiative = initiative_of(context.case)
    if initiative is None:
        raise NotReady(Refusal("no_initiative", _("Sagen handler ikke om et initiativ.")))
    return initiative


def written(day: date | None) -> str:
    """A day in a sentence."""
    return date_format(day, "j. F Y") if day else _("en dato, der ikke er valgt")
