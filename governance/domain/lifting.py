"""A conflict that a group cannot settle goes to the body above it, as a case of that body's (domain.md section 2)."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.effects import registry
from governance.models import Body, Case, EffectKind, User
from governance.refusals import NotAllowed, NotReady, Refusal, WrongStage
from governance.rules import may_plan_meetings
from governance.standing import standing_of

from .cases import open_case


def is_conflict(case: Case) -> bool:
    """Whether the case asks its body to settle a conflict."""
    return case.effects.filter(kind=EffectKind.SETTLE_CONFLICT).exists()


def bodies_to_lift_to(case: Case) -> QuerySet[Body]:
    """Where the case can go: nowhere from the board, nor when it is decided or about something else."""
    if not case.is_open or not is_conflict(case):
        return Body.objects.none()
    return registry.bodies_above(case)


@transaction.atomic
def lift_case(*, case: Case, by: User, to: Body | None = None) -> Case:
    """Copy a conflict to the body above as a draft with a link back; here the case is closed and off the agendas.

    `to` is needed when there are several steering groups. Raises NotAllowed, WrongStage, NotReady.
    """
    case = Case.objects.select_for_update(of=("self",)).select_related("body", "responsible").get(pk=case.pk)
    if not may_plan_meetings(standing_of(by), case.body):
        message = _("Sagen løftes af gruppens formand, dens sekretær eller sekretariatet.")
        raise NotAllowed(Refusal("not_planner", message))
    if not case.is_open:
        raise WrongStage(Refusal("case_closed", _("Sagen er afgjort, trukket eller løftet.")))
    if not is_conflict(case):
        raise WrongStage(Refusal("not_a_conflict", _("Kun en sag om en konflikt løftes til det næste organ.")))
    above = list(registry.bodies_above(case))
    if not above:
        raise NotReady(Refusal("nothing_above", _("Der er intet organ over det, der har sagen.")))
    target = to or above[0]
    if target not in above:
        raise NotReady(Refusal("not_above", _("Vælg det organ, der er lige over det, der har sagen.")))
    copy = open_case(
        title=case.title,
        body=target,
        responsible=case.responsible,
        by=by,
        purpose=case.purpose,
        effects=list(case.effects.values_list("kind", "parameters")),
        recommendation_line=case.recommendation_line,
        is_public=case.is_public,
        lifted_from=case,
        **{part: getattr(case, part) for part in Case.PARTS},
    )
    registry.tie_copy(case, copy)
    case.status = Case.Status.LIFTED
    case.save(update_fields=["status"])
    case.agenda_items.filter(withdrawn_at__isnull=True, decisions__isnull=True).update(withdrawn_at=timezone.now())
    return copy
