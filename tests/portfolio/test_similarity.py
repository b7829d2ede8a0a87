"""Which initiatives are alike, and how they are found."""

import pytest

from governance.standing import standing_of
from portfolio.models import Initiative, Stage
from portfolio.similarity import similar_to
from tests.factories import InitiativeFactory, person_as

pytestmark = pytest.mark.django_db


def make(name, idea="", **more):
    return InitiativeFactory(name=name, idea=idea or "-", **more)


@pytest.fixture
def portfolio():
    return {
        "waste": make("Affaldsruter", "Planlægger skraldebilernes ruter og sensorer i containere."),
        "rooms": make("Mødelokaler", "Bookning af mødelokaler med skærme ved døren."),
        "sensors": make("Sensorpakken", "Sensorer måler luft og støj i skolernes klasseværelser."),
    }


def similar(text, **more):
    return similar_to(text, among=Initiative.objects.all(), **more)


def test_the_most_alike_comes_first(portfolio):
    found = similar("Sensorer i skraldespande melder fyldte containere til skraldebilernes ruter")
    assert [s.initiative for s in found] == [portfolio["waste"], portfolio["sensors"]]
    assert found[0].score > found[1].score


def test_it_tells_which_words_make_them_alike(portfolio):
    (best, *_rest) = similar("Nye mødelokaler og skærme")
    assert best.initiative == portfolio["rooms"]
    assert 1 <= len(best.words) <= 5
    assert any(word.startswith("mødelokal") for word in best.words)


def test_forms_of_a_word_are_the_same_word(portfolio):
    assert [s.initiative for s in similar("Et mødelokale")] == [portfolio["rooms"]]


@pytest.mark.parametrize("text", ["", "   ", "en og et i på til", "kommunen og systemet", "xyzzy", "ø å"])
def test_words_that_say_nothing_find_nothing(portfolio, text):
    assert similar(text) == []


def test_one_is_not_like_oneself(portfolio):
    assert portfolio["rooms"] not in [s.initiative for s in similar("Mødelokaler", exclude=portfolio["rooms"].pk)]


def test_a_rare_word_weighs_more_than_a_common_one():
    for number in range(4):
        make(f"Sensorprøve {number}", "Sensorer.")
    rare = make("Drone", "Sensorer og droner.")
    assert similar("Sensorer og droner")[0].initiative == rare


def test_no_more_than_asked_for_and_in_danish_order_when_equal():
    for name in ("Ærø prøver", "Zoo prøver", "Alfa prøver"):
        make(name, "Droner.")
    assert [s.initiative.name for s in similar("droner", limit=2)] == ["Alfa prøver", "Zoo prøver"]


def test_one_query_compares_them_all_and_one_fetches_those_that_are_shown(portfolio, django_assert_num_queries):
    with django_assert_num_queries(2):
        similar("Sensorer i containere")


# ---------------------------------------------------------------- finding and seeing


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("mødelokale", ["Mødelokaler"]),
        ("MØDELOKALER døren", ["Mødelokaler"]),
        ("sensor", ["Affaldsruter", "Sensorpakken"]),
        ("affald", ["Affaldsruter"]),
        ("mødelokale sensor", []),
        ("", ["Affaldsruter", "Mødelokaler", "Sensorpakken"]),
    ],
)
def test_all_words_must_be_found_as_stems_or_in_compounds(portfolio, words, names):
    assert list(Initiative.objects.matching(words).values_list("name", flat=True)) == names


SEES_ALL = {"business_manager", "secretariat", "board_member", "board_chair"}
SEES_OWN = {
    "proposer",
    "participant",
    "owner",
    "lead",
    "coordinator",
    "system_owner",
    "steering_member",
    "steering_chair",
    "steering_observer",
    "coordination_member",
}


@pytest.mark.parametrize("role", sorted(SEES_ALL | SEES_OWN | {"stranger", "member_user"}))
def test_who_sees_which_initiatives(role):
    own, other = InitiativeFactory(project=True), InitiativeFactory(project=True)
    seen = set(Initiative.objects.visible_to(standing_of(person_as(role, own))))
    assert seen == ({own, other} if role in SEES_ALL else {own} if role in SEES_OWN else set())


@pytest.mark.parametrize("stage", list(Stage))
def test_what_one_sees_does_not_depend_on_the_stage(stage):
    own = InitiativeFactory(stage=stage, level=1)
    assert list(Initiative.objects.visible_to(standing_of(person_as("lead", own)))) == [own]


def test_nobody_sees_nothing():
    InitiativeFactory(proposer=None)
    assert not Initiative.objects.visible_to(standing_of(None)).exists()


def test_each_is_seen_once_however_many_reasons():
    own = InitiativeFactory(project=True)
    person = person_as("lead", own)
    for function in ("steering_member", "coordination_member"):
        seat = person_as(function, own).memberships.get()
        seat.person = person
        seat.save()
    assert list(Initiative.objects.visible_to(standing_of(person))) == [own]
