"""What the facts of an initiative point at when it is placed, on both sides of every limit."""

import pytest

from portfolio.facts import facts_of
from portfolio.level_marks import hints, levels_to_choose, with_warnings
from portfolio.models import BudgetLine, Relation
from tests.factories import BudgetFactory, InitiativeFactory, OrganisationFactory, ParticipationFactory, days

pytestmark = pytest.mark.django_db


def codes(initiative):
    relations = Relation.objects.filter(initiative=initiative)
    return {hint.code for hint in hints(facts_of(initiative, days(0)), relations)}


@pytest.mark.parametrize(
    ("authorities", "expected"), [(0, "one_authority"), (1, "one_authority"), (4, "many_authorities")]
)
def test_how_many_take_part(authorities, expected):
    idea = InitiativeFactory()
    ParticipationFactory.create_batch(authorities, initiative=idea)
    assert codes(idea) == {expected}


@pytest.mark.parametrize("authorities", [2, 3])
def test_a_few_point_nowhere(authorities):
    idea = InitiativeFactory()
    ParticipationFactory.create_batch(authorities, initiative=idea)
    assert codes(idea) == set()


def test_companies_are_not_authorities():
    idea = InitiativeFactory()
    for _each in range(5):
        ParticipationFactory(initiative=idea, organisation=OrganisationFactory(company=True))
    assert codes(idea) == {"one_authority"}


@pytest.mark.parametrize(("funding", "points"), [(BudgetLine.Funding.OS2, True), (BudgetLine.Funding.LOCAL, False)])
def test_money_from_os2_points_away_from_level_one(funding, points):
    concept = InitiativeFactory(concept=True, level=2)
    BudgetFactory(initiative=concept, lines=[(funding, 1)])
    assert ("os2_funding" in codes(concept)) is points


@pytest.mark.parametrize(("kind", "points"), [("integrates", True), ("builds_on", True), ("overlaps", False)])
def test_being_tied_to_others_points_away_from_level_one(kind, points):
    idea = InitiativeFactory()
    Relation.objects.create(initiative=idea, other=InitiativeFactory(), kind=kind)
    assert ("tied_to_others" in codes(idea)) is points


def test_a_hint_speaks_against_the_levels_it_does_not_fit(catalogue):
    idea = InitiativeFactory()
    ParticipationFactory.create_batch(4, initiative=idea)
    found = with_warnings(levels_to_choose(idea, days(0)), hints(facts_of(idea, days(0)), []))
    assert {each.level: [hint.code for hint in known] for each, known in found} == {
        1: ["many_authorities"],
        2: [],
        3: [],
    }


def test_the_levels_are_those_of_the_catalogue_with_their_marks(catalogue):
    found = levels_to_choose(InitiativeFactory(), days(0))
    assert [each.level for each in found] == [1, 2, 3]
    assert all(each.marks for each in found)


def test_without_a_catalogue_there_is_nothing_to_choose():
    assert levels_to_choose(InitiativeFactory(), days(0)) == []
