"""What people really do to forms: mistype, press twice, go back, write at the same time, leave the mouse alone."""

import pytest
from playwright.sync_api import expect

from governance.domain import agendas
from portfolio.models import Budget, Evidence, Initiative
from tests.factories import (
    EconomyCategoryFactory,
    InitiativeFactory,
    OrganisationFactory,
    business_manager,
    held_meeting,
    person_as,
    ready_case,
)

from .acts import Idea, address, day, register_idea

IDEA = Idea(
    title="Udlån af cykler",
    idea="Borgere skal kunne låne en cykel med telefonen.",
    need="Cyklerne står ubrugte.",
    organisation="Søby Kommune",
)
TYPED = {"Titel": IDEA.title, "Idé": IDEA.idea, "Lokalt behov": IDEA.need}
TO_REGISTER = "Registrér idéen"


@pytest.fixture
def member(catalogue, enter):
    OrganisationFactory(name="Søby")
    return enter(person_as("member_user").email)


@pytest.fixture
def concept(catalogue):
    EconomyCategoryFactory()
    return InitiativeFactory(concept=True, described=True, level=1)


@pytest.fixture
def agenda(n2_concept):
    """A case on the agenda of a meeting that was held, about starting a project."""
    effects = ["approve_steering_group", ("approve_budget", {"scope": "project"}), "start"]
    meeting = held_meeting()
    agendas.put_on_agenda(meeting=meeting, case=ready_case(n2_concept, *effects))
    return meeting


# ---------------------------------------------------------------- keys
def test_an_idea_is_registered_without_a_mouse(member):
    page, press = member.page, member.page.keyboard.press
    member.opens("/initiativer/ny/")
    press("Tab")
    expect(page.get_by_role("link", name="Gå til sidens indhold")).to_be_focused()
    press("Enter")
    assert page.url.endswith("#main-content")
    for label, text in TYPED.items():
        tab_to(page, member.field(label))
        page.keyboard.type(text)
    tab_to(page, member.field("Kommer fra"))
    press("ArrowDown")
    tab_to(page, member.main.get_by_role("checkbox", name="Idéen må offentliggøres"))
    press("Space")
    tab_to(page, member.main.get_by_role("button", name=TO_REGISTER))
    with page.expect_navigation():
        press("Enter")
    member.reads("Idéen er registreret")
    stored = Initiative.objects.get(name=IDEA.title)
    assert (stored.is_public_idea, stored.origin) == (True, "expert_group")


def tab_to(page, control):
    """Press Tab until the control has the focus, and see that it shows."""
    for _press in range(30):
        page.keyboard.press("Tab")
        if control.evaluate("each => each === document.activeElement"):
            break
    expect(control).to_be_focused()
    outlined = (
        "each => { const s = getComputedStyle(each); return s.outlineStyle !== 'none' || s.boxShadow !== 'none' }"
    )
    assert control.evaluate(outlined), "the focus must be seen"


# ---------------------------------------------------------------- slips
def test_a_title_of_ten_thousand_characters_is_refused_and_the_rest_is_kept(member):
    member.opens("/initiativer/ny/")
    member.field("Titel").evaluate("each => each.removeAttribute('maxlength')")
    member.writes({**TYPED, "Titel": "Æ" * 10_000})
    member.presses(TO_REGISTER)
    expect(member.page.get_by_role("alert").first).to_be_focused()
    assert member.field("Idé").input_value() == IDEA.idea
    assert not Initiative.objects.exists()
    member.writes({"Titel": IDEA.title})
    member.presses(TO_REGISTER)
    member.reads("Idéen er registreret")


@pytest.mark.parametrize("typed", ["31-02-2027", "i morgen", "0026-01-01"])
def test_a_day_that_does_not_exist_is_refused_beside_its_field(concept, enter, typed):
    manager = enter(business_manager().email)
    manager.opens(address(concept.slug, "plan/"))
    manager.writes({"Planlagt start": typed, "Business case": "Det betaler sig."})
    manager.presses("Gem")
    assert manager.field("Planlagt start").get_attribute("aria-invalid") == "true"
    assert manager.field("Planlagt start").input_value() == typed
    assert manager.field("Business case").input_value() == "Det betaler sig."
    manager.looks_on_phone()
    manager.writes({"Planlagt start": day(1), "Planlagt slut": day(-1)})
    manager.presses("Gem")
    assert manager.field("Planlagt slut").get_attribute("aria-invalid") == "true"
    assert not Initiative.objects.get(pk=concept.pk).business_case


@pytest.mark.parametrize("typed", ["tusind", "1,234.50", "-5", "1e9", "99999999999999"])
def test_an_amount_that_is_none_is_refused_beside_its_field(concept, enter, typed):
    lead = enter(person_as("lead", concept).email)
    lead.opens(address(concept.slug, "oekonomi/project/nyt/"))
    row = {
        "År, række 1": "2027",
        "Kategori, række 1": "Udvikling",
        "Finansiering, række 1": "Lokale midler",
        "Beløb i kr., række 1": typed,
    }
    lead.writes(row)
    lead.presses("Læg versionen")
    assert lead.field("Beløb i kr., række 1").get_attribute("aria-invalid") == "true"
    assert lead.field("Beløb i kr., række 1").input_value() == typed
    assert not Budget.objects.exists()
    lead.writes({"Beløb i kr., række 1": "1.234,50"})
    lead.presses("Læg versionen")
    lead.reads("1.234,50 kr.")


@pytest.mark.parametrize(("name", "content"), [("plan.exe", b"MZ\x90"), ("plan.pdf", b"MZ\x90"), ("plan.pdf", b"")])
def test_a_program_is_no_evidence(concept, enter, tmp_path, name, content):
    lead = enter(person_as("lead", concept).email)
    lead.opens(address(concept.slug, "tjekliste/?krav=N1-F2#N1-F2"))
    file = tmp_path / name
    file.write_bytes(content)
    lead.ticks("Ja")
    lead.writes({"Uddybning": "Licensen er MPL-2.0."})
    lead.encloses("Tilføj fil", file)
    lead.main.get_by_role("button", name="Gem og luk").click()
    expect(lead.main.get_by_label("Tilføj fil")).to_have_attribute("aria-invalid", "true")
    assert lead.field("Uddybning").input_value() == "Licensen er MPL-2.0."
    assert not Evidence.objects.exists()
    assert not concept.answers.exists()


# ---------------------------------------------------------------- twice, and at once
def test_a_double_click_registers_one_idea(member):
    member.opens("/initiativer/ny/")
    member.writes(TYPED)
    with member.page.expect_navigation():
        member.main.get_by_role("button", name=TO_REGISTER).dblclick()
    member.reads("Idéen er registreret")
    assert Initiative.objects.count() == 1


def test_going_back_and_pressing_again_does_not_register_it_twice(member):
    slug = register_idea(member, IDEA)
    member.page.go_back()
    expect(member.main.get_by_role("button", name=TO_REGISTER)).to_be_visible()
    member.writes(TYPED)
    member.presses(TO_REGISTER)
    assert [row.slug for row in Initiative.objects.all()] == [slug]


def test_two_who_write_at_once_see_both_texts(concept, enter):
    first, second = enter(person_as("lead", concept).email), enter(business_manager().email)
    for person in (first, second):
        person.opens(address(concept.slug, "beskriv/"))
    first.writes({"Formål": "Det, den første skrev."})
    first.presses("Gem")
    second.writes({"Formål": "Det, den anden skrev."})
    second.presses("Gem")
    second.reads("Det, den første skrev.")
    second.looks_on_phone()
    assert second.field("Formål").input_value() == "Det, den anden skrev."
    assert Initiative.objects.get(pk=concept.pk).purpose == "Det, den første skrev."
    second.presses("Gem det, jeg har skrevet, oven på deres")
    assert Initiative.objects.get(pk=concept.pk).purpose == "Det, den anden skrev."


def test_a_decision_is_recorded_once_however_one_goes_back(agenda, n2_concept, enter):
    manager = enter(business_manager().email)
    manager.opens(f"/moeder/{agenda.pk}/")
    manager.main.get_by_role("link", name="Registrér beslutningen").click()
    manager.writes({"Beslutning og begrundelse": "Bestyrelsen godkendte."})
    manager.presses("Gem beslutning og gennemfør")
    manager.reads("er nu projekt")
    manager.page.go_back()
    manager.page.reload()
    manager.reads("Sagen er afgjort. Her er beslutningen.")
    assert n2_concept.events.filter(transition="start").count() == 1


# ---------------------------------------------------------------- without JavaScript
def test_a_decision_is_recorded_without_javascript(agenda, enter):
    manager = enter(business_manager().email, java_script_enabled=False)
    manager.opens(f"/moeder/{agenda.pk}/")
    manager.follows("Registrér beslutningen på punkt 1")
    manager.ticks("Sendt tilbage")
    manager.presses("Regn ud igen")
    consequences = manager.part("Det sker, når du gemmer")
    expect(consequences).not_to_contain_text("bliver til et projekt")
    manager.writes({"Beslutning og begrundelse": "Økonomien skal belyses."})
    manager.presses("Gem beslutning og gennemfør")
    assert manager.field("Grund").get_attribute("aria-invalid") == "true"
    assert manager.field("Beslutning og begrundelse").input_value() == "Økonomien skal belyses."
    manager.ticks("Godkendt")
    manager.presses("Regn ud igen")
    expect(consequences).to_contain_text("bliver til et projekt")
    manager.presses("Gem beslutning og gennemfør")
    manager.reads("Beslutningen er registreret og gennemført.", "er nu projekt")


def test_the_checklist_is_answered_without_javascript(concept, enter, tmp_path):
    lead = enter(person_as("lead", concept).email, java_script_enabled=False)
    licence = tmp_path / "LICENSE.txt"
    licence.write_text("Mozilla Public License 2.0")
    lead.opens(address(concept.slug, "tjekliste/"))
    lead.follows("Licenskriterier er overholdt")
    lead.ticks("Ikke relevant")
    lead.presses("Gem og luk")
    assert lead.field("Uddybning").get_attribute("aria-invalid") == "true"
    lead.ticks("Ja")
    lead.writes({"Uddybning": "Licensen er MPL-2.0."})
    lead.encloses("Tilføj fil", licence)
    lead.presses("Gem og gå til N1-F3")
    lead.reads("N1-F2 er gemt")
    expect(lead.group("N1-F3 Udbudsregler er overholdt")).to_be_visible()
    lead.follows("Licenskriterier er overholdt")
    lead.reads("LICENSE.txt")
