"""What the worker does after meetings: letters about released minutes, and about action items that are due."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from governance.models import ActionItem, Meeting, User


@task()
def tell_minutes_released(*, meeting_id: int, person_id: int) -> None:
    """Tell one of those who had a seat on the day of the meeting that its minutes can be read."""
    meeting = Meeting.objects.select_related("body").get(pk=meeting_id)
    context = {"meeting": meeting, "link": _link("governance:minutes", meeting.pk)}
    letter = ("governance/mail/minutes_released_subject.txt", "governance/mail/minutes_released.txt")
    _send(letter, context, User.objects.get(pk=person_id).email)


@task()
def remind_of_actions(*, person_id: int, action_ids: Sequence[int], on: str) -> None:
    """Remind a person of action items. What was done meanwhile is left out; with nothing left, no letter goes out."""
    person = User.objects.get(pk=person_id)
    open_ones = ActionItem.objects.filter(pk__in=action_ids, owner=person, done_on__isnull=True).select_related("body")
    rows = [(action, action.due.isoformat() < on) for action in open_ones]
    if rows and person.is_active:
        letter = ("governance/mail/actions_due_subject.txt", "governance/mail/actions_due.txt")
        _send(letter, {"rows": rows, "link": _link("governance:actions")}, person.email)


def _link(name: str, *args: int) -> str:
    return settings.PUBLIC_BASE_URL.rstrip("/") + reverse(name, args=args)


def _send(letter: tuple[str, str], context: dict, address: str) -> None:
    subject, text = (render_to_string(template, context) for template in letter)
    send_mail(subject=subject.strip(), message=text, from_email=None, recipient_list=[address])
