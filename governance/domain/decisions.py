"""Recording a decision and carrying out its effects: one transaction, all or nothing (meetings.md).

A decision counts only if the body could make it that day: the right body, its quorum, nobody disqualified among those
counted (domain.md section 4). The electorate is frozen with it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.effects import Condition, EffectContext, registry
from governance.models import AgendaItem, CarriedOutEffect, Case, Decision, Meeting, Membership, User
from governance.refusals import Mend, NotAllowed, NotReady, Refusal, WrongStage, raise_if
from governance.standing import standing_of

from .numbers import next_reference
from .quorum import Electorate, electorate_of

Outcome = Decision.Outcome


def electorate_for(meeting: Meeting, disqualified: Mapping[int, str]) -> Electorate:
    """The electorate of an item at a meeting, from the attendance and the seats of the day."""
    seats = Membership.objects.on(meeting.date).filter(body=meeting.body).select_related("organisation")
    return electorate_of(
        body=meeting.body,
        seats=seats,
        attendances={a.membership_id: a for a in meeting.attendances.all()},
        disqualified=disqualified,
        represented_organisations=meeting.represented_organisations,
    )


def reasons_to_wait(meeting: Meeting) -> list[Refusal]:
    """Why no decision of the meeting can be recorded yet: it is not held, or nobody has said who came."""
    refusals = []
    if meeting.date > timezone.localdate():
        message = _("Mødet er ikke holdt endnu. Beslutningen kan registreres fra mødets dag.")
        refusals.append(Refusal("meeting_not_held", message))
    if meeting.attendance_recorded_at is None:
        mend = Mend("governance:attendance", {"pk": meeting.pk}, _("Registrér fremmødet"))
        refusals.append(Refusal("attendance_missing", _("Registrér fremmødet på mødet først."), mend))
    return refusals


def reasons_against(
    *,
    case: Case,
    meeting: Meeting,
    item: AgendaItem | None,
    outcome: str,
    text: str,
    reason: str,
    disqualified: Mapping[int, str],
) -> list[Refusal]:
    """Why this decision cannot be recorded, before its effects are tried."""
    refusals = []
    if case.body_id != meeting.body_id and not (case.body.decides_as_board and meeting.body.decides_as_board):
        refusals.append(Refusal("wrong_body", _("Sagen skal afgøres af %(body)s.") % {"body": case.body}))
    if item is not None and (item.case_id != case.pk or item.meeting_id != meeting.pk or item.withdrawn_at):
        refusals.append(Refusal("not_on_agenda", _("Sagen står ikke på mødets dagsorden.")))
    refusals.extend(reasons_to_wait(meeting))
    if meeting.attendance_recorded_at is not None:
        refusals.extend(electorate_for(meeting, disqualified).refusals)
    if not text.strip():
        refusals.append(Refusal("text_missing", _("Skriv beslutningen og dens begrundelse.")))
    if outcome in (Outcome.RETURNED, Outcome.REJECTED) and not reason:
        refusals.append(Refusal("reason_missing", _("Vælg grunden til, at sagen er sendt tilbage eller afvist.")))
    if outcome == Outcome.REJECTED and reason == Decision.Reason.MORE_WORK:
        message = _("„Kræver mere arbejde“ er en grund til at sende tilbage, ikke til at afvise. Vælg en anden.")
        refusals.append(Refusal("reason_only_for_return", message))
    if outcome in Decision.APPROVALS and case.purpose != Case.Purpose.DECISION:
        refusals.append(
            Refusal("not_for_decision", _("Sagen er til orientering eller drøftelse og kan ikke godkendes."))
        )
    return refusals


@transaction.atomic
def record_decision(
    *,
    case: Case,
    meeting: Meeting,
    outcome: str,
    text: str,
    by: User,
    item: AgendaItem | None = None,
    reason: str = "",
    conditions: Sequence[Condition] = (),
    disqualified: Mapping[int, str] | None = None,
    is_public: bool = True,
) -> Decision:
    """Record what a body decided in a case and carry out its effects, in order.

    Raises NotAllowed, WrongStage (already decided), NotReady (body, quorum, text) or what an effect refuses with;
    nothing is written then.
    """
    if not standing_of(by).manages:
        raise NotAllowed(Refusal("not_manager", _("Kun forretningslederen og sekretariatet registrerer beslutninger.")))
    # The meeting first, as put_on_agenda locks them: its attendance must not change between the check and the record.
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)
    case = Case.objects.select_for_update(of=("self",)).select_related("body").get(pk=case.pk)
    if case.status != Case.Status.READY:
        code = "already_decided" if case.status == Case.Status.DECIDED else "case_not_ready"
        raise WrongStage(Refusal(code, _("Sagen er ikke klar til afgørelse. Måske er den netop afgjort af en anden.")))
    disqualified = disqualified or {}
    raise_if(
        NotReady,
        reasons_against(
            case=case, meeting=meeting, item=item, outcome=outcome, text=text, reason=reason, disqualified=disqualified
        ),
    )
    has_conditions = outcome in (Outcome.APPROVED_WITH_CONDITIONS, Outcome.APPROVED_PENDING)
    if has_conditions and not conditions:
        raise NotReady(
            Refusal("conditions_missing", _("Skriv, hvilke krav der er vilkår, og hvornår de skal være opfyldt."))
        )
    if conditions and not has_conditions:
        raise NotReady(Refusal("conditions_unexpected", _("Kun en godkendelse med vilkår har vilkår.")))
    decision = Decision.objects.create(
        number=next_reference(series="decision", year=meeting.date.year),
        case=case,
        body=meeting.body,
        meeting=meeting,
        agenda_item=item,
        decided_on=meeting.date,
        outcome=outcome,
        reason=reason,
        text=text,
        conditions=[condition.frozen() for condition in conditions],
        electorate=electorate_for(meeting, disqualified).frozen(),
        is_public=is_public and case.is_public,
        recorded_by=by,
    )
    if outcome != Outcome.POSTPONED:
        case.status = Case.Status.DECIDED
        case.save(update_fields=["status"])
    _carry_out(decision=decision, conditions=tuple(conditions), by=by)
    return decision


def _carry_out(*, decision: Decision, conditions: tuple[Condition, ...], by: User) -> None:
    effects = list(decision.case.effects.all())
    if decision.outcome == Outcome.APPROVED_WITH_CONDITIONS:
        context = _context(decision, kind="", parameters={}, by=by)
        for result in registry.grant(context, conditions):
            _note(decision, kind="condition", result=result, by=by)
    if decision.outcome in (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS):
        for effect in effects:
            context = _context(decision, kind=effect.kind, parameters=effect.parameters, by=by)
            _note(decision, kind=effect.kind, result=registry.carry_out(context), by=by, effect=effect)
    elif decision.outcome in (Outcome.RETURNED, Outcome.REJECTED):
        for effect in effects:
            known = registry.effects[effect.kind]
            instead = known.when_returned if decision.outcome == Outcome.RETURNED else known.when_rejected
            if instead:
                context = _context(decision, kind=instead, parameters={}, by=by)
                _note(decision, kind=instead, result=registry.carry_out(context), by=by)


@transaction.atomic
def carry_out_pending(*, decision: Decision, by: User) -> Decision:
    """Carry out a decision that takes effect when its conditions are met. Raises Refused while they are not."""
    if not standing_of(by).manages:
        raise NotAllowed(Refusal("not_manager", _("Kun forretningslederen og sekretariatet gennemfører beslutninger.")))
    Case.objects.select_for_update().get(pk=decision.case_id)
    if decision.outcome != Outcome.APPROVED_PENDING or decision.carried_out.exists():
        raise WrongStage(Refusal("nothing_pending", _("Beslutningen venter ikke på noget.")))
    for effect in decision.case.effects.all():
        context = _context(decision, kind=effect.kind, parameters=effect.parameters, by=by, on=timezone.localdate())
        _note(decision, kind=effect.kind, result=registry.carry_out(context), by=by, effect=effect)
    return decision


def _context(decision: Decision, *, kind: str, parameters: dict[str, Any], by: User, on=None) -> EffectContext:
    return EffectContext(
        decision=decision, case=decision.case, kind=kind, parameters=parameters, by=by, on=on or decision.decided_on
    )


def _note(decision: Decision, *, kind: str, result: str, by: User, effect=None) -> None:
    CarriedOutEffect.objects.create(
        decision=decision, effect=effect, kind=kind, order=decision.carried_out.count() + 1, result=result[:500], by=by
    )
