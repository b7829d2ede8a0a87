"""What waits after meetings: own action items, minutes to write, minutes to release (desk.py)."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.action_list import own_open_actions
from governance.models import AgendaItem, Body, Decision, Meeting, Membership, MinutesEntry
from governance.rules import planned_body_ids
from governance.standing import Standing

from .desk import Section, Subject, Task, section

# Minutes that nobody wrote for so long are not written any more; they are not asked for every day.
ASKED_FOR = timedelta(days=180)
Function = Membership.Function


def followup_desk(standing: Standing) -> tuple[Section, ...]:
    """The sections of a person, in a number of queries that does not depend on how much there is."""
    found = (
        section("minutes_release", _("Referater, du frigiver"), _to_release(standing)),
        section("minutes_write", _("Referater, der skal skrives"), _to_write(standing)),
        section("actions", _("Opgaver fra møder"), _actions(standing)),
    )
    return tuple(each for each in found if each.total)


def _actions(standing: Standing) -> Iterable[Task]:
    for action in own_open_actions(standing):
        url = reverse("governance:action-finish", args=[action.pk])
        yield Task(Subject(action.what, url), str(action.body), _("Meld den gjort"), url, deadline=action.due)


def _to_release(standing: Standing) -> Iterable[Task]:
    chaired = _bodies(standing, Function.CHAIR)
    vice = _bodies(standing, Function.VICE_CHAIR)
    if not chaired and not vice:
        return
    chairs = Membership.objects.on(standing.day).filter(
        body=OuterRef("body"), function=Function.CHAIR, person__is_active=True
    )
    own = Q(body__in=chaired) | (Q(body__in=vice) & ~Q(Exists(chairs)))
    if standing.is_board_chair:
        own |= Q(body__kind=Body.Kind.GENERAL_ASSEMBLY)
    for meeting in _held().filter(own).exclude(Exists(_unwritten())):
        yield _task(meeting, _("Referatet er skrevet og venter på dig."), _("Læs og frigiv"))


def _to_write(standing: Standing) -> Iterable[Task]:
    own = Q(body__in=planned_body_ids(standing)) | Q(minute_taker=standing.user_id or 0)
    if standing.manages:
        own |= Q(body__kind__in=Body.BOARD_KINDS)
    for meeting in _held().filter(own).filter(Exists(_unwritten())):
        yield _task(meeting, _("Der er punkter, som referatet ikke siger noget om."), _("Skriv referatet"))


def _task(meeting: Meeting, text: str, do: str) -> Task:
    url = reverse("governance:minutes", args=[meeting.pk])
    return Task(Subject(str(meeting), url), text, do, url, since=meeting.date)


def _bodies(standing: Standing, function: str) -> list[int]:
    return [seat.body_id for seat in standing.seats if seat.function == function]


def _held() -> QuerySet[Meeting]:
    """Meetings with points that are over, not long ago, and whose minutes are not released."""
    points = AgendaItem.objects.filter(meeting=OuterRef("pk"), withdrawn_at__isnull=True)
    now = timezone.now()
    rows = Meeting.objects.filter(ends_at__lt=now, ends_at__gte=now - ASKED_FOR, minutes_released_at__isnull=True)
    return rows.filter(Exists(points)).select_related("body").order_by("starts_at")


def _unwritten() -> QuerySet[AgendaItem]:
    """The points of a meeting that its minutes say nothing about, as governance/minutes.py tells it for one meeting."""
    written = MinutesEntry.objects.filter(item=OuterRef("pk")).exclude(text="")
    decided = Decision.objects.filter(meeting=OuterRef("meeting"), case=OuterRef("case"))
    approvals = Meeting.objects.filter(minutes_approved_on=OuterRef("meeting"))
    settled = Q(kind=AgendaItem.Kind.MINUTES) & Exists(approvals)
    rows = AgendaItem.objects.filter(meeting=OuterRef("pk"), withdrawn_at__isnull=True)
    return rows.exclude(Exists(written)).exclude(Exists(decided)).exclude(settled)
