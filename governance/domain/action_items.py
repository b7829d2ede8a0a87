"""Action items: what somebody does by when, agreed at a meeting or between meetings, open until it is done.

An open one stands on the agenda of its body's next meeting (meetings.md). Reminders are in domain/reminders.py.
"""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from governance import rules
from governance.models import ActionItem, AgendaItem, Body, Meeting, User
from governance.refusals import NotAllowed, NotReady, Refusal, WrongStage, raise_if
from governance.standing import standing_of

from .versions import refuse_if_stale


def open_actions(body: Body, on: date) -> QuerySet[ActionItem]:
    """What the body still waits for on a day, the earliest due first, with owners and where it was agreed.

    What was agreed at a later meeting was not known then; what was done on the day itself is no longer open.
    """
    after = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
    rows = ActionItem.objects.filter(body=body).filter(Q(done_on__isnull=True) | Q(done_on__gt=on))
    known = Q(meeting__isnull=True) | Q(meeting__starts_at__lt=after)
    return rows.filter(known).select_related("owner__organisation", "meeting__body", "item__case").order_by("due", "pk")


def reasons_against(*, what: str, owner: User, due: date, since: date) -> list[Refusal]:
    """Why this cannot be agreed: nothing to do, nobody to do it, or no time to do it in. `since` is the agreement."""
    refusals = []
    if not what.strip():
        refusals.append(Refusal("what_missing", _("Skriv, hvad der skal gøres.")))
    if not owner.is_active:
        refusals.append(Refusal("owner_gone", _("Den ansvarlige har ikke længere adgang. Vælg en anden.")))
    if due < since:
        refusals.append(Refusal("due_too_early", _("Fristen ligger, før opgaven blev aftalt. Vælg en senere dag.")))
    return refusals


@transaction.atomic
def agree_action(
    *,
    body: Body,
    what: str,
    owner: User,
    due: date,
    by: User,
    meeting: Meeting | None = None,
    item: AgendaItem | None = None,
) -> ActionItem:
    """Note what somebody does by when: from an item of a meeting, from the meeting as a whole, or between meetings.

    Raises NotAllowed for others than those who prepare the body's meetings, WrongStage when the item or meeting is
    another body's or its minutes are approved, NotReady when something is missing.
    """
    if item is not None:
        meeting = item.meeting
    _refuse_others(body, meeting, by)
    since = timezone.localdate()
    if meeting is not None:
        meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
        since = min(since, meeting.date)
        if meeting.body_id != body.pk:
            raise WrongStage(Refusal("other_body", _("Punktet hører til et andet organ.")))
        if meeting.minutes_approved_at is not None:
            message = _("Referatet er godkendt og låst. Opret opgaven uden for mødet.")
            raise WrongStage(Refusal("minutes_locked", message))
    raise_if(NotReady, reasons_against(what=what, owner=owner, due=due, since=since))
    return ActionItem.objects.create(
        body=body, meeting=meeting, item=item, what=what.strip(), owner=owner, due=due, created_by=by
    )


@transaction.atomic
def change_action(*, action: ActionItem, version: int, what: str, owner: User, due: date, by: User) -> ActionItem:
    """Change an open action item. Whoever gets it, or gets another day, is reminded anew.

    Raises NotAllowed, Stale, WrongStage when it is done, NotReady when something is missing.
    """
    action = _locked(action)
    _refuse_others(action.body, action.meeting, by)
    _refuse_done(action)
    refuse_if_stale(action, version)
    since = timezone.localdate() if due != action.due else due
    raise_if(NotReady, reasons_against(what=what, owner=owner, due=due, since=since))
    if (owner.pk, due) != (action.owner_id, action.due):
        action.reminded_on = None
    action.what, action.owner, action.due = what.strip(), owner, due
    action.save()
    return action


@transaction.atomic
def finish_action(*, action: ActionItem, outcome: str, by: User) -> ActionItem:
    """Say that it is done today, and what came of it. The owner does, or those who prepare the body's meetings.

    Raises NotAllowed, WrongStage when it is done already, NotReady without a result.
    """
    action = _locked(action)
    if action.owner_id != by.pk:
        _refuse_others(action.body, action.meeting, by)
    _refuse_done(action)
    if not outcome.strip():
        raise NotReady(Refusal("outcome_missing", _("Skriv kort, hvad der kom ud af det.")))
    action.done_on, action.outcome = timezone.localdate(), outcome.strip()
    action.save()
    return action


@transaction.atomic
def reopen_action(*, action: ActionItem, by: User) -> ActionItem:
    """Take back that it was done; the result that was written stays in the history. Raises NotAllowed, WrongStage."""
    action = _locked(action)
    _refuse_others(action.body, action.meeting, by)
    if action.done_on is None:
        raise WrongStage(Refusal("not_done", _("Opgaven er åben i forvejen.")))
    action.done_on, action.outcome = None, ""
    action.save()
    return action


def _locked(action: ActionItem) -> ActionItem:
    rows = ActionItem.objects.select_for_update(of=("self",)).select_related("body", "meeting")
    return rows.get(pk=action.pk)


def _refuse_others(body: Body, meeting: Meeting | None, by: User) -> None:
    if not rules.may_note_actions(standing_of(by), body, meeting):
        message = _("Kun de, der forbereder organets møder, aftaler og retter opgaver.")
        raise NotAllowed(Refusal("not_planner", message))


def _refuse_done(action: ActionItem) -> None:
    if action.done_on is not None:
        raise WrongStage(Refusal("already_done", _("Opgaven er gjort. Opret en ny, hvis der er mere at gøre.")))
