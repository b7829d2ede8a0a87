"""What waits in a written procedure: votes of its members; recording it when the deadline has passed (desk.py)."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import AgendaItem, Ballot, Body, Case, Meeting, Membership
from governance.rules import planned_body_ids
from governance.standing import Standing

from .desk import Section, Subject, Task, section


def voting_desk(standing: Standing) -> tuple[Section, ...]:
    """The sections of a person, in at most two queries."""
    found = (
        section("votes", _("Stem skriftligt"), _to_vote(standing)),
        section("written_record", _("Skriftlige procedurer, der kan afgøres"), _to_record(standing)),
    )
    return tuple(each for each in found if each.total)


def _to_vote(standing: Standing) -> Iterable[Task]:
    deputy = Membership.Function.DEPUTY
    bodies = [seat.body_id for seat in standing.seats if seat.has_vote and seat.function != deputy]
    if not bodies:
        return
    now = timezone.now()
    voted = Ballot.objects.filter(item=OuterRef("pk"), cast_by=standing.user_id, case_version=OuterRef("case__version"))
    rows = _open().filter(meeting__body__in=bodies, meeting__starts_at__lte=now, meeting__ends_at__gt=now)
    for meeting, count in _by_meeting(rows.exclude(Exists(voted))):
        text = ngettext("Du har ikke stemt på %(count)d sag.", "Du har ikke stemt på %(count)d sager.", count)
        url = reverse("governance:vote", args=[meeting.pk])
        yield Task(
            Subject(str(meeting), url), text % {"count": count}, _("Læs og stem"), url, deadline=_day(meeting.ends_at)
        )


def _to_record(standing: Standing) -> Iterable[Task]:
    prepared = planned_body_ids(standing)
    if not standing.manages and not prepared:
        return
    rows = _open().filter(meeting__ends_at__lte=timezone.now())
    if standing.manages:
        # A group's own chair and secretary record what the group decided; the office is asked about the board.
        rows = rows.filter(meeting__body__kind=Body.Kind.BOARD)
    else:
        rows = rows.filter(meeting__body__in=prepared)
    for meeting, count in _by_meeting(rows):
        text = ngettext(
            "Fristen er nået, og %(count)d sag er ikke afgjort.",
            "Fristen er nået, og %(count)d sager er ikke afgjort.",
            count,
        )
        url = reverse("governance:meeting-run", args=[meeting.pk])
        yield Task(
            Subject(str(meeting), url), text % {"count": count}, _("Registrér"), url, since=_day(meeting.ends_at)
        )


def _open() -> QuerySet[AgendaItem]:
    """The undecided cases of written procedures."""
    rows = AgendaItem.objects.filter(
        meeting__procedure=Meeting.Procedure.WRITTEN,
        withdrawn_at__isnull=True,
        decisions__isnull=True,
        case__status=Case.Status.READY,
    )
    return rows.exclude(meeting__body__kind=Body.Kind.GENERAL_ASSEMBLY)


def _by_meeting(rows: QuerySet[AgendaItem]) -> Iterable[tuple[Meeting, int]]:
    counts: dict[int, int] = {}
    meetings: dict[int, Meeting] = {}
    for item in rows.select_related("meeting__body").order_by(F("meeting__ends_at"), "number"):
        meetings[item.meeting_id] = item.meeting
        counts[item.meeting_id] = counts.get(item.meeting_id, 0) + 1
    return [(meetings[pk], count) for pk, count in counts.items()]


def _day(moment: datetime):
    return timezone.localdate(moment)
