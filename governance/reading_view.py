"""Reads: the page where members read ahead, and what it tells the one who leads the meeting."""

import math
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from governance.agenda_sources import CaseSubject
from governance.agenda_view import Agenda, AgendaRow, agenda_of
from governance.domain.reading import voting_seats
from governance.effects import registry
from governance.models import Case, ItemRead, Meeting, Membership, Position, Remark, User

# How fast a case is read: plain Danish with figures in it.
WORDS_A_MINUTE = 200


@dataclass(frozen=True, slots=True)
class Talk:
    """A comment or question with its replies."""

    remark: Remark
    replies: tuple[Remark, ...]

    @property
    def waits(self) -> bool:
        """Whether it is a question that nobody has answered."""
        return self.remark.kind == Remark.Kind.QUESTION and not self.replies


@dataclass(frozen=True, slots=True)
class Point:
    """One point as a member reads it: where all stand, where the reader stands, what is said, what is unread."""

    row: AgendaRow
    talks: tuple[Talk, ...]
    is_unread: bool
    position: Position | None
    fell_away: bool
    effects: tuple[str, ...]
    subject: CaseSubject | None = None

    @property
    def version(self) -> int:
        """The version of the case that the page shows; 0 without a case."""
        case = self.row.item.case
        return case.version if case else 0

    @property
    def may_pre_approve(self) -> bool:
        """Whether it is a case for decision."""
        return self.row.counts_marks


@dataclass(frozen=True, slots=True)
class Reading:
    """A meeting as one person reads it ahead; `gone` are the ids of the points that were withdrawn."""

    agenda: Agenda
    points: tuple[Point, ...]
    gone: tuple[int, ...]
    seat: Membership | None

    @property
    def unread(self) -> int:
        """How many points the reader has not read as they are now."""
        return sum(1 for point in self.points if point.is_unread)

    @property
    def minutes(self) -> int:
        """About how long the unread ones take to read."""
        words = sum(_words(point.row.item.case) for point in self.points if point.is_unread)
        return math.ceil(words / WORDS_A_MINUTE)


def reading_of(meeting: Meeting, person: User) -> Reading:
    """The points that are not withdrawn, with the person's own marks; the same number of queries however many."""
    agenda = agenda_of(meeting)
    seat = voting_seats(meeting).filter(person=person).select_related("organisation").first()
    reads = dict(ItemRead.objects.filter(item__meeting=meeting, person=person).values_list("item", "case_version"))
    own = _own_positions(meeting, seat)
    talks = talks_of(meeting)
    effects = _effects(meeting)
    subjects = registry.case_subjects([row.item.case_id for row in agenda.rows if row.item.case_id], meeting.date)
    points = []
    for row in agenda.rows:
        if row.is_withdrawn:
            continue
        pk, case = row.item.pk, row.item.case
        version = case.version if case else 0
        mine = own.get(pk, [])
        position = next((p for p in mine if p.fell_away_at is None and p.case_version == version), None)
        points.append(
            Point(
                row=row,
                talks=tuple(talks.get(pk, ())),
                is_unread=reads.get(pk) != version,
                position=position,
                fell_away=position is None and any(p.case_version < version for p in mine),
                effects=tuple(effects.get(case.pk, ())) if case else (),
                subject=subjects.get(case.pk) if case else None,
            )
        )
    gone = tuple(row.item.pk for row in agenda.rows if row.is_withdrawn)
    return Reading(agenda=agenda, points=tuple(points), gone=gone, seat=seat)


def _own_positions(meeting: Meeting, seat: Membership | None) -> dict[int, list[Position]]:
    found: dict[int, list[Position]] = {}
    for position in Position.objects.filter(item__meeting=meeting, membership=seat) if seat else ():
        found.setdefault(position.item_id, []).append(position)
    return found


def talks_of(meeting: Meeting) -> dict[int, list[Talk]]:
    """What is said about each point of the meeting, in the order it was said, each with its replies."""
    found: dict[int, list[Talk]] = {}
    for remark in remarks_of(meeting):
        found.setdefault(remark.item_id, []).append(Talk(remark, tuple(remark.replies.all())))
    return found


def remarks_of(meeting: Meeting) -> QuerySet[Remark]:
    """The comments and questions about a meeting's points, with replies and who wrote them."""
    replies = Remark.objects.select_related("author__organisation")
    rows = Remark.objects.filter(item__meeting=meeting).exclude(kind=Remark.Kind.REPLY)
    return rows.select_related("author__organisation", "item__case").prefetch_related(
        Prefetch("replies", queryset=replies)
    )


def _effects(meeting: Meeting) -> dict[int, list[str]]:
    cases = Case.objects.filter(agenda_items__meeting=meeting, purpose=Case.Purpose.DECISION)
    return {
        case.pk: [str(registry.label(effect)) for effect in case.effects.all()]
        for case in cases.prefetch_related("effects")
    }


def _words(case: Case | None) -> int:
    return sum(len(getattr(case, part).split()) for part in Case.PARTS) if case else 0


# ---------------------------------------------------------------- for the one who leads the meeting
@dataclass(frozen=True, slots=True)
class Overview:
    """What the meeting must talk about, and how long that takes."""

    agenda: Agenda
    flagged: tuple[AgendaRow, ...]
    unanswered: tuple[Remark, ...]
    waiting: tuple[AgendaRow, ...]
    unread_by: tuple[Membership, ...]
    voters: int

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is flagged, asked or waited for."""
        return not (self.flagged or self.unanswered or self.waiting)


def overview_of(meeting: Meeting) -> Overview:
    """At a glance: flagged with words, questions without answer, not pre-approved by whom, who has read nothing."""
    agenda = agenda_of(meeting)
    seats = list(voting_seats(meeting).select_related("organisation").order_by("pk"))
    readers = set(ItemRead.objects.filter(item__meeting=meeting).values_list("person", flat=True))
    live = [row for row in agenda.rows if row.is_open]
    return Overview(
        agenda=agenda,
        flagged=tuple(row for row in live if row.stand.flagged),
        unanswered=tuple(
            remark
            for remark in remarks_of(meeting).filter(kind=Remark.Kind.QUESTION, item__withdrawn_at__isnull=True)
            if not remark.replies.all()
        ),
        waiting=tuple(row for row in live if row.counts_marks and not row.stand.flagged and row.stand.silent),
        unread_by=tuple(seat for seat in seats if seat.person_id not in readers),
        voters=len(seats),
    )
