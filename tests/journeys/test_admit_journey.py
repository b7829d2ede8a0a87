"""A finished product handed over to OS2: from concept to product by one decision of the board."""

import pytest
from playwright.sync_api import expect

from tests.factories import business_manager, person_as, ready_to_launch

from .acts import Reply, address, answer, hold_meeting, recommend, record_decision

CODE = "N1-F1"  # the source code is shared: asked of a product, so it must be answered before it can be admitted
TITLE = "Løsningen som OS2-produkt"


@pytest.fixture
def finished(n2_concept):
    """A concept that is a product in all but name: it only lacks one answer, and the board's decisions."""
    finished = ready_to_launch(n2_concept)
    finished.answers.filter(requirement__code=CODE).delete()
    return finished


def test_a_finished_product_is_admitted_by_the_board(finished, enter):
    lead = enter(person_as("lead", finished).email)
    manager = enter(business_manager().email)
    slug = finished.slug

    expect(other_way(manager, slug)).to_contain_text(CODE)
    answer(lead, slug, [Reply(CODE, "Koden ligger åbent.", url="https://www.example.org/kode")])
    gate = other_way(manager, slug)
    expect(gate).to_contain_text("Intet krav mangler.")
    recommend(manager, gate, "Skriv indstillingen", TITLE)
    meeting = hold_meeting(manager, TITLE)
    record_decision(manager, meeting, "Godkendt", "Bestyrelsen optog løsningen.")
    manager.reads("er nu produkt")

    lead.opens(address(slug))
    lead.reads("Produkt siden")
    lead.looks_on_phone()
    manager.opens(address(slug, "historik/"))
    manager.follows("Se kravene, som de var")
    manager.reads("Ikke relevant")


def other_way(manager, slug):
    """The second gate of a concept's page, which is folded away."""
    manager.opens(address(slug))
    manager.main.get_by_text("En anden vej: Optag som færdigt produkt").click()
    return manager.part("Hvad mangler, før bestyrelsen kan optage løsningen som produkt?")
