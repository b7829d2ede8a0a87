"""A transition is refused for each requirement that is not met, and for that one alone; nothing is written then."""

import pytest
from django.db.models import QuerySet

from governance.models import Decision, Membership, Organisation
from governance.refusals import NotReady
from portfolio.domain import lifecycle
from portfolio.models import Initiative, LifecycleEvent
from portfolio.steps import GateClosed
from tests.factories import (
    BudgetFactory,
    InitiativeFactory,
    ParticipationFactory,
    again,
    at,
    board_people,
    business_manager,
    days,
    decide,
    group_of,
    let_on,
    ready,
    ready_to_launch,
    started,
    the_board,
)
from tests.factories.situations import GROUP_EFFECT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalogue(catalogue):
    """Every gate here is the catalogue's."""


def concept(level):
    return ready(InitiativeFactory(concept=True, described=True, level=level))


def project(level):
    return ready_to_launch(started(InitiativeFactory(concept=True, level=level)))


def finished(level):
    return ready_to_launch(concept(level))


MAKE = {"start": concept, "launch": project, "admit": finished}


def refused(initiative, transition, attempt):
    """The gate that refused an attempt, after seeing that it wrote nothing."""

    def written():
        row = Initiative.objects.filter(pk=initiative.pk).values().get()
        return row, LifecycleEvent.objects.count(), Decision.objects.count()

    before = written()
    with pytest.raises(GateClosed) as closed:
        attempt(initiative, transition)
    assert written() == before
    assert isinstance(closed.value, NotReady)
    assert closed.value.codes == closed.value.gate.codes("missing")
    return closed.value.codes


# ---------------------------------------------------------------- what somebody answers

ANSWERED_AT_START = {
    1: "N1-R1 N1-R2 N1-R3 N1-F2 N1-F3 N1-F5 N1-F10 N1-F11 N1-S2 N1-S3 N1-S4",
    2: "N2-R1 N2-R2 N2-F1 N2-F2 N2-S1 N2-S2",
    3: "N3-R1 N3-S1",
}
ANSWERED_AT_LAUNCH = {
    1: "N1-F1 N1-F4 N1-F6 N1-F7 N1-F8 N1-F9",
    2: "N2-F3 N2-F4 N2-F5 N2-F6 N2-F7 N2-G6 N2-G7",
    3: "N3-F1 N3-F2 N3-F3",
}


@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize(("transition", "asked"), [("start", ANSWERED_AT_START), ("launch", ANSWERED_AT_LAUNCH)])
def test_each_answer_is_needed(level, transition, asked):
    initiative = MAKE[transition](level)
    for code in asked[level].split():
        answers = initiative.answers.filter(requirement__code=code)
        assert answers.exists(), code
        answers.update(value="no")
        assert refused(initiative, transition, let_on) == [code]
        answers.update(value="yes")
    assert let_on(initiative, transition).stage != initiative.stage


def test_launch_looks_at_the_start_requirements_again():
    initiative = project(1)
    initiative.answers.filter(requirement__code="N1-R1").update(value="no")
    assert refused(initiative, "launch", let_on) == ["N1-R1"]


def test_admit_looks_at_both_but_not_at_what_concerns_only_projects():
    initiative = finished(2)
    initiative.answers.filter(requirement__code__in=["N2-F1", "N2-F2"]).delete()
    for code in ("N1-R1", "N2-F3"):
        initiative.answers.filter(requirement__code=code).update(value="planned")
        assert refused(initiative, "admit", let_on) == [code]
        initiative.answers.filter(requirement__code=code).update(value="yes")
    assert let_on(initiative, "admit").stage == "product"


def grow_old(initiative):
    initiative.answers.update(answered_at=at(days(-400)))


def test_an_old_answer_blocks_the_launch_but_not_the_start():
    initiative = concept(1)
    grow_old(initiative)
    assert let_on(initiative, "start").stage == "project"
    initiative = project(1)
    grow_old(initiative)
    codes = refused(initiative, "launch", let_on)
    assert set(codes) == set(f"{ANSWERED_AT_START[1]} {ANSWERED_AT_LAUNCH[1]}".split())


# ---------------------------------------------------------------- what the portal works out


def os2_pays(initiative):
    BudgetFactory(initiative=initiative, lines=[("os2", 1)], approvers=["owner"])


def no_talk_about_requirements(initiative):
    initiative.dialogues.update(about_requirements=False)


def never_placed(initiative):
    QuerySet(LifecycleEvent).filter(initiative=initiative, kind="level").delete()


def only_companies(initiative):
    Organisation.objects.filter(participations__initiative=initiative).update(kind="company")


def no_owner(initiative):
    initiative.appointments.filter(role="project_owner").update(valid_from=days(1))


def new_project_budget(initiative):
    BudgetFactory(initiative=initiative)


def new_product_budget(initiative):
    BudgetFactory(initiative=initiative, scope="product")


def no_business_case(initiative):
    Initiative.objects.filter(pk=initiative.pk).update(business_case="")


def silence(initiative):
    initiative.dialogues.update(held_on=days(-184))


def nobody_uses_it(initiative):
    initiative.adoptions.all().delete()


def one_uses_it(initiative):
    initiative.adoptions.first().delete()


def new_participant(initiative):
    ParticipationFactory(initiative=initiative)


def no_chair(initiative):
    group_of(initiative).memberships.update(function=Membership.Function.MEMBER)


def board_loses_a_seat(initiative):
    the_board().memberships.filter(person=board_people()[3]).update(valid_to=days(-1))


def new_steering_member(initiative):
    seat = group_of(initiative).memberships.last()
    Membership.objects.filter(pk=seat.pk).update(appointed_by=None, approved_by=None)


def no_coordinator(initiative):
    initiative.appointments.filter(role="coordinator").delete()


def no_system_owner(initiative):
    initiative.appointments.filter(role="system_owner").delete()


def no_board_in_coordination(initiative):
    group_of(initiative, "coordination_group").memberships.filter(person__in=board_people()).update(
        has_vote=False, function="observer"
    )


@pytest.mark.parametrize(
    ("transition", "level", "code", "broken"),
    [
        ("start", 1, "N1-G1", os2_pays),
        ("start", 1, "N1-G2", no_talk_about_requirements),
        ("start", 1, "N1-G3", never_placed),
        ("start", 1, "N1-G5", only_companies),
        ("start", 1, "N1-G8", no_owner),
        ("start", 1, "N1-G9", new_project_budget),
        ("start", 1, "N1-G12", no_business_case),
        ("launch", 1, "N1-G6", silence),
        ("launch", 1, "N1-G10", new_product_budget),
        ("launch", 1, "N1-G11", nobody_uses_it),
        ("launch", 1, "N1-F6", new_participant),
        ("start", 2, "N2-R2", new_participant),
        ("start", 2, "N1-G2", no_talk_about_requirements),
        ("start", 2, "N1-G3", never_placed),
        ("start", 2, "N1-G5", only_companies),
        ("start", 2, "N1-G12", no_business_case),
        ("start", 2, "N2-G3", no_chair),
        ("launch", 2, "N1-G11", one_uses_it),
        ("launch", 2, "N2-G3", new_steering_member),
        ("launch", 2, "N2-G4", no_coordinator),
        ("launch", 2, "N2-G5", new_project_budget),
        ("launch", 2, "N2-G9", no_system_owner),
        ("start", 3, "N3-G1", no_chair),
        ("start", 3, "N3-G2", board_loses_a_seat),
        ("launch", 3, "N3-G1", new_steering_member),
        ("launch", 3, "N3-G2", board_loses_a_seat),
        ("launch", 3, "N3-G3", no_board_in_coordination),
        ("admit", 1, "N1-G11", nobody_uses_it),
        ("admit", 2, "N2-G9", no_system_owner),
    ],
)
def test_each_thing_is_needed(transition, level, code, broken):
    initiative = MAKE[transition](level)
    broken(initiative)
    assert refused(again(initiative), transition, let_on) == [code]


@pytest.mark.parametrize(
    ("level", "left_out", "code"), [(2, "group", "N2-G3"), (3, "group", "N3-G1"), (2, "budget", "N2-G5")]
)
def test_the_board_must_decide_the_rest_as_well(level, left_out, code):
    effects = {"group": GROUP_EFFECT[level], "budget": ("approve_budget", {"scope": "project"}), "start": "start"}
    del effects[left_out]
    assert refused(concept(level), "start", lambda initiative, _transition: decide(initiative, *effects.values())) == [
        code
    ]


def test_a_product_budget_is_approved_with_the_launch():
    assert refused(project(2), "launch", decide) == ["N2-G8"]


def test_on_n1_the_board_is_informed_before_the_launch():
    initiative = ready_to_launch(started(InitiativeFactory(concept=True, level=1)), informed=False)
    assert refused(initiative, "launch", let_on) == ["N1-G4"]


def test_every_reason_is_given_at_once_in_the_catalogues_order():
    initiative = concept(1)
    initiative.answers.filter(requirement__code__in=["N1-S4", "N1-R2"]).delete()
    no_talk_about_requirements(initiative)
    assert refused(initiative, "start", let_on) == ["N1-R2", "N1-G2", "N1-S4"]


SHAPING = {"level": 1, "level_reason": "Lille og lokalt."}


def shape(initiative, transition):
    lifecycle.advance(initiative_id=initiative.pk, transition=transition, by=business_manager(), **SHAPING)


def test_an_idea_that_is_not_described_is_not_shaped():
    codes = refused(InitiativeFactory(), "shape", shape)
    assert codes[0] == "dialogue"
    assert len(codes) == 9


def test_a_refused_shaping_does_not_place_either():
    initiative = InitiativeFactory(described=True)
    assert refused(initiative, "shape", shape) == ["dialogue"]
    assert again(initiative).level is None


def test_a_project_without_a_level_is_not_launched():
    initiative = InitiativeFactory(project=True, level=None)

    def launch(_initiative, transition):
        lifecycle.advance(initiative_id=initiative.pk, transition=transition, by=business_manager())

    assert refused(initiative, "launch", launch) == ["level"]
