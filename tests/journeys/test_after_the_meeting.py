"""After a meeting: what was agreed is followed, locked minutes are corrected, a decision is taken back from public."""

import re

import pytest
from django.utils.formats import date_format

from governance.models import AgendaItem, Meeting
from publishing.models import PublishedMinutes
from tests.factories import board_people, board_with, business_manager, days, decide, held_meeting
from tests.governance.pages import day_text

TITLE = "Nyt fra medlemmerne"
DECIDED = "Bestyrelsen godkender den nye projektmodel."


@pytest.fixture
def meeting(catalogue):
    """Last month's meeting with a decision and a point to talk about, and one since that can approve its minutes."""
    board_with(3)
    row = held_meeting(on=days(-30))
    decide(None, ("other", {"text": "Brug modellen."}), meeting=row, text=DECIDED)
    AgendaItem.objects.create(meeting=row, number=80, kind=AgendaItem.Kind.STANDING, title=TITLE)
    AgendaItem.objects.create(meeting=held_meeting(on=days(-1)), number=1, kind=AgendaItem.Kind.MINUTES)
    return row


def test_what_was_agreed_is_followed_and_what_was_said_is_corrected_and_taken_back(meeting, enter):
    manager, chair = enter(business_manager().email), enter(board_people()[0].email)
    member = board_people()[1]
    minutes = f"/moeder/{meeting.pk}/referat/"

    manager.opens(minutes)
    manager.reads("Referatet siger intet om punkt 80.", DECIDED)
    manager.follows("Skriv til punkt 80")
    manager.writes({"Referat": "To kommuner vil være med."})
    manager.presses("Gem")
    manager.follows("Opret en opgave til punkt 80")
    manager.writes({"Opgave": "Inviter de to", "Ansvarlig": member.email, "Senest": day_text(days(9))})
    manager.presses("Opret opgaven")
    manager.reads("Inviter de to", "Det venter på")

    chair.opens("/forside/")
    chair.follows(re.compile("^Læs og frigiv"))
    chair.presses("Frigiv referatet")
    chair.looks_on_phone()

    owner = enter(member.email)
    owner.follows(re.compile("^Meld den gjort"))
    owner.writes({"Resultat": "De kommer til næste møde."})
    owner.presses("Meld opgaven gjort")
    owner.reads("Der er ingen åbne opgaver")
    owner.opens("/opgaver/?state=done")
    owner.reads("De kommer til næste møde.")
    owner.looks_on_phone()

    manager.opens(minutes)
    manager.presses(f"Godkendt på mødet {written(days(-1))}")
    manager.follows("Tilføj en rettelse til punkt 80")
    manager.writes({"Rettelse": "Det var tre kommuner."})
    manager.presses("Tilføj rettelsen")
    manager.reads("Det var tre kommuner.", "To kommuner vil være med.")

    visitor = enter()
    visitor.opens(f"/referater/{meeting.pk}/")
    visitor.reads(DECIDED, "Det var tre kommuner.")
    visitor.does_not_read("Inviter de to")
    visitor.looks_on_phone()

    number = meeting.decisions.get().number
    manager.opens(f"/beslutninger/{number}/")
    manager.follows("Offentlighed")
    manager.follows("Træk den tilbage")
    manager.writes({"Hvorfor trækkes beslutningen tilbage?": "Teksten nævner en pris."})
    manager.presses("Træk den tilbage")
    visitor.opens(f"/offentlige-beslutninger/{number}/", status=410)
    visitor.does_not_read(DECIDED)
    visitor.opens("/offentlige-beslutninger/")
    visitor.reads(f"Beslutning {number}")
    visitor.does_not_read(DECIDED)
    assert PublishedMinutes.objects.filter(meeting=meeting).count() == 3
    assert Meeting.objects.get(pk=meeting.pk).minutes_approved_on is not None


def written(day):
    """A day as pages write it."""
    return date_format(day, "DATE_FORMAT")
