"""What a case's effects would do to its initiative on a day, and what would stop them. Looks only.

The board reads this before it decides, and the page that records the decision shows it; the effects ask again.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.effects import OpenPoint, Preview, registry
from governance.models import Body, CaseEffect, EffectKind, Membership
from governance.refusals import Refusal

from . import gates
from .domain import economy, levels
from .models import Appointment, Budget, Initiative, Level, Requirement, Stage

# The gate that an effect must pass, so that a case can be looked at before the meeting.
GATED = {EffectKind.START: "start", EffectKind.ADMIT: "admit", EffectKind.LAUNCH: "launch"}
# The gate whose requirements are open where the initiative stands, when a case only asks to defer some of them.
REACHED = {Stage.CONCEPT: "start", Stage.PROJECT: "start", Stage.PRODUCT: "launch"}

BECOMES = {
    EffectKind.START: gettext_lazy("%(name)s bliver til et projekt."),
    EffectKind.ADMIT: gettext_lazy("%(name)s bliver optaget som OS2-produkt."),
    EffectKind.LAUNCH: gettext_lazy("%(name)s bliver til et OS2-produkt."),
    EffectKind.RETURN_TO_IDEA: gettext_lazy("%(name)s bliver igen en idé."),
    EffectKind.RETURN_TO_CONCEPT: gettext_lazy("%(name)s bliver igen et koncept."),
    EffectKind.REJECT: gettext_lazy("%(name)s bliver afvist."),
    EffectKind.CLOSE: gettext_lazy("%(name)s bliver lukket."),
    EffectKind.REOPEN: gettext_lazy("%(name)s bliver åbnet igen som idé."),
    EffectKind.RESUME: gettext_lazy("%(name)s bliver genoptaget."),
    EffectKind.PAUSE: gettext_lazy("%(name)s kommer på pause til %(day)s."),
    EffectKind.CHANGE_LEVEL: gettext_lazy("%(name)s kommer på %(level)s."),
    EffectKind.SET_PRIORITY: gettext_lazy("%(name)s får prioritet %(priority)s."),
    EffectKind.APPROVE_STEERING_GROUP: gettext_lazy("Styregruppen bliver godkendt. Besatte pladser: %(seats)d."),
    EffectKind.APPOINT_STEERING_GROUP: gettext_lazy("Bestyrelsen udpeger styregruppen. Besatte pladser: %(seats)d."),
    EffectKind.APPROVE_BUDGET: gettext_lazy("%(scope)s, version %(version)d på %(amount)s kr., bliver godkendt."),
    EffectKind.DEFER_REQUIREMENTS: gettext_lazy("De krav, der udskydes eller accepteres, får en frist."),
    EffectKind.APPOINT_ROLE: gettext_lazy("%(who)s bliver %(role)s."),
    EffectKind.APPROVE_DESCRIPTION: gettext_lazy("Beskrivelsen, som den er i dag, bliver godkendt."),
    EffectKind.PASS_MILESTONE: gettext_lazy("Milepælen „%(milestone)s“ bliver passeret."),
    EffectKind.SETTLE_CONFLICT: gettext_lazy("Konflikten bliver markeret som afgjort."),
    EffectKind.OTHER: gettext_lazy("%(text)s"),
}


def preview_of(initiative: Initiative, effects: list[CaseEffect], on: date) -> Preview:
    """The effects in words, and what is open in the gate they must pass."""
    only_defers = {effect.kind for effect in effects} == {EffectKind.DEFER_REQUIREMENTS}
    proposed = _proposed_conditions(effects)
    gate = gate_after(initiative, effects, on)
    missing = {row.code: row for row in (gate.missing if gate else ())}
    if only_defers and not proposed and initiative.stage in REACHED:
        reached = gates.gate_for(initiative, REACHED[Stage(initiative.stage)], on=on)
        missing = {row.code: row for row in reached.missing if row.deferrable and not row.by_board}
    others = Requirement.objects.filter(catalogue=initiative.catalogue, code__in=set(proposed) - set(missing))
    until, responsible = _end_of_next_month(on), _who_sees_to_it(initiative, on) if missing or proposed else ""
    points = [
        OpenPoint(row.code, str(row.title), str(row.message), row.deferrable, row.mend, until, responsible)
        for row in missing.values()
    ]
    points += [
        OpenPoint(row.code, row.title, _("Indstillet til udskydelse."), row.deferrable, None, until, responsible)
        for row in others
    ]
    refusals = []
    if only_defers and not points:
        refusals.append(Refusal("nothing_to_defer", _("Ingen krav mangler, så der er intet at udskyde.")))
    return Preview(
        sentences=tuple(_sentence(effect, initiative, on) for effect in effects),
        when_returned=_instead(initiative, (registry.effects[effect.kind].when_returned for effect in effects)),
        when_rejected=_instead(initiative, (registry.effects[effect.kind].when_rejected for effect in effects)),
        open_points=tuple(replace(point, **proposed.get(point.code, {})) for point in points),
        refusals=tuple(refusals),
    )


def _instead(initiative: Initiative, kinds: Iterable[str]) -> tuple[str, ...]:
    """What a no carries out in place of the effects, e.g. sending a concept back to idea."""
    return tuple(str(BECOMES[EffectKind(kind)]) % {"name": initiative.name} for kind in kinds if kind)


def gate_after(initiative: Initiative, effects: list[CaseEffect], on: date) -> gates.Gate | None:
    """The gate of a case's main effect as it would be with all of its effects carried out; None without one."""
    kinds = {effect.kind for effect in effects}
    for effect in effects:
        if effect.kind in GATED:
            return gates.gate_for(initiative, GATED[EffectKind(effect.kind)], on=on, assumed=kinds)
        if effect.kind == EffectKind.CHANGE_LEVEL:
            return levels.difference(initiative, level=int(effect.parameters["level"]), on=on, assumed=kinds).gate
    return None


def _sentence(effect: CaseEffect, initiative: Initiative, on: date) -> str:
    """One effect as what will be so when it has been carried out."""
    kind, wanted = EffectKind(effect.kind), effect.parameters
    words: dict[str, Any] = {"name": initiative.name}
    if kind == EffectKind.PAUSE:
        day = parse_date(str(wanted.get("until", "")))
        words["day"] = date_format(day) if day else _("en dato, der ikke er valgt")
    elif kind == EffectKind.CHANGE_LEVEL:
        words["level"] = Level(int(wanted["level"])).label
    elif kind == EffectKind.SET_PRIORITY:
        words["priority"] = Initiative.Priority(str(wanted["priority"])).label
    elif kind in (EffectKind.APPROVE_STEERING_GROUP, EffectKind.APPOINT_STEERING_GROUP):
        words["seats"] = _steering_seats(initiative, on).count()
    elif kind == EffectKind.APPROVE_BUDGET:
        return _budget_sentence(initiative, str(wanted.get("scope", Budget.Scope.PROJECT)))
    elif kind == EffectKind.APPOINT_ROLE:
        words |= {"who": wanted.get("who") or _("Den indstillede"), "role": Appointment.Role(wanted["role"]).label}
    elif kind == EffectKind.PASS_MILESTONE:
        words["milestone"] = wanted.get("milestone") or _("der ikke er valgt")
    elif kind not in BECOMES:
        return f"{registry.label(effect).rstrip('.')}."
    elif kind == EffectKind.OTHER:
        words["text"] = wanted.get("text") or kind.label
    return str(BECOMES[kind]) % words


def _budget_sentence(initiative: Initiative, scope: str) -> str:
    name, budget = Budget.Scope(scope).label, economy.current_budget(initiative, scope)
    if budget is None:
        return _("%(scope)s skal godkendes, men der er intet budget endnu.") % {"scope": capfirst(str(name))}
    return str(BECOMES[EffectKind.APPROVE_BUDGET]) % {
        "scope": capfirst(str(name)),
        "version": budget.version,
        "amount": number_format(budget.total_planned, 0, force_grouping=True),
    }


def _steering_seats(initiative: Initiative, on: date):
    return Membership.objects.on(on).filled().filter(body__kind=Body.Kind.STEERING_GROUP, body__initiatives=initiative)


def _proposed_conditions(effects: list[CaseEffect]) -> dict[str, dict[str, Any]]:
    """What a recommendation to defer proposes, by requirement: until when, who sees to it, or accepted as it is.

    The effect's parameters are {"conditions": [{"code", "until": "2027-01-31", "responsible", "accepted"}]}; all but
    the code may be left out.
    """
    proposed = {}
    for effect in effects:
        rows = effect.parameters.get("conditions", []) if effect.kind == EffectKind.DEFER_REQUIREMENTS else []
        for row in rows:
            said: dict[str, Any] = {
                "until": parse_date(str(row.get("until", ""))),
                "responsible": str(row.get("responsible", "")),
                "accepted": bool(row.get("accepted")),
            }
            proposed[str(row["code"])] = {name: value for name, value in said.items() if value}
    return proposed


def _end_of_next_month(day: date) -> date:
    """The date the portal proposes for a condition: about a month and a half, and a day that people remember."""
    return (day.replace(day=1) + timedelta(days=64)).replace(day=1) - timedelta(days=1)


def _who_sees_to_it(initiative: Initiative, on: date) -> str:
    """By function: the project lead if there is one, else whoever the initiative answers to."""
    held = set(Appointment.objects.on(on).filter(initiative=initiative).values_list("role", flat=True))
    order = (Appointment.Role.PROJECT_LEAD, Appointment.Role.COORDINATOR, Appointment.Role.PROJECT_OWNER)
    role = next((role for role in order if role in held), None)
    if role is not None:
        return capfirst(str(role.label))
    return _("Styregruppens formand") if _steering_seats(initiative, on).exists() else _("Initiativtageren")
