"""What the board's decisions do to initiatives. Registered with governance when the app starts (apps.py).

Each effect is a thin bridge to the domain function that also refuses; nothing is decided here.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from governance.effects import Condition, Effect, EffectContext, Preview, registry
from governance.models import AgendaItem, Body, Case, CaseEffect, EffectKind, Membership, Organisation, User
from governance.refusals import NotAllowed, NotReady, Refusal
from governance.standing import Standing

from . import agenda_lines, gates
from .domain import economy, levels, lifecycle, people
from .models import Appointment, Budget, Deferral, Initiative, InitiativeCase, Level, Requirement, Stage
from .prospects import gate_after, preview_of


def initiative_of(case: Case) -> Initiative | None:
    """The initiative a case is about, if any."""
    link = InitiativeCase.objects.select_related("initiative__catalogue").filter(case=case).first()
    return link.initiative if link else None


def _required(context: EffectContext) -> Initiative:
    initiative = initiative_of(context.case)
    if initiative is None:
        raise NotReady(Refusal("no_initiative", _("Sagen handler ikke om et initiativ.")))
    return initiative


def _written(day: date | None) -> str:
    return date_format(day, "j. F Y") if day else _("en dato, der ikke er valgt")


def _advance(transition: str) -> Callable[[EffectContext], str]:
    def carry_out(context: EffectContext) -> str:
        initiative = _required(context)
        event = lifecycle.advance(
            initiative_id=initiative.pk,
            transition=transition,
            by=context.by,
            on=context.on,
            decision=context.decision,
            reason=context.decision.text,
            reason_code=context.decision.reason or context.parameters.get("reason", ""),
        )
        words = {"name": initiative.name, "stage": Stage(event.after).label}
        return _("%(name)s er nu %(stage)s.") % words

    return carry_out


def _change_level(context: EffectContext) -> str:
    initiative, level = _required(context), int(context.parameters["level"])
    levels.change_level(
        initiative_id=initiative.pk,
        level=level,
        reason=context.decision.text,
        by=context.by,
        decision=context.decision,
        on=context.on,
    )
    return _("%(name)s er nu på %(level)s.") % {"name": initiative.name, "level": Level(level).label}


def _set_priority(context: EffectContext) -> str:
    initiative, priority = _required(context), str(context.parameters.get("priority", ""))
    levels.set_priority(
        initiative_id=initiative.pk,
        priority=priority,
        reason=context.decision.text,
        by=context.by,
        decision=context.decision,
        on=context.on,
    )
    return _("%(name)s har fået prioritet %(priority)s.") % {
        "name": initiative.name,
        "priority": Initiative.Priority(priority).label,
    }


def _pause(context: EffectContext) -> str:
    initiative, until = _required(context), parse_date(str(context.parameters.get("until", "")))
    levels.pause(
        initiative_id=initiative.pk,
        until=until,
        reason=context.decision.text,
        by=context.by,
        decision=context.decision,
        on=context.on,
    )
    return _("%(name)s er på pause til %(day)s.") % {"name": initiative.name, "day": _written(until)}


def _resume(context: EffectContext) -> str:
    initiative = _required(context)
    levels.resume(
        initiative_id=initiative.pk,
        reason=context.decision.text,
        by=context.by,
        decision=context.decision,
        on=context.on,
    )
    return _("%(name)s er genoptaget.") % {"name": initiative.name}


def _steering_seats(initiative: Initiative, on: date):
    return Membership.objects.on(on).filled().filter(body__kind=Body.Kind.STEERING_GROUP, body__initiatives=initiative)


@transaction.atomic
def _mark_steering_group(context: EffectContext, field: str) -> int:
    initiative = _required(context)
    if not context.decision.body.decides_as_board:
        raise NotAllowed(Refusal("not_board", _("Kun bestyrelsen godkender og udpeger styregrupper.")))
    seats = list(_steering_seats(initiative, context.on).select_for_update(of=("self",)))
    if not seats:
        raise NotReady(Refusal("no_steering_group", _("Initiativet har ingen styregruppe at godkende.")))
    for seat in seats:
        setattr(seat, field, context.decision)
        seat.save()
    return len(seats)


def _approve_steering_group(context: EffectContext) -> str:
    count = _mark_steering_group(context, "approved_by")
    return _("Styregruppen med %(count)d pladser er godkendt.") % {"count": count}


def _appoint_steering_group(context: EffectContext) -> str:
    count = _mark_steering_group(context, "appointed_by")
    return _("Bestyrelsen har udpeget styregruppens %(count)d pladser.") % {"count": count}


def _approve_budget(context: EffectContext) -> str:
    initiative = _required(context)
    scope = context.parameters.get("scope", Budget.Scope.PROJECT)
    budget = economy.current_budget(initiative, scope)
    if budget is None:
        raise NotReady(Refusal("no_budget", _("Der er intet budget at godkende.")))
    economy.approve_budget_by_board(budget_id=budget.pk, by=context.by, decision=context.decision, on=context.on)
    amount = f"{budget.total_planned:,.0f}".replace(",", ".")
    return _("Budget version %(version)d på %(amount)s kr. er godkendt.") % {
        "version": budget.version,
        "amount": amount,
    }


def _appoint_role(context: EffectContext) -> str:
    initiative, wanted = _required(context), context.parameters
    appointment = people.appoint(
        initiative=initiative,
        role=wanted["role"],
        person=User.objects.filter(pk=wanted.get("person") or 0).first(),
        organisation=Organisation.objects.filter(pk=wanted.get("organisation") or 0).first(),
        by=context.by,
        valid_from=context.on,
        decision=context.decision,
    )
    return str(appointment)


def _defer_only(context: EffectContext) -> str:
    """The conditions are granted before the effects; this one only asks for them."""
    initiative = _required(context)
    if not context.decision.deferrals.exists():
        raise NotReady(Refusal("conditions_missing", _("Skriv, hvilke krav der udskydes, og til hvornår.")))
    return _("Vilkårene for %(name)s er registreret.") % {"name": initiative.name}


def grant(context: EffectContext, conditions: tuple[Condition, ...]) -> list[str]:
    """Record what an approval leaves open. Raises NotReady for requirements that no decision can defer.

    Only the board's acceptance opens a gate (lifecycle.md). What has no catalogue yet, as from before the portal, gets
    the one in force together with its level.
    """
    initiative = _required(context)
    if not context.decision.body.decides_as_board:
        raise NotAllowed(Refusal("not_board", _("Kun bestyrelsen kan udskyde krav eller acceptere afvigelser.")))
    catalogue = initiative.catalogue or lifecycle.catalogue_in_force(context.on)
    by_code = {r.code: r for r in Requirement.objects.filter(catalogue=catalogue)}
    refusals, results = [], []
    for condition in conditions:
        requirement = by_code.get(condition.code)
        if requirement is None:
            refusals.append(
                Refusal("unknown_requirement", _("Kravet %(code)s findes ikke.") % {"code": condition.code})
            )
        elif not requirement.deferrable:
            message = _("%(code)s %(title)s kan ikke udskydes. Det beskytter, hvem der bestemmer.")
            refusals.append(
                Refusal(
                    f"not_deferrable_{requirement.code}",
                    message % {"code": requirement.code, "title": requirement.title},
                )
            )
        elif condition.until is None and not condition.accepted:
            refusals.append(Refusal("until_missing", _("Skriv en frist for %(code)s.") % {"code": condition.code}))
        elif condition.until is not None and condition.until <= context.on:
            refusals.append(
                Refusal("until_passed", _("Fristen for %(code)s skal ligge efter mødet.") % {"code": condition.code})
            )
    if refusals:
        raise NotReady(*refusals)
    for condition in conditions:
        requirement = by_code[condition.code]
        Deferral.objects.create(
            initiative=initiative,
            requirement=requirement,
            decision=context.decision,
            kind=Deferral.Kind.ACCEPTED if condition.accepted else Deferral.Kind.DEFERRED,
            until=condition.until,
            responsible=condition.responsible,
        )
        day = date_format(condition.until, "j. F Y") if condition.until else _("uden frist")
        results.append(
            _("%(code)s %(title)s er udskudt til %(day)s.")
            % {"code": requirement.code, "title": requirement.title, "day": day}
        )
    return results


def preview(case: Case, on: date) -> Preview:
    """What a case's effects would do on a day, and what would stop them. Looks only; carries nothing out."""
    initiative = initiative_of(case)
    effects = list(case.effects.all())
    if initiative is None:
        return Preview(sentences=tuple(label(effect) for effect in effects))
    return preview_of(initiative, effects, on)


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
    words = in_words(effect.parameters) if in_words else ""
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
        _("Sæt på pause til %(day)s") % {"day": _written(parse_date(str(said.get("until", ""))))}
    ),
    EffectKind.APPOINT_ROLE: _role_in_words,
    EffectKind.OTHER: lambda said: str(said.get("text") or ""),
}


def register_effects() -> None:
    """Tell governance what its decisions do here. Called once, when the app starts."""
    for effect in (
        Effect(EffectKind.START, _advance("start"), when_returned="return_to_idea", when_rejected="reject"),
        Effect(EffectKind.ADMIT, _advance("admit"), when_returned="return_to_idea", when_rejected="reject"),
        Effect(EffectKind.LAUNCH, _advance("launch"), when_returned="return_to_concept"),
        Effect(EffectKind.RETURN_TO_IDEA, _advance("return_to_idea")),
        Effect(EffectKind.RETURN_TO_CONCEPT, _advance("return_to_concept")),
        Effect(EffectKind.REJECT, _advance("reject")),
        Effect(EffectKind.CLOSE, _advance("close")),
        Effect(EffectKind.REOPEN, _advance("reopen")),
        Effect(EffectKind.PAUSE, _pause),
        Effect(EffectKind.RESUME, _resume),
        Effect(EffectKind.CHANGE_LEVEL, _change_level),
        Effect(EffectKind.SET_PRIORITY, _set_priority),
        Effect(EffectKind.APPROVE_STEERING_GROUP, _approve_steering_group),
        Effect(EffectKind.APPOINT_STEERING_GROUP, _appoint_steering_group),
        Effect(EffectKind.APPROVE_BUDGET, _approve_budget),
        Effect(EffectKind.APPOINT_ROLE, _appoint_role),
        Effect(EffectKind.DEFER_REQUIREMENTS, _defer_only),
    ):
        registry.register(effect)
    registry.preview = preview
    registry.grant = grant
    registry.facts = facts
    registry.facts_template = "portfolio/_case_facts.html"
    registry.label = label
    registry.concerning = cases_concerning
    registry.agenda_lines |= {
        AgendaItem.Kind.CONDITIONS: agenda_lines.overdue_conditions,
        AgendaItem.Kind.DEVIATIONS: agenda_lines.deviations,
        AgendaItem.Kind.REPORTS: agenda_lines.received_reports,
    }
