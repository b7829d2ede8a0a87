"""What decisions do to initiatives, and what portfolio tells governance about a case. Registered at the start."""

from governance.effects import BY_STEERING_GROUP, Effect, registry
from governance.models import AgendaItem, EffectKind
from portfolio import agenda_lines
from portfolio.case_subjects import case_subjects

from . import approvals, cases, catalogues, conditions, guidance, lifting, moves
from .cases import facts
from .subject import initiative_of

__all__ = ["facts", "initiative_of", "register_effects"]


def register_effects() -> None:
    """Tell governance what its decisions do here. Called once, when the app starts."""
    for effect in (
        Effect(EffectKind.START, moves.advance("start"), when_returned="return_to_idea", when_rejected="reject"),
        Effect(EffectKind.ADMIT, moves.advance("admit"), when_returned="return_to_idea", when_rejected="reject"),
        Effect(EffectKind.LAUNCH, moves.advance("launch"), when_returned="return_to_concept"),
        Effect(EffectKind.RETURN_TO_IDEA, moves.advance("return_to_idea")),
        Effect(EffectKind.RETURN_TO_CONCEPT, moves.advance("return_to_concept")),
        Effect(EffectKind.REJECT, moves.advance("reject")),
        Effect(EffectKind.CLOSE, moves.advance("close")),
        Effect(EffectKind.REOPEN, moves.advance("reopen")),
        Effect(EffectKind.PAUSE, moves.pause),
        Effect(EffectKind.RESUME, moves.resume),
        Effect(EffectKind.CHANGE_LEVEL, moves.change_level),
        Effect(EffectKind.SET_PRIORITY, moves.set_priority),
        Effect(EffectKind.APPROVE_STEERING_GROUP, approvals.approve_steering_group),
        Effect(EffectKind.APPOINT_STEERING_GROUP, approvals.appoint_steering_group),
        Effect(EffectKind.APPROVE_BUDGET, approvals.approve_budget),
        Effect(EffectKind.APPOINT_ROLE, approvals.appoint_role, deciders=BY_STEERING_GROUP),
        Effect(EffectKind.APPROVE_DESCRIPTION, approvals.approve_description, deciders=BY_STEERING_GROUP),
        Effect(EffectKind.PASS_MILESTONE, approvals.pass_milestone, deciders=BY_STEERING_GROUP),
        Effect(EffectKind.MAKE_GUIDANCE_MANDATORY, guidance.make_mandatory),
        Effect(EffectKind.ADOPT_CATALOGUE, catalogues.adopt),
        Effect(EffectKind.DEFER_REQUIREMENTS, conditions.defer_only),
    ):
        registry.register(effect)
    registry.preview = cases.preview
    registry.grant = conditions.grant
    registry.facts = cases.facts
    registry.facts_for_reader = cases.facts_for_reader
    registry.facts_template = "portfolio/_case_facts.html"
    registry.label = cases.label
    registry.concerning = cases.cases_concerning
    registry.objections.append(cases.reasons_against_other_groups)
    registry.bodies_above = lifting.bodies_above
    registry.tie_copy = lifting.tie_copy
    registry.case_subjects = case_subjects
    registry.agenda_lines |= {
        AgendaItem.Kind.CONDITIONS: agenda_lines.overdue_conditions,
        AgendaItem.Kind.DEVIATIONS: agenda_lines.deviations,
        AgendaItem.Kind.REPORTS: agenda_lines.received_reports,
    }
