"""The meeting a snapshot is for, and the cases on its agenda with what they would carry out."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch
from django.utils.text import capfirst

from governance.domain.quorum import electorate_of
from governance.effects import registry
from governance.models import AgendaItem, Body, Case, Decision, Meeting, Membership
from portfolio import effects
from portfolio.gates import GateResult
from reporting import frozen

from .initiatives import budget_state


def meeting_state(meeting: Meeting) -> frozen.MeetingState:
    """A meeting, who votes on its day, and how many must take part."""
    seats = list(
        Membership.objects.on(meeting.date)
        .voting()
        .filter(body=meeting.body)
        .select_related("person__organisation", "organisation")
    )
    electorate = electorate_of(body=meeting.body, seats=seats, attendances={}, disqualified={})
    others = Meeting.objects.filter(body=meeting.body).exclude(pk=meeting.pk)
    before = others.filter(starts_at__lt=meeting.starts_at).order_by("-starts_at").first()
    after = others.filter(starts_at__gt=meeting.starts_at).order_by("starts_at").first()
    return frozen.MeetingState(
        body=meeting.body.name,
        body_kind=meeting.body.kind,
        procedure=meeting.procedure,
        held_on=meeting.date,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        voters=tuple(voter_label(seat) for seat in sorted(seats, key=_chair_first)),
        quorum=electorate.needed,
        previous_on=before.date if before else None,
        next_on=after.date if after else None,
    )


def voter_label(seat: Membership) -> str:
    """A voter by function and the organisation the seat represents; never by name."""
    return f"{capfirst(seat.get_function_display())}, {seat.organisation}"


def _chair_first(seat: Membership) -> tuple[int, int]:
    first = {Membership.Function.CHAIR.value: 0, Membership.Function.VICE_CHAIR.value: 1}
    return first.get(seat.function, len(first)), seat.pk


def cases_for(meeting: Meeting | None, day: date) -> tuple[frozen.CaseState, ...]:
    """The cases on the meeting's agenda by number; without a meeting those that are ready for the board.

    Each case is looked at with the function that its own page uses, so that paper and screen agree.
    """
    postponed = Prefetch(
        "decisions",
        Decision.objects.filter(outcome=Decision.Outcome.POSTPONED).order_by("-decided_on"),
    )
    open_cases = Case.objects.select_related("responsible__organisation", "body").prefetch_related("effects", postponed)
    if meeting is None:
        ready = open_cases.filter(status=Case.Status.READY, body__kind__in=Body.BOARD_KINDS).order_by("number")
        return tuple(_case(case, None, day) for case in ready)
    items = (
        AgendaItem.objects.filter(meeting=meeting, withdrawn_at=None, case__isnull=False)
        .exclude(case__status=Case.Status.WITHDRAWN)
        .prefetch_related(Prefetch("case", open_cases))
        .order_by("number")
    )
    return tuple(_case(item.case, item, meeting.date) for item in items if item.case is not None)


def _case(case: Case, item: AgendaItem | None, day: date) -> frozen.CaseState:
    found = effects.facts(case, day)
    gate, difference, initiative = found.get("gate"), found.get("difference"), found.get("initiative")
    parts = {name: getattr(case, name) for name in Case.PARTS}
    asked = list(case.effects.all())
    scope = next((e.parameters.get("scope", "project") for e in asked if e.kind == "approve_budget"), None)
    budget = next((b for b in found.get("budgets", ()) if b.scope == scope), None)
    return frozen.CaseState(
        number=case.number,
        title=case.title,
        purpose=case.purpose,
        status=case.status,
        responsible=case.responsible.function_label,
        recommendation_line=case.recommendation_line,
        **parts,
        effects=tuple(str(registry.label(effect)) for effect in asked),
        effect_kinds=tuple(effect.kind for effect in asked),
        initiative=initiative.slug if initiative else "",
        initiative_name=initiative.name if initiative else "",
        agenda_number=item.number if item else None,
        minutes=item.minutes if item else None,
        is_late=item.is_late if item else False,
        postponed_from=next((decision.decided_on for decision in case.decisions.all()), None),
        gate_transition=gate.transition if gate else "",
        gate_level=gate.level if gate else None,
        gate_catalogue=gate.catalogue if gate else "",
        gate_on=gate.on if gate else None,
        gate=tuple(_gate_rows(found.get("rows", ()), found.get("settled", ()))),
        levels=(difference.before, difference.after) if difference and difference.before is not None else (),
        added=tuple(r.code for r in difference.added) if difference else (),
        dropped=tuple(r.code for r in difference.dropped) if difference else (),
        budget=budget_state(budget) if budget else None,
    )


def _gate_rows(rows: Iterable, settled: Iterable[GateResult]) -> Iterable[frozen.GateRow]:
    """First what the body must think about, as (today, after); then what is fine now and stays so."""
    for today, after in rows:
        yield _gate_row(today, after)
    for result in settled:
        yield _gate_row(result, result)


def _gate_row(today: GateResult | None, after: GateResult) -> frozen.GateRow:
    return frozen.GateRow(
        code=after.code,
        title=str(after.title),
        now=str(today.result) if today else "",
        after=str(after.result),
        message=str((after if after.is_missing or today is None else today).message),
        until=after.until,
        deferrable=after.deferrable,
        theme=after.theme,
    )
