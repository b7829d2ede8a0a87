"""Writing a recommendation: a case before a body with the effects it asks for, tied to the initiative it is about."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Case as Choose
from django.db.models import IntegerField, When
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.domain.cases import EffectSpec, open_case
from governance.models import Body, Case, User
from governance.refusals import NotAllowed, NotReady, Refusal, raise_if
from governance.standing import standing_of
from portfolio import recommendation_texts
from portfolio.facts import facts_of
from portfolio.models import Initiative, InitiativeCase
from portfolio.recommendable import MONEY, REPEATED, allowed_kinds, decided_by, fitting_effects
from portfolio.rules import Action, may, relations_of, roles_of

from .lifecycle import locked


def bodies_to_ask(initiative: Initiative) -> Any:
    """The bodies a recommendation can be put before: the board, and the initiative's own groups."""
    today = timezone.localdate()
    board = Body.objects.on(today).filter(kind=Body.Kind.BOARD)
    groups = (Body.Kind.STEERING_GROUP, Body.Kind.COORDINATION_GROUP)
    own = Body.objects.on(today).filter(kind__in=groups, initiatives=initiative)
    rank = When(kind=Body.Kind.BOARD, then=0), When(kind=Body.Kind.STEERING_GROUP, then=1)
    order = Choose(*rank, default=2, output_field=IntegerField())
    return (board | own).distinct().order_by(order, "name")


@transaction.atomic
def recommend(
    *,
    initiative_id: int,
    body: Body,
    title: str,
    purpose: str,
    effects: Sequence[EffectSpec],
    by: User,
    recommendation_line: str = "",
    recommendation: str = "",
) -> Case:
    """Open a case about an initiative, with its parts drafted from what the initiative says.

    Raises NotAllowed, or NotReady when an effect does not fit, belongs to another body, or is under way already.
    """
    initiative = locked(initiative_id)
    standing = standing_of(by)
    if not may(standing, Action.RECOMMEND, initiative):
        raise NotAllowed(Refusal("not_allowed", _("Du kan ikke indstille på dette trin.")))
    facts = facts_of(initiative, timezone.localdate())
    roles, relations = roles_of(standing), relations_of(standing, initiative)
    fitting = fitting_effects(facts, roles=roles, relations=relations)
    refusals = _reasons_against(initiative, body, purpose, effects, {each.kind for each in fitting})
    if allowed_kinds(roles, relations) is not None and body.decides_as_board and MONEY & {kind for kind, _p in effects}:
        message = _("Om penge indstiller koordinationsgruppen til styregruppen. Vælg den som organ.")
        refusals.append(Refusal("money_through_steering_group", message))
    raise_if(NotReady, refusals)
    case = open_case(
        title=title,
        body=body,
        responsible=by,
        by=by,
        purpose=purpose,
        effects=effects,
        recommendation_line=recommendation_line,
        recommendation=recommendation,
        **recommendation_texts.parts(initiative),
    )
    InitiativeCase.objects.create(case=case, initiative=initiative)
    return case


def _reasons_against(
    initiative: Initiative, body: Body, purpose: str, effects: Sequence[EffectSpec], fitting: set[str]
) -> list[Refusal]:
    kinds = {kind for kind, _parameters in effects}
    refusals = []
    if purpose == Case.Purpose.DECISION and not effects:
        refusals.append(Refusal("effects_missing", _("Vælg, hvad beslutningen skal gennemføre.")))
    if purpose != Case.Purpose.DECISION and effects:
        message = _("En sag til orientering eller drøftelse gennemfører intet. Fjern krydserne, eller vælg beslutning.")
        refusals.append(Refusal("not_for_decision", message))
    if kinds - fitting:
        refusals.append(Refusal("effect_does_not_fit", _("Et af valgene passer ikke til initiativet, som det er nu.")))
    if kinds - decided_by(body):
        message = _("Det afgør et andet organ, som regel bestyrelsen. Vælg det, eller fjern krydset.")
        refusals.append(Refusal("boards_alone", message))
    open_cases = Case.objects.filter(
        initiative_link__initiative=initiative, status__in=(Case.Status.DRAFT, Case.Status.READY), body=body
    )
    same = open_cases.filter(effects__kind__in=kinds - REPEATED).first()
    if same is not None:
        message = _("Sag %(number)s er allerede på vej med det samme.") % {"number": same.number}
        refusals.append(Refusal("case_under_way", message))
    return refusals
