"""Reads: an agenda as its page shows it, with times, what fills itself, and where the members stand ahead of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.agenda_sources import AgendaLine
from governance.domain.action_items import open_actions
from governance.domain.agendas import minutes_to_approve
from governance.domain.reading import is_agreed, takes_consent, voting_seats
from governance.effects import registry
from governance.models import AgendaItem, Case, Decision, Meeting, Membership, Position

Kind = AgendaItem.Kind
LINES_SHOWN = 10
# Taking the whole consent item takes about as long as reading its headings aloud.
CONSENT_MINUTES = 5


@dataclass(frozen=True, slots=True)
class Stand:
    """Where the voting members stand on one item: who has pre-approved, who flagged it and why, who did neither."""

    approved: tuple[Membership, ...] = ()
    flagged: tuple[tuple[Membership, str], ...] = ()
    silent: tuple[Membership, ...] = ()
    is_agreed: bool = False

    @property
    def seats(self) -> int:
        """How many vote."""
        return len(self.approved) + len(self.flagged) + len(self.silent)

    @property
    def pips(self) -> list[bool]:
        """One for each voting seat, filled for those who have pre-approved."""
        return [True] * len(self.approved) + [False] * (self.seats - len(self.approved))


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One point of an agenda: when it comes up, what was decided, what fills it, where the members stand."""

    item: AgendaItem
    at: datetime
    decisions: tuple[Decision, ...]
    stand: Stand
    lines: tuple[AgendaLine, ...] = ()
    more: int = 0
    url: str = ""

    @property
    def is_withdrawn(self) -> bool:
        """Whether it is taken off; its number stays."""
        return self.item.withdrawn_at is not None

    @property
    def waits(self) -> bool:
        """Whether a decision can still be recorded."""
        case = self.item.case
        return not self.is_withdrawn and case is not None and case.status == Case.Status.READY and not self.decisions

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed or taken off."""
        return not self.is_withdrawn and not self.decisions

    @property
    def counts_marks(self) -> bool:
        """Whether pre-approvals are worth counting: an unsettled case for decision that could be consented to."""
        is_for_decision = self.item.case is not None and self.item.case.purpose == Case.Purpose.DECISION
        return self.waits and is_for_decision and takes_consent(self.item.meeting)


@dataclass(frozen=True, slots=True)
class Agenda:
    """An agenda with its time: how many points, how many minutes, and whether they fit into the meeting."""

    rows: tuple[AgendaRow, ...]
    points: int
    minutes: int
    over: int

    @property
    def agreed(self) -> list[AgendaRow]:
        """The consent item: what all have pre-approved and nobody flagged."""
        return [row for row in self.rows if row.stand.is_agreed]


def agenda_items(meeting: Meeting) -> QuerySet[AgendaItem]:
    """The items in order with their cases, decisions and the marks that hold."""
    marks = Position.objects.filter(fell_away_at__isnull=True).select_related("membership__organisation")
    rows = meeting.items.select_related("case__responsible__organisation", "case__body")
    return rows.prefetch_related("decisions", Prefetch("positions", queryset=marks)).order_by("number")


def agenda_of(meeting: Meeting) -> Agenda:
    """The agenda in order. A withdrawn point takes no time, and the consent item's points take theirs together."""
    seats = list(voting_seats(meeting).select_related("organisation").order_by("pk"))
    lines = lines_of(meeting)
    clock, rows, minutes, has_consent = timezone.localtime(meeting.starts_at), [], 0, False
    for item in agenda_items(meeting):
        stand = stand_on(item, seats, meeting)
        shown = lines.get(item.kind, []) if item.withdrawn_at is None else []
        rows.append(
            AgendaRow(
                item=item,
                at=clock,
                decisions=tuple(item.decisions.all()),
                stand=stand,
                lines=tuple(shown[:LINES_SHOWN]),
                more=max(len(shown) - LINES_SHOWN, 0),
                url=address_of(item, meeting),
            )
        )
        takes = _minutes_of(item, stand, is_first=not has_consent)
        has_consent = has_consent or stand.is_agreed
        minutes += takes
        clock += timedelta(minutes=takes)
    available = int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)
    live = [row for row in rows if not row.is_withdrawn]
    return Agenda(rows=tuple(rows), points=len(live), minutes=minutes, over=max(minutes - available, 0))


def _minutes_of(item: AgendaItem, stand: Stand, *, is_first: bool) -> int:
    if item.withdrawn_at is not None:
        return 0
    if stand.is_agreed:
        return CONSENT_MINUTES if is_first else 0
    return item.minutes


def stand_on(item: AgendaItem, seats: list[Membership], meeting: Meeting) -> Stand:
    """Where the seats of the day stand on an item whose marks are loaded."""
    version = item.case.version if item.case else 0
    marks = {p.membership_id: p for p in item.positions.all() if p.case_version == version}
    kinds = {seat.pk: marks[seat.pk].kind if seat.pk in marks else "" for seat in seats}
    ready = item.case is not None and item.case.status == Case.Status.READY and not item.decisions.all()
    return Stand(
        approved=tuple(seat for seat in seats if kinds[seat.pk] == Position.Kind.PRE_APPROVED),
        flagged=tuple((s, marks[s.pk].word) for s in seats if kinds[s.pk] == Position.Kind.FLAGGED),
        silent=tuple(seat for seat in seats if not kinds[seat.pk]),
        is_agreed=takes_consent(meeting) and ready and item.withdrawn_at is None and is_agreed(item, set(kinds)),
    )


# ---------------------------------------------------------------- what fills itself
def lines_of(meeting: Meeting) -> Mapping[str, list[AgendaLine]]:
    """The lines of the points that fill themselves, by kind. After the meeting the minutes say what they were."""
    if meeting.date < timezone.localdate():
        return {}
    there = set(meeting.items.filter(withdrawn_at__isnull=True).values_list("kind", flat=True))
    lines = {
        kind: source(meeting.body, meeting.date) for kind, source in registry.agenda_lines.items() if kind in there
    }
    if Kind.ACTIONS in there:
        lines[Kind.ACTIONS] = _actions(meeting)
    return lines


def _actions(meeting: Meeting) -> list[AgendaLine]:
    url = reverse("governance:actions")
    return [
        AgendaLine(name=a.what, text=_("Ansvarlig: %(who)s.") % {"who": a.owner}, url=url, due=a.due)
        for a in open_actions(meeting.body, meeting.date)
    ]


def address_of(item: AgendaItem, meeting: Meeting) -> str:
    """Where a point is read: its case, the portfolio's page, the initiative, the minutes; empty for a mere heading."""
    if item.case is not None:
        return reverse("governance:case", args=[item.case.number])
    if item.kind == Kind.PORTFOLIO:
        return reverse("reporting:meeting-portfolio", args=[meeting.pk])
    if item.kind == Kind.INITIATIVE:
        return reverse("portfolio:initiative", args=[item.subject])
    before = minutes_to_approve(meeting) if item.kind == Kind.MINUTES else None
    return reverse("governance:minutes", args=[before.pk]) if before else ""
