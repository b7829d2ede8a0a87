"""The main job, once all the way through, by the people it takes: from an idea to a published product.

Issue 2, first paragraph. Each act is a function below; what they share with other journeys is in acts.py.
"""

import io
import re
from itertools import pairwise

import pikepdf
import pytest
from playwright.sync_api import expect

from portfolio.models import Answer, Initiative, Requirement
from tests.factories import answer_all

from .acts import (
    Idea,
    Reply,
    add_participants,
    address,
    adopt,
    answer,
    appoint,
    approve_budget,
    day,
    describe,
    hold_meeting,
    lay_budget,
    missing,
    pass_report_on,
    plan,
    recommend,
    record_decision,
    register_dialogue,
    register_idea,
    send_report,
    set_up_group,
    shape,
    take_snapshot,
)

IDEA = Idea(
    title="Fælles affaldskalender",
    idea="Borgere skal kunne se, hvornår affaldet bliver hentet, og bestille en tid til storskrald.",
    need="Borgerne ringer, fordi de ikke ved, hvornår skraldebilen kommer.",
    organisation="Odder Kommune",
)
SIMILAR = "Eksempel: Åben tidsbestilling"
DEFERRED = "N2-F2"  # a certified project lead: left open until the board defers it
SEATS = (
    ("styregruppeformand@example.org", "Formand"),
    ("styregruppe.lejre@example.org", "Medlem"),
    ("styregruppe.faxe@example.org", "Medlem"),
)
GREEN = ("Grøn", "")
LIGHTS = {
    "Tid": ("Gul", "Leverandøren er tre uger forsinket."),
    **dict.fromkeys(["Ressourcer", "Økonomi", "Kvalitet", "Gevinster"], GREEN),
}


@pytest.mark.usefixtures("demo")
def test_from_an_idea_to_a_published_product(enter, enter_as, worker, tmp_path):
    manager = enter_as("forretningsleder")
    finds_the_real_portfolio(manager)
    slug = register_idea(manager, IDEA, similar=SIMILAR)
    becomes_a_concept(manager, slug)

    lead, chair = enter_as("projektleder"), enter_as("styregruppeformand")
    becomes_ready_for_the_board(manager, lead, chair, slug, tmp_path)
    becomes_a_project(manager, slug)
    tells_how_it_goes(manager, lead, chair, slug)
    with worker():
        board_report_is_printed(manager)

    becomes_ready_for_launch(manager, lead, chair, slug)
    becomes_a_product(manager, slug)
    is_published(manager, enter(), slug)


def finds_the_real_portfolio(manager):
    """It is there, and what is unknown about it stays unknown."""
    manager.looks_on_phone()
    manager.searches("kitos")
    manager.follows("OS2kitos")
    manager.reads("Produkt", "Registreret fra før portalen")
    manager.looks_on_phone()


def becomes_a_concept(manager, slug):
    """Every act takes something off what is missing, until nothing is."""
    left = [missing(manager, slug)]
    manager.looks_on_phone()
    register_dialogue(manager, slug)
    left.append(missing(manager, slug))
    describe(manager, slug, IDEA)
    left.append(missing(manager, slug))
    assert left == [9, 8, 0]
    shape(manager, slug, 2)


def becomes_ready_for_the_board(manager, lead, chair, slug, tmp_path):
    """People, answers, budget and plan: the gate shrinks until only the one thing is left that will be deferred."""
    left = [missing(manager, slug)]
    set_up_group(manager, slug, "Styregruppe", "Styregruppen for affaldskalenderen", SEATS)
    appoint(manager, slug, "Projektleder", "projektleder@example.org")
    appoint(manager, slug, "Projektejer", "projektejer@example.org")
    add_participants(manager, slug, "Struer Kommune", "Lejre Kommune")
    manager.looks_on_phone()
    left.append(missing(manager, slug))

    notes = tmp_path / "beregning.txt"
    notes.write_text("Ti minutter for hver samtale.")
    replies = [
        Reply("N1-R1", "Idéen er skrevet ned og drøftet.", url="https://www.example.org/ide"),
        Reply("N1-R2", "Færre opkald.", file=notes),
        Reply("N1-R3", "Alle kommuner henter affald."),
    ]
    answer(lead, slug, replies)
    lead.looks_on_phone()
    left.append(missing(lead, slug))
    lay_budget(lead, slug, "project", [("Udvikling", "OS2", "300.000"), ("Udvikling", "Lokale midler", "200.000")])
    approve_budget(chair, slug, "projektets økonomi")
    plan(lead, slug)
    left.append(missing(lead, slug))
    answer_the_rest(slug, Requirement.Due.START)
    Answer.objects.filter(initiative__slug=slug, requirement__code=DEFERRED).delete()
    left.append(missing(manager, slug))

    assert all(before > after for before, after in pairwise(left)), left
    assert left[-1] == 1


def answer_the_rest(slug, due):
    """What nobody has answered through the page; the page has been tried by then, and there are dozens."""
    answer_all(Initiative.objects.get(slug=slug), due=due)


def becomes_a_project(manager, slug):
    """The board approves with one condition, which shows from then on."""
    title = "Igangsættelse af affaldskalenderen"
    manager.opens(address(slug))
    gate = manager.part("Hvad mangler, før bestyrelsen kan igangsætte projektet?")
    recommend(manager, gate, "Indstil med 1 vilkår", title)
    meeting = hold_meeting(manager, title, starts="0.05")
    terms = {f"Frist for {DEFERRED}": day(60), f"Ansvarlig for {DEFERRED}": "Projektlederen"}
    record_decision(manager, meeting, "Godkendt med vilkår", "Bestyrelsen godkendte projektet.", terms=terms)
    manager.looks_on_phone()
    manager.reads(DEFERRED, "er nu projekt")
    manager.opens(address(slug))
    manager.reads("Projekt siden", "1 udskudt")
    manager.opens(address(slug, "historik/"))
    manager.reads("Fra koncept til projekt")
    manager.opens("/forside/")
    manager.reads(IDEA.title)


def tells_how_it_goes(manager, lead, chair, slug):
    """The report is written, approved and received, and the overview shows it."""
    send_report(lead, slug, LIGHTS)
    pass_report_on(chair, slug, "Godkend rapporten")
    pass_report_on(manager, slug, "Modtag rapporten")
    manager.reads("Porteføljen viser nu tallene fra den.")
    manager.opens("/portefoelje/projekter/")
    expect(manager.row(IDEA.title).get_by_role("img", name="Tid: Gul")).to_be_visible()


def board_report_is_printed(manager):
    """The worker makes the report while the page tells how far it is."""
    take_snapshot(manager)
    manager.presses("Lav bestyrelsesrapporten")
    read = manager.main.get_by_role("link", name="Læs rapporten (PDF)")
    expect(read).to_be_visible(timeout=60_000)
    manager.looks_on_phone()
    answered = manager.page.request.get(read.get_attribute("href"))
    assert answered.headers["content-type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answered.body())) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "da"
        assert len(pdf.pages) > 40, "a page for each product"
        assert "Bestyrelsesrapport" in str(pdf.docinfo.Title)


def becomes_ready_for_launch(manager, lead, chair, slug):
    """Who takes care of it from now on, what it costs, who uses it."""
    before = missing(manager, slug)
    seats = [("koordinator@example.org", "Medlem")]
    set_up_group(manager, slug, "Koordinationsgruppe", "Koordinationsgruppen for affaldskalenderen", seats)
    appoint(manager, slug, "Systemejer", "systemejer@example.org")
    adopt(lead, slug, "Odder Kommune", "Struer Kommune")
    lay_budget(lead, slug, "product", [("Drift", "Lokale midler", "80.000")])
    approve_budget(chair, slug, "produktets økonomi")
    assert missing(manager, slug) < before
    answer_the_rest(slug, Requirement.Due.LAUNCH)
    assert missing(manager, slug) == 0


def becomes_a_product(manager, slug):
    """The board's decision about the product's economy makes it one."""
    title = "Affaldskalenderen som OS2-produkt"
    manager.opens(address(slug))
    gate = manager.part("Hvad mangler, før bestyrelsen kan godkende produktet?")
    recommend(manager, gate, "Skriv indstillingen", title)
    meeting = hold_meeting(manager, title, starts="0.10")
    record_decision(manager, meeting, "Godkendt", "Bestyrelsen godkendte produktet.")
    manager.reads("er nu produkt")
    manager.opens(address(slug))
    manager.reads("Produkt siden")


def is_published(manager, visitor, slug):
    """Everybody sees it, once the manager has seen what everybody will see; and nobody is followed."""
    page = f"/loesninger/{slug}/"
    visitor.opens(page, status=404)
    take_snapshot(manager)
    manager.opens("/offentliggoerelse/")
    manager.follows(re.compile("^Se, hvad øjebliksbillede 2"))
    manager.reads(f"{IDEA.title} · Produkt")
    manager.presses("Offentliggør")
    manager.reads("Alle kan se den nu.")

    visitor.opens("/")
    visitor.looks_on_phone()
    visitor.writes({"Søg efter løsning, opgave eller kommune": "affaldskalender"})
    visitor.presses("Søg")
    visitor.follows(IDEA.title)
    visitor.reads("Produkt", IDEA.facts["Formål"])
    visitor.does_not_read("300.000", "example.org", "Vi gennemgik kravene.")
    visitor.looks_on_phone()
    assert visitor.page.context.cookies() == []
