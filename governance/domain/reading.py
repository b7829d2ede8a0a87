"""Reading ahead: who stands where on an item before the meeting, and what that makes agreed in advance (meetings.md).

A mark holds for the version of the case that was read. Remarks are in remarks.py; carrying out the consent item is the
meeting's (consent.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.agenda_letters import tell_of_changed_case
from governance.models import AgendaItem, Body, Case, ItemRead, Meeting, Membership, Position, User
from governance.refusals import NotAllowed, Refusal, WrongStage, raise_if

Kind = Position.Kind


@dataclass(frozen=True, slots=True)
class Mark:
    """What a member says about one item: pre-approved, flagged with a word why, or (empty kind) only read.

    `case_version` is the version of the case that the member had in front of them; 0 for an item without a case.
    """

    item_id: int
    kind: str = ""
    word: str = ""
    case_version: int = 0


@dataclass(frozen=True, slots=True)
class Marked:
    """What came of a queue of marks: the ids of the items taken, and the reason against each of the others."""

    taken: tuple[int, ...]
    left: dict[int, Refusal]


def voting_seats(meeting: Meeting) -> QuerySet[Membership]:
    """The filled voting seats of the meeting's body on its day. Deputies count only at the meeting itself."""
    return Membership.objects.on(meeting.date).voting().filter(body=meeting.body_id)


def consent_items(meeting: Meeting) -> list[AgendaItem]:
    """The items for decision that every voting member has pre-approved as the case reads now, in order.

    One flag, one seat that has not answered, or a case changed since takes an item out. A written procedure is voted on
    instead, and at the assembly organisations vote, not seats: neither has a consent item.
    """
    if not takes_consent(meeting):
        return []
    seats = set(voting_seats(meeting).values_list("pk", flat=True))
    if not seats:
        return []
    items = open_cases(meeting).filter(case__purpose=Case.Purpose.DECISION, case__status=Case.Status.READY)
    return [item for item in items if is_agreed(item, seats)]


def takes_consent(meeting: Meeting) -> bool:
    """Whether the meeting can have a consent item at all."""
    return meeting.procedure == Meeting.Procedure.MEETING and meeting.body.kind != Body.Kind.GENERAL_ASSEMBLY


def open_cases(meeting: Meeting) -> QuerySet[AgendaItem]:
    """The meeting's undecided cases in order, with their cases and the marks that hold."""
    rows = meeting.items.filter(kind=AgendaItem.Kind.CASE, withdrawn_at__isnull=True, decisions__isnull=True)
    return rows.select_related("case__body", "meeting__body").prefetch_related("positions").order_by("number")


def is_agreed(item: AgendaItem, seats: set[int]) -> bool:
    """Whether the seats of the day have all pre-approved the item's case as it reads now, and nobody flagged it."""
    holding = [p for p in item.positions.all() if p.fell_away_at is None and p.membership_id in seats]
    if not seats or any(position.kind == Kind.FLAGGED for position in holding):
        return False
    if item.case is None or item.case.purpose != Case.Purpose.DECISION:
        return False
    return seats == {p.membership_id for p in holding if p.case_version == item.case.version}


# ---------------------------------------------------------------- marking
def reasons_against_marking(meeting: Meeting, by: User) -> list[Refusal]:
    """Why this person cannot mark anything at this meeting; empty when they can."""
    refusals = []
    if not voting_seats(meeting).filter(person=by).exists():
        message = _("Kun medlemmer med stemmeret på mødets dag kan markere. Du kan skrive en kommentar.")
        refusals.append(Refusal("no_voting_seat", message))
    return refusals


def reasons_to_read_later(meeting: Meeting) -> list[Refusal]:
    """Why nothing can be marked at this meeting now, whoever asks."""
    refusals = []
    if meeting.published_at is None:
        refusals.append(Refusal("agenda_not_sent", _("Dagsordenen er ikke sendt ud endnu. Vent, til du får den.")))
    if meeting.date < timezone.localdate():
        refusals.append(Refusal("meeting_over", _("Mødet er holdt. Du kan ikke markere mere.")))
    return refusals


def reasons_against_mark(item: AgendaItem | None, mark: Mark) -> list[Refusal]:
    """Why one mark cannot be taken against the item as it is now."""
    if item is None or item.withdrawn_at is not None:
        return [Refusal("withdrawn", _("Punktet er trukket."))]
    if item.case is not None and item.case.status != Case.Status.READY:
        return [Refusal("case_settled", _("Sagen er afgjort eller trukket."))]
    if (item.case.version if item.case else 0) != mark.case_version:
        message = _("Sagen er ændret, mens du læste. Læs den igen, og markér så.")
        return [Refusal("case_changed", message)]
    return _reasons_against_approving(item) if mark.kind == Kind.PRE_APPROVED else _reasons_against_word(mark)


def _reasons_against_approving(item: AgendaItem) -> list[Refusal]:
    if item.case is None or item.case.purpose != Case.Purpose.DECISION:
        return [Refusal("not_for_decision", _("Kun sager til beslutning kan forhåndsgodkendes."))]
    if not takes_consent(item.meeting):
        message = _("Her stemmes der om sagerne. Forhåndsgodkendelse hører til møder med samlet godkendelse.")
        return [Refusal("voted_instead", message)]
    return []


def _reasons_against_word(mark: Mark) -> list[Refusal]:
    if mark.kind == Kind.FLAGGED and not mark.word.strip():
        return [Refusal("word_missing", _("Skriv med få ord, hvorfor punktet skal drøftes."))]
    return []


@transaction.atomic
def mark_items(*, meeting: Meeting, marks: Sequence[Mark], by: User) -> Marked:
    """Take a member's queue of marks in one go, each against its case as it is now.

    The good ones are taken; the others are left, each with its reason. Raises NotAllowed without a voting seat,
    WrongStage before the agenda is sent and after the meeting. An empty kind notes the item as read and takes an
    earlier mark back.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)
    raise_if(NotAllowed, reasons_against_marking(meeting, by))
    raise_if(WrongStage, reasons_to_read_later(meeting))
    items = _locked(meeting, [mark.item_id for mark in marks])
    seat = voting_seats(meeting).get(person=by)
    taken, left = [], {}
    for mark in marks:
        item = items.get(mark.item_id)
        reasons = reasons_against_mark(item, mark)
        if item is None or reasons:
            left[mark.item_id] = reasons[0]
            continue
        _take(item, seat, mark)
        note_read(items=[item], by=by)
        taken.append(item.pk)
    return Marked(taken=tuple(taken), left=left)


def _locked(meeting: Meeting, ids: Iterable[int]) -> dict[int, AgendaItem]:
    """The meeting's items with their cases, locked case before item so that no case changes under a mark."""
    rows = meeting.items.filter(pk__in=list(ids))
    cases = (
        Case.objects.select_for_update(of=("self",))
        .order_by("pk")
        .in_bulk(list(rows.filter(case__isnull=False).values_list("case_id", flat=True)))
    )
    items = {item.pk: item for item in rows.select_for_update(of=("self",)).order_by("pk")}
    for item in items.values():
        item.case = cases.get(item.case_id) if item.case_id else None
    return items


def _take(item: AgendaItem, seat: Membership, mark: Mark) -> None:
    holding = Position.objects.filter(item=item, membership=seat, fell_away_at__isnull=True)
    same = {"kind": mark.kind, "word": mark.word.strip(), "case_version": mark.case_version}
    if holding.filter(**same).exists():
        return
    holding.update(fell_away_at=timezone.now())
    if mark.kind:
        Position.objects.create(item=item, membership=seat, **same)


@transaction.atomic
def note_read(*, items: Iterable[AgendaItem], by: User) -> None:
    """Note that a person has read these items, as their cases read now."""
    for item in items:
        version = item.case.version if item.case else 0
        ItemRead.objects.update_or_create(item=item, person=by, defaults={"case_version": version})


# ---------------------------------------------------------------- what was read has changed
@transaction.atomic
def let_positions_lapse(*, case: Case) -> list[Position]:
    """The (locked) case has changed: the marks on it fall away where it is undecided, and those members are told.

    Returns the marks that fell away.
    """
    rows = Position.objects.filter(
        item__case=case, item__withdrawn_at__isnull=True, item__decisions__isnull=True, fell_away_at__isnull=True
    )
    lapsed = list(rows.select_related("membership"))
    Position.objects.filter(pk__in=[position.pk for position in lapsed]).update(fell_away_at=timezone.now())
    for position in lapsed:
        tell_of_changed_case.enqueue(position_id=position.pk)
    return lapsed
