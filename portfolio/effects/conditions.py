"""What an approval leaves open: requirements and points of guidance, deferred to a date or accepted as they are."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from governance.effects import Condition, EffectContext
from governance.models import GuidancePoint
from governance.refusals import NotAllowed, NotReady, Refusal, raise_if
from portfolio.domain import lifecycle
from portfolio.mandatory import PREFIX
from portfolio.models import Deferral, Initiative, PointDeferral, Requirement

from .subject import required


def defer_only(context: EffectContext) -> str:
    """The conditions are granted before the effects; this one only asks for them."""
    initiative = required(context)
    if not (context.decision.deferrals.exists() or context.decision.point_deferrals.exists()):
        raise NotReady(Refusal("conditions_missing", _("Skriv, hvilke krav der udskydes, og til hvornår.")))
    return _("Vilkårene for %(name)s er registreret.") % {"name": initiative.name}


def grant(context: EffectContext, conditions: tuple[Condition, ...]) -> list[str]:
    """Record what an approval leaves open. Raises NotReady for requirements that no decision can defer.

    Only the board's acceptance opens a gate (lifecycle.md). What has no catalogue yet, as from before the portal, gets
    the one in force together with its level.
    """
    initiative = required(context)
    if not context.decision.body.decides_as_board:
        raise NotAllowed(Refusal("not_board", _("Kun bestyrelsen kan udskyde krav eller acceptere afvigelser.")))
    catalogue = initiative.catalogue or lifecycle.catalogue_in_force(context.on)
    requirements = {r.code: r for r in Requirement.objects.filter(catalogue=catalogue)}
    points = _mandatory_points(initiative)
    raise_if(
        NotReady,
        [
            refusal
            for condition in conditions
            for refusal in _reasons_against(
                condition, requirements.get(condition.code), points.get(condition.code), context.on
            )
        ],
    )
    results = []
    for condition in conditions:
        title = _grant(context, initiative, condition, requirements.get(condition.code), points.get(condition.code))
        day = date_format(condition.until, "j. F Y") if condition.until else _("uden frist")
        results.append(
            _("%(code)s %(title)s er udskudt til %(day)s.") % {"code": condition.code, "title": title, "day": day}
        )
    return results


def _mandatory_points(initiative: Initiative) -> dict[str, GuidancePoint]:
    """The points that are mandatory for the initiative on some level, by what a gate calls them."""
    concerns = Q(mandatory__initiative=initiative) | Q(mandatory__from_level__isnull=False)
    rows = GuidancePoint.objects.filter(concerns).select_related("version__guidance").distinct()
    return {f"{PREFIX}{point.pk}": point for point in rows}


def _reasons_against(
    condition: Condition, requirement: Requirement | None, point: GuidancePoint | None, on: date
) -> list[Refusal]:
    words = {"code": condition.code}
    if requirement is None and point is None:
        return [Refusal("unknown_requirement", _("Kravet %(code)s findes ikke.") % words)]
    if requirement is not None and not requirement.deferrable:
        message = _("%(code)s %(title)s kan ikke udskydes. Det beskytter, hvem der bestemmer.")
        return [
            Refusal(f"not_deferrable_{requirement.code}", message % {**words, "title": requirement.title}),
        ]
    if condition.until is None and not condition.accepted:
        return [Refusal("until_missing", _("Skriv en frist for %(code)s.") % words)]
    if condition.until is not None and condition.until <= on:
        return [Refusal("until_passed", _("Fristen for %(code)s skal ligge efter mødet.") % words)]
    return []


def _grant(
    context: EffectContext,
    initiative: Initiative,
    condition: Condition,
    requirement: Requirement | None,
    point: GuidancePoint | None,
) -> str:
    """Write one condition; returns what it is about, in words."""
    fields: dict[str, Any] = {
        "initiative": initiative,
        "decision": context.decision,
        "until": condition.until,
        "responsible": condition.responsible,
    }
    if requirement is not None:
        kind = Deferral.Kind.ACCEPTED if condition.accepted else Deferral.Kind.DEFERRED
        Deferral.objects.create(requirement=requirement, kind=kind, **fields)
        return requirement.title
    if point is None:
        raise NotReady(Refusal("unknown_requirement", condition.code))
    point_kind = PointDeferral.Kind.ACCEPTED if condition.accepted else PointDeferral.Kind.DEFERRED
    PointDeferral.objects.create(point=point, kind=point_kind, **fields)
    return f"{point.version.guidance.title}: {point}"
