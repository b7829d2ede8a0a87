"""Carrying out one transition: lock the row, ask again, move, write the record. Nothing else moves a stage."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models import Decision, User
from governance.refusals import NotReady, Refusal
from governance.standing import standing_of
from portfolio import steps
from portfolio.models import Initiative, LifecycleEvent, RequirementCatalogue, Stage
from portfolio.transitions import TRANSITIONS


def locked(initiative_id: int) -> Initiative:
    """The initiative, locked for the rest of the transaction."""
    return Initiative.objects.select_for_update(of=("self",)).select_related("catalogue").get(pk=initiative_id)


@transaction.atomic
def advance(
    *,
    initiative_id: int,
    transition: str,
    by: User,
    on: date | None = None,
    reason: str = "",
    reason_code: str = "",
    decision: Decision | None = None,
    level: int | None = None,
    level_reason: str = "",
    successor: Initiative | None = None,
) -> LifecycleEvent:
    """Carry out one lifecycle transition and log it with the gate as it stood.

    `on` is the day the rules are asked for (default today). `level` and `level_reason` belong to `shape`, which places
    the concept; `successor` to `close`. Raises WrongStage, NotAllowed, NotReady or GateClosed; nothing is written then.
    """
    day = on or timezone.localdate()
    initiative = locked(initiative_id)
    step = steps.find(initiative, transition, standing=standing_of(by), on=day, decision=decision)
    step.raise_if_refused()
    rule = TRANSITIONS[transition]
    if rule.needs_reason and not reason.strip():
        raise NotReady(Refusal("reason_missing", _("Skriv en begrundelse. Den bliver en del af historikken.")))
    if rule.needs_reason_code and not reason_code:
        raise NotReady(Refusal("reason_code_missing", _("Vælg grunden på listen.")))
    if rule.target == Stage.CONCEPT and transition != "shape" and initiative.level is None:
        raise NotReady(Refusal("level_missing", _("Initiativets niveau er ukendt. Et koncept skal have et niveau.")))
    if transition == "shape":
        place(initiative, level=level, reason=level_reason, by=by, on=day)
    if transition == "close" and successor is not None:
        initiative.successor = successor
    if rule.target not in (Stage.PROJECT, Stage.PRODUCT):
        initiative.paused_since = initiative.paused_until = None
    before = initiative.stage
    getattr(initiative, transition)()
    initiative.version += 1
    initiative.save()
    return LifecycleEvent.objects.create(
        initiative=initiative,
        kind=LifecycleEvent.Kind.STAGE,
        transition=transition,
        before=before,
        after=initiative.stage,
        happened_on=day,
        reason=_with_code(reason, reason_code),
        decision=decision,
        gate=step.gate.frozen() if step.gate else None,
        by=by,
    )


def _with_code(reason: str, code: str) -> str:
    if not code:
        return reason
    return f"{Decision.Reason(code).label}: {reason}" if reason.strip() else str(Decision.Reason(code).label)


def catalogue_in_force(on: date) -> RequirementCatalogue:
    """The newest catalogue that is valid on the day. Raises NotReady when reference data is not loaded."""
    catalogue = RequirementCatalogue.objects.filter(valid_from__lte=on).order_by("-valid_from").first()
    if catalogue is None:
        raise NotReady(Refusal("no_catalogue", _("Der er intet kravkatalog. Indlæs portalens grunddata først.")))
    return catalogue


def refuse_unknown_level(catalogue: RequirementCatalogue, level: int) -> None:
    """Raise NotReady when a catalogue has no such level: the sandbox exists only in the newer ones."""
    if not catalogue.requirements.filter(level=level).exists():
        raise NotReady(Refusal("level_not_in_catalogue", _("Niveauet findes ikke i kravkataloget. Vælg et andet.")))


def place(initiative: Initiative, *, level: int | None, reason: str, by: User, on: date) -> None:
    """Put an idea on a level for the first time, or anew after it was sent back."""
    if level is None:
        raise NotReady(Refusal("level_missing", _("Vælg et niveau.")))
    if not reason.strip():
        raise NotReady(Refusal("level_reason_missing", _("Begrund niveauet.")))
    if initiative.catalogue is None:
        initiative.catalogue = catalogue_in_force(on)
    refuse_unknown_level(initiative.catalogue, level)
    before = initiative.level
    initiative.level = level
    initiative.level_reason = reason
    LifecycleEvent.objects.create(
        initiative=initiative,
        kind=LifecycleEvent.Kind.LEVEL,
        transition="place",
        before="" if before is None else str(before),
        after=str(level),
        happened_on=on,
        reason=reason,
        by=by,
    )


def log(*, initiative: Initiative, kind: str, by: User, on: date, **more: Any) -> LifecycleEvent:
    """Write a line of the record that is not a stage change."""
    return LifecycleEvent.objects.create(initiative=initiative, kind=kind, by=by, happened_on=on, **more)
