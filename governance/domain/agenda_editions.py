"""Sending an agenda to the members: each time an edition of its own, kept as it was sent, with what changed since.

The letters are enqueued inside the transaction: edition, agenda and mail queue are committed together or not at all.
"""

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from governance.agenda_letters import send_agenda, send_agenda_to_member
from governance.models import Affiliation, AgendaEdition, AgendaItem, Body, Meeting, Membership, Organisation, User
from governance.refusals import NotReady, Refusal, raise_if

from .agendas import locked

Content = Mapping[str, Any]


def recipients(meeting: Meeting) -> QuerySet[User]:
    """Who gets the agenda: whoever holds a seat on the meeting's day, also deputies, observers and the secretary."""
    seats = Membership.objects.on(meeting.date).filled().filter(body=meeting.body_id)
    return User.objects.filter(pk__in=seats.values("person"), is_active=True).order_by("pk")


def members_told(meeting: Meeting) -> QuerySet[Organisation]:
    """Which organisations get the agenda of a general assembly: its members on the day that have a shared mailbox."""
    if meeting.body.kind != Body.Kind.GENERAL_ASSEMBLY:
        return Organisation.objects.none()
    members = Affiliation.objects.on(meeting.date).filter(kind=Affiliation.Kind.MEMBER)
    return Organisation.objects.filter(pk__in=members.values("organisation")).exclude(role_email="").order_by("pk")


def reasons_against_sending(meeting: Meeting) -> list[Refusal]:
    """Why the agenda cannot be sent now; empty when it can."""
    refusals = []
    if meeting.ends_at < timezone.now():
        refusals.append(Refusal("meeting_over", _("Mødet er slut. Der er ikke længere en dagsorden at sende.")))
    if not meeting.items.filter(withdrawn_at__isnull=True).exists():
        refusals.append(Refusal("agenda_empty", _("Dagsordenen er tom. Læg den, før du sender den.")))
    if not recipients(meeting).exists() and not members_told(meeting).exists():
        refusals.append(Refusal("no_recipients", _("Ingen har plads i organet på mødets dag. Registrér pladserne.")))
    return refusals


@transaction.atomic
def publish_agenda(*, meeting: Meeting, by: User) -> AgendaEdition:
    """Send the agenda as it is now to everybody who holds a seat on the day, with a calendar file.

    The first time it opens the reading and fixes the numbers; again, it tells what changed. Raises NotReady.
    """
    meeting = locked(meeting)
    raise_if(NotReady, reasons_against_sending(meeting))
    before = last_edition(meeting)
    content = frozen(meeting)
    meeting.agenda_edition += 1
    meeting.published_at = meeting.published_at or timezone.now()
    meeting.save(update_fields=["agenda_edition", "published_at"])
    edition = AgendaEdition.objects.create(
        meeting=meeting,
        number=meeting.agenda_edition,
        content=content,
        changes=changes_between(before.content, content) if before else [],
        sent_by=by,
    )
    for person in recipients(meeting):
        send_agenda.enqueue(edition_id=edition.pk, person_id=person.pk)
    for organisation in members_told(meeting):
        send_agenda_to_member.enqueue(edition_id=edition.pk, organisation_id=organisation.pk)
    return edition


def last_edition(meeting: Meeting) -> AgendaEdition | None:
    """The agenda as it was last sent."""
    return meeting.editions.order_by("-number").first()


def changes_since_sent(meeting: Meeting, edition: AgendaEdition | None) -> list[str]:
    """What the members do not know yet: how the agenda differs from the edition that was sent."""
    return changes_between(edition.content, frozen(meeting)) if edition is not None else []


# ---------------------------------------------------------------- an edition's content
def frozen(meeting: Meeting) -> dict[str, Any]:
    """The agenda as an edition keeps it. It goes out in letters, so closed points are only numbers."""
    return {
        "starts_at": meeting.starts_at.astimezone(UTC).isoformat(),
        "ends_at": meeting.ends_at.astimezone(UTC).isoformat(),
        "place": meeting.place,
        "items": [_frozen_item(i) for i in meeting.items.select_related("case").order_by("number")],
    }


def _frozen_item(item: AgendaItem) -> dict[str, Any]:
    return {
        "id": item.pk,
        "number": item.number,
        "heading": item.heading if item.is_public else _("Lukket punkt"),
        "minutes": item.minutes,
        "version": item.case.version if item.case else 0,
        "is_withdrawn": item.withdrawn_at is not None,
    }


def changes_between(before: Content, after: Content) -> list[str]:
    """What is different, in sentences: the time, the place, what is new, what is taken off, what reads otherwise."""
    return [*_moved(before, after), *_items_changed(before, after)]


def _moved(before: Content, after: Content) -> list[str]:
    told = []
    if (before["starts_at"], before["ends_at"]) != (after["starts_at"], after["ends_at"]):
        told.append(_("Mødet er flyttet til %(when)s.") % {"when": _when(after)})
    if before["place"] != after["place"]:
        place = after["place"] or _("ikke fastlagt")
        told.append(_("Nyt sted: %(place)s.") % {"place": place})
    return told


def _items_changed(before: Content, after: Content) -> list[str]:
    known = {item["id"]: item for item in before["items"]}
    told = []
    for item in after["items"]:
        words = {"number": item["number"], "heading": item["heading"]}
        old = known.get(item["id"])
        if old is None:
            if not item["is_withdrawn"]:
                told.append(_("Nyt punkt %(number)d: %(heading)s.") % words)
        elif item["is_withdrawn"]:
            if not old["is_withdrawn"]:
                told.append(_("Punkt %(number)d er trukket: %(heading)s.") % words)
        elif item["heading"] != old["heading"]:
            told.append(_("Punkt %(number)d hedder nu: %(heading)s.") % words)
        elif item["version"] != old["version"]:
            told.append(_("Sagen på punkt %(number)d er ændret: %(heading)s.") % words)
    return told


def _when(content: Content) -> str:
    moments = (parse_datetime(content[name]) for name in ("starts_at", "ends_at"))
    starts, ends = (timezone.localtime(moment) for moment in moments)
    words = {
        "day": date_format(starts, "DATE_FORMAT"),
        "start": time_format(starts, "G.i"),
        "end": time_format(ends, "G.i"),
    }
    if starts.date() == ends.date():
        return _("%(day)s kl. %(start)s til %(end)s") % words
    until = {**words, "last": date_format(ends, "DATE_FORMAT")}
    return _("%(day)s kl. %(start)s til %(last)s kl. %(end)s") % until
