"""What the automatic checks have in common, and those about dialogue, participants and use."""

import pytest

from portfolio.checks import CHECKS
from portfolio.facts import facts_of
from portfolio.models import BudgetLine, Initiative, LifecycleEvent
from tests.factories import (
    AdoptionFactory,
    BudgetFactory,
    DialogueFactory,
    InitiativeFactory,
    OrganisationFactory,
    ParticipationFactory,
    business_manager,
    days,
)
from tests.portfolio.checking import found, met, project

pytestmark = pytest.mark.django_db
Funding = BudgetLine.Funding


def test_every_check_that_the_catalogue_names_exists(catalogue):
    named = set(catalogue.requirements.filter(response="automatic").values_list("check_name", flat=True))
    assert named == set(CHECKS)


def test_a_finding_that_is_not_met_says_where_to_mend_it(catalogue):
    nothing = project(level=3)
    BudgetFactory(initiative=nothing, lines=[(Funding.OS2, 1)])
    for name in CHECKS:
        finding = found(nothing, name)
        assert not finding.met, name
        assert finding.message, name
        assert finding.mend is not None, name
        assert finding.mend.kwargs == {"slug": nothing.slug}, name


def test_checks_never_ask_the_database(catalogue, django_assert_num_queries):
    facts = facts_of(Initiative.objects.get(pk=project(level=3).pk), days(0))
    with django_assert_num_queries(0):
        for check in CHECKS.values():
            check(facts)


# ---------------------------------------------------------------- N1-G2 business_manager_assisted


@pytest.mark.parametrize(
    ("dialogues", "is_met"),
    [([], False), ([False], False), ([True], True), ([False, False, True], True)],
)
def test_one_dialogue_was_about_the_requirements(dialogues, is_met):
    initiative = project(level=1)
    for about in dialogues:
        DialogueFactory(initiative=initiative, about_requirements=about)
    assert met(initiative, "business_manager_assisted") is is_met


@pytest.mark.parametrize(("held", "is_met"), [(0, True), (1, False)])
def test_a_dialogue_counts_from_the_day_it_was_held(held, is_met):
    initiative = project(level=1)
    DialogueFactory(initiative=initiative, held_on=days(held))
    assert met(initiative, "business_manager_assisted") is is_met


# ---------------------------------------------------------------- N1-G3 level_placed_by_business_manager


def place(initiative, level, **more):
    fields = {"kind": LifecycleEvent.Kind.LEVEL, "reason": "Passer til niveauet.", "by": business_manager()}
    LifecycleEvent.objects.create(initiative=initiative, after=str(level), **{**fields, **more})


@pytest.mark.parametrize(
    ("level", "more", "is_met"),
    [
        (2, {}, True),
        (1, {}, False),
        (2, {"reason": ""}, False),
        (2, {"by": None}, False),
        (2, {"kind": LifecycleEvent.Kind.STAGE}, False),
    ],
)
def test_the_present_level_was_placed_with_a_reason_by_somebody(level, more, is_met):
    initiative = project(level=2)
    place(initiative, level, **more)
    assert met(initiative, "level_placed_by_business_manager") is is_met


def test_an_unknown_level_was_placed_by_nobody():
    assert not met(InitiativeFactory(project=True, level=None), "level_placed_by_business_manager")


# ---------------------------------------------------------------- N1-G5 at_least_one_public_authority


@pytest.mark.parametrize(
    ("kind", "is_met"),
    [
        ("municipality", True),
        ("region", True),
        ("state", True),
        ("joint_body", True),
        ("association", False),
        ("company", False),
    ],
)
def test_a_public_authority_takes_part(kind, is_met):
    initiative = project(level=1)
    ParticipationFactory(initiative=initiative, organisation__kind=kind)
    assert met(initiative, "at_least_one_public_authority") is is_met


@pytest.mark.parametrize(("role", "is_met"), [("lead", True), ("participant", True), ("vendor", False)])
def test_an_authority_that_only_delivers_takes_no_part(role, is_met):
    initiative = project(level=1)
    ParticipationFactory(initiative=initiative, role=role)
    assert met(initiative, "at_least_one_public_authority") is is_met


@pytest.mark.parametrize(
    ("first", "last", "is_met"), [(0, None, True), (1, None, False), (-9, 0, True), (-9, -1, False)]
)
def test_a_participant_counts_from_the_first_day_to_the_last(first, last, is_met):
    initiative = project(level=1)
    ParticipationFactory(initiative=initiative, valid_from=days(first), valid_to=None if last is None else days(last))
    assert met(initiative, "at_least_one_public_authority") is is_met


# ---------------------------------------------------------------- N1-G6 ongoing_dialogue


@pytest.mark.parametrize(("age", "is_met"), [(0, True), (183, True), (184, False)])
def test_the_latest_dialogue_is_at_most_183_days_old(age, is_met):
    initiative = project(level=1)
    DialogueFactory(initiative=initiative, held_on=days(-400))
    DialogueFactory(initiative=initiative, held_on=days(-age), about_requirements=False)
    assert met(initiative, "ongoing_dialogue") is is_met


def test_without_a_dialogue_there_is_none():
    assert not met(project(level=1), "ongoing_dialogue")


def test_the_limit_of_the_dialogue_can_be_changed(settings):
    settings.DIALOGUE_MAX_AGE_DAYS = 30
    initiative = project(level=1)
    DialogueFactory(initiative=initiative, held_on=days(-31))
    assert not met(initiative, "ongoing_dialogue")
    assert met(initiative, "ongoing_dialogue", on=days(-1))


# ---------------------------------------------------------------- N1-G11 implemented


@pytest.mark.parametrize(
    ("level", "adopters", "is_met"),
    [(1, 0, False), (1, 1, True), (2, 1, False), (2, 2, True), (3, 1, False), (3, 2, True)],
)
def test_in_use_at_one_authority_on_n1_and_two_above(level, adopters, is_met):
    initiative = project(level=level)
    AdoptionFactory.create_batch(adopters, initiative=initiative)
    assert met(initiative, "implemented") is is_met


@pytest.mark.parametrize("kind", ["company", "association"])
def test_others_than_authorities_do_not_count_as_users(kind):
    initiative = project(level=1)
    AdoptionFactory(initiative=initiative, organisation__kind=kind)
    assert not met(initiative, "implemented")


def test_an_authority_that_came_back_counts_once():
    initiative, organisation = project(level=2), OrganisationFactory()
    AdoptionFactory(initiative=initiative, organisation=organisation, valid_to=days(0))
    AdoptionFactory(initiative=initiative, organisation=organisation, valid_from=days(0))
    assert not met(initiative, "implemented")


@pytest.mark.parametrize(
    ("first", "last", "is_met"), [(0, None, True), (1, None, False), (-9, 0, True), (-9, -1, False)]
)
def test_an_authority_counts_while_it_uses_the_product(first, last, is_met):
    initiative = project(level=1)
    AdoptionFactory(initiative=initiative, valid_from=days(first), valid_to=None if last is None else days(last))
    assert met(initiative, "implemented") is is_met


def test_the_limit_follows_the_level_one_looks_at():
    initiative = project(level=1)
    AdoptionFactory(initiative=initiative)
    assert not met(initiative, "implemented", level=2)
