"""Sending an agenda: who gets it, what changed since, the calendar file, and the mail queue in the same transaction."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from icalendar import Calendar

from governance.agenda_letters import send_agenda, send_agenda_to_member
from governance.domain import agenda_editions, agendas, cases, meetings
from governance.domain.versions import version_of
from governance.meeting_calendar import calendar_of
from governance.models import AgendaEdition, HistoryIsNeverRewrittenError, Meeting
from governance.refusals import NotReady
from tests.factories import (
    BodyFactory,
    MembershipFactory,
    OrganisationFactory,
    board_people,
    business_manager,
    days,
    general_assembly,
    planned_meeting,
    ready_case,
    the_board,
)
from tests.governance.reading_ahead import queued

pytestmark = pytest.mark.django_db
COPENHAGEN = ZoneInfo("Europe/Copenhagen")


@pytest.fixture
def meeting():
    """A board meeting in a week with one point."""
    planned = planned_meeting(on=days(7), place="Odense")
    agendas.add_point(meeting=planned, title="Økonomi")
    return planned


def send(meeting):
    return agenda_editions.publish_agenda(meeting=meeting, by=business_manager())


def again(meeting):
    return Meeting.objects.select_related("body").get(pk=meeting.pk)


# ---------------------------------------------------------------- sending


def test_everybody_with_a_seat_on_the_day_gets_the_agenda(meeting):
    MembershipFactory(body=meeting.body, deputy=True)
    MembershipFactory(body=meeting.body, observer=True)
    MembershipFactory(body=meeting.body, vacant=True)
    MembershipFactory(body=meeting.body, valid_to=days(6))
    MembershipFactory(body=meeting.body, person__is_active=False)
    edition = send(meeting)
    told = queued(send_agenda)
    assert len(told) == 6 + 2
    assert {row["edition_id"] for row in told} == {edition.pk}
    meeting = again(meeting)
    assert meeting.agenda_edition == 1
    assert meeting.published_at is not None


def test_the_letter_has_the_points_and_the_calendar_file(meeting):
    agendas.add_point(meeting=meeting, title="Personalesag", is_closed=True)
    edition = send(meeting)
    send_agenda.func(edition_id=edition.pk, person_id=board_people()[0].pk)
    (letter,) = mail.outbox
    assert letter.to == [board_people()[0].email]
    assert "1. Økonomi" in letter.body
    assert "Personalesag" not in letter.body
    assert f"/moeder/{meeting.pk}/" in letter.body
    ((name, content, kind),) = letter.attachments
    assert name == "moede.ics"
    assert "method=PUBLISH" in kind
    assert Calendar.from_ical(content).walk("VEVENT")


def test_an_empty_agenda_a_past_meeting_and_a_body_of_nobody_are_not_sent(meeting):
    empty = planned_meeting(on=days(8))
    over = planned_meeting(on=days(-1))
    agendas.add_point(meeting=over, title="Økonomi")
    lonely = planned_meeting(BodyFactory(), on=days(7))
    agendas.add_point(meeting=lonely, title="Økonomi")
    for unsent, code in ((empty, "agenda_empty"), (over, "meeting_over"), (lonely, "no_recipients")):
        with pytest.raises(NotReady) as refused:
            send(unsent)
        assert refused.value.codes == [code]
        assert agenda_editions.reasons_against_sending(unsent)[0].code == code
    assert agenda_editions.reasons_against_sending(meeting) == []
    assert not AgendaEdition.objects.exists()
    assert queued(send_agenda) == []


def test_the_letters_are_queued_with_the_edition_or_not_at_all(meeting):
    with transaction.atomic():
        send(meeting)
        assert len(queued(send_agenda)) == 6
        transaction.set_rollback(True)
    assert queued(send_agenda) == []
    assert not AgendaEdition.objects.exists()
    assert again(meeting).published_at is None


def test_the_assemblys_agenda_goes_to_the_members_shared_mailboxes():
    assembly = planned_meeting(general_assembly(), on=days(7))
    agendas.add_point(meeting=assembly, title="Beretning")
    OrganisationFactory(role_email="post@example.org")
    OrganisationFactory(member=True)
    with pytest.raises(NotReady) as refused:
        send(assembly)
    assert refused.value.codes == ["no_recipients"]
    member = OrganisationFactory(member=True, role_email="medlem@example.org")
    edition = send(assembly)
    assert queued(send_agenda) == []
    (told,) = queued(send_agenda_to_member)
    assert told == {"edition_id": edition.pk, "organisation_id": member.pk}
    send_agenda_to_member.func(**told)
    assert mail.outbox[0].to == ["medlem@example.org"]


def test_an_edition_is_never_rewritten(meeting):
    edition = send(meeting)
    with pytest.raises(HistoryIsNeverRewrittenError):
        edition.save()


# ---------------------------------------------------------------- sending again


def test_sending_again_tells_what_changed(meeting):
    case = ready_case(None, "other")
    agendas.put_on_agenda(meeting=meeting, case=case)
    gone = agendas.add_point(meeting=meeting, title="Kodeks")
    first = send(meeting)
    cases.edit_case(case=case, version=1, about="Mere.")
    agendas.withdraw_item(item=gone)
    agendas.add_point(meeting=meeting, title="Ny mødedato")
    meeting = again(meeting)
    meetings.change_meeting(
        meeting=meeting,
        version=version_of(meeting),
        starts_at=meeting.starts_at + timedelta(hours=1),
        ends_at=meeting.ends_at + timedelta(hours=1),
        place="Aarhus",
    )
    second = send(again(meeting))
    assert first.changes == []
    assert second.number == 2
    moved, place, changed, withdrawn, new = second.changes
    assert "11.00" in moved
    assert "Aarhus" in place
    assert case.title in changed
    assert "Kodeks" in withdrawn
    assert "Ny mødedato" in new
    send_agenda.func(edition_id=second.pk, person_id=board_people()[0].pk)
    assert all(change in mail.outbox[0].body for change in second.changes)


def test_what_the_members_do_not_know_yet_shows_until_it_is_sent(meeting):
    edition = send(meeting)
    assert agenda_editions.changes_since_sent(meeting, edition) == []
    agendas.add_point(meeting=meeting, title="Ny mødedato")
    assert len(agenda_editions.changes_since_sent(meeting, edition)) == 1
    assert agenda_editions.changes_since_sent(meeting, send(meeting)) == []
    assert agenda_editions.changes_since_sent(meeting, None) == []


def test_a_point_that_came_and_went_between_two_editions_is_not_told(meeting):
    send(meeting)
    agendas.withdraw_item(item=agendas.add_point(meeting=meeting, title="Kort"))
    assert send(meeting).changes == []


def test_reading_opens_with_the_first_edition_and_not_anew_with_the_next(meeting):
    send(meeting)
    opened = again(meeting).published_at
    send(meeting)
    assert again(meeting).published_at == opened


# ---------------------------------------------------------------- the calendar file


def event_of(meeting):
    """The only event of the file, read back by a parser."""
    calendar = Calendar.from_ical(calendar_of(again(meeting)))
    assert calendar["METHOD"] == "PUBLISH"
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    (event,) = calendar.walk("VEVENT")
    return event


def test_the_calendar_file_is_read_back_with_the_right_fields(meeting, settings):
    settings.DEFAULT_FROM_EMAIL = "OS2 Portefølje <portal@example.org>"
    agendas.add_point(meeting=meeting, title="Personalesag", is_closed=True)
    before = event_of(meeting)
    send(meeting)
    event = event_of(meeting)
    starts = event["DTSTART"].dt
    assert starts == meeting.starts_at
    assert str(starts.tzinfo) == "Europe/Copenhagen"
    assert event["DTEND"].dt == meeting.ends_at
    assert event["LOCATION"] == "Odense"
    assert event["ORGANIZER"] == "mailto:portal@example.org"
    assert event["ORGANIZER"].params["CN"] == "OS2 Portefølje"
    assert str(again(meeting)) in event["SUMMARY"]
    assert event["URL"].endswith(f"/moeder/{meeting.pk}/")
    assert "1. Økonomi" in event["DESCRIPTION"]
    assert "Personalesag" not in event["DESCRIPTION"]
    assert event["DTSTAMP"].dt <= timezone.now()
    assert (before["STATUS"], event["STATUS"]) == ("TENTATIVE", "CONFIRMED")
    assert (before["SEQUENCE"], event["SEQUENCE"]) == (0, 1)


def test_the_event_keeps_its_identity_and_grows_by_an_edition(meeting):
    send(meeting)
    first = event_of(meeting)
    send(meeting)
    second = event_of(meeting)
    assert first["UID"] == second["UID"]
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (1, 2)
    other = planned_meeting(on=days(9))
    assert event_of(other)["UID"] != first["UID"]


@pytest.mark.parametrize(("month", "offset"), [(1, 1), (7, 2)])
def test_the_time_zone_is_written_out_for_winter_and_summer(month, offset):
    starts = datetime(2027, month, 12, 10, tzinfo=COPENHAGEN)
    meeting = meetings.plan_meeting(body=the_board(), starts_at=starts, ends_at=starts + timedelta(hours=2))
    calendar = Calendar.from_ical(calendar_of(meeting))
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/Copenhagen"
    assert zone.to_tz().utcoffset(datetime(2027, month, 12, 10)) == timedelta(hours=offset)  # noqa: DTZ001 - the zone asked
    event = event_of(meeting)
    assert event["DTSTART"].params["TZID"] == "Europe/Copenhagen"
    assert event["DTSTART"].dt.utcoffset() == timedelta(hours=offset)


def test_a_written_procedure_is_a_deadline_and_takes_no_time():
    meeting = planned_meeting(on=days(7), procedure="written")
    event = event_of(meeting)
    assert event["DTSTART"].dt == event["DTEND"].dt == meeting.ends_at
    assert event["TRANSP"] == "TRANSPARENT"


def test_long_lines_are_folded_for_strict_readers(meeting):
    agendas.add_point(meeting=meeting, title="Æ" * 180)
    assert max(len(line) for line in calendar_of(meeting).split(b"\r\n")) <= 75
