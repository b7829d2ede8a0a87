"""Decisions that leave something behind: adopted, bought, settled, a description approved, a milestone passed.

Each is carried out once here, and refused where it could not have been decided.
"""

from decimal import Decimal

import pytest

from governance.domain import agendas, decisions, lifting
from governance.effects import EffectContext, registry
from governance.models import Adopted, Body, CarriedOutEffect, Case, Decision, EffectKind, Purchase, Settlement
from governance.refusals import NotAllowed, NotReady, WrongStage
from portfolio.domain.approvals import changed_since, milestones_to_pass
from portfolio.facts import facts_of
from portfolio.models import DescriptionApproval, Initiative, MilestonePassed, ReportMilestone, Stage
from tests.factories import (
    BodyFactory,
    InitiativeFactory,
    MembershipFactory,
    UserFactory,
    again,
    business_manager,
    chair_of,
    coordination_group,
    days,
    decide,
    general_assembly,
    group_of,
    held_meeting,
    planned_meeting,
    ready_case,
    steering_group,
    the_board,
)
from tests.portfolio.deciding import on_stage, refused
from tests.portfolio.reported import begun

pytestmark = pytest.mark.django_db
Kind = EffectKind
BODIES = {
    "assembly": lambda _initiative: general_assembly(),
    "board": lambda _initiative: the_board(),
    "steering": group_of,
    "coordination": lambda initiative: initiative.bodies.get(kind=Body.Kind.COORDINATION_GROUP),
    "expert": lambda _initiative: MembershipFactory(body=BodyFactory(kind=Body.Kind.EXPERT_GROUP)).body,
}
GROUPS = {"assembly", "board", "steering"}
ADOPT = {"title": "Fælles om kode", "period": "2027 til 2030"}
BUY = {"what": "Penetrationstest", "amount": "120000.50", "supplier": "Testhuset"}
# Who may decide what (domain.md sections 1-3), and the code that all others are refused with.
DECIDERS = [
    (Kind.ADOPT_STRATEGY, ADOPT, {"assembly"}, "not_assembly"),
    (Kind.ADOPT_PRINCIPLES, ADOPT, {"assembly"}, "not_assembly"),
    (Kind.ADOPT_ECONOMY, ADOPT, {"assembly"}, "not_assembly"),
    (Kind.ADOPT_ACTION_PLAN, ADOPT, {"assembly", "board"}, "not_board"),
    (Kind.PURCHASE, BUY, GROUPS, "not_steering_group"),
    (Kind.APPROVE_DESCRIPTION, {}, GROUPS, "not_steering_group"),
    (Kind.PASS_MILESTONE, {"milestone": "Udbud"}, GROUPS, "not_steering_group"),
    (Kind.SETTLE_CONFLICT, {}, GROUPS | {"coordination"}, "not_group"),
]
MATRIX = [
    pytest.param(kind, said, body, None if body in allowed else code, id=f"{kind.value} by {body}")
    for kind, said, allowed, code in DECIDERS
    for body in BODIES
]


@pytest.fixture(autouse=True)
def _catalogue(catalogue):
    """Every initiative here has requirements."""


@pytest.fixture
def project():
    made = InitiativeFactory(project=True, described=True, level=2)
    the_board()
    steering_group(made)
    coordination_group(made)
    milestone(made, "Udbud")
    return made


def milestone(initiative, name):
    report = initiative.reports.first() or begun(initiative)
    order = report.milestones.count() + 1
    return ReportMilestone.objects.create(report=report, order=order, name=name, planned=days(30))


@pytest.mark.parametrize(("kind", "said", "body", "code"), MATRIX)
def test_who_decides_what(project, kind, said, body, code):
    body = BODIES[body](project)
    if code is None:
        decision = decide(project, (kind, said), body=body)
        assert [row.kind for row in decision.carried_out.all()] == [kind]
        assert decision.carried_out.get().result
    else:
        codes = refused(NotAllowed, project, (kind, said), body=body)
        assert code in codes
        assert not CarriedOutEffect.objects.exists()


@pytest.mark.parametrize("kind", [each for each in Kind if each != Kind.OTHER])
def test_no_group_decides_about_another_groups_initiative(project, kind):
    case = ready_case(project, (kind, {}))
    own, other = group_of(project), steering_group(on_stage(Stage.PROJECT))
    codes = [refusal.code for refusal in registry.reasons_against_body(case, other, [kind])]
    assert "not_own_group" in codes
    assert "not_own_group" not in [each.code for each in registry.reasons_against_body(case, own, [kind])]


def test_the_case_tells_before_the_meeting_that_the_body_cannot(project):
    case = ready_case(project, (Kind.ADOPT_STRATEGY, ADOPT), body=the_board())
    assert [refusal.code for refusal in registry.preview(case, days(0)).refusals] == ["not_assembly"]
    assert registry.preview(ready_case(None, (Kind.ADOPT_ACTION_PLAN, ADOPT)), days(0)).refusals == ()


# ---------------------------------------------------------------- adopting and buying


@pytest.mark.parametrize("kind", list(Adopted.Kind))
def test_what_is_adopted_stands_with_its_decision(kind):
    decision = decide(None, (f"adopt_{kind}", ADOPT), body=general_assembly())
    row = Adopted.objects.get()
    assert (row.kind, row.title, row.period, row.decision) == (kind, ADOPT["title"], ADOPT["period"], decision)


def test_the_newest_of_a_kind_comes_first():
    assembly = general_assembly()
    for title in ("Den gamle", "Den nye"):
        decide(None, (Kind.ADOPT_STRATEGY, {"title": title}), body=assembly)
    assert [row.title for row in Adopted.objects.all()] == ["Den nye", "Den gamle"]


@pytest.mark.parametrize("title", ["", "  "])
def test_nothing_is_adopted_without_a_title(title):
    effect = (Kind.ADOPT_ACTION_PLAN, {"title": title})
    assert refused(NotReady, None, effect) == ["title_missing"]
    assert not Adopted.objects.exists()


def test_a_purchase_is_kept_to_the_oere():
    decision = decide(None, (Kind.PURCHASE, BUY))
    row = Purchase.objects.get()
    assert (row.what, row.amount, row.supplier) == (BUY["what"], Decimal("120000.50"), BUY["supplier"])
    assert row.decision == decision


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({**BUY, "what": ""}, "what_missing"),
        ({**BUY, "amount": ""}, "amount_missing"),
        ({**BUY, "amount": "0"}, "amount_missing"),
        ({**BUY, "amount": "-1"}, "amount_missing"),
        ({**BUY, "amount": "mange"}, "amount_missing"),
        ({**BUY, "amount": "NaN"}, "amount_missing"),
        ({**BUY, "amount": "Infinity"}, "amount_missing"),
    ],
)
def test_a_purchase_says_what_and_how_much(said, code):
    board = the_board()
    case = ready_case(None, (Kind.PURCHASE, {**BUY}))
    case.effects.update(parameters=said)
    effect = case.effects.get()
    with pytest.raises(NotReady) as refusal:
        registry.carry_out(_context(case, effect, board))
    assert refusal.value.codes == [code]
    assert not Purchase.objects.exists()


def _context(case, effect, body):
    decision = Decision(body=body, case=case, text="Besluttet.")
    return EffectContext(decision, case, effect.kind, effect.parameters, business_manager(), days(0))


# ---------------------------------------------------------------- the description


def test_an_approved_description_is_kept_as_it_was(project):
    decision = decide(project, Kind.APPROVE_DESCRIPTION, body=group_of(project))
    assert DescriptionApproval.objects.get().decision == decision
    fact = facts_of(again(project), days(0)).description
    assert (fact.decision_number, fact.approved_on) == (decision.number, days(0))
    assert changed_since(again(project), fact.texts) == []


@pytest.mark.parametrize(
    ("field", "told"),
    [("purpose", True), ("description", True), ("value_for_others", True), ("business_case", False), ("idea", False)],
)
def test_a_later_change_is_told(project, field, told):
    decide(project, Kind.APPROVE_DESCRIPTION)
    Initiative.objects.filter(pk=project.pk).update(**{field: "Noget nyt."})
    changed = changed_since(again(project), facts_of(again(project), days(0)).description.texts)
    assert changed == ([Initiative._meta.get_field(field).verbose_name] if told else [])


def test_the_latest_approval_counts(project):
    decide(project, Kind.APPROVE_DESCRIPTION)
    Initiative.objects.filter(pk=project.pk).update(purpose="Noget nyt.")
    decide(again(project), Kind.APPROVE_DESCRIPTION)
    assert changed_since(again(project), facts_of(again(project), days(0)).description.texts) == []


@pytest.mark.parametrize("field", ["purpose", "description"])
def test_an_empty_description_is_not_approved(project, field):
    Initiative.objects.filter(pk=project.pk).update(**{field: ""})
    assert refused(NotReady, again(project), Kind.APPROVE_DESCRIPTION) == ["description_missing"]


# ---------------------------------------------------------------- milestones


def test_a_milestone_is_passed_once(project):
    milestone(project, "Test")
    assert milestones_to_pass(project) == ["Udbud", "Test"]
    decision = decide(project, (Kind.PASS_MILESTONE, {"milestone": "Udbud"}), body=group_of(project))
    row = MilestonePassed.objects.get()
    assert (row.initiative, row.name, row.decision) == (project, "Udbud", decision)
    assert [(m.name, m.passed_on) for m in facts_of(project, days(0)).milestones] == [("Udbud", days(0))]
    assert milestones_to_pass(project) == ["Test"]
    again_ = (Kind.PASS_MILESTONE, {"milestone": "Udbud"})
    assert refused(WrongStage, project, again_) == ["already_passed"]


@pytest.mark.parametrize("said", [{}, {"milestone": ""}, {"milestone": "Noget andet"}])
def test_only_a_milestone_that_a_report_names(project, said):
    assert refused(NotReady, project, (Kind.PASS_MILESTONE, said)) == ["unknown_milestone"]


# ---------------------------------------------------------------- conflicts


def conflict(project, body, *effects):
    return ready_case(project, *(effects or (Kind.SETTLE_CONFLICT,)), body=body)


def coordination_of(project):
    return BODIES["coordination"](project)


def test_a_conflict_goes_up_step_by_step_and_is_settled_all_the_way_down(project):
    manager = business_manager()
    first = conflict(project, coordination_of(project))
    second = lifting.lift_case(case=first, by=manager)
    assert (second.body, second.status, second.lifted_from) == (group_of(project), Case.Status.DRAFT, first)
    assert (second.title, second.about, second.initiative_link.initiative) == (first.title, first.about, project)
    assert [effect.kind for effect in second.effects.all()] == [Kind.SETTLE_CONFLICT]
    assert Case.objects.get(pk=first.pk).status == Case.Status.LIFTED
    third = lifting.lift_case(case=second, by=manager)
    assert third.body == the_board()
    Case.objects.filter(pk=third.pk).update(status=Case.Status.READY)
    decision = _settle(Case.objects.get(pk=third.pk))
    assert {row.case for row in Settlement.objects.all()} == {first, second, third}
    assert {row.decision for row in Settlement.objects.all()} == {decision}


def _settle(case):
    return decisions.record_decision(
        case=case, meeting=held_meeting(case.body), outcome="approved", text="Afgjort.", by=business_manager()
    )


def test_a_coordination_group_can_settle_its_own(project):
    decision = _settle(conflict(project, coordination_of(project)))
    assert Settlement.objects.get().decision == decision


def test_without_a_steering_group_it_goes_to_the_board():
    board, product = the_board(), InitiativeFactory(product=True, level=1)
    coordination_group(product)
    case = conflict(product, coordination_of(product))
    assert lifting.lift_case(case=case, by=business_manager()).body == board


def test_a_lifted_case_leaves_the_agenda_and_is_not_lifted_twice(project):
    case = conflict(project, group_of(project))
    item = agendas.put_on_agenda(meeting=planned_meeting(group_of(project)), case=case)
    lifting.lift_case(case=case, by=business_manager())
    item.refresh_from_db()
    assert item.withdrawn_at is not None
    with pytest.raises(WrongStage) as refusal:
        lifting.lift_case(case=case, by=business_manager())
    assert refusal.value.codes == ["case_closed"]


def test_only_conflicts_are_lifted(project):
    with pytest.raises(WrongStage) as refusal:
        lifting.lift_case(case=conflict(project, group_of(project), Kind.OTHER), by=business_manager())
    assert refusal.value.codes == ["not_a_conflict"]


def test_nothing_is_above_the_board(project):
    case = conflict(project, the_board())
    assert not lifting.bodies_to_lift_to(case).exists()
    with pytest.raises(NotReady) as refusal:
        lifting.lift_case(case=case, by=business_manager())
    assert refusal.value.codes == ["nothing_above"]


def test_only_to_the_body_right_above(project):
    with pytest.raises(NotReady) as refusal:
        lifting.lift_case(case=conflict(project, coordination_of(project)), by=business_manager(), to=the_board())
    assert refusal.value.codes == ["not_above"]


def test_the_groups_chair_lifts_it_and_others_do_not(project):
    case = conflict(project, group_of(project))
    with pytest.raises(NotAllowed) as refusal:
        lifting.lift_case(case=case, by=UserFactory())
    assert refusal.value.codes == ["not_planner"]
    assert lifting.lift_case(case=case, by=chair_of(project)).created_by == chair_of(project)


def test_a_conflict_is_settled_once(project):
    case = conflict(project, group_of(project))
    _settle(case)
    Case.objects.filter(pk=case.pk).update(status=Case.Status.READY)
    with pytest.raises(WrongStage) as refusal:
        _settle(Case.objects.get(pk=case.pk))
    assert refusal.value.codes == ["already_settled"]
