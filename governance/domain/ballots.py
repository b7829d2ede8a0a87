"""Written procedure: members vote on the recommendation one by one until a deadline (skriftlig procedure).

A ballot is for the case as it read when it was cast. It can be changed until the deadline; when the case changes it is
taken away and the member is asked again. Recording the decision freezes the ballots as votes (decisions.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from governance.decision_letters import tell_of_lost_ballots
from governance.models import AgendaItem, Attendance, Ballot, Body, Case, Choice, Meeting, Membership, User
from governance.refusals import NotAllowed, Refusal, Stale, WrongStage, raise_if


def is_by_ballot(meeting: Meeting) -> bool:
    """Whether members vote in writing. At the assembly organisations vote, not seats, so it is counted instead."""
    return meeting.procedure == Meeting.Procedure.WRITTEN and meeting.body.kind != Body.Kind.GENERAL_ASSEMBLY


def is_over(meeting: Meeting) -> bool:
    """Whether the deadline of a written procedure has passed."""
    return timezone.now() >= meeting.ends_at


def day_of(meeting: Meeting) -> date:
    """The day that decisions of the meeting carry. A written procedure that all have answered ends that same day."""
    if is_by_ballot(meeting) and not is_over(meeting):
        return timezone.localdate()
    return meeting.date


def voting_seats_of(meeting: Meeting):
    """The filled voting seats on the day the decisions carry. Deputies do not vote in writing."""
    return Membership.objects.on(day_of(meeting)).voting().filter(body=meeting.body_id)


def ballots_on(item: AgendaItem) -> dict[int, str]:
    """The choices by seat that count: cast on the case as it reads now."""
    version = item.case.version if item.case else 0
    return dict(item.ballots.filter(case_version=version).values_list("membership", "choice"))


def attendances_by_ballot(item: AgendaItem) -> dict[int, Attendance]:
    """Who votes in writing takes part; nobody else does."""
    return {seat: Attendance(membership_id=seat, status=Attendance.Status.PRESENT) for seat in ballots_on(item)}


def missing_ballots(item: AgendaItem) -> int:
    """How many voting members have not voted on the case as it reads now."""
    seats = set(voting_seats_of(item.meeting).values_list("pk", flat=True))
    return len(seats - set(ballots_on(item)))


def reasons_to_wait_for_ballots(item: AgendaItem) -> list[Refusal]:
    """Why a written procedure cannot be closed yet: before the deadline, unless everybody has voted."""
    meeting = item.meeting
    missing = missing_ballots(item)
    if is_over(meeting) or not missing:
        return []
    words = {"missing": missing, "deadline": date_format(timezone.localtime(meeting.ends_at), r"j. F Y \k\l. G.i")}
    message = _(
        "%(missing)d med stemmeret har ikke stemt. Beslutningen kan registreres, når alle har, eller %(deadline)s."
    )
    return [Refusal("deadline_not_passed", message % words)]


# ---------------------------------------------------------------- voting
def seat_to_vote_with(meeting: Meeting, by: User) -> Membership | None:
    """The person's voting seat, held today and on the day of the deadline; None when there is none."""
    seats = Membership.objects.on(timezone.localdate()).voting().filter(body=meeting.body_id, person=by)
    return seats.on(meeting.date).first()


def reasons_against_voting(meeting: Meeting) -> list[Refusal]:
    """Why nobody can vote now: no written procedure, not begun, or past its deadline."""
    if not is_by_ballot(meeting):
        return [Refusal("not_written", _("Der stemmes på mødet og ikke skriftligt."))]
    if timezone.now() < meeting.starts_at:
        return [Refusal("not_begun", _("Den skriftlige procedure er ikke begyndt endnu."))]
    if is_over(meeting):
        return [Refusal("deadline_passed", _("Fristen er overskredet. Stemmer kan ikke afgives eller ændres mere."))]
    return []


@transaction.atomic
def cast_ballot(*, item: AgendaItem, choice: str, case_version: int, by: User) -> Ballot:
    """Vote on the recommendation, or change the vote given before.

    Raises WrongStage (no written procedure, before it begins, past the deadline, withdrawn, decided), NotAllowed for
    who has no voting seat, Stale when the case has changed since `case_version`.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=item.meeting_id)
    raise_if(WrongStage, reasons_against_voting(meeting))
    seat = seat_to_vote_with(meeting, by)
    if seat is None:
        message = _("Kun medlemmer med stemmeret, nu og når fristen udløber, kan stemme.")
        raise NotAllowed(Refusal("no_voting_seat", message))
    case = Case.objects.select_for_update().filter(pk=item.case_id or 0).first()
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    if case is None or item.withdrawn_at is not None or case.status != Case.Status.READY:
        raise WrongStage(Refusal("not_open", _("Punktet er trukket eller afgjort. Der kan ikke stemmes om det.")))
    if choice not in Choice.values:
        raise WrongStage(Refusal("unknown_choice", _("Stem for, imod eller undlad.")))
    if case.version != case_version:
        message = _("Sagen er ændret, siden du åbnede siden. Læs den igen, og stem så.")
        raise Stale(Refusal("case_changed", message), current=case)
    ballot, _created = Ballot.objects.update_or_create(
        item=item, membership=seat, defaults={"choice": choice, "case_version": case.version, "cast_by": by}
    )
    return ballot


@dataclass(frozen=True, slots=True)
class Choosing:
    """A member's choice on one item, made on a version of its case."""

    item_id: int
    choice: str
    case_version: int


@dataclass(frozen=True, slots=True)
class Cast:
    """What came of choices sent together: the items voted on, and the reasons against the others."""

    taken: tuple[int, ...]
    left: dict[int, tuple[Refusal, ...]]


@transaction.atomic
def cast_ballots(*, meeting: Meeting, choices: Sequence[Choosing], by: User) -> Cast:
    """Vote on several items in one go. The good ones count; the others are left, each with its reasons.

    Raises NotAllowed without a voting seat, WrongStage when nobody can vote at this meeting now.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)
    raise_if(WrongStage, reasons_against_voting(meeting))
    items = meeting.items.in_bulk([chosen.item_id for chosen in choices])
    taken: list[int] = []
    left: dict[int, tuple[Refusal, ...]] = {}
    for chosen in choices:
        item = items.get(chosen.item_id)
        if item is None:
            continue
        try:
            cast_ballot(item=item, choice=chosen.choice, case_version=chosen.case_version, by=by)
        except (WrongStage, Stale) as refused:
            left[item.pk] = tuple(refused.refusals)
        else:
            taken.append(item.pk)
    return Cast(taken=tuple(taken), left=left)


def items_to_vote_on(meeting: Meeting) -> QuerySet[AgendaItem]:
    """The items of a written procedure that are open: neither withdrawn nor decided, with the ballots cast so far."""
    rows = meeting.items.filter(withdrawn_at__isnull=True, case__status=Case.Status.READY, decisions__isnull=True)
    return rows.select_related("case").prefetch_related("ballots").order_by("number")


def clear_ballots(*, case: Case) -> int:
    """Take away the ballots on a case that has changed, and tell those who cast them. Part of the change's transaction.

    Returns how many were taken away. Ballots on which a decision was made stay.
    """
    lost = Ballot.objects.filter(item__case=case, item__decisions__isnull=True).exclude(case_version=case.version)
    people: dict[int, list[int]] = {}
    for ballot in lost.select_related("membership"):
        people.setdefault(ballot.item_id, []).append(ballot.membership.person_id or ballot.cast_by_id)
    for item_id, person_ids in people.items():
        tell_of_lost_ballots.enqueue(item_id=item_id, person_ids=sorted(person_ids))
    count, _rows = lost.delete()
    return count
