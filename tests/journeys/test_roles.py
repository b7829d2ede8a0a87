"""A short journey for each role: what that person comes for, and what the portal keeps away from them."""

import re

import pytest
from playwright.sync_api import expect

from governance.domain import agendas
from portfolio.models import StatusReport
from reporting.domain.board_reports import make_report
from reporting.domain.report_orders import ask_for_report
from reporting.domain.snapshots import take_snapshot
from tests.factories import (
    InitiativeFactory,
    OrganisationFactory,
    UserFactory,
    business_manager,
    days,
    let_on,
    person_as,
    planned_meeting,
    ready_case,
    ready_to_launch,
    secretariat,
)

from .acts import Idea, Reply, address, answer, register_idea, send_report
from .mailbox import Mailbox

IDEA = Idea(
    title="Fælles kørselsbog",
    idea="Medarbejdere skal kunne skrive kørsel ind fra telefonen.",
    need="Kørslen skrives ind to gange.",
    organisation="Søby Kommune",
)
PER_ORGANISATION = "N2-R2"  # accepted by the local line of management, in each municipality that takes part


@pytest.fixture
def project(n2_concept):
    return let_on(n2_concept, "start")


def test_a_board_member_reads_what_the_next_meeting_is_about(project, enter):
    manager = business_manager()
    meeting = planned_meeting(on=days(7))
    case = ready_case(project, "pause")
    agendas.put_on_agenda(meeting=meeting, case=case)
    snapshot = take_snapshot(by=manager, meeting=meeting)
    make_report(report_id=ask_for_report(snapshot=snapshot, by=manager).pk)

    reader = enter(person_as("board_member").email)
    reader.reads("Næste bestyrelsesmøde", case.title)
    reader.follows(f"1. {case.title}")
    reader.reads("Derfor er sagen på mødet.", project.name)
    expect(reader.main.get_by_role("button")).to_have_count(0)
    reader.looks_on_phone()
    reader.opens(f"/moeder/{meeting.pk}/")
    expect(reader.main.get_by_role("link", name=re.compile("Registrér|Ret mødet|Sæt en sag"))).to_have_count(0)
    reader.opens("/portefoelje/projekter/")
    reader.follows(project.name)
    reader.reads("Projekt siden")
    reader.opens("/portefoelje/produkter/")
    reader.opens("/oejebliksbilleder/")
    reader.follows(f"Nr. {snapshot.number}")
    answered = reader.page.request.get(
        reader.main.get_by_role("link", name="Læs rapporten (PDF)").get_attribute("href")
    )
    assert answered.body().startswith(b"%PDF-")
    reader.opens(f"/moeder/{meeting.pk}/ret/", status=404)


def test_the_secretariat_judges_an_answer_and_the_lead_reads_why(n1_concept, enter):
    lead, judge = enter(person_as("lead", n1_concept).email), enter(secretariat().email)
    answer(lead, n1_concept.slug, [Reply("N1-F2", "Licensen er MPL-2.0.")])

    judge.opens(address(n1_concept.slug, "tjekliste/?vis=ikke-gennemset&krav=N1-F2#N1-F2"))
    judgement = judge.part("Sekretariatets vurdering")
    judge.ticks("Gul", within=judgement)
    judge.presses("Gem vurderingen", within=judgement)
    expect(judge.page.get_by_role("alert").first).to_be_visible()
    judge.writes({"Bemærkning": "Vis os filen LICENSE."}, within=judgement)
    judge.presses("Gem vurderingen", within=judgement)

    lead.opens(address(n1_concept.slug, "tjekliste/?krav=N1-F2#N1-F2"))
    lead.reads("Gul", "Vis os filen LICENSE.", "Licensen er MPL-2.0.")
    expect(lead.main.get_by_role("button", name="Gem vurderingen")).to_have_count(0)


def test_a_coordinator_reports_on_the_product(project, enter):
    product = let_on(ready_to_launch(project), "launch")
    coordinator = enter(person_as("coordinator", product).email)
    coordinator.reads(product.name)
    coordinator.opens("/portefoelje/produkter/")
    coordinator.looks_on_phone()
    coordinator.reads(product.name)
    lights = {"Drift": ("Grøn", ""), "Økonomi": ("Grøn", ""), "Udvikling": ("Rød", "Ingen leverandør har tid.")}
    send_report(coordinator, product.slug, lights, facts={"Driftsstatus": "I drift"})
    assert StatusReport.objects.get(initiative=product).status == StatusReport.Status.SUBMITTED


def test_a_member_submits_an_idea_and_follows_it(catalogue, enter):
    OrganisationFactory(name="Søby")
    proposer = enter(person_as("member_user").email)
    slug = register_idea(proposer, IDEA)
    proposer.opens("/forside/")
    proposer.follows(IDEA.title)
    proposer.reads("9 af 9 krav mangler.", "Form til koncept kan ikke vælges. Det gør forretningslederen.")
    proposer.opens("/initiativer/")
    proposer.looks_on_phone()
    proposer.opens(address(slug, "skift/withdraw/"))
    proposer.writes({"Begrundelse": "Vi har fundet en løsning, der findes."})
    proposer.presses("Træk tilbage")
    proposer.reads("er nu trukket tilbage")


def test_a_participant_answers_for_its_own_municipality(n2_concept, enter):
    own = person_as("participant", n2_concept)
    other = n2_concept.participations.exclude(organisation=own.organisation).get().organisation
    n2_concept.answers.filter(requirement__code=PER_ORGANISATION).delete()

    participant = enter(own.email)
    reply = Reply(PER_ORGANISATION, "Direktøren er med.", organisation=str(own.organisation))
    answer(participant, n2_concept.slug, [reply])
    expect(participant.row(f"{PER_ORGANISATION}: {own.organisation}")).to_contain_text("Direktøren er med.")
    expect(participant.row(f"{PER_ORGANISATION}: {other}")).to_contain_text("Ubesvaret")
    participant.reads("1 af 2 deltagere")


def test_an_invited_person_comes_in_by_the_letter(catalogue, enter, worker):
    OrganisationFactory(name="Søby")
    manager = enter(business_manager().email)
    with Mailbox() as mailbox, worker(EMAIL_URL=mailbox.url):
        manager.opens("/foreningen/personer/inviter/")
        manager.writes(
            {"E-mail": "ny@example.org", "Stilling eller funktion": "It-arkitekt", "Organisation": "Søby Kommune"}
        )
        manager.presses("Send invitationen")
        manager.reads("Invitationen er på vej.")
        letter = mailbox.next_letter()
    assert letter["To"] == "ny@example.org"
    link = re.search(r"https?://\S+/invitation/\S+", letter.get_content()).group()

    invited = enter()
    invited.opens(link)
    invited.looks_on_phone()
    invited.writes({"Vælg en adgangskode": "kort", "Skriv adgangskoden igen": "kort"})
    invited.presses("Gem adgangskoden, og log ind")
    expect(invited.page.get_by_role("alert").first).to_be_visible()
    password = "en-lang-adgangskode-til-mig"
    invited.writes({"Vælg en adgangskode": password, "Skriv adgangskoden igen": password})
    invited.presses("Gem adgangskoden, og log ind")
    invited.reads("Velkommen til OS2 Portefølje.")
    enter("ny@example.org", password).reads("Intet lige nu.")

    second = enter()
    second.opens(link, status=410)


def test_a_visitor_reads_what_is_public_and_nothing_else(project, enter):
    visitor = enter()
    visitor.opens("/")
    visitor.looks_on_phone()
    visitor.opens(f"/loesninger/{project.slug}/", status=404)
    for page in ("/forside/", address(project.slug), "/moeder/", "/portefoelje/projekter/", "/oejebliksbilleder/"):
        visitor.opens(page)
        expect(visitor.page).to_have_url(re.compile(r"/konto/log-ind/\?next="))
    visitor.writes({"E-mail": "nogen@example.org", "Adgangskode": "gættet"})
    visitor.presses("Log ind")
    expect(visitor.page.get_by_role("alert").first).to_contain_text("Du er ikke logget ind.")


def test_a_member_of_another_municipality_is_told_that_the_page_does_not_exist(project, enter):
    hidden = InitiativeFactory(name="Hemmelig idé")
    stranger = enter(UserFactory(organisation__member=True).email)
    for page in ("", "tjekliste/", "oekonomi/", "rapporter/", "historik/", "organisation/", "sager/", "beskriv/"):
        stranger.opens(address(project.slug, page), status=404)
    stranger.reads("Siden findes ikke, eller du har ikke adgang til den")
    stranger.opens(address("findes-slet-ikke"), status=404)
    stranger.reads("Siden findes ikke, eller du har ikke adgang til den")
    stranger.searches("Hemmelig")
    stranger.does_not_read(hidden.name)
