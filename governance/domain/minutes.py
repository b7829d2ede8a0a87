"""Writing the minutes, releasing, approving and correcting them (meetings.md; domain.md section 3).

They are written per item, released by the body's chair, approved as an item of a later meeting, then locked: what is
found to be wrong afterwards is added with author and day. What they consist of is in governance/minutes.py.
"""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from governance import minutes as record
from governance import rules
from governance.codec import checksum, to_json
from governance.models import (
    AgendaItem,
    ApprovedMinutes,
    Attendance,
    Body,
    Meeting,
    Membership,
    MinutesEntry,
    MinutesNote,
    User,
)
from governance.refusals import Mend, NotAllowed, NotReady, Refusal, Stale, WrongStage, raise_if
from governance.standing import standing_of
from governance.tasks_minutes import tell_minutes_released

from .decisions import electorate_for

# What else happens in the same transaction: publishing registers here that approved minutes become public.
after_approval: list[Callable[[Meeting, User], None]] = []
after_correction: list[Callable[[MinutesNote], None]] = []


# ---------------------------------------------------------------- writing
@transaction.atomic
def write_entry(*, item: AgendaItem, version: int, text: str, by: User) -> MinutesEntry:
    """Write what the minutes say about an item. `version` is the one the writer started from, 0 for the first.

    Raises NotAllowed, WrongStage when the minutes are approved or the item is withdrawn, NotReady before the meeting,
    Stale when somebody else saved first.
    """
    meeting = _locked(item.meeting)
    _refuse_other_writers(meeting, by)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    if item.withdrawn_at is not None:
        raise WrongStage(Refusal("item_withdrawn", _("Punktet er trukket. Der er intet at skrive om det.")))
    _refuse_locked(meeting)
    if timezone.localdate(meeting.starts_at) > timezone.localdate():
        raise NotReady(Refusal("meeting_not_begun", _("Mødet er ikke holdt endnu. Referatet skrives fra mødets dag.")))
    entry = MinutesEntry.objects.filter(item=item).first()
    if (entry.version if entry else 0) != version:
        message = _("En anden gemte, mens du skrev. Din tekst er ikke gemt. Sammenlign og vælg.")
        raise Stale(Refusal("stale", message), current=entry)
    if entry is None:
        return MinutesEntry.objects.create(item=item, text=text, written_by=by)
    entry.text, entry.written_by = text, by
    entry.version += 1
    entry.save()
    return entry


# ---------------------------------------------------------------- releasing
def releasing_seats(meeting: Meeting, on: date) -> list[Membership]:
    """The seats whose holders release the minutes on a day: the chair's, and the vice chair's when the chair cannot.

    The chair cannot without access to the portal, or when he or she was not at the meeting. An assembly without seats
    of its own has the board's.
    """
    seats = _leading(meeting.body_id, on)
    if not seats and meeting.body.kind == Body.Kind.GENERAL_ASSEMBLY:
        board = Body.objects.on(on).filter(kind=Body.Kind.BOARD).first()
        seats = _leading(board.pk, on) if board else []
    able = [seat for seat in seats if seat.person and seat.person.is_active and seat.person.has_usable_password()]
    chairs = [seat for seat in able if seat.function == Membership.Function.CHAIR]
    there = [seat for seat in chairs if _was_there(meeting, seat)]
    return there or able


def may_release(meeting: Meeting, by: User, on: date) -> bool:
    """Whether a person releases the minutes. The business manager does not: the chair answers for them."""
    return any(seat.person_id == by.pk for seat in releasing_seats(meeting, on))


def may_read(meeting: Meeting, by: User, on: date) -> bool:
    """Whether one who may see the meeting reads its minutes: until they are released, those who write and release."""
    if meeting.minutes_released_at is not None or rules.may_write_minutes(standing_of(by), meeting):
        return True
    return may_release(meeting, by, on)


def _leading(body_id: int, on: date) -> list[Membership]:
    leads = (Membership.Function.CHAIR, Membership.Function.VICE_CHAIR)
    rows = Membership.objects.on(on).filled().filter(body=body_id, function__in=leads)
    return list(rows.select_related("person", "organisation"))


def _was_there(meeting: Meeting, seat: Membership) -> bool:
    """Present, or nobody was called: a written procedure has no attendance."""
    if meeting.attendance_recorded_at is None or meeting.body_id != seat.body_id:
        return True
    present = Attendance.Status.PRESENT
    return meeting.attendances.filter(membership__person=seat.person_id, status=present).exists()


def reasons_against_release(meeting: Meeting) -> list[Refusal]:
    """Why the minutes cannot be released yet: the meeting is not held, or they are not whole."""
    if meeting.minutes_released_at is not None:
        return [Refusal("already_released", _("Referatet er frigivet i forvejen."))]
    if meeting.date > timezone.localdate():
        return [Refusal("meeting_not_held", _("Mødet er ikke holdt endnu."))]
    refusals = []
    if meeting.attendance_recorded_at is None and meeting.procedure == Meeting.Procedure.MEETING:
        mend = Mend("governance:attendance", {"pk": meeting.pk}, _("Registrér fremmødet"))
        refusals.append(Refusal("attendance_missing", _("Fremmødet mangler i referatet."), mend))
    unwritten = record.gathered(meeting).unwritten
    if unwritten:
        numbers = ", ".join(str(item.number) for item in unwritten)
        message = _("Referatet siger intet om punkt %(numbers)s.") % {"numbers": numbers}
        refusals.append(Refusal("items_unwritten", message))
    return refusals


@transaction.atomic
def release_minutes(*, meeting: Meeting, by: User) -> Meeting:
    """Release the minutes to the body's members, who are mailed. They are approved at a later meeting.

    Raises NotAllowed for others than the chair (or the vice chair in the chair's place), WrongStage when it is done,
    NotReady with what is missing.
    """
    meeting = _locked(meeting)
    if not may_release(meeting, by, timezone.localdate()):
        raise NotAllowed(Refusal("not_chair", _("Formanden frigiver referatet.")))
    reasons = reasons_against_release(meeting)
    raise_if(WrongStage if "already_released" in {r.code for r in reasons} else NotReady, reasons)
    meeting.minutes_released_at, meeting.minutes_released_by = timezone.now(), by
    meeting.save(update_fields=["minutes_released_at", "minutes_released_by"])
    seats = Membership.objects.on(meeting.date).filter(body=meeting.body_id, person__is_active=True)
    for person_id in seats.order_by("person").values_list("person", flat=True).distinct():
        tell_minutes_released.enqueue(meeting_id=meeting.pk, person_id=person_id)
    return meeting


# ---------------------------------------------------------------- approving
def approving_meeting(meeting: Meeting, on: date) -> Meeting | None:
    """The first held meeting after this one with the minutes on its agenda; None when there is none."""
    return next((each for each in _later_meetings(meeting) if each.date <= on), None)


def _later_meetings(meeting: Meeting):
    live = {"items__kind": AgendaItem.Kind.MINUTES, "items__withdrawn_at__isnull": True}
    rows = Meeting.objects.filter(body=meeting.body_id, starts_at__gt=meeting.starts_at, **live)
    return rows.select_related("body").order_by("starts_at").distinct()


def reasons_against_approval(meeting: Meeting, at: Meeting) -> list[Refusal]:
    """Why the minutes cannot be approved at that meeting."""
    if meeting.minutes_approved_at is not None:
        return [Refusal("already_approved", _("Referatet er godkendt i forvejen."))]
    refusals = []
    if meeting.minutes_released_at is None:
        refusals.append(Refusal("not_released", _("Referatet er ikke frigivet af formanden.")))
    if at.body_id != meeting.body_id:
        refusals.append(Refusal("other_body", _("Referatet godkendes af det organ, der holdt mødet.")))
    if at.starts_at <= meeting.starts_at:
        refusals.append(Refusal("not_a_later_meeting", _("Referatet godkendes på et senere møde.")))
    if not at.items.filter(kind=AgendaItem.Kind.MINUTES, withdrawn_at__isnull=True).exists():
        message = _("Godkendelse af referat står ikke på mødets dagsorden.")
        refusals.append(Refusal("not_on_agenda", message))
    refusals.extend(_reasons_it_could_not_decide(at))
    if at.minutes_approved_at is not None:
        message = _("Referatet af det møde, der skulle godkende, er selv godkendt og låst.")
        refusals.append(Refusal("minutes_locked", message))
    return refusals


def _reasons_it_could_not_decide(at: Meeting) -> list[Refusal]:
    if at.date > timezone.localdate():
        return [Refusal("meeting_not_held", _("Mødet, der skal godkende referatet, er ikke holdt endnu."))]
    if at.attendance_recorded_at is None:
        mend = Mend("governance:attendance", {"pk": at.pk}, _("Registrér fremmødet"))
        return [Refusal("attendance_missing", _("Registrér fremmødet på det møde, der godkender."), mend)]
    return electorate_for(at, {}).refusals


@transaction.atomic
def approve_minutes(*, meeting: Meeting, at: Meeting, by: User) -> Meeting:
    """Record that a later meeting approved the minutes. They are frozen as they read now, and locked.

    Raises NotAllowed for others than those who prepare the body's meetings, WrongStage when it is done, NotReady with
    what is missing.
    """
    # The earlier meeting first, here and wherever two are locked.
    meeting, at = _locked(meeting), _locked(at)
    if not rules.may_plan_meetings(standing_of(by), meeting.body):
        message = _("Kun de, der forbereder organets møder, registrerer, at referatet er godkendt.")
        raise NotAllowed(Refusal("not_planner", message))
    reasons = reasons_against_approval(meeting, at)
    raise_if(WrongStage if "already_approved" in {r.code for r in reasons} else NotReady, reasons)
    meeting.minutes_approved_at, meeting.minutes_approved_on = timezone.now(), at
    meeting.save(update_fields=["minutes_approved_at", "minutes_approved_on"])
    # What is kept is kept in Danish, whatever language the one who presses the button reads.
    with translation.override("da"):
        content = to_json(record.gathered(meeting))
    ApprovedMinutes.objects.create(meeting=meeting, content=content, checksum=checksum(content), recorded_by=by)
    for follow in after_approval:
        follow(meeting, by)
    return meeting


# ---------------------------------------------------------------- correcting
@transaction.atomic
def correct_minutes(*, meeting: Meeting, text: str, by: User, item: AgendaItem | None = None) -> MinutesNote:
    """Add a correction to approved minutes, to one item or to all of it; what was approved stays as it is.

    Raises NotAllowed, WrongStage before they are approved or for another meeting's item, NotReady without a text.
    """
    meeting = _locked(meeting)
    _refuse_other_writers(meeting, by)
    if meeting.minutes_approved_at is None:
        message = _("Referatet er ikke godkendt endnu. Ret i teksten i stedet.")
        raise WrongStage(Refusal("not_approved", message))
    if item is not None and item.meeting_id != meeting.pk:
        raise WrongStage(Refusal("other_meeting", _("Punktet hører til et andet møde.")))
    if not text.strip():
        raise NotReady(Refusal("text_missing", _("Skriv, hvad der er forkert, og hvad der er rigtigt.")))
    note = MinutesNote.objects.create(meeting=meeting, item=item, text=text.strip(), author=by)
    for follow in after_correction:
        follow(note)
    return note


def _locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)


def _refuse_other_writers(meeting: Meeting, by: User) -> None:
    if not rules.may_write_minutes(standing_of(by), meeting):
        message = _("Referatet skrives af dem, der forbereder organets møder, og af referenten.")
        raise NotAllowed(Refusal("not_writer", message))


def _refuse_locked(meeting: Meeting) -> None:
    if meeting.minutes_approved_at is not None:
        message = _("Referatet er godkendt og låst. Tilføj en rettelse i stedet.")
        raise WrongStage(Refusal("minutes_locked", message))
