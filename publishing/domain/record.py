"""Publishing decisions and minutes, and taking decisions back.

The public log and the public minutes are written when minutes are approved; a decision can be published before, by the
business manager. They are frozen values; nothing public is ever read from the decisions themselves.
"""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from governance.codec import to_json
from governance.danish import search_text
from governance.minutes import corrections_of, minutes_of
from governance.models import Decision, Meeting, MinutesNote, User
from governance.refusals import NotAllowed, NotReady, Refusal, WrongStage, raise_if
from governance.standing import standing_of
from publishing.models import DecisionWithdrawal, PublishedDecision, PublishedMinutes
from publishing.record_selection import has_public_minutes, logged, public_minutes, reasons_not_public
from publishing.rules import may_publish
from publishing.tasks import make_minutes_file


def reasons_against_publishing(decision: Decision) -> list[Refusal]:
    """Why a decision cannot be made public now: it may not be, or it is."""
    if PublishedDecision.objects.current().filter(decision=decision).exists():
        return [Refusal("already_public", _("Beslutningen er offentlig i forvejen."))]
    return reasons_not_public(decision)


@transaction.atomic
def publish_decision(*, decision: Decision, by: User) -> PublishedDecision:
    """Make a decision public before its minutes are approved, or again after it was taken back.

    Raises NotAllowed for others than the business manager and the secretariat, NotReady with what stands against it.
    """
    _refuse_others(by)
    decision = _locked(decision)
    raise_if(NotReady, reasons_against_publishing(decision))
    published = _publish(decision, by)
    if decision.meeting.minutes_approved_at is not None:
        _publish_minutes(decision.meeting, by)
    return published


@transaction.atomic
def withdraw_decision(*, published: PublishedDecision, reason: str, by: User) -> DecisionWithdrawal:
    """Take a decision back from the public: its number and the day stay. Public minutes get an edition without it.

    Raises NotAllowed, WrongStage when it is done, NotReady without a reason.
    """
    _refuse_others(by)
    decision = _locked(published.decision)
    if DecisionWithdrawal.objects.filter(published=published).exists():
        raise WrongStage(Refusal("already_withdrawn", _("Beslutningen er trukket tilbage i forvejen.")))
    if not reason.strip():
        raise NotReady(Refusal("reason_missing", _("Skriv, hvorfor beslutningen trækkes tilbage.")))
    withdrawal = DecisionWithdrawal.objects.create(
        published=published, reason=reason.strip(), withdrawn_at=timezone.now(), withdrawn_by=by
    )
    if decision.meeting.published_minutes.exists():
        _publish_minutes(decision.meeting, by)
    return withdrawal


def publish_approved_minutes(meeting: Meeting, by: User) -> None:
    """Called in the transaction that approves minutes: its decisions and the public version become public.

    A decision that was taken back before stays back.
    """
    rows = meeting.decisions.filter(publications__isnull=True).select_related("body", "case", "agenda_item__case")
    for decision in rows.order_by("pk"):
        if not reasons_not_public(decision):
            _publish(decision, by)
    if has_public_minutes(meeting):
        _publish_minutes(meeting, by)


def publish_correction(note: MinutesNote) -> None:
    """Called in the transaction that corrects minutes: an edition with the correction, where there are public ones."""
    if note.meeting.published_minutes.exists():
        _publish_minutes(note.meeting, note.author)


def _publish(decision: Decision, by: User) -> PublishedDecision:
    with translation.override("da"):
        public = logged(decision)
    return PublishedDecision.objects.create(
        decision=decision,
        number=public.number,
        decided_on=public.decided_on,
        body=public.body,
        outcome=public.outcome,
        initiative=public.initiative,
        search_text=search_text(public.number, public.title, public.text, public.initiative_name, public.body),
        data=to_json(public),
        published_at=timezone.now(),
        published_by=by,
    )


def _publish_minutes(meeting: Meeting, by: User) -> PublishedMinutes:
    rows = PublishedDecision.objects.current().filter(decision__meeting=meeting)
    published = {row.number: row.public for row in rows}
    with translation.override("da"):
        public = public_minutes(meeting, minutes_of(meeting), corrections_of(meeting), published)
    last = meeting.published_minutes.aggregate(last=Max("edition"))["last"] or 0
    minutes = PublishedMinutes.objects.create(
        meeting=meeting,
        edition=last + 1,
        held_on=public.held_on,
        body=public.body,
        data=to_json(public),
        published_at=timezone.now(),
        published_by=by,
    )
    make_minutes_file.enqueue(minutes_id=minutes.pk)
    return minutes


def _locked(decision: Decision) -> Decision:
    """The decision, with its meeting locked: editions of the minutes are numbered there."""
    Meeting.objects.select_for_update(of=("self",)).get(pk=decision.meeting_id)
    rows = Decision.objects.select_related("body", "case", "meeting__body", "agenda_item__case")
    return rows.get(pk=decision.pk)


def _refuse_others(by: User) -> None:
    if not may_publish(standing_of(by)):
        raise NotAllowed(Refusal("not_manager", _("Kun forretningslederen og sekretariatet offentliggør.")))
