"""Effects that move an initiative: its stage, level, priority, pause."""

from collections.abc import Callable

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from governance.effects import EffectContext
from portfolio.domain import levels, lifecycle
from portfolio.models import Initiative, Level, Stage

from .subject import required, written


def advance(transition: str) -> Callable[[EffectContext], str]:
    """A transition of the lifecycle."""

    def carry_out(context: EffectContext) -> str:
        initiative = required(context)
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


def change_level(context: EffectContext) -> str:
    """To another level."""
    initiative, level = required(context), int(context.parameters["level"])
    levels.change_level(
        initiative_id=initiative.pk,
        level=level,
        reason=context.decision.text,
        by=context.by,
        decision=context.decision,
        on=context.on,
    )
    return _("%(name)s er nu på %(level)s.") % {"name": initiative.name, "level": Level(level).label}


def set_priority(context: EffectContext) -> str:
    """A priority."""
    initiative, priority = required(context), str(context.parameters.get("priority", ""))
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


def pause(context: EffectContext) -> str:
    """On hold until a day."""
    initiative, until = required(context), parse_date(str(context.parameters.get("until", "")))
    levels.pause(
        initiative_id=initiative.pk,
        until=until,
        reason=context.decision.text,
        by=context.by,
        decision=context.decision,
        on=context.on,
    )
    return _("%(name)s er på pause til %(day)s.") % {"name": initiative.name, "day": written(until)}


def resume(context: EffectContext) -> str:
    """Going on after a pause."""
    initiative = required(context)
    levels.resume(
        initiative_id=initiative.pk,
        reason=context.decision.text,
        by=context.by,
        decision=context.decision,
        on=context.on,
    )
    return _("%(name)s er genoptaget.") % {"name": initiative.name}
