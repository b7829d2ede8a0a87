"""A meeting as a calendar file (RFC 5545): one event, whose edition grows each time the agenda is sent."""

from datetime import date
from email.utils import parseaddr
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress

from governance.models import Meeting

PRODUCT = "-//OS2//OS2 Portefølje//DA"


def address_of(meeting: Meeting) -> str:
    """The meeting's page, as a letter or a calendar links to it."""
    return settings.PUBLIC_BASE_URL.rstrip("/") + reverse("governance:meeting", args=[meeting.pk])


def calendar_of(meeting: Meeting, *, with_points: bool = True) -> bytes:
    """The file, with or without the agenda. The headings of closed points stay in the portal: calendars are shared."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(meeting, _points(meeting) if with_points else []))
    # The zone is written out for the meeting's own year: its rules since 1970 would be most of the file.
    year = meeting.date.year
    calendar.add_missing_timezones(first_date=date(year, 1, 1), last_date=date(year + 1, 12, 31))
    return calendar.to_ical()


def _event(meeting: Meeting, points: list[str]) -> Event:
    zone = ZoneInfo(settings.TIME_ZONE)
    is_written = meeting.procedure == Meeting.Procedure.WRITTEN
    starts = meeting.ends_at if is_written else meeting.starts_at
    summary = _("Frist: %(meeting)s") if is_written else "%(meeting)s"
    event = Event()
    event.add("uid", f"moede-{meeting.pk}@{urlsplit(settings.PUBLIC_BASE_URL).hostname}")
    event.add("sequence", meeting.agenda_edition)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", starts.astimezone(zone))
    event.add("dtend", meeting.ends_at.astimezone(zone))
    event.add("organizer", _organiser())
    event.add("summary", summary % {"meeting": meeting})
    event.add("status", "CONFIRMED" if meeting.published_at else "TENTATIVE")
    event.add("transp", "TRANSPARENT" if is_written else "OPAQUE")
    event.add("url", address_of(meeting))
    event.add("description", "\n".join([*points, "", address_of(meeting)]).strip())
    if meeting.place:
        event.add("location", meeting.place)
    return event


def _organiser() -> vCalAddress:
    """The portal's own address: RFC 5546 asks a published event to name an organiser."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organiser = vCalAddress(f"mailto:{address}")
    organiser.params["CN"] = name or address
    return organiser


def _points(meeting: Meeting) -> list[str]:
    items = meeting.items.filter(withdrawn_at__isnull=True).select_related("case").order_by("number")
    return [f"{item.number}. {item.heading if item.is_public else _('Lukket punkt')}" for item in items]
