"""A steering group on N3 from its first composition to a member who leaves; somebody who joins a users' group."""

import pytest

from governance.models import Body, Membership
from tests.factories import (
    AdoptionFactory,
    GroupFactory,
    InitiativeFactory,
    UserFactory,
    board_people,
    board_with,
    business_manager,
    days,
    decide,
)
from tests.governance.pages import day_text

NAME = "Styregruppen for energiregnskabet"


@pytest.fixture
def project(catalogue):
    """A project on N3 without a group, and a decision of the board that appointed one."""
    board_with(5)
    for seat, title in zip(Body.objects.get(kind="board").memberships.order_by("pk"), "ABCDE", strict=True):
        type(seat.person).objects.filter(pk=seat.person_id).update(title=f"Bestyrelsesmedlem {title}")
    initiative = InitiativeFactory(project=True, described=True, level=3, name="Energiregnskabet")
    decide(initiative, ("other", {"text": "Udpeg styregruppen."}))
    return initiative


def test_a_steering_group_keeps_the_boards_majority(project, enter):
    outsiders = UserFactory.create_batch(3)
    manager = enter(business_manager().email)
    constitutes(manager, project, outsiders)
    elects(enter(board_people()[0].email), outsiders)
    tries_without_scripts(enter(business_manager().email, java_script_enabled=False))
    lets_somebody_go(manager)


def constitutes(manager, project, outsiders):
    """Two of five votes are too few, and nothing is set up; with a third of the board it is."""
    manager.opens(f"/initiativer/{project.slug}/grupper/ny/")
    manager.writes({"Type": "Styregruppe", "Navn": NAME, "Ramme og økonomi": "Op til 200.000 kr. om året."})
    everybody = [*board_people()[:2], *outsiders]
    for number, person in enumerate(everybody[:4], start=1):
        manager.writes({f"Person, række {number}": str(person)})
    manager.writes({"Funktion, række 1": "Formand"})
    manager.presses("Flere rækker")
    manager.writes({"Person, række 5": str(everybody[4])})
    manager.ticks("Udpeget personen", "Medlemmerne er introduceret til kravene i OS2")
    choose_decision(manager)
    manager.presses("Opret gruppen")
    manager.reads("2 af 5 stemmer ligger hos bestyrelsesmedlemmer; der skal mindst 3 til.")
    assert not project.bodies.exists()
    manager.writes({"Person, række 5": str(board_people()[2])})
    manager.presses("Opret gruppen")
    manager.reads(NAME, "Op til 200.000 kr. om året.", "Medlemmerne blev introduceret")
    manager.looks_on_phone()
    assert project.bodies.get().memberships.exclude(appointed_by=None).count() == 5


def choose_decision(manager):
    """Take the only decision there is."""
    field = manager.field("Besluttet ved")
    field.select_option(index=1)


def elects(chair, outsiders):
    """The chair registers that the group has elected another, and is a member from then."""
    chair.opens("/foreningen/mine-pladser/")
    chair.follows(NAME)
    chair.follows("Registrér valget af formand")
    chair.writes({"Valgt til formand": str(outsiders[0])})
    chair.presses("Registrér formanden")
    chair.reads("Formanden er registreret.")
    group = Body.objects.get(name=NAME)
    assert group.memberships.on(days(0)).get(function="chair").person == outsiders[0]


def tries_without_scripts(manager):
    """What would happen if a board member left; nothing is saved."""
    group = Body.objects.get(name=NAME)
    before = Membership.objects.count()
    manager.opens(f"/foreningen/organer/{group.slug}/")
    manager.follows("Prøv en ændring uden at gemme")
    manager.ticks(f"{board_people()[2]} (medlem)")
    manager.presses("Regn ud")
    manager.reads("2 af 4 stemmer ligger hos bestyrelsesmedlemmer; der skal mindst 3 til.")
    assert Membership.objects.count() == before


def lets_somebody_go(manager):
    """Somebody resigns: the figures are shown and confirmed, and stand on the front page and among ending terms."""
    group = Body.objects.get(name=NAME)
    manager.opens(f"/foreningen/organer/{group.slug}/")
    manager.follows("Afslut Medlem, " + str(board_people()[2].organisation))
    manager.writes({"Sidste dag": day_text(days(14))})
    manager.presses("Afslut pladsen")
    manager.reads("2 af 4 stemmer ligger hos bestyrelsesmedlemmer; der skal mindst 3 til.")
    manager.looks_on_phone()
    manager.ticks("Jeg har set tallene og vil gøre det alligevel")
    manager.presses("Afslut pladsen")
    manager.follows("Se alle ændringer")
    manager.reads("trådte ud", "Udpeget")
    manager.looks_on_phone()
    manager.opens("/foreningen/perioder/")
    manager.reads("Energiregnskabet", "2 af 4 stemmer")
    manager.looks_on_phone()
    manager.opens("/forside/")
    manager.reads("Grupper, der bryder eller vil bryde en regel")


def test_a_municipality_that_uses_the_product_joins_its_group_and_leaves(transactional_db, enter):
    product = InitiativeFactory(product=True, level=2)
    group = GroupFactory(initiative=product, kind=Body.Kind.COORDINATION_GROUP, name="Brugernes gruppe")
    person = UserFactory(organisation=AdoptionFactory(initiative=product).organisation)
    member = enter(person.email)
    member.opens(f"/foreningen/organer/{group.slug}/")
    member.presses("Meld dig ind for din organisation")
    member.reads("Du er nu med i gruppen.")
    member.opens("/foreningen/mine-pladser/")
    member.reads("Brugernes gruppe")
    member.looks_on_phone()
    member.follows("Brugernes gruppe")
    member.follows("Meld dig ud af gruppen")
    member.presses("Meld mig ud")
    member.reads("Du er meldt ud.")
    assert group.memberships.get().valid_to == days(0)
