"""Placing a concept anew, changing the level of a project or product, pausing, prioritising (lifecycle.md)."""

from copy import copy
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models import Decision, User
from governance.refusals import NotAllowed, NotReady, Refusal, WrongStage
from governance.standing import standing_of
from portfolio.facts import facts_of
from portfolio.gates import Gate, gate_from
from portfolio.models import Initiative, Level, LifecycleEvent, Requirement, Stage
from portfolio.steps import GateClosed

from .lifecycle import catalogue_in_force, locked, log, place, refuse_unknown_level


@dataclass(frozen=True, slots=True)
class LevelDifference:
    """What another level would mean: the requirements that come, those that go, and the gate to pass."""

    before: int | None
    after: int
    added: tuple[Requirement, ...]
    dropped: tuple[Requirement, ...]
    gate: Gate

    @property
    def is_raise(self) -> bool:
        """Whether more is required."""
        return self.before is None or self.after > self.before


def difference(initiative: Initiative, *, level: int, on: date, assumed=()) -> LevelDifference:
    """What a change to `level` adds and drops, and whether its gate would hold on the day. Writes nothing.

    Answers already given stay; only the additions appear (domain.md section 4). What has no catalogue yet, as from
    before the portal, is measured by the one in force: nothing else may skip a gate.
    """
    measured = copy(initiative)
    measured.catalogue = initiative.catalogue or catalogue_in_force(on)
    now = facts_of(initiative, on)
    then = facts_of(measured, on, level=level, assumed=assumed)
    codes_now = {r.code for r in now.requirements}
    codes_then = {r.code for r in then.requirements}
    is_raise = initiative.level is None or level > initiative.level
    transition = "raise_level" if is_raise else "lower_to_n1" if level <= Level.N1 else "lower_level"
    return LevelDifference(
        before=initiative.level,
        after=level,
        added=tuple(r for r in then.requirements if r.code not in codes_now),
        dropped=tuple(r for r in now.requirements if r.code not in codes_then),
        gate=gate_from(then, transition),
    )


@transaction.atomic
def place_anew(*, initiative_id: int, level: int, reason: str, by: User) -> Initiative:
    """The business manager places a concept on another level, with a reason; projects and products are the board's."""
    initiative = locked(initiative_id)
    if not standing_of(by).manages:
        raise NotAllowed(Refusal("not_manager", _("Kun forretningslederen indplacerer.")))
    if initiative.stage not in (Stage.IDEA, Stage.CONCEPT):
        raise WrongStage(Refusal("board_decides", _("Et projekt eller produkt skifter kun niveau ved en beslutning.")))
    place(initiative, level=level, reason=reason, by=by, on=timezone.localdate())
    initiative.version += 1
    initiative.save()
    return initiative


@transaction.atomic
def change_level(
    *, initiative_id: int, level: int, reason: str, by: User, decision: Decision, on: date
) -> LifecycleEvent:
    """Carry out the board's change of level. Raises GateClosed when something is missing and not deferred."""
    initiative = locked(initiative_id)
    if not decision.body.decides_as_board:
        raise NotAllowed(Refusal("not_board", _("Et niveauskift kræver en beslutning i bestyrelsen.")))
    if initiative.stage not in (Stage.PROJECT, Stage.PRODUCT):
        raise WrongStage(Refusal("wrong_stage", _("Kun projekter og produkter skifter niveau ved en beslutning.")))
    if initiative.level == level:
        raise WrongStage(Refusal("same_level", _("Initiativet er på niveauet i forvejen.")))
    refuse_unknown_level(initiative.catalogue or catalogue_in_force(on), level)
    found = difference(initiative, level=level, on=on)
    if not found.gate.is_open:
        raise GateClosed(found.gate)
    before = initiative.level
    initiative.level = level
    initiative.level_reason = reason
    initiative.catalogue = initiative.catalogue or catalogue_in_force(on)
    initiative.version += 1
    initiative.save()
    frozen = found.gate.frozen()
    frozen["added"] = [r.code for r in found.added]
    frozen["dropped"] = [r.code for r in found.dropped]
    return log(
        initiative=initiative,
        kind=LifecycleEvent.Kind.LEVEL,
        transition="change_level",
        by=by,
        on=on,
        before="" if before is None else str(before),
        after=str(level),
        reason=reason,
        decision=decision,
        gate=frozen,
    )


@transaction.atomic
def pause(
    *, initiative_id: int, until: date | None, reason: str, by: User, decision: Decision, on: date
) -> LifecycleEvent:
    """Put a project or product on hold by the board's decision, with a reason and until when."""
    initiative = _on_hold(initiative_id, decision, paused=False)
    if not reason.strip():
        raise NotReady(Refusal("reason_missing", _("Skriv, hvorfor initiativet sættes på pause.")))
    if until is None:
        raise NotReady(Refusal("until_missing", _("Skriv, hvor længe pausen varer.")))
    if until <= on:
        raise NotReady(Refusal("until_passed", _("Pausen skal slutte efter den dag, den er besluttet.")))
    initiative.paused_since, initiative.paused_until = on, until
    initiative.version += 1
    initiative.save()
    after = until.isoformat()
    return log(
        initiative=initiative,
        kind=LifecycleEvent.Kind.PAUSE,
        by=by,
        on=on,
        after=after,
        reason=reason,
        decision=decision,
    )


@transaction.atomic
def resume(*, initiative_id: int, reason: str, by: User, decision: Decision, on: date) -> LifecycleEvent:
    """Take a project or product off hold by the board's decision."""
    initiative = _on_hold(initiative_id, decision, paused=True)
    before = str(initiative.paused_since)
    initiative.paused_since = initiative.paused_until = None
    initiative.version += 1
    initiative.save()
    return log(
        initiative=initiative,
        kind=LifecycleEvent.Kind.RESUME,
        by=by,
        on=on,
        before=before,
        reason=reason,
        decision=decision,
    )


def _on_hold(initiative_id: int, decision: Decision, *, paused: bool) -> Initiative:
    initiative = locked(initiative_id)
    if not decision.body.decides_as_board:
        raise NotAllowed(Refusal("not_board", _("En pause kræver en beslutning i bestyrelsen.")))
    if initiative.stage not in (Stage.PROJECT, Stage.PRODUCT):
        raise WrongStage(Refusal("wrong_stage", _("Kun projekter og produkter kan sættes på pause.")))
    if initiative.is_paused != paused:
        message = _("Initiativet er ikke på pause.") if paused else _("Initiativet er på pause i forvejen.")
        raise WrongStage(Refusal("not_paused" if paused else "already_paused", message))
    return initiative


@transaction.atomic
def set_priority(
    *, initiative_id: int, priority: str, reason: str, by: User, decision: Decision, on: date
) -> LifecycleEvent:
    """Set the board's priority of a concept or project, with a reason."""
    initiative = locked(initiative_id)
    if not decision.body.decides_as_board:
        raise NotAllowed(Refusal("not_board", _("Prioritering kræver en beslutning i bestyrelsen.")))
    if initiative.stage not in (Stage.CONCEPT, Stage.PROJECT):
        raise WrongStage(Refusal("wrong_stage", _("Kun koncepter og projekter prioriteres.")))
    if priority not in Initiative.Priority.values:
        raise NotReady(Refusal("priority_missing", _("Vælg en prioritet.")))
    before = initiative.priority
    initiative.priority, initiative.priority_reason = priority, reason
    initiative.version += 1
    initiative.save()
    return log(
        initiative=initiative,
        kind=LifecycleEvent.Kind.PRIORITY,
        by=by,
        on=on,
        before=before,
        after=priority,
        reason=reason,
        decision=decision,
    )
