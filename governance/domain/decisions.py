"""Recording a decision and carrying out its effects: one transaction, all or nothing (meetings.md).

A decision counts only if the body could make it that day: the right body, its quorum, nobody disqualified among those
counted, and the votes behind it (domain.md section 4). Electorate and votes are frozen with it, and the letter about it
is in the queue when the decision is there.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.decision_letters import tell_of_decision
from governance.effects import Condition, EffectContext, registry
from governance.models import AgendaItem, Body, CarriedOutEffect, Case, Decision, Meeting, Membership, User, Vote
from governance.refusals import Mend, NotAllowed, NotReady, Refusal, WrongStage, raise_if
from governance.rules import may_record_decisions
from governance.standing import standing_of

from . import ballots
from .assembly import represented_at
from .numbers import next_reference
from .quorum import Electorate, electorate_of
from .reading import consent_items
from .voting import Poll, reasons_against_poll

Outcome = Decision.Outcome
Method = Decision.Method


def electorate_for(meeting: Meeting, disqualified: Mapping[int, str], item: AgendaItem | None = None) -> Electorate:
    """The electorate of an item from the seats of the day: by attendance; in writing by who has voted on the item."""
    seats = Membership.objects.on(ballots.day_of(meeting)).filter(body=meeting.body).select_related("organisation")
    if ballots.is_by_ballot(meeting):
        attendances = ballots.attendances_by_ballot(item) if item is not None else {}
    else:
        attendances = {a.membership_id: a for a in meeting.attendances.all()}
    represented = represented_at(meeting) if meeting.body.kind == Body.Kind.GENERAL_ASSEMBLY else []
    return electorate_of(
        body=meeting.body,
        seats=seats,
        attendances=attendances,
        disqualified=disqualified,
        represented_organisations=len(represented) or meeting.represented_organisations,
        represented=represented,
    )


def methods_for(meeting: Meeting) -> tuple[str, ...]:
    """How an item of the meeting can be decided. Consent is for consent.py, because it takes what was agreed before."""
    if meeting.body.kind == Body.Kind.GENERAL_ASSEMBLY:
        return (Method.CONSENSUS, Method.COUNT)
    return (Method.WRITTEN,) if ballots.is_by_ballot(meeting) else (Method.CONSENSUS, Method.ROLL_CALL)


def poll_in_writing(item: AgendaItem, disqualified: Mapping[int, str]) -> Poll:
    """The ballots on the item, without those of members who are disqualified in it or hold their seat no more."""
    seats = set(ballots.voting_seats_of(item.meeting).values_list("pk", flat=True)) - set(disqualified)
    cast = ballots.ballots_on(item)
    return Poll(method=Method.WRITTEN, votes={seat: choice for seat, choice in cast.items() if seat in seats})


def reasons_to_wait(meeting: Meeting, item: AgendaItem | None = None) -> list[Refusal]:
    """Why no decision of the meeting can be recorded: it is not held, nobody said who came, or its minutes are locked.

    In writing nobody comes: it waits for the deadline, or until all have voted on the item.
    """
    if meeting.minutes_approved_at is not None:
        message = _("Mødets referat er godkendt og låst. Sæt sagen på et nyt møde.")
        return [Refusal("minutes_locked", message)]
    if ballots.is_by_ballot(meeting):
        return ballots.reasons_to_wait_for_ballots(item) if item is not None else []
    refusals = []
    if meeting.date > timezone.localdate():
        message = _("Mødet er ikke holdt endnu. Beslutningen kan registreres fra mødets dag.")
        refusals.append(Refusal("meeting_not_held", message))
    if meeting.attendance_recorded_at is None:
        mend = Mend("governance:attendance", {"pk": meeting.pk}, _("Registrér fremmødet"))
        refusals.append(Refusal("attendance_missing", _("Registrér fremmødet på mødet først."), mend))
    return refusals


def _reasons_against_method(poll: Poll, meeting: Meeting, item: AgendaItem | None, outcome: str) -> list[Refusal]:
    if poll.method == Method.CONSENT:
        agreed = item is not None and item.pk in {each.pk for each in consent_items(meeting)}
        if agreed and outcome == Outcome.APPROVED:
            return []
        return [Refusal("consent_broken", _("Punktet er ikke længere forhåndsgodkendt af alle. Behandl det for sig."))]
    if poll.method in methods_for(meeting):
        return []
    return [Refusal("wrong_method", _("Sådan kan organet ikke afgøre en sag på dette møde."))]


def reasons_of_the_vote(
    *, meeting: Meeting, item: AgendaItem | None, poll: Poll, outcome: str, disqualified: Mapping[int, str]
) -> list[Refusal]:
    """Why the body could not decide, or did not decide this: quorum, method, votes."""
    electorate = electorate_for(meeting, disqualified, item)
    return (
        electorate.refusals
        or _reasons_against_method(poll, meeting, item, outcome)
        or reasons_against_poll(electorate, poll, outcome)
    )


def reasons_against(
    *,
    case: Case,
    meeting: Meeting,
    item: AgendaItem | None,
    outcome: str,
    text: str,
    reason: str,
    disqualified: Mapping[int, str],
    poll: Poll,
) -> list[Refusal]:
    """Why this decision cannot be recorded, before its effects are tried."""
    refusals = []
    if case.body_id != meeting.body_id and not (case.body.decides_as_board and meeting.body.decides_as_board):
        refusals.append(Refusal("wrong_body", _("Sagen skal afgøres af %(body)s.") % {"body": case.body}))
    if not _is_on_agenda(item, case, meeting):
        refusals.append(Refusal("not_on_agenda", _("Sagen står ikke på mødets dagsorden.")))
    waiting = reasons_to_wait(meeting, item)
    refusals.extend(waiting)
    if not waiting or meeting.attendance_recorded_at is not None:
        refusals.extend(
            reasons_of_the_vote(meeting=meeting, item=item, poll=poll, outcome=outcome, disqualified=disqualified)
        )
    return refusals + _reasons_against_words(case=case, outcome=outcome, text=text, reason=reason)


def _reason_not_open(case: Case) -> Refusal:
    if case.status == Case.Status.DECIDED:
        message = _("Sagen er afgjort i mellemtiden. En anden har registreret beslutningen, og din er ikke gemt.")
        return Refusal("already_decided", message)
    return Refusal("case_not_ready", _("Sagen er ikke klar til afgørelse. Gør den klar først."))


def _is_on_agenda(item: AgendaItem | None, case: Case, meeting: Meeting) -> bool:
    if item is None:
        return not ballots.is_by_ballot(meeting)
    return item.case_id == case.pk and item.meeting_id == meeting.pk and not item.withdrawn_at


def _reasons_against_words(*, case: Case, outcome: str, text: str, reason: str) -> list[Refusal]:
    refusals = []
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


def _reasons_against_conditions(outcome: str, conditions: Sequence[Condition]) -> list[Refusal]:
    has_conditions = outcome in (Outcome.APPROVED_WITH_CONDITIONS, Outcome.APPROVED_PENDING)
    if has_conditions and not conditions:
        message = _("Skriv, hvilke krav der er vilkår, og hvornår de skal være opfyldt.")
        return [Refusal("conditions_missing", message)]
    if conditions and not has_conditions:
        return [Refusal("conditions_unexpected", _("Kun en godkendelse med vilkår har vilkår."))]
    return []


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
    poll: Poll | None = None,
) -> Decision:
    """Record what a body decided in a case and carry out its effects, in order.

    `poll` says how it was decided; without one all agreed. In writing it is the ballots, whatever is given. Raises
    NotAllowed, WrongStage (already decided), NotReady (body, quorum, votes, text) or what an effect refuses with;
    nothing is written then.
    """
    # The meeting first, as put_on_agenda locks them: its attendance must not change between the check and the record.
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)
    if not may_record_decisions(standing_of(by), meeting.body):
        message = _("Sekretariatet registrerer beslutninger; en gruppes formand og sekretær registrerer gruppens egne.")
        raise NotAllowed(Refusal("not_recorder", message))
    case = Case.objects.select_for_update(of=("self",)).select_related("body").get(pk=case.pk)
    if case.status != Case.Status.READY:
        raise WrongStage(_reason_not_open(case))
    if item is not None:
        item = AgendaItem.objects.select_for_update().get(pk=item.pk)
        if (item.case_id, item.meeting_id) == (case.pk, meeting.pk):
            item.case, item.meeting = case, meeting
    disqualified = disqualified or {}
    if item is not None and ballots.is_by_ballot(meeting):
        poll = poll_in_writing(item, disqualified)
    poll = poll or Poll()
    raise_if(
        NotReady,
        reasons_against(
            case=case,
            meeting=meeting,
            item=item,
            outcome=outcome,
            text=text,
            reason=reason,
            disqualified=disqualified,
            poll=poll,
        ),
    )
    raise_if(NotReady, _reasons_against_conditions(outcome, conditions))
    electorate, day = electorate_for(meeting, disqualified, item), ballots.day_of(meeting)
    result = poll.tally(electorate)
    decision = Decision.objects.create(
        number=next_reference(series="decision", year=day.year),
        case=case,
        body=meeting.body,
        meeting=meeting,
        agenda_item=item,
        decided_on=day,
        outcome=outcome,
        reason=reason,
        text=text,
        conditions=[condition.frozen() for condition in conditions],
        method=poll.method,
        tally=result.frozen() if result else {},
        electorate=electorate.frozen(),
        is_public=is_public and case.is_public,
        recorded_by=by,
    )
    if poll.is_by_seat:
        Vote.objects.bulk_create(
            Vote(decision=decision, membership_id=seat, choice=choice) for seat, choice in poll.votes.items()
        )
    if outcome != Outcome.POSTPONED:
        case.status = Case.Status.DECIDED
        case.save(update_fields=["status"])
    _carry_out(decision=decision, conditions=tuple(conditions), by=by)
    tell_of_decision.enqueue(decision_id=decision.pk)
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
    if not may_record_decisions(standing_of(by), decision.body):
        message = _("Sekretariatet gennemfører beslutninger; en gruppes formand og sekretær gennemfører gruppens egne.")
        raise NotAllowed(Refusal("not_recorder", message))
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
