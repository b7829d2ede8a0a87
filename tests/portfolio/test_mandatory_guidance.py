"""Points that the board makes mandatory: where they appear, how they are answered, what gates make of them."""

from types import SimpleNamespace

import pytest

from governance.domain import guidance as writing
from governance.effects import Condition
from governance.models import Decision
from governance.refusals import NotAllowed, NotReady, Stale, WrongStage
from portfolio.agenda_lines import overdue_conditions
from portfolio.checklist_rows import checklist_of
from portfolio.deferrals import open_conditions
from portfolio.domain import guidance
from portfolio.facts import facts_of
from portfolio.gates import gate_for, gate_from
from portfolio.models import MandatoryPoint, PointAnswer, PointDeferral, Stage
from portfolio.steps import GateClosed
from portfolio.tasks import tell_of_mandatory_guidance
from tests.factories import (
    AppointmentFactory,
    InitiativeFactory,
    again,
    business_manager,
    chair_of,
    days,
    decide,
    general_assembly,
    group_of,
    let_on,
    person_as,
    steering_group,
    the_board,
)
from tests.portfolio.deciding import START_N2, on_stage, refused, written
from tests.portfolio.guiding import mandatory, published

pytestmark = pytest.mark.django_db
Outcome = Decision.Outcome
FOLLOWED, EXPLAINED = PointAnswer.Value


@pytest.fixture(autouse=True)
def _catalogue(catalogue):
    """Every initiative here has requirements."""


@pytest.fixture
def point():
    return published("Brug modellen").points.get()


def points_of(initiative, on=None):
    return [fact.pk for fact in facts_of(again(initiative), on or days(0)).points]


def answer(initiative, point, value=FOLLOWED, text="", *, by=None, version=0):
    return guidance.answer_point(
        initiative_id=initiative.pk,
        point_id=point.pk,
        value=value,
        text=text,
        by=by or business_manager(),
        version=version,
    )


# ---------------------------------------------------------------- whom it concerns


@pytest.mark.parametrize(("from_level", "concerned"), [(1, [1, 2, 3]), (2, [2, 3]), (3, [3])])
def test_from_a_level_up(point, from_level, concerned):
    initiatives = {level: on_stage(Stage.PROJECT, level) for level in (1, 2, 3)}
    mandatory(point, from_level=from_level)
    assert [level for level, each in initiatives.items() if points_of(each) == [point.pk]] == concerned


def test_for_named_initiatives_alone(point):
    mine, other = on_stage(Stage.PROJECT), on_stage(Stage.PROJECT)
    mandatory(point, initiatives=[mine.pk])
    assert (points_of(mine), points_of(other)) == ([point.pk], [])


def test_in_a_case_about_an_initiative_it_is_that_one(point):
    mine, other = on_stage(Stage.PROJECT), on_stage(Stage.PROJECT)
    mandatory(point, initiative=mine)
    assert (points_of(mine), points_of(other)) == ([point.pk], [])


def test_an_idea_has_no_level_and_no_checklist(point):
    idea = on_stage(Stage.IDEA)
    mandatory(point, from_level=1)
    assert points_of(idea) == []


def test_only_from_its_day(point):
    project = on_stage(Stage.PROJECT)
    mandatory(point, from_level=1, valid_from=days(10).isoformat())
    assert [points_of(project, days(each)) for each in (9, 10)] == [[], [point.pk]]


def test_a_point_for_a_level_and_for_the_initiative_is_one_row(point):
    project = on_stage(Stage.PROJECT)
    mandatory(point, initiative=project)
    mandatory(point, from_level=2)
    assert points_of(project) == [point.pk]


def test_the_assembly_decides_it_too(point):
    parameters = {"points": [point.pk], "from_level": 1}
    decide(None, ("make_guidance_mandatory", parameters), body=general_assembly())
    assert MandatoryPoint.objects.get().from_level == 1


def test_several_points_for_several_initiatives_are_a_row_each():
    first, second = published("Et", "To").points.all()
    projects = [on_stage(Stage.PROJECT), on_stage(Stage.PROJECT)]
    decision = mandatory(first, second, initiatives=[each.pk for each in projects])
    assert MandatoryPoint.objects.filter(decision=decision).count() == 4
    assert "2" in decision.carried_out.get().result


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ({"from_level": 1, "points": []}, ["points_missing"]),
        ({}, ["nobody_concerned"]),
        ({"from_level": 1, "valid_from": days(-1).isoformat()}, ["begins_too_early"]),
        ({"from_level": 1, "valid_from": days(0).isoformat()}, []),
    ],
)
def test_what_it_takes(point, said, codes):
    effect = ("make_guidance_mandatory", {"points": [point.pk], **said})
    if codes:
        assert refused(NotReady, None, effect) == codes
    else:
        the_board()
        assert decide(None, effect).carried_out.count() == 1


def test_a_level_and_initiatives_are_two_decisions(point):
    said = {"points": [point.pk], "from_level": 1, "initiatives": [on_stage(Stage.PROJECT).pk]}
    assert refused(NotReady, None, ("make_guidance_mandatory", said)) == ["nobody_concerned"]


def test_only_what_is_published_and_holds(point):
    version = point.version
    draft = writing.begin_version(guidance=version.guidance, by=business_manager())
    for each in (draft.points.get(), point):
        if each == point:
            writing.publish(draft=draft, by=business_manager())
        said = {"points": [each.pk], "from_level": 1}
        assert refused(NotReady, None, ("make_guidance_mandatory", said)) == ["not_published"]


def test_the_same_twice(point):
    mandatory(point, from_level=1)
    for level in (1, 2):
        said = {"points": [point.pk], "from_level": level}
        assert refused(NotReady, None, ("make_guidance_mandatory", said)) == ["already_mandatory"]


def test_more_levels_later(point):
    mandatory(point, from_level=3)
    mandatory(point, from_level=2)
    assert points_of(on_stage(Stage.PROJECT, 3)) == [point.pk]


def test_a_steering_group_cannot(point):
    project = on_stage(Stage.PROJECT)
    said = ("make_guidance_mandatory", {"points": [point.pk]})
    assert refused(NotAllowed, project, said, body=steering_group(project)) == ["not_board"]
    assert not MandatoryPoint.objects.exists()


# ---------------------------------------------------------------- gates


def test_an_unanswered_point_keeps_the_gate_closed(n2_concept, point):
    mandatory(point, from_level=2)
    code = f"V{point.pk}"
    gate = gate_for(n2_concept, "start", on=days(0), assumed=START_N2)
    assert gate.codes("missing") == [code]
    assert gate.missing[0].mend.url_name == "portfolio:point-answer"
    with pytest.raises(GateClosed) as closed:
        decide(n2_concept, *START_N2)
    assert closed.value.codes == [code]
    assert again(n2_concept).stage == Stage.CONCEPT


@pytest.mark.parametrize(
    ("value", "text", "result"),
    [(FOLLOWED, "", "met"), (FOLLOWED, "Ja.", "met"), (EXPLAINED, "Vi har vores.", "explained")],
)
def test_follow_or_explain_opens_it(n2_concept, point, value, text, result):
    mandatory(point, from_level=2)
    answer(n2_concept, point, value, text)
    decide(n2_concept, *START_N2)
    assert again(n2_concept).stage == Stage.PROJECT
    kept = n2_concept.events.get(transition="start").gate["results"]
    assert {row["code"]: row["result"] for row in kept}[f"V{point.pk}"] == result


def test_the_manager_cannot_start_n1_past_it(n1_concept, point):
    mandatory(point, from_level=1)
    with pytest.raises(GateClosed) as closed:
        let_on(n1_concept, "start")
    assert closed.value.codes == [f"V{point.pk}"]
    answer(n1_concept, point)
    assert let_on(n1_concept, "start").stage == Stage.PROJECT


def test_raising_the_level_asks_what_is_mandatory_there(point):
    project = on_stage(Stage.PROJECT, 1)
    mandatory(point, from_level=2)
    assert points_of(project) == []
    assert f"V{point.pk}" in gate_from(facts_of(project, days(0)).at_level(2), "raise_level").codes("missing")


def test_the_board_can_defer_it(n2_concept, point):
    mandatory(point, from_level=2)
    condition = Condition(code=f"V{point.pk}", until=days(30), responsible="Projektlederen")
    decision = decide(n2_concept, *START_N2, outcome=Outcome.APPROVED_WITH_CONDITIONS, conditions=[condition])
    granted = PointDeferral.objects.get()
    assert (granted.point, granted.decision, granted.until, granted.kind) == (point, decision, days(30), "deferred")
    assert again(n2_concept).stage == Stage.PROJECT
    (condition,) = open_conditions(facts_of(again(n2_concept), days(30)))
    assert (condition.code, condition.is_overdue, condition.decision_number) == (
        f"V{point.pk}",
        False,
        decision.number,
    )
    (condition,) = open_conditions(facts_of(again(n2_concept), days(31)))
    assert condition.is_overdue
    assert [line.subject for line in overdue_conditions(the_board(), days(31))] == [n2_concept.slug]
    answer(n2_concept, point)
    assert open_conditions(facts_of(again(n2_concept), days(31))) == ()


@pytest.mark.parametrize(
    ("until", "day", "result"), [(30, 30, "deferred"), (30, 31, "missing"), (None, 900, "deferred")]
)
def test_the_board_can_accept_that_it_is_not_followed(point, until, day, result):
    project = on_stage(Stage.PROJECT)
    mandatory(point, from_level=2)
    condition = Condition(code=f"V{point.pk}", until=until and days(until), accepted=True)
    decide(project, "defer_requirements", outcome=Outcome.APPROVED_WITH_CONDITIONS, conditions=[condition])
    gate = gate_for(again(project), "launch", on=days(day))
    assert {row.code: row.result for row in gate.results}[f"V{point.pk}"] == result


# ---------------------------------------------------------------- answering


@pytest.mark.parametrize(
    "role", ["owner", "lead", "steering_member", "steering_chair", "secretariat", "business_manager"]
)
def test_those_who_answer_the_checklist_answer_it(point, role):
    project = on_stage(Stage.PROJECT)
    person = person_as(role, project)
    mandatory(point, from_level=2)
    assert answer(project, point, by=person).answered_by == person


@pytest.mark.parametrize("role", ["stranger", "member_user", "board_chair", "participant", "proposer"])
def test_others_do_not(point, role):
    project = on_stage(Stage.PROJECT)
    person = person_as(role, project)
    mandatory(point, from_level=2)
    with pytest.raises(NotAllowed) as refusal:
        answer(project, point, by=person)
    assert refusal.value.codes == ["not_allowed"]
    assert not PointAnswer.objects.exists()


def test_an_explanation_says_something(point):
    project = on_stage(Stage.PROJECT)
    mandatory(point, from_level=2)
    with pytest.raises(NotReady) as refusal:
        answer(project, point, EXPLAINED, "  ")
    assert refusal.value.codes == ["text_missing"]


@pytest.mark.parametrize("level", [1, None])
def test_only_what_concerns_it_is_answered(point, level):
    project = on_stage(Stage.PROJECT, level)
    mandatory(point, from_level=2)
    with pytest.raises(WrongStage) as refusal:
        answer(project, point)
    assert refusal.value.codes == ["not_mandatory"]


def test_two_answers_at_once(point):
    project = on_stage(Stage.PROJECT)
    mandatory(point, from_level=2)
    first = answer(project, point, FOLLOWED, "Ja.")
    assert answer(project, point, FOLLOWED, "Ja.").pk == first.pk
    with pytest.raises(Stale) as refusal:
        answer(project, point, EXPLAINED, "Nej.")
    assert refusal.value.current == first
    assert answer(project, point, EXPLAINED, "Nej.", version=1).version == 2


# ---------------------------------------------------------------- the checklist


def test_the_checklist_has_a_section_of_its_own(point):
    project = on_stage(Stage.PROJECT)
    before = checklist_of(facts_of(project, days(0)))
    mandatory(point, from_level=2)
    after = checklist_of(facts_of(project, days(0)))
    assert (len(before.points), len(after.points)) == (0, 1)
    assert (after.total, after.done) == (before.total + 1, before.done)
    answer(project, point)
    answered = checklist_of(facts_of(project, days(0)))
    assert (answered.points_done, answered.done) == (1, before.done + 1)


@pytest.mark.parametrize(("chosen", "shown"), [("", 1), ("mangler", 1), ("udskudt", 0), ("tilbage", 0)])
def test_the_readers_choice_counts_here_too(point, chosen, shown):
    project = on_stage(Stage.PROJECT)
    mandatory(point, from_level=2)
    assert len(checklist_of(facts_of(project, days(0)), chosen=chosen).points) == shown


# ---------------------------------------------------------------- telling those concerned


def test_those_behind_are_told_once_each(point, mailoutbox):
    project, product = on_stage(Stage.PROJECT), on_stage(Stage.PRODUCT)
    steering_group(project)
    lead = AppointmentFactory(initiative=project, role="project_lead").person
    AppointmentFactory(initiative=product, role="coordinator", person=lead)
    AppointmentFactory(initiative=on_stage(Stage.PROJECT, 1), role="project_owner")
    AppointmentFactory(initiative=on_stage(Stage.CLOSED, 2), role="project_owner")
    AppointmentFactory(initiative=project, role="shepherd")
    AppointmentFactory(initiative=project, role="system_owner", valid_to=days(-1))
    decision = mandatory(point, from_level=2)
    mailoutbox.clear()
    tell_of_mandatory_guidance.call(decision_id=decision.pk)
    assert sorted(letter.to[0] for letter in mailoutbox) == sorted([lead.email, chair_of(project).email])
    letter = next(letter for letter in mailoutbox if letter.to == [lead.email])
    assert (point.title in letter.body, project.name in letter.body, product.name in letter.body) == (True,) * 3
    assert decision.number in letter.body


def test_the_letters_are_ordered_with_the_decision(point, monkeypatch):
    ordered = []
    letters = SimpleNamespace(enqueue=lambda **given: ordered.append(given))
    monkeypatch.setattr(guidance, "tell_of_mandatory_guidance", letters)
    decision = mandatory(point, from_level=2)
    assert ordered == [{"decision_id": decision.pk}]


def test_a_refusal_writes_nothing(point):
    project = InitiativeFactory(project=True, level=2)
    the_board()
    before = written()
    effects = (("make_guidance_mandatory", {"points": [point.pk]}), ("close", {"reason": "nonsense"}))
    group = group_of(project) if project.bodies.exists() else steering_group(project)
    with pytest.raises(NotAllowed):
        decide(project, *effects, body=group)
    assert written()["decisions"] == before["decisions"]
    assert not MandatoryPoint.objects.exists()
