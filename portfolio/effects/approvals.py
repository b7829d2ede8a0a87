"""Effects that approve or appoint: groups, budgets, people, the description, milestones."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from governance.effects import EffectContext
from governance.models import Body, Membership, Organisation, User
from governance.refusals import NotReady, Refusal
from portfolio.domain import approvals, economy, people
from portfolio.models import Budget, Initiative

from .subject import required


def _steering_seats(initiative: Initiative, on: date):
    return Membership.objects.on(on).filled().filter(body__kind=Body.Kind.STEERING_GROUP, body__initiatives=initiative)


@transaction.atomic
def _mark_steering_group(context: EffectContext, field: str) -> int:
    initiative = required(context)
    seats = list(_steering_seats(initiative, context.on).select_for_update(of=("self",)))
    if not seats:
        raise NotReady(Refusal("no_steering_group", _("Initiativet har ingen styregruppe at godkende.")))
    for seat in seats:
        setattr(seat, field, context.decision)
        seat.save()
    return len(seats)


def approve_steering_group(context: EffectContext) -> str:
    """The board approves the group (N2)."""
    count = _mark_steering_group(context, "approved_by")
    return _("Styregruppen med %(count)d pladser er godkendt.") % {"count": count}


def appoint_steering_group(context: EffectContext) -> str:
    """The board appoints every seat of the group (N3)."""
    count = _mark_steering_group(context, "appointed_by")
    return _("Bestyrelsen har udpeget styregruppens %(count)d pladser.") % {"count": count}


def approve_budget(context: EffectContext) -> str:
    """The board approves the current version of a budget."""
    initiative = required(context)
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


def appoint_role(context: EffectContext) -> str:
    """A person, or an organisation as coordinator, gets a role."""
    initiative, wanted = required(context), context.parameters
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


def approve_description(context: EffectContext) -> str:
    """The description as it reads now."""
    initiative = required(context)
    approvals.approve_description(initiative_id=initiative.pk, decision=context.decision)
    return _("Beskrivelsen af %(name)s er godkendt.") % {"name": initiative.name}


def pass_milestone(context: EffectContext) -> str:
    """A milestone of the status reports, by its name."""
    initiative, name = required(context), str(context.parameters.get("milestone") or "")
    row = approvals.pass_milestone(initiative_id=initiative.pk, name=name, decision=context.decision)
    return _("Milepælen „%(name)s“ er passeret.") % {"name": row.name}
