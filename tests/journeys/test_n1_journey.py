"""A small initiative on N1: from a municipality's idea to a product, without the board's decision anywhere."""

import pytest

from portfolio.models import Initiative, Requirement
from tests.factories import (
    EconomyCategoryFactory,
    OrganisationFactory,
    SubjectAreaFactory,
    UserFactory,
    answer_all,
    business_manager,
    inform_board,
)

from .acts import (
    Idea,
    address,
    adopt,
    appoint,
    approve_budget,
    describe,
    lay_budget,
    missing,
    pass_report_on,
    plan,
    register_dialogue,
    register_idea,
    send_report,
    shape,
)

IDEA = Idea(
    title="Nøgler til klubhuset",
    idea="Foreninger skal kunne låse sig ind med telefonen.",
    need="Pedellen kører rundt med nøgler hver aften.",
    organisation="Nyby Kommune",
)


@pytest.fixture
def people(catalogue):
    """Who it takes: the one with the idea, the one who pays, and the business manager."""
    SubjectAreaFactory()
    EconomyCategoryFactory()
    nyby = OrganisationFactory(name="Nyby", member=True)
    return UserFactory(organisation=nyby), UserFactory(organisation=nyby), business_manager()


def test_a_small_initiative_becomes_a_product_without_the_board(people, enter):
    proposer_row, owner_row, manager_row = people
    proposer, manager = enter(proposer_row.email), enter(manager_row.email)

    slug = register_idea(proposer, IDEA)
    register_dialogue(manager, slug)
    describe(proposer, slug, IDEA)
    shape(manager, slug, 1, "Det koster lidt og kan gøres af én kommune.")
    proposer.opens(address(slug))
    proposer.reads("Niveau 1", "Igangsæt projektet kan ikke vælges. Det gør forretningslederen.")

    appoint(manager, slug, "Projektejer", owner_row.email)
    owner = enter(owner_row.email)
    plan(owner, slug)
    owner.opens(address(slug, "oekonomi/project/nyt/"))
    refuses_money_from_os2(owner)
    lay_budget(owner, slug, "project", [("Udvikling", "Lokale midler", "45.000")])
    approve_budget(owner, slug, "projektets økonomi")
    assert missing(manager, slug) > 0
    answer_all(Initiative.objects.get(slug=slug), due=Requirement.Due.START)

    assert missing(manager, slug) == 0
    manager.follows("Igangsæt projektet")
    manager.presses("Igangsæt projektet")
    manager.reads("er nu projekt")

    send_report(owner, slug, {"Tid": ("Grøn", ""), "Økonomi": ("Gul", "Låsene er blevet dyrere.")})
    pass_report_on(owner, slug, "Godkend rapporten")
    pass_report_on(manager, slug, "Modtag rapporten")

    adopt(owner, slug, "Nyby Kommune")
    lay_budget(owner, slug, "product", [("Udvikling", "Lokale midler", "5.000")])
    approve_budget(owner, slug, "produktets økonomi")
    inform_board(Initiative.objects.get(slug=slug))
    answer_all(Initiative.objects.get(slug=slug), due=Requirement.Due.LAUNCH)
    assert missing(manager, slug) == 0
    manager.follows("Sæt i drift som produkt")
    manager.writes({"Erfaringer fra projektet": "Spørg pedellen først."})
    manager.presses("Sæt i drift som produkt")
    manager.reads("er nu produkt")
    manager.opens(address(slug, "historik/"))
    manager.reads("Spørg pedellen først.")
    manager.looks_on_phone()


def refuses_money_from_os2(owner):
    """On N1 nobody asks OS2 for money: the rule stands beside the row, and what was typed is still there."""
    owner.writes(
        {
            "År, række 1": "2027",
            "Kategori, række 1": "Udvikling",
            "Finansiering, række 1": "OS2",
            "Beløb i kr., række 1": "45.000",
        }
    )
    owner.presses("Læg versionen")
    owner.reads("niveau 1")
    assert owner.field("Beløb i kr., række 1").input_value() == "45.000"
