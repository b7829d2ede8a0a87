"""The minutes of a meeting as frozen plain values: gathered from what is recorded, or read back as they were approved.

People write the text of each item; decisions, votes, who came and what was agreed are put in by the portal. The page,
the PDF and the public version are made from these values and nothing else. Writing and approving is domain/minutes.py.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from governance.codec import from_json
from governance.domain.decisions import electorate_for
from governance.domain.voting import tally_of
from governance.models import AgendaItem, ApprovedMinutes, Attendance, Case, Choice, Decision, Meeting, MinutesNote


@dataclass(frozen=True, slots=True)
class Attended:
    """One seat as it was at the meeting; by function and organisation, never by name."""

    label: str
    status: str
    function: str = ""
    has_vote: bool = True
    stands_in_for: str = ""

    @property
    def is_present(self) -> bool:
        """Whether the holder came."""
        return self.status == Attendance.Status.PRESENT

    @property
    def status_label(self) -> str:
        """The attendance in words."""
        return str(Attendance.Status(self.status).label)


@dataclass(frozen=True, slots=True)
class CalledVote:
    """How a seat voted when it was called."""

    label: str
    choice: str

    @property
    def choice_label(self) -> str:
        """The vote in words."""
        return str(Choice(self.choice).label)


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision as the minutes tell it."""

    number: str
    title: str
    outcome: str
    text: str
    reason: str = ""
    method: str = ""
    tally: str = ""
    votes: tuple[CalledVote, ...] = ()
    disqualified: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    carried_out: tuple[str, ...] = ()
    is_public: bool = True

    @property
    def outcome_label(self) -> str:
        """The outcome in words."""
        return str(Decision.Outcome(self.outcome).label)

    # _outcome.html is written for decisions as rows.
    get_outcome_display = outcome_label

    @property
    def reason_label(self) -> str:
        """Why it was returned or rejected, in words; empty otherwise."""
        return str(Decision.Reason(self.reason).label) if self.reason else ""

    @property
    def method_label(self) -> str:
        """How it was decided, in words."""
        return str(Decision.Method(self.method).label) if self.method else ""


@dataclass(frozen=True, slots=True)
class AgreedAction:
    """What somebody was to do, as it was agreed."""

    what: str
    owner: str
    due: date


@dataclass(frozen=True, slots=True)
class MinutesItem:
    """One point. `pk` leads to it inside the workspace; the number is all that a closed one tells the public."""

    pk: int
    number: int
    heading: str
    kind: str
    purpose: str = ""
    case_number: str = ""
    text: str = ""
    settled: tuple[str, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    actions: tuple[AgreedAction, ...] = ()
    is_public: bool = True
    is_withdrawn: bool = False

    @property
    def purpose_label(self) -> str:
        """What the point was for, in words; empty for points without a case."""
        return str(Case.Purpose(self.purpose).label) if self.purpose else ""

    @property
    def is_written(self) -> bool:
        """Whether the minutes say anything about it: a text, a decision, or what the portal put in."""
        return bool(self.is_withdrawn or self.text.strip() or self.decisions or self.settled)


@dataclass(frozen=True, slots=True)
class Minutes:
    """A meeting's minutes, whole."""

    VERSION: ClassVar[int] = 1

    body: str
    body_kind: str
    procedure: str
    year: int
    number: int
    held_on: date
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    minute_taker: str = ""
    attended: tuple[Attended, ...] = ()
    voting_seats: int = 0
    taking_part: int = 0
    represented: int | None = None
    items: tuple[MinutesItem, ...] = ()
    others: tuple[DecisionLine, ...] = ()
    actions: tuple[AgreedAction, ...] = ()
    version: int = VERSION

    @property
    def procedure_label(self) -> str:
        """Meeting or written procedure, in words."""
        return str(Meeting.Procedure(self.procedure).label)

    @property
    def unwritten(self) -> tuple[MinutesItem, ...]:
        """The points that the minutes say nothing about yet."""
        return tuple(item for item in self.items if not item.is_written)


@dataclass(frozen=True, slots=True)
class Correction:
    """What was added to approved minutes, when and by whom (a function)."""

    text: str
    written_on: date
    author: str
    item: int | None = None


def minutes_of(meeting: Meeting) -> Minutes:
    """The minutes: as they were approved, or else as they are written so far."""
    kept = ApprovedMinutes.objects.filter(meeting=meeting).first()
    return from_json(Minutes, kept.content) if kept else gathered(meeting)


def corrections_of(meeting: Meeting) -> tuple[Correction, ...]:
    """What was added since they were approved, in order. `item` is the number of the point, None for all of it."""
    rows = MinutesNote.objects.filter(meeting=meeting).select_related("author__organisation", "item")
    return tuple(
        Correction(
            text=note.text,
            written_on=timezone.localdate(note.written_at),
            author=str(note.author),
            item=note.item.number if note.item else None,
        )
        for note in rows
    )


def gathered(meeting: Meeting) -> Minutes:
    """The minutes worked out from the rows as they are now, in a constant number of queries."""
    is_recorded = meeting.attendance_recorded_at is not None
    electorate = electorate_for(meeting, {}) if is_recorded else None
    decisions: dict[int | None, list[DecisionLine]] = defaultdict(list)
    items = list(meeting.items.select_related("case", "minutes_entry").order_by("number"))
    of_case = {item.case_id: item.pk for item in items if item.case_id}
    for decision in _decisions(meeting):
        decisions[decision.agenda_item_id or of_case.get(decision.case_id)].append(_decision(decision))
    actions: dict[int | None, list[AgreedAction]] = defaultdict(list)
    for action in meeting.action_items.select_related("owner__organisation").order_by("due", "pk"):
        actions[action.item_id].append(AgreedAction(action.what, str(action.owner), action.due))
    settled = tuple(_approvals(meeting))
    return Minutes(
        body=meeting.body.name,
        body_kind=meeting.body.kind,
        procedure=meeting.procedure,
        year=meeting.year,
        number=meeting.number,
        held_on=meeting.date,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        minute_taker=str(meeting.minute_taker) if meeting.minute_taker else "",
        attended=tuple(
            Attended(e.label, e.status, e.function, e.has_vote, e.stands_in_for)
            for e in (electorate.electors if electorate else ())
            if e.was_called
        ),
        voting_seats=electorate.voting_seats if electorate else 0,
        taking_part=electorate.taking_part if electorate else 0,
        represented=electorate.represented_organisations if electorate else None,
        items=tuple(_item(item, decisions.pop(item.pk, ()), actions.pop(item.pk, ()), settled) for item in items),
        others=tuple(line for lines in decisions.values() for line in lines),
        actions=tuple(actions.get(None, ())),
    )


def _item(
    item: AgendaItem, decisions: Iterable[DecisionLine], actions: Iterable[AgreedAction], settled: tuple[str, ...]
) -> MinutesItem:
    entry = getattr(item, "minutes_entry", None)
    lines = tuple(decisions)
    return MinutesItem(
        pk=item.pk,
        number=item.number,
        heading=item.heading,
        kind=item.kind,
        purpose=item.case.purpose if item.case else "",
        case_number=item.case.number if item.case else "",
        text=entry.text if entry else "",
        settled=settled if item.kind == AgendaItem.Kind.MINUTES and item.withdrawn_at is None else (),
        decisions=lines,
        actions=tuple(actions),
        # A point is closed as a whole: what was said about it would tell of a decision that may not be told.
        is_public=item.is_public and all(line.is_public for line in lines),
        is_withdrawn=item.withdrawn_at is not None,
    )


def _decisions(meeting: Meeting) -> Iterable[Decision]:
    rows = meeting.decisions.select_related("case").prefetch_related("carried_out", "votes")
    return rows.order_by("pk")


def _decision(decision: Decision) -> DecisionLine:
    electors = decision.electorate.get("electors", [])
    labels = {elector["membership"]: elector["label"] for elector in electors}
    tally = tally_of(decision.tally)
    return DecisionLine(
        number=decision.number,
        title=decision.case.title,
        outcome=decision.outcome,
        text=decision.text,
        reason=decision.reason,
        method=decision.method,
        tally=tally.sentence if tally else "",
        votes=tuple(CalledVote(labels.get(vote.membership_id, ""), vote.choice) for vote in decision.votes.all()),
        disqualified=tuple(f"{e['label']} ({e['disqualified']})" for e in electors if e.get("disqualified")),
        conditions=tuple(_condition(row) for row in decision.conditions),
        carried_out=tuple(effect.result for effect in decision.carried_out.all()),
        is_public=decision.is_public and decision.case.is_public,
    )


def _condition(row: dict) -> str:
    title = row.get("title") or row["code"]
    until = row.get("until")
    if not until:
        return title
    day = until if isinstance(until, date) else date.fromisoformat(until)
    return _("%(title)s, senest %(day)s") % {"title": title, "day": date_format(day, "DATE_FORMAT")}


def _approvals(meeting: Meeting) -> Iterable[str]:
    """Which earlier minutes were approved here, as a sentence each."""
    for earlier in meeting.approves_minutes_of.select_related("body").order_by("starts_at"):
        words = {"day": date_format(earlier.date, "DATE_FORMAT"), "procedure": earlier.get_procedure_display()}
        yield _("Referatet af %(procedure)s den %(day)s er godkendt.") % words
