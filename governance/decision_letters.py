"""Letters about decisions and votes. Enqueued inside the transaction they tell of: both are there afterwards, or none.

Who is told of a decision is known by the app that owns what was decided about; it adds its answer to `audiences`.
"""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from governance.models import AgendaItem, Case, Decision, User
from governance.queries import decisions_for
from governance.standing import standing_of

DECISION = ("governance/mail/decision_subject.txt", "governance/mail/decision.txt")
LOST_BALLOT = ("governance/mail/lost_ballot_subject.txt", "governance/mail/lost_ballot.txt")

Audience = Callable[[Case], Iterable[User]]
audiences: list[Audience] = []


@task()
def tell_of_decision(*, decision_id: int) -> None:
    """Tell the people behind what was decided about. Nobody is told of a decision that they may not read."""
    decision = Decision.objects.select_related("case", "body", "meeting").get(pk=decision_id)
    people = {person.pk: person for audience in audiences for person in audience(decision.case)}
    for person in people.values():
        if person.is_active and decisions_for(standing_of(person)).filter(pk=decision.pk).exists():
            _send(DECISION, person, {"decision": decision}, reverse("governance:decision", args=[decision.number]))


@task()
def tell_of_lost_ballots(*, item_id: int, person_ids: list[int]) -> None:
    """Ask those who voted in writing to vote again, because the case has changed since."""
    item = AgendaItem.objects.select_related("case", "meeting__body").get(pk=item_id)
    for person in User.objects.filter(pk__in=person_ids, is_active=True):
        _send(LOST_BALLOT, person, {"item": item}, reverse("governance:vote", args=[item.meeting_id]))


def _send(letter: tuple[str, str], person: User, about: dict, address: str) -> None:
    subject, message = letter
    context = {**about, "link": settings.PUBLIC_BASE_URL.rstrip("/") + address}
    send_mail(
        subject=render_to_string(subject, context).strip(),
        message=render_to_string(message, context),
        from_email=None,
        recipient_list=[person.email],
    )
