"""Setting up a group for an initiative: what its level asks of the composition as a whole."""

import pytest

from governance.domain.bodies import was_introduced
from governance.domain.seats import Basis, Place
from governance.models import Body, Membership
from governance.refusals import NotReady, Unconfirmed
from portfolio.domain import people
from portfolio.models import InitiativeBody
from tests.factories import InitiativeFactory, UserFactory, board_people, board_with, business_manager, days, decide

pytestmark = pytest.mark.django_db
MAJORITY = "board_majority_in_steering_group"
COORDINATION = "board_member_in_coordination_group"
APPOINTED = "steering_group_appointed_by_board"


@pytest.fixture(autouse=True)
def _catalogue(catalogue):
    """The rules are the catalogue's."""


def codes_of(error, attempt, *args, **more):
    before = list(Membership.objects.order_by("pk").values())
    with pytest.raises(error) as refused:
        attempt(*args, **more)
    assert list(Membership.objects.order_by("pk").values()) == before
    return refused.value.codes


def places(board, others):
    people_there = [*board_people()[:board], *UserFactory.create_batch(others)]
    functions = ["chair", *["member"] * (len(people_there) - 1)]
    return [
        Place(person, person.organisation, function) for person, function in zip(people_there, functions, strict=True)
    ]


def set_up(initiative, composition, kind="steering_group", **more):
    return people.set_up_group(
        initiative=initiative,
        kind=kind,
        name=f"Gruppe {Body.objects.count()}",
        by=business_manager(),
        valid_from=days(0),
        places=composition,
        **more,
    )


@pytest.mark.parametrize(("board", "others", "refused"), [(4, 3, False), (3, 4, True), (4, 4, True)])
def test_a_composition_without_the_majority_is_refused_on_n3(board, others, refused):
    board_with(6)
    initiative = InitiativeFactory(project=True, level=3)
    bodies = Body.objects.count()
    if refused:
        assert MAJORITY in codes_of(NotReady, set_up, initiative, places(board, others), confirmed=True)
        assert (Body.objects.count(), InitiativeBody.objects.count()) == (bodies, 0)
    else:
        body = set_up(initiative, places(board, others), confirmed=True)
        assert body.memberships.count() == board + others


def test_the_boards_appointment_may_be_made_before_the_group_is_set_up():
    board_with(6)
    initiative = InitiativeFactory(project=True, level=3)
    decision = decide(initiative, "other")
    assert codes_of(Unconfirmed, set_up, initiative, places(2, 1)) == [APPOINTED]
    body = set_up(initiative, places(2, 1), basis=Basis(decision, is_appointment=True))
    assert {seat.appointed_by for seat in body.memberships.all()} == {decision}


def test_a_coordination_group_of_a_product_on_n3_begins_with_a_board_member():
    board_with(6)
    initiative = InitiativeFactory(product=True, level=3)
    kind = {"kind": "coordination_group"}
    assert codes_of(NotReady, set_up, initiative, places(0, 2), confirmed=True, **kind) == [COORDINATION]
    assert set_up(initiative, places(1, 2), **kind)


def test_a_concepts_group_comes_as_it_is_and_the_start_gate_asks():
    board_with(6)
    concept = InitiativeFactory(concept=True, level=3)
    assert MAJORITY in codes_of(Unconfirmed, set_up, concept, places(1, 2))
    assert set_up(concept, places(1, 2), confirmed=True)


def test_the_introduction_goes_on_record_with_the_group():
    concept = InitiativeFactory(concept=True, level=1)
    assert was_introduced(set_up(concept, (), introduced=True))
    assert not was_introduced(set_up(concept, ()))


def test_purpose_frame_and_limit_are_kept():
    board_with(6)
    facts = {"purpose": "Styr projektet.", "frame": "Op til 100.000 kr.", "seats_per_organisation": 1}
    body = set_up(InitiativeFactory(project=True, level=1), places(0, 2), **facts)
    assert {name: getattr(body, name) for name in facts} == facts


def test_two_from_an_organisation_that_may_have_one_are_refused_together():
    organisation = UserFactory().organisation
    crowd = [Place(person, organisation) for person in UserFactory.create_batch(2, organisation=organisation)]
    initiative = InitiativeFactory(project=True, level=1)
    assert codes_of(NotReady, set_up, initiative, crowd, seats_per_organisation=1) == ["organisation_limit"]
    assert not initiative.bodies.exists()
