"""Letters about an agenda, written by the worker: that it is sent, and that a case changed after it was marked."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from governance.meeting_calendar import address_of, calendar_of
from governance.models import AgendaEdition, Organisation, Position, User

CALENDAR = 'text/calendar; method=PUBLISH; charset="utf-8"'


@task()
def send_agenda(*, edition_id: int, person_id: int) -> None:
    """Send one edition of an agenda to one who holds a seat, with the calendar file as it is when the letter goes."""
    _send_edition(edition_id, User.objects.get(pk=person_id).email)


@task()
def send_agenda_to_member(*, edition_id: int, organisation_id: int) -> None:
    """Send one edition of the general assembly's agenda to a member organisation's shared mailbox."""
    _send_edition(edition_id, Organisation.objects.get(pk=organisation_id).role_email)


def _send_edition(edition_id: int, address: str) -> None:
    edition = AgendaEdition.objects.select_related("meeting__body").get(pk=edition_id)
    items = [item for item in edition.content["items"] if not item["is_withdrawn"]]
    context = {"meeting": edition.meeting, "edition": edition, "items": items, "link": address_of(edition.meeting)}
    letter = _letter("governance/mail/agenda_subject.txt", "governance/mail/agenda.txt", context, address)
    letter.attach("moede.ics", calendar_of(edition.meeting), CALENDAR)
    letter.send()


@task()
def tell_of_changed_case(*, position_id: int) -> None:
    """Tell a member that the case was changed after it was marked, so that the mark has fallen away."""
    position = Position.objects.select_related("item__meeting__body", "item__case", "membership__person").get(
        pk=position_id
    )
    item = position.item
    page = reverse("governance:reading", args=[item.meeting_id])
    link = f"{settings.PUBLIC_BASE_URL.rstrip('/')}{page}#punkt-{item.pk}"
    person = position.membership.person
    if person is not None:
        context = {"position": position, "item": item, "link": link}
        subject, body = "governance/mail/case_changed_subject.txt", "governance/mail/case_changed.txt"
        _letter(subject, body, context, person.email).send()


def _letter(subject: str, body: str, context: dict, address: str) -> EmailMessage:
    return EmailMessage(
        subject=render_to_string(subject, context).strip(), body=render_to_string(body, context), to=[address]
    )
