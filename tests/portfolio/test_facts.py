"""What gates read about initiatives: which requirements are in force, the latest word on everything, few queries."""

from decimal import Decimal

import pytest
from django.utils import timezone

from governance.effects import Condition
from portfolio.facts import facts_of, load_facts
from portfolio.gates import gate_from
from portfolio.models import Answer, Evidence, Judgement, Requirement
from tests.factories import (
    AdoptionFactory,
    AnswerFactory,
    AppointmentFactory,
    BudgetFactory,
    DialogueFactory,
    InitiativeFactory,
    OrganisationFactory,
    ParticipationFactory,
    answer_all,
    at,
    business_manager,
    coordination_group,
    days,
    decide,
    let_on,
    ready,
    ready_to_launch,
    started,
    steering_group,
)

pytestmark = pytest.mark.django_db

START = {
    1: "N1-R1 N1-R2 N1-R3 N1-F2 N1-F3 N1-F5 N1-F10 N1-F11 N1-G1 N1-G2 N1-G3 N1-G5 N1-G8 N1-G9 N1-G12 N1-S2 N1-S3 N1-S4",
    2: "N1-R1 N1-R2 N1-R3 N1-F2 N1-F3 N1-F5 N1-F10 N1-F11 N1-G2 N1-G3 N1-G5 N1-G12 N1-S2 N1-S3 N1-S4 "
    "N2-R1 N2-R2 N2-F1 N2-F2 N2-G2 N2-G3 N2-G5 N2-S1 N2-S2",
    3: "N1-R1 N1-R2 N1-R3 N1-F2 N1-F3 N1-F5 N1-F10 N1-F11 N1-G2 N1-G3 N1-G5 N1-G12 N1-S2 N1-S3 N1-S4 "
    "N2-R1 N2-R2 N2-F1 N2-F2 N2-G2 N2-G5 N2-S2 N3-R1 N3-G1 N3-G2 N3-S1",
}
LAUNCH = {
    1: "N1-F1 N1-F4 N1-F6 N1-F7 N1-F8 N1-F9 N1-G4 N1-G6 N1-G10 N1-G11",
    2: "N1-F1 N1-F4 N1-F6 N1-F7 N1-F8 N1-F9 N1-G4 N1-G6 N1-G11 "
    "N2-F3 N2-F4 N2-F5 N2-F6 N2-F7 N2-G4 N2-G8 N2-G9 N2-G6 N2-G7",
    3: "N1-F1 N1-F4 N1-F6 N1-F7 N1-F8 N1-F9 N1-G4 N1-G6 N1-G11 "
    "N2-F3 N2-F4 N2-F5 N2-F6 N2-F7 N2-G4 N2-G8 N2-G9 N2-G6 N2-G7 N3-F1 N3-F2 N3-F3 N3-G3",
}


@pytest.fixture
def project(catalogue):
    return InitiativeFactory(project=True, level=2)


def facts(initiative, **more):
    return facts_of(initiative, days(0), **more)


# ---------------------------------------------------------------- requirements in force


@pytest.mark.parametrize(("level", "count"), [(1, 30), (2, 45), (3, 51)])
def test_so_many_requirements_are_in_force_at_each_level(catalogue, level, count):
    assert len(facts(InitiativeFactory(concept=True, level=level)).requirements) == count


@pytest.mark.parametrize("level", [1, 2, 3])
def test_exactly_these_are_asked_at_the_gates(catalogue, level):
    asked = facts(InitiativeFactory(concept=True, level=level))
    catalogue_codes = {row.code for row in gate_from(asked, "start").results}
    assert catalogue_codes == set(START[level].split())
    for transition in ("admit", "launch"):
        codes = {r.code for r in gate_from(asked, transition).results if r.theme}
        assert codes == set(START[level].split()) | set(LAUNCH[level].split())


@pytest.mark.parametrize(
    ("level", "replaced"),
    [
        (1, ""),
        (2, "N1-G1 N1-G8 N1-G9 N1-G10 N1-S1"),
        (3, "N1-G1 N1-G8 N1-G9 N1-G10 N1-S1 N2-G3 N2-S1"),
    ],
)
def test_a_higher_level_replaces_what_it_says_otherwise(catalogue, level, replaced):
    in_force = {r.code for r in facts(InitiativeFactory(concept=True, level=level)).requirements}
    inherited = set(catalogue.requirements.filter(level__lte=level).values_list("code", flat=True))
    assert inherited - in_force == set(replaced.split())


def test_notes_are_in_force_but_never_asked(catalogue):
    notes = set(catalogue.requirements.filter(response="note").values_list("code", flat=True))
    asked = facts(InitiativeFactory(concept=True, level=3))
    assert notes & {r.code for r in asked.requirements}
    assert not notes & {row.code for row in gate_from(asked, "admit").results}


@pytest.mark.parametrize("level", [None, 0])
def test_an_unknown_level_and_the_sandbox_have_none_of_this_catalogue(catalogue, level):
    assert facts(InitiativeFactory(project=True, level=level, catalogue=catalogue)).requirements == ()


def test_one_can_look_at_another_level(catalogue):
    initiative = InitiativeFactory(concept=True, level=1)
    assert len(facts(initiative, level=3).requirements) == 51
    assert initiative.level == 1


# ---------------------------------------------------------------- situations of the factories


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_ready_concept_lacks_only_what_the_board_decides(catalogue, level):
    gate = gate_from(facts(ready(InitiativeFactory(concept=True, level=level))), "start")
    assert all(row.by_board for row in gate.missing)
    assert gate.is_open is (level == 1)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_project_ready_to_launch_lacks_only_what_the_board_decides(catalogue, level):
    gate = gate_from(facts(ready_to_launch(started(InitiativeFactory(concept=True, level=level)))), "launch")
    assert gate.codes("missing") == ([] if level == 1 else ["N2-G8"])


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_finished_product_is_admitted_through_both_gates(catalogue, level):
    concept = ready_to_launch(ready(InitiativeFactory(concept=True, level=level)))
    gate = gate_from(facts(concept), "admit")
    assert all(row.by_board for row in gate.missing)
    assert let_on(concept, "admit").stage == "product"


# ---------------------------------------------------------------- the latest word


def test_only_the_judgement_of_the_answer_as_it_stands_counts(project):
    answer = AnswerFactory(initiative=project, requirement=Requirement.objects.get(code="N1-R1"))
    for light in ("red", "green"):
        Judgement.objects.create(answer=answer, answer_version=1, light=light, remark=light, by=business_manager())
    assert facts(project).answers["N1-R1", None].light == "green"
    Answer.objects.filter(pk=answer.pk).update(version=2)
    changed = facts(project).answers["N1-R1", None]
    assert (changed.light, changed.earlier_light) == ("", "green")


def test_an_answer_tells_its_evidence_and_its_day(project):
    answer = AnswerFactory(
        initiative=project, requirement=Requirement.objects.get(code="N1-R1"), answered_at=at(days(-3), 0)
    )
    assert facts(project).answers["N1-R1", None].has_evidence is False
    Evidence.objects.create(answer=answer, title="Kode", url="https://example.org/", added_by=business_manager())
    found = facts(project).answers["N1-R1", None]
    assert (found.has_evidence, found.answered_on) == (True, days(-3))


def test_the_latest_deferral_counts(project):
    for until in (days(60), days(30)):
        decide(
            project,
            "other",
            outcome="approved_with_conditions",
            conditions=[Condition(code="N1-F7", until=until, responsible="Projektlederen")],
        )
    assert facts(project).deferrals["N1-F7"].until == days(30)


@pytest.mark.parametrize(("on", "known"), [(-5, True), (-6, False)])
def test_a_deferral_counts_from_the_day_it_was_decided(project, on, known):
    conditions = [Condition(code="N1-F7", until=days(30))]
    decide(project, "other", outcome="approved_with_conditions", conditions=conditions, on=days(-5))
    assert ("N1-F7" in facts_of(project, days(on)).deferrals) is known


def test_the_current_budget_is_the_last_version(project):
    BudgetFactory(initiative=project, lines=[("local", "10.50"), ("os2", "0.25")])
    BudgetFactory(initiative=project, lines=[("local", "99.99"), ("os2", "0.01"), ("grant", "100.00")])
    found = facts(project).budgets["project"]
    assert (found.version, found.lines, found.total, found.from_os2) == (2, 3, Decimal("200.00"), Decimal("0.01"))


def test_lines_and_approvals_do_not_multiply_each_other(project):
    BudgetFactory(initiative=project, lines=[("local", 100), ("local", 100)], approvers=["owner", "steering_group"])
    found = facts(project).budgets["project"]
    assert (found.lines, found.total, found.approvals) == (2, 200, {"owner", "steering_group"})


def test_an_organisation_with_two_roles_takes_part_once(project):
    organisation = OrganisationFactory()
    for role in ("lead", "participant", "vendor"):
        ParticipationFactory(initiative=project, organisation=organisation, role=role)
    assert [o.pk for o in facts(project).participants] == [organisation.pk]


def test_participants_come_in_danish_order(project):
    for name in ("Aarhus", "Vejle", "Ærø"):
        ParticipationFactory(initiative=project, organisation__name=name)
    assert [o.label for o in facts(project).participants] == ["Vejle Kommune", "Ærø Kommune", "Aarhus Kommune"]


# ---------------------------------------------------------------- several at once


def full(level=2):
    initiative = InitiativeFactory(project=True, level=level)
    ParticipationFactory(initiative=initiative)
    answer_all(initiative)
    steering_group(initiative)
    coordination_group(initiative)
    BudgetFactory(initiative=initiative, approvers=["steering_group"])
    DialogueFactory(initiative=initiative)
    AdoptionFactory(initiative=initiative)
    AppointmentFactory(initiative=initiative)
    decide(initiative, "other")
    return initiative


@pytest.mark.parametrize("rows", [1, 3])
def test_the_facts_of_many_cost_the_queries_of_one(catalogue, rows, django_assert_num_queries):
    initiatives = [full() for _ in range(rows)]
    with django_assert_num_queries(7):
        load_facts(initiatives, timezone.localdate())


def test_the_facts_of_one_are_not_mixed_with_anothers(catalogue):
    one, other = full(), InitiativeFactory(project=True, level=2)
    alone = facts(other)
    together = load_facts([one, other], days(0))[other.pk]
    assert together == alone
    assert (together.participants, together.answers, together.approvals, together.roles) == ((), {}, (), {})


def test_a_gate_from_facts_asks_the_database_nothing(catalogue, django_assert_num_queries):
    found = facts(full())
    with django_assert_num_queries(0):
        gate_from(found, "launch")


def test_the_same_facts_give_the_same_gate(catalogue):
    initiative = full()
    assert gate_from(facts(initiative), "launch").frozen() == gate_from(facts(initiative), "launch").frozen()
