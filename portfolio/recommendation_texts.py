"""The first draft of a recommendation: title, line and parts, from what the initiative already says."""

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.models import EffectKind

from .models import Initiative

Kind = EffectKind
LONGEST_LINE = 60
PHRASES = {
    Kind.START: gettext_lazy("projektet igangsættes"),
    Kind.ADMIT: gettext_lazy("løsningen optages som OS2-produkt"),
    Kind.LAUNCH: gettext_lazy("produktet godkendes som OS2-produkt"),
    Kind.RETURN_TO_IDEA: gettext_lazy("konceptet sendes tilbage til idé"),
    Kind.RETURN_TO_CONCEPT: gettext_lazy("projektet sendes tilbage til koncept"),
    Kind.REJECT: gettext_lazy("initiativet afvises"),
    Kind.CLOSE: gettext_lazy("initiativet lukkes"),
    Kind.REOPEN: gettext_lazy("initiativet genåbnes"),
    Kind.PAUSE: gettext_lazy("initiativet sættes på pause"),
    Kind.RESUME: gettext_lazy("initiativet genoptages"),
    Kind.CHANGE_LEVEL: gettext_lazy("niveauet ændres"),
    Kind.SET_PRIORITY: gettext_lazy("initiativet prioriteres"),
    Kind.APPROVE_STEERING_GROUP: gettext_lazy("styregruppen godkendes"),
    Kind.APPOINT_STEERING_GROUP: gettext_lazy("styregruppen udpeges"),
    Kind.APPROVE_BUDGET: gettext_lazy("budgettet godkendes"),
    Kind.APPOINT_ROLE: gettext_lazy("rollen besættes"),
    Kind.DEFER_REQUIREMENTS: gettext_lazy("de krav, der mangler, udskydes"),
    Kind.APPROVE_DESCRIPTION: gettext_lazy("projektbeskrivelsen godkendes"),
    Kind.PASS_MILESTONE: gettext_lazy("milepælen passeres"),
    Kind.PURCHASE: gettext_lazy("købet gennemføres"),
    Kind.SETTLE_CONFLICT: gettext_lazy("konflikten afgøres"),
    Kind.MAKE_GUIDANCE_MANDATORY: gettext_lazy("vejledningen gøres obligatorisk"),
    Kind.ADOPT_CATALOGUE: gettext_lazy("kravkataloget vedtages"),
}
# What a case is called after: the effect that matters most comes first.
NAMED_AFTER = (
    Kind.START,
    Kind.ADMIT,
    Kind.LAUNCH,
    Kind.CHANGE_LEVEL,
    Kind.CLOSE,
    Kind.REJECT,
    Kind.REOPEN,
    Kind.RETURN_TO_IDEA,
    Kind.RETURN_TO_CONCEPT,
    Kind.PAUSE,
    Kind.RESUME,
    Kind.SET_PRIORITY,
    Kind.APPOINT_STEERING_GROUP,
    Kind.APPROVE_STEERING_GROUP,
    Kind.APPROVE_BUDGET,
    Kind.APPOINT_ROLE,
    Kind.DEFER_REQUIREMENTS,
    Kind.APPROVE_DESCRIPTION,
    Kind.PASS_MILESTONE,
    Kind.PURCHASE,
    Kind.SETTLE_CONFLICT,
    Kind.MAKE_GUIDANCE_MANDATORY,
    Kind.ADOPT_CATALOGUE,
)


def main_kind(kinds: Sequence[str]) -> EffectKind | None:
    """The effect a case is about."""
    return next((kind for kind in NAMED_AFTER if kind in kinds), None)


def title(initiative: Initiative, kinds: Sequence[str]) -> str:
    """What the case is called."""
    kind = main_kind(kinds)
    return f"{initiative.name}: {kind.label}" if kind else initiative.name


def line(kinds: Sequence[str]) -> str:
    """The recommendation in one short line, for the agenda."""
    kind = main_kind(kinds)
    return capfirst(str(kind.label))[:LONGEST_LINE] if kind else ""


def recommendation(kinds: Sequence[str]) -> str:
    """What is recommended, in a sentence; every effect once, in order."""
    phrases = [str(PHRASES[Kind(kind)]) for kind in dict.fromkeys(kinds) if kind in PHRASES]
    if not phrases:
        return ""
    last = phrases.pop()
    both = _("%(first)s, og at %(last)s") % {"first": ", at ".join(phrases), "last": last} if phrases else last
    return _("Det indstilles, at %(what)s.") % {"what": both}


def parts(initiative: Initiative) -> dict[str, str]:
    """The other parts, as far as the initiative's own texts fill them. What they lack is written on the case."""
    return {
        "about": initiative.purpose or initiative.idea,
        "background": _joined(initiative.local_need, initiative.description),
        "analysis": _joined(initiative.overlap_assessment, initiative.external_assessment),
        "consequences": _joined(initiative.expected_effect, initiative.value_for_others),
    }


def _joined(*texts: str) -> str:
    return "\n\n".join(text.strip() for text in texts if text.strip())
