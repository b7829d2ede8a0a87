"""What portfolio says of a case: its effects beforehand and in words, the facts it puts in, who it concerns."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.dateparse import parse_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from governance.effects import Preview, registry
from governance.models import Body, Case, CaseEffect, EffectKind
from governance.refusals import Refusal
from governance.standing import Standing
from portfolio import gates
from portfolio.domain import levels
from portfolio.models import Appointment, Budget, Initiative, InitiativeCase, Level, ReportLight, Stage
from portfolio.prospects import gate_after, preview_of
from portfolio.received import Light, Received, received_reports
from portfolio.relations import similar_initiatives

from . import catalogues, guidance
from .subject import initiative_of, written

SIMILAR = 3


def preview(case: Case, on: date) -> Preview:
    """What a case's effects would do on a day, and what would stop them. Looks only; carries nothing out."""
    initiative = initiative_of(case)
    effects = list(case.effects.all())
    kinds = [effect.kind for effect in effects]
    refusals = tuple(registry.reasons_against_body(case, case.body, kinds))
    if initiative is None:
        return Preview(sentences=tuple(label(effect) for effect in effects), refusals=refusals)
    found = preview_of(initiative, effects, on)
    return replace(found, refusals=(*refusals, *found.refusals))


def reasons_against_other_groups(case: Case, body: Body) -> list[Refusal]:
    """Governance asks this before a body decides: a group decides about its own initiatives alone."""
    groups = (Body.Kind.STEERING_GROUP, Body.Kind.COORDINATION_GROUP)
    initiative = initiative_of(case) if body.kind in groups else None
    if initiative is None or initiative.bodies.filter(pk=body.pk).exists():
        return []
    return [Refusal("not_own_group", _("Det afgør en af initiativets egne grupper eller bestyrelsen."))]


def cases_concerning(standing: Standing) -> QuerySet[Any]:
    """The ids of the cases about initiatives that a person may see; governance decides which of them are open."""
    return InitiativeCase.objects.filter(initiative__in=Initiative.objects.visible_to(standing)).values("case")


def facts(case: Case, on: date) -> dict[str, Any]:
    """What the portal puts into a case by itself: gate now and after, level difference, economy."""
    initiative = initiative_of(case)
    if initiative is None:
        return {}
    effects = list(case.effects.all())
    after = gate_after(initiative, effects, on)
    rows = []
    if after:
        now = gates.gate_for(initiative, after.transition, on=on, level=after.level)
        today = {row.code: row for row in now.results}
        rows = [(today.get(row.code), row) for row in after.results]
    change = next((e for e in effects if e.kind == EffectKind.CHANGE_LEVEL), None)
    return {
        "initiative": initiative,
        "gate": after,
        "rows": [pair for pair in rows if not _settled(*pair)],
        "settled": [after for today, after in rows if _settled(today, after)],
        "difference": levels.difference(initiative, level=int(change.parameters["level"]), on=on) if change else None,
        "budgets": _newest_budgets(initiative),
    }


def facts_for_reader(case: Case, standing: Standing) -> dict[str, Any]:
    """What the portal puts in beside it on the case's own page: similar initiatives, and the latest received report.

    Similar ones are those that the reader may see; a case about a product or an end asks for none.
    """
    initiative = initiative_of(case)
    if initiative is None:
        return {}
    words = " ".join(filter(None, (initiative.name, initiative.idea, initiative.purpose, initiative.description)))
    is_on_its_way = initiative.stage in (Stage.IDEA, Stage.CONCEPT)
    received = received_reports(Initiative.objects.filter(pk=initiative.pk)).get(initiative.pk, Received()).latest
    lights = received.lights.items() if received else ()
    return {
        "similar": similar_initiatives(words, standing=standing, exclude=initiative.pk)[:SIMILAR]
        if is_on_its_way
        else [],
        "report": received,
        "report_lights": [(ReportLight.Area(area).label, fact) for area, fact in lights if fact.light != Light.GREEN],
    }


def _settled(today: gates.GateResult | None, after: gates.GateResult) -> bool:
    """Whether a row is fine now and stays so: nothing for the body to think about."""
    fine = (gates.Result.MET, gates.Result.NOT_APPLICABLE)
    return today is not None and today.result in fine and after.result in fine


def _newest_budgets(initiative: Initiative) -> list[Budget]:
    """The version in force of each budget, the project's first."""
    by_scope: dict[str, Budget] = {}
    for budget in initiative.budgets.prefetch_related("lines", "approvals").order_by("-scope", "version"):
        by_scope[budget.scope] = budget
    return list(by_scope.values())


def label(effect: CaseEffect) -> str:
    """An effect in words, with its parameters."""
    in_words = _LABELS.get(EffectKind(effect.kind))
    words = in_words(effect.parameters) if in_words else registry.words(effect)
    return words or capfirst(effect.get_kind_display())


def _role_in_words(parameters: dict[str, Any]) -> str:
    if not parameters.get("who"):
        return ""
    role = Appointment.Role(parameters["role"]).label
    return _("Udpeg %(who)s til %(role)s") % {"who": parameters["who"], "role": role}


_LABELS: dict[str, Callable[[dict[str, Any]], str]] = {
    EffectKind.CHANGE_LEVEL: lambda said: _("Skift til %(level)s") % {"level": Level(int(said["level"])).label},
    EffectKind.SET_PRIORITY: lambda said: (
        _("Prioritér som %(priority)s") % {"priority": Initiative.Priority(said["priority"]).label}
    ),
    EffectKind.APPROVE_BUDGET: lambda said: (
        _("Godkend %(scope)s") % {"scope": Budget.Scope(said.get("scope", "project")).label}
    ),
    EffectKind.PAUSE: lambda said: (
        _("Sæt på pause til %(day)s") % {"day": written(parse_date(str(said.get("until", ""))))}
    ),
    EffectKind.APPOINT_ROLE: _role_in_words,
    EffectKind.PASS_MILESTONE: lambda said: (
        _("Passér milepælen „%(name)s“") % {"name": said["milestone"]} if said.get("milestone") else ""
    ),
    EffectKind.MAKE_GUIDANCE_MANDATORY: guidance.in_words,
    EffectKind.ADOPT_CATALOGUE: catalogues.in_words,
    EffectKind.OTHER: lambda said: str(said.get("text") or ""),
}
