"""What a body can decide in a case as it stands, and what each outcome would do. Looks only.

The page that records a decision shows these; recording asks the effects themselves again (decisions.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.effects import Condition, OpenPoint, Preview
from governance.models import Case, Decision

Outcome = Decision.Outcome

FOR_DECISION = (
    Outcome.APPROVED,
    Outcome.APPROVED_WITH_CONDITIONS,
    Outcome.APPROVED_PENDING,
    Outcome.RETURNED,
    Outcome.REJECTED,
    Outcome.POSTPONED,
)
FOR_READING = (Outcome.NOTED, Outcome.POSTPONED)


@dataclass(frozen=True, slots=True)
class Option:
    """An outcome, and why it cannot be chosen (empty when it can)."""

    outcome: str
    label: str
    locked: str = ""


def options_for(case: Case, preview: Preview) -> tuple[Option, ...]:
    """The outcomes of a case in the order of the form, each with the reason against it."""
    outcomes = FOR_DECISION if case.purpose == Case.Purpose.DECISION else FOR_READING
    return tuple(
        Option(outcome=outcome, label=capfirst(str(outcome.label)), locked=_reason_against(outcome, preview))
        for outcome in outcomes
    )


def _reason_against(outcome: str, preview: Preview) -> str:
    if outcome not in Decision.APPROVALS:
        return ""
    if preview.refusals:
        return " ".join(str(refusal.message) for refusal in preview.refusals)
    if outcome == Outcome.APPROVED:
        return _still_open(preview.open_points) if preview.open_points else ""
    if not preview.open_points:
        return _("Alle krav er opfyldt, så der er ingen vilkår at stille.")
    never = [point for point in preview.open_points if not point.deferrable]
    if outcome == Outcome.APPROVED_WITH_CONDITIONS and never:
        return _("Kan ikke udskydes: %(points)s.") % {"points": _listed(never)}
    return ""


def _still_open(points: Sequence[OpenPoint]) -> str:
    words = ngettext("%(count)d krav mangler: %(points)s.", "%(count)d krav mangler: %(points)s.", len(points))
    return words % {"count": len(points), "points": _listed(points)}


def _listed(points: Sequence[OpenPoint]) -> str:
    return ", ".join(f"{point.title} ({point.code})" for point in points)


def consequences(outcome: str, preview: Preview, conditions: Sequence[Condition]) -> list[str]:
    """What happens when this outcome is recorded, in order, in words. Empty while no outcome is chosen."""
    if outcome == Outcome.APPROVED_PENDING:
        waiting = _("Intet sker endnu. Beslutningen venter, til vilkårene er opfyldt. Derefter:")
        return [waiting, *preview.sentences]
    if outcome in Decision.APPROVALS:
        return [*preview.sentences, *_following(conditions)]
    if outcome == Outcome.POSTPONED:
        return [_("Sagen er stadig klar og kan sættes på et senere møde. Intet andet ændrer sig.")]
    instead: dict[str, tuple[str, ...]] = {
        Outcome.RETURNED: preview.when_returned,
        Outcome.REJECTED: preview.when_rejected,
    }
    nothing = (_("Sagen er afgjort. Intet andet ændrer sig."),)
    return list(instead.get(outcome, ()) or nothing) if outcome else []


def _following(conditions: Sequence[Condition]) -> list[str]:
    days = [condition.until for condition in conditions if condition.until]
    if not conditions:
        return []
    counted = ngettext(
        "%(count)d vilkår følger initiativet, til det er opfyldt.",
        "%(count)d vilkår følger initiativet, til de er opfyldt.",
        len(conditions),
    ) % {"count": len(conditions)}
    first = _("Det første udløber %(day)s.") % {"day": date_format(min(days), "DATE_FORMAT")} if days else ""
    return [f"{counted} {first}".strip()]
