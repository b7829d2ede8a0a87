"""Before a board meeting, in the browser: the agenda is laid, dragged into order and sent; three read, one flags."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import expect

from governance import agenda_letters
from governance.domain.cases import edit_case
from governance.models import Case
from tests.factories import board_people, board_with, business_manager, days, planned_meeting, ready_case

LETTER = "governance.agenda_letters.send_agenda"


@pytest.fixture
def meeting(transactional_db):
    """A board of three, a meeting in a week, and two cases that are ready."""
    board = board_with(3)
    for title in ("Handleplan for næste år", "Ny mødekalender"):
        case = ready_case(None, ("other", {"text": title}), body=board)
        Case.objects.filter(pk=case.pk).update(title=title)
    return planned_meeting(board, on=days(7))


def headings(person):
    return person.main.locator("ol .os2-ag__title").all_inner_texts()


def point(person, heading):
    """One point of the page where members read ahead."""
    return person.main.locator(".os2-read", has=person.page.get_by_role("heading", name=heading))


def stands(person, heading, stand):
    point(person, heading).get_by_text(stand, exact=True).click()


def page_of(meeting, name="meeting"):
    return reverse(f"governance:{name}", args=[meeting.pk])


def lay_and_send(manager, meeting):
    manager.opens(page_of(meeting))
    manager.follows("Læg dagsordenen")
    manager.presses("Sæt punkterne på")
    manager.follows("Orden og minutter")
    rows = manager.main.locator("tbody tr")
    rows.filter(has_text="Ny mødekalender").drag_to(
        rows.filter(has_text="Porteføljen"), target_position={"x": 200, "y": 2}
    )
    manager.presses("Gem orden og minutter")
    assert headings(manager) == ["1. Ny mødekalender", "2. Porteføljen", "3. Handleplan for næste år", "4. Eventuelt"]
    manager.looks_on_phone()
    manager.presses("Send dagsordenen")
    manager.reads("Dagsordenen er sendt")


def test_three_members_read_ahead_and_one_flags(meeting, enter):
    manager = enter(business_manager().email)
    lay_and_send(manager, meeting)
    told = DBTaskResult.objects.filter(task_path=LETTER)
    assert told.count() == 3
    agenda_letters.send_agenda.func(**told.first().args_kwargs["kwargs"])
    assert [name for name, _content, _kind in mail.outbox[-1].attachments] == ["moede.ics"]

    for number, row in enumerate(board_people()):
        member = enter(row.email)
        member.opens("/forside/")
        member.follows(re.compile("Læs og markér"))
        stands(member, "Ny mødekalender", "Forhåndsgodkend")
        if number == 2:
            stands(member, "Handleplan", "Skal drøftes")
            point(member, "Handleplan").get_by_label(re.compile("Hvorfor skal det drøftes")).fill("Hvem gør det?")
        else:
            stands(member, "Handleplan", "Forhåndsgodkend")
        member.looks_on_phone()
        member.presses("Gem markeringer og tekster")

    chair = enter(board_people()[0].email)
    chair.opens(page_of(meeting, "meeting-overview"))
    chair.reads("Samlet godkendelse: 1 sag", "Hvem gør det?")
    consent = chair.main.locator(".os2-consent")
    expect(consent).to_contain_text("Ny mødekalender")
    expect(consent).not_to_contain_text("Handleplan")


def test_what_changed_while_it_was_read_is_told_and_the_rest_saved(meeting, enter):
    lay_and_send(enter(business_manager().email), meeting)
    member = enter(board_people()[1].email)
    member.opens(page_of(meeting, "reading"))
    point(member, "Handleplan").get_by_text("Læs sagen").click()
    expect(point(member, "Handleplan").get_by_label("Læst", exact=True)).to_be_checked()
    expect(point(member, "Ny mødekalender").get_by_label("Ikke læst")).to_be_checked()
    stands(member, "Ny mødekalender", "Forhåndsgodkend")
    stands(member, "Handleplan", "Forhåndsgodkend")
    case = Case.objects.get(title="Handleplan for næste år")
    edit_case(case=case, version=case.version, about="Der er kommet et nyt mål.")
    member.presses("Gem markeringer og tekster")
    member.reads("1 punkt blev ikke gemt", "1 punkt er markeret.")
    expect(point(member, "Handleplan").get_by_label("Forhåndsgodkend")).not_to_be_checked()
    expect(point(member, "Ny mødekalender").get_by_label("Forhåndsgodkend")).to_be_checked()


def test_reading_and_ordering_work_without_javascript(meeting, enter):
    manager = enter(business_manager().email, java_script_enabled=False)
    manager.opens(page_of(meeting, "agenda-lay"))
    manager.presses("Sæt punkterne på")
    manager.opens(page_of(meeting, "agenda-arrange"))
    row = manager.main.locator("tbody tr").filter(has_text="Ny mødekalender")
    manager.presses(re.compile("^Op"), within=row)
    manager.opens(page_of(meeting))
    assert headings(manager)[1] == "2. Ny mødekalender"
    manager.presses("Send dagsordenen")
    member = enter(board_people()[1].email, java_script_enabled=False)
    member.opens(page_of(meeting, "reading"))
    stands(member, "Ny mødekalender", "Forhåndsgodkend")
    member.presses("Gem markeringer og tekster")
    member.reads("1 punkt er markeret.", "1 af 3 forhåndsgodkendt")
