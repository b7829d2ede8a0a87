"""Planning meetings and recording who came. What is on their agendas is in agendas.py."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models import Attendance, Body, Meeting, Membership, User
from governance.refusals import NotReady, Refusal, WrongStage

from .numbers import next_number
from .versions import refuse_if_stale


@transaction.atomic
def plan_meeting(
    *,
    body: Body,
    starts_at: datetime,
    ends_at: datetime,
    place: str = "",
    procedure: str = Meeting.Procedure.MEETING,
    agenda_due: date | None = None,
    minute_taker: User | None = None,
) -> Meeting:
    """Plan a meeting or a written procedure of a body. `ends_at` is the deadline of a written procedure."""
    _refuse_backwards(starts_at, ends_at)
    year = timezone.localdate(starts_at).year
    return Meeting.objects.create(
        body=body,
        procedure=procedure,
        year=year,
        number=next_number(series=f"meeting-{body.pk}", year=year),
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        agenda_due=agenda_due,
        minute_taker=minute_taker,
    )


@transaction.atomic
def change_meeting(
    *,
    meeting: Meeting,
    version: int,
    starts_at: datetime,
    ends_at: datetime,
    place: str = "",
    procedure: str = Meeting.Procedure.MEETING,
    agenda_due: date | None = None,
    minute_taker: User | None = None,
) -> Meeting:
    """Change a planned meeting.

    Moved to another day, its attendance is recorded anew; moved to another year, it gets a number there. Raises Stale,
    WrongStage once decisions carry its day, NotReady when it would end before it begins.
    """
    _refuse_backwards(starts_at, ends_at)
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)
    refuse_if_stale(meeting, version)
    before = meeting.date
    meeting.starts_at, meeting.ends_at, meeting.procedure = starts_at, ends_at, procedure
    meeting.place, meeting.agenda_due, meeting.minute_taker = place, agenda_due, minute_taker
    if meeting.date != before:
        if meeting.decisions.exists():
            message = _("Mødet har truffet beslutninger, som bærer dets dato. Datoen kan ikke ændres.")
            raise WrongStage(Refusal("already_decided", message))
        meeting.attendances.all().delete()
        meeting.attendance_recorded_at = None
    year = timezone.localdate(starts_at).year
    if year != meeting.year:
        meeting.year, meeting.number = year, next_number(series=f"meeting-{meeting.body_id}", year=year)
    meeting.save()
    return meeting


def _refuse_backwards(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise NotReady(Refusal("ends_before_start", _("Mødet slutter, før det begynder. Ret sluttidspunktet.")))


@transaction.atomic
def record_attendance(
    *,
    meeting: Meeting,
    statuses: Mapping[int, str],
    stands_in_for: Mapping[int, int | None] | None = None,
) -> Meeting:
    """Record who took part. Keys are the ids of seats held on the day of the meeting; others are refused.

    `stands_in_for` names the seat a deputy stands in for. Recorded anew as a whole until the first decision is made.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    refuse_settled(meeting)
    seats = {m.pk: m for m in Membership.objects.on(meeting.date).filled().filter(body=meeting.body)}
    strangers = set(statuses) - set(seats)
    if strangers:
        raise NotReady(Refusal("not_a_seat", _("En af personerne havde ikke plads i organet på mødets dag.")))
    replaced: dict[int, Any] = dict(stands_in_for or {})
    meeting.attendances.all().delete()
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, membership=seats[pk], status=status, stands_in_for=seats.get(replaced.get(pk) or 0))
        for pk, status in statuses.items()
    )
    meeting.attendance_recorded_at = timezone.now()
    meeting.save()
    return meeting


def refuse_settled(meeting: Meeting) -> None:
    """Raise WrongStage when something rests on who came: decisions, approved minutes, or minutes approved there."""
    if meeting.decisions.exists():
        message = _("Mødet har truffet beslutninger. Fremmødet er låst sammen med dem.")
        raise WrongStage(Refusal("already_decided", message))
    if meeting.minutes_approved_at is not None or meeting.approves_minutes_of.exists():
        message = _("Mødets referat er godkendt, eller mødet har godkendt et. Fremmødet er låst.")
        raise WrongStage(Refusal("minutes_locked", message))


def seats_on_the_day(meeting: Meeting):
    """The filled seats of the meeting's body on the day of the meeting, chair first."""
    order = list(Membership.Function.values)
    seats = (
        Membership.objects.on(meeting.date).filled().filter(body=meeting.body).select_related("organisation", "person")
    )
    return sorted(seats, key=lambda seat: (order.index(seat.function), seat.pk))
