"""Reminders of action items: once when the day is near, and every week when it has passed."""

from datetime import date, timedelta

from django.db import transaction

from governance.models import ActionItem
from governance.tasks_minutes import remind_of_actions

NEAR = timedelta(days=3)
AGAIN_AFTER = timedelta(days=7)


def is_to_be_reminded(action: ActionItem, on: date) -> bool:
    """Whether the owner is to hear of it that day. `reminded_on` is the latest letter; none is sent twice a day."""
    if action.done_on is not None or not action.owner.is_active:
        return False
    last = action.reminded_on
    if on > action.due:
        return last is None or last <= action.due or on - last >= AGAIN_AFTER
    return action.due - on <= NEAR and (last is None or last < action.due - NEAR)


@transaction.atomic
def remind(*, on: date) -> int:
    """Put a letter to each owner with something due into the mail queue, and note that it is done. Answers how many.

    Letters and notes are written together, so that it can be run again after a failure, or twice a day.
    """
    near = ActionItem.objects.filter(done_on__isnull=True, due__lte=on + NEAR).select_related("owner")
    rows = [action for action in near.select_for_update(of=("self",)) if is_to_be_reminded(action, on)]
    owners: dict[int, list[int]] = {}
    for action in rows:
        owners.setdefault(action.owner_id, []).append(action.pk)
    for person_id, action_ids in owners.items():
        remind_of_actions.enqueue(person_id=person_id, action_ids=action_ids, on=on.isoformat())
    ActionItem.objects.filter(pk__in=[action.pk for action in rows]).update(reminded_on=on)
    return len(owners)
