"""The demo's board at work: meetings with attendance, cases about initiatives, decisions with their effects."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from governance.domain import agendas, cases, decisions, meetings
from governance.domain.voting import Poll
from governance.effects import Condition
from governance.models import Attendance, Body, Case, Choice, Decision, Meeting, Membership
from portfolio.domain.recommendations import recommend
from portfolio.models import Initiative

from .content import MARK, texts
from .days import at
from .people import who

Status = Attendance.Status
Function = Membership.Function
EffectSpec = tuple[str, dict[str, Any]]


def the_board() -> Body:
    """The board."""
    return Body.objects.get(kind=Body.Kind.BOARD, valid_to__isnull=True)


def hold_meeting(on: date, *, away: str = "") -> Meeting:
    """A board meeting that was held, where everybody came but one, whose deputy stood in."""
    meeting = _plan(on)
    seats = {seat.person_id: seat for seat in meetings.seats_on_the_day(meeting)}
    deputy = seats[who("suppleant").pk]
    absent = seats[who(away).pk] if away else None
    statuses: dict[int, str] = {seat.pk: Status.PRESENT for seat in seats.values()}
    statuses[deputy.pk] = Status.PRESENT if absent else Status.APOLOGIES
    if absent:
        statuses[absent.pk] = Status.APOLOGIES
    stands_in = {deputy.pk: absent.pk} if absent else {}
    return meetings.record_attendance(meeting=meeting, statuses=statuses, stands_in_for=stands_in)


def call_meeting(on: date) -> Meeting:
    """A board meeting to come; its agenda goes out a week before."""
    return _plan(on, agenda_due=on - timedelta(days=7))


def _plan(on: date, agenda_due: date | None = None) -> Meeting:
    return meetings.plan_meeting(
        body=the_board(), starts_at=at(on, 10), ends_at=at(on, 13), place=f"{MARK}Odense", agenda_due=agenda_due
    )


def write_case(
    key: str, initiative: Initiative, *effects: str | EffectSpec, purpose: str = Case.Purpose.DECISION
) -> Case:
    """The business manager recommends and makes the case ready. An effect is a kind, or a kind with its parameters."""
    manager, said = who("forretningsleder"), dict(texts()["cases"][key])
    said.pop("decision", None)
    case = recommend(
        initiative_id=initiative.pk,
        body=the_board(),
        title=MARK + said.pop("title"),
        purpose=purpose,
        effects=[(effect, {}) if isinstance(effect, str) else effect for effect in effects],
        by=manager,
    )
    return cases.make_ready(case=cases.edit_case(case=case, version=case.version, **said))


def decide(
    key: str,
    initiative: Initiative,
    meeting: Meeting,
    *effects: str | EffectSpec,
    outcome: str = Decision.Outcome.APPROVED,
    conditions: Sequence[Condition] = (),
    against: Sequence[str] = (),
) -> Decision:
    """Write a case, put it on the agenda of a meeting that was held, and record what the board decided.

    With people `against`, it came to a vote by roll call, and everybody else was for.
    """
    noted = outcome == Decision.Outcome.NOTED
    purpose = Case.Purpose.INFORMATION if noted else Case.Purpose.DECISION
    case = write_case(key, initiative, *effects, purpose=purpose)
    return decisions.record_decision(
        case=case,
        meeting=meeting,
        item=agendas.put_on_agenda(meeting=meeting, case=case),
        poll=_roll_call(meeting, {who(key).pk for key in against}) if against else None,
        outcome=outcome,
        text=texts()["cases"][key]["decision"],
        conditions=conditions,
        by=who("forretningsleder"),
    )


def _roll_call(meeting: Meeting, against: set[int]) -> Poll:
    """The votes of those who take part: against by the given people, for by the others."""
    called = {e.membership_id for e in decisions.electorate_for(meeting, {}).electors if e.has_vote and e.takes_part}
    seats = Membership.objects.filter(pk__in=called)
    votes = {s.pk: Choice.AGAINST.value if s.person_id in against else Choice.FOR.value for s in seats}
    return Poll(method=Decision.Method.ROLL_CALL, votes=votes)
