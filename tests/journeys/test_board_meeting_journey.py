"""A meeting of the board: laid, sent, read ahead, held, and its minutes approved."""

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from governance.models import Decision, Meeting
from tests.factories import board_people, board_with, business_manager, ready_case

from .acts import approve_at_next_meeting, lay_agenda, mark, plan_meeting, write_minutes
from .mailbox import Mailbox

START = ["approve_steering_group", ("approve_budget", {"scope": "project"}), "start"]
ASSOCIATION = "Ny projektmodel for alle"


@pytest.fixture
def board(n2_concept):
    return board_with(3)


def test_the_board_reads_ahead_meets_and_approves_its_minutes(n2_concept, board, enter, worker):
    agreed = ready_case(n2_concept, *START)
    disputed = ready_case(None, ("other", {"text": ASSOCIATION}), title=ASSOCIATION)
    manager = enter(business_manager().email)
    with Mailbox() as mailbox, worker(EMAIL_URL=mailbox.url):
        meeting = plan_meeting(manager, starts="00.05", ends="23.55")
        lay_agenda(manager, meeting, agreed.title, disputed.title)
        manager.presses("Send dagsordenen")
        letters = [mailbox.next_letter() for _member in range(3)]
    assert {letter["To"] for letter in letters} == {person.email for person in board_people()}
    (calendar,) = [part for part in letters[0].walk() if part.get_content_type() == "text/calendar"]
    (event,) = Calendar.from_ical(calendar.get_content()).walk("VEVENT")
    assert event.decoded("dtstart").date() == Meeting.objects.get().date

    chair, second, third = (enter(person.email) for person in board_people())
    for member in (chair, second):
        mark(member, meeting, {agreed.title: "Forhåndsgodkend", disputed.title: "Forhåndsgodkend"})
    mark(third, meeting, {agreed.title: "Forhåndsgodkend", disputed.title: "Skal drøftes"}, why="Hvad koster den?")
    chair.looks_on_phone()
    chair.opens(f"{meeting}overblik/")
    chair.reads("Hvad koster den?", ASSOCIATION)

    manager.opens(f"{meeting}fremmoede/")
    manager.presses("Gem fremmødet")
    manager.opens(f"{meeting}afhold/")
    manager.follows("Se, og godkend under ét")
    manager.does_not_read(ASSOCIATION)
    manager.presses("Godkend 1 punkt")
    n2_concept.refresh_from_db()
    assert n2_concept.stage == "project"
    vote_down(manager, meeting, disputed.number)
    assert set(Decision.objects.values_list("method", "outcome")) == {
        ("consent", "approved"),
        ("roll_call", "rejected"),
    }

    write_minutes(manager, meeting, "Bestyrelsen drøftede projektmodellen.")
    chair.opens(f"{meeting}referat/")
    chair.presses("Frigiv referatet")
    visitor = enter()
    visitor.opens("/offentlige-beslutninger/")
    visitor.does_not_read(agreed.title)
    approve_at_next_meeting(manager, f"{meeting}referat/", starts="00.10", ends="23.58")
    visitor.opens("/offentlige-beslutninger/")
    visitor.reads(agreed.title, ASSOCIATION)
    visitor.looks_on_phone()


def vote_down(manager, meeting, number):
    """Record a roll call in which two of three are against: it cannot be recorded as approved, and the sum says why."""
    manager.opens(f"{meeting}sager/{number}/beslutning/")
    manager.ticks("Afstemning ved navneopråb")
    for row, choice in zip(
        manager.main.get_by_role("row").filter(has=manager.page.get_by_role("radio")).all(),
        ("For", "Imod", "Imod"),
        strict=True,
    ):
        manager.ticks(choice, within=row)
    manager.ticks("Godkendt")
    manager.writes({"Beslutning og begrundelse": "Modellen er for dyr."})
    expect(manager.page.locator("#verdict")).to_contain_text("1 for, 2 imod")
    expect(manager.main.get_by_role("button", name="Gem beslutning og gennemfør")).to_have_count(0)
    manager.ticks("Afvist")
    manager.writes({"Grund": "Kan ikke realiseres inden for økonomi"})
    manager.presses("Gem beslutning og gennemfør")
    manager.reads("Afvist", "1 for, 2 imod")
