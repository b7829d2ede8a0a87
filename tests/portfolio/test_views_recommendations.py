"""Recommending to a body: what can be asked for, by whom, before whom; and the cases about an initiative."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.models import Case
from portfolio.facts import facts_of
from portfolio.models import InitiativeCase, ReportMilestone, Stage
from portfolio.recommendable import BY_COORDINATION, fitting_effects
from portfolio.rules import Relation, Role
from tests.factories import (
    BudgetFactory,
    InitiativeFactory,
    UserFactory,
    business_manager,
    chair_of,
    coordination_group,
    days,
    decide,
    person_as,
    planned_meeting,
    ready_case,
    steering_group,
    the_board,
)
from tests.portfolio.reported import begun

pytestmark = pytest.mark.django_db


def url(initiative):
    return reverse("portfolio:recommend", args=[initiative.slug])


def said(body, *effects, **other):
    return {
        "body": body.pk,
        "purpose": "decision",
        "effects": list(effects),
        "title": "Igangsættelse",
        "recommendation": "Det indstilles, at projektet igangsættes.",
        **other,
    }


def kinds(initiative, *, roles=(Role.BUSINESS_MANAGER,), relations=()):
    facts = facts_of(initiative, days(0))
    return [each.value for each in fitting_effects(facts, roles=roles, relations=relations)]


@pytest.fixture
def manager(client):
    client.force_login(business_manager())
    return client


@pytest.fixture
def board():
    return the_board()


def test_a_recommendation_becomes_a_case_with_its_effects_in_order(manager, board, n2_concept):
    effects = ("start", "approve_budget:project", "approve_steering_group")
    answer = manager.post(url(n2_concept), said(board, *effects))
    case = Case.objects.get()
    assert answer.url == reverse("governance:case", args=[case.number])
    assert InitiativeCase.objects.get(case=case).initiative == n2_concept
    carried_out = [(effect.kind, effect.parameters) for effect in case.effects.order_by("order")]
    assert carried_out == [("approve_steering_group", {}), ("approve_budget", {"scope": "project"}), ("start", {})]
    assert (case.status, case.about) == (Case.Status.DRAFT, n2_concept.purpose)


def test_what_belongs_together_is_chosen_beforehand(manager, board, n2_concept):
    form = manager.get(url(n2_concept), {"virkning": "start"}).context["form"]
    assert form.initial["effects"] == ["approve_steering_group", "approve_budget:project", "start"]
    assert form.initial["body"] == board


def test_an_effect_in_the_address_that_does_not_fit_is_left_out(manager, board, n2_concept):
    for wanted in ("launch", "nonsens", "<script>"):
        assert manager.get(url(n2_concept), {"virkning": wanted}).context["form"].initial["effects"] == []


def test_the_recommended_case_can_be_decided_as_it_stands(manager, board, n2_concept):
    decide(n2_concept, "approve_steering_group", ("approve_budget", {"scope": "project"}), "start")
    n2_concept = type(n2_concept).objects.get(pk=n2_concept.pk)
    assert n2_concept.stage == Stage.PROJECT


@pytest.mark.parametrize(
    ("effect", "field"),
    [
        ("change_level", "level"),
        ("set_priority", "priority"),
        ("pause", "until"),
        ("close", "reason"),
        ("appoint_role", "role"),
        ("other", "text"),
    ],
)
def test_an_effect_asks_for_what_it_needs(manager, board, catalogue, effect, field):
    project = InitiativeFactory(project=True, level=2)
    answer = manager.post(url(project), said(board, effect))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Case.objects.exists()


@pytest.mark.usefixtures("catalogue")
@pytest.mark.parametrize(
    ("effect", "parameters", "kept"),
    [
        ("change_level", {"level": "3"}, {"level": 3}),
        ("set_priority", {"priority": "1"}, {"priority": "1"}),
        ("close", {"reason": "overlap"}, {"reason": "overlap"}),
        ("other", {"text": "Bestyrelsen takker."}, {"text": "Bestyrelsen takker."}),
    ],
)
def test_parameters_are_kept_with_their_effect(manager, board, effect, parameters, kept):
    project = InitiativeFactory(project=True, level=2)
    assert manager.post(url(project), said(board, effect, **parameters)).status_code == 302
    assert Case.objects.get().effects.get().parameters == kept


@pytest.mark.parametrize("until", ["i morgen", "31-02-2027", "01-01-2020"])
def test_a_pause_ends_on_a_day_that_exists_and_lies_ahead(manager, board, catalogue, until):
    project = InitiativeFactory(project=True, level=2)
    answer = manager.post(url(project), said(board, "pause", until=until))
    assert list(answer.context["form"].errors) == ["until"]


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"effects": []}, "effects"),
        ({"effects": ["launch"]}, "effects"),
        ({"purpose": "information"}, "purpose"),
        ({"title": ""}, "title"),
        ({"title": "x" * 10_000}, "title"),
        ({"recommendation_line": "x" * 61}, "recommendation_line"),
        ({"body": "0"}, "body"),
    ],
)
def test_what_cannot_be_recommended_is_told_beside_its_field(manager, board, n2_concept, other, field):
    answer = manager.post(url(n2_concept), {**said(board, "start"), **other})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Case.objects.exists()


def test_pressing_twice_opens_one_case(manager, board, n2_concept):
    assert manager.post(url(n2_concept), said(board, "start")).status_code == 302
    answer = manager.post(url(n2_concept), said(board, "start"))
    assert [refusal.code for refusal in answer.context["refusals"]] == ["case_under_way"]
    assert Case.objects.count() == 1


def test_a_steering_group_is_not_asked_for_what_the_board_decides(manager, board, n2_concept):
    own = n2_concept.bodies.get(kind="steering_group")
    answer = manager.post(url(n2_concept), said(own, "start"))
    assert [refusal.code for refusal in answer.context["refusals"]] == ["boards_alone"]
    lead = {"role": "project_lead", "person": UserFactory().pk}
    assert manager.post(url(n2_concept), said(own, "appoint_role", **lead)).status_code == 302


@pytest.mark.parametrize(
    ("role", "status"), [("lead", 404), ("owner", 404), ("participant", 404), ("board_chair", 404)]
)
def test_who_may_not_recommend(client, board, n2_concept, role, status):
    client.force_login(person_as(role, n2_concept))
    assert client.get(url(n2_concept)).status_code == status
    assert client.post(url(n2_concept), said(board, "start")).status_code == status
    assert not Case.objects.exists()


def test_the_steering_group_recommends_its_own(client, board, n2_concept):
    client.force_login(chair_of(n2_concept))
    assert client.post(url(n2_concept), said(board, "start")).status_code == 302


def test_a_coordination_group_recommends_level_and_conflicts_only(catalogue):
    product = InitiativeFactory(product=True, level=2)
    assert set(kinds(product, roles=(), relations=(Relation.COORDINATION,))) == set(BY_COORDINATION)


def test_a_coordination_group_asks_for_money_through_the_steering_group(client, board, catalogue):
    product = InitiativeFactory(product=True, level=2)
    person = person_as("coordinator", product)
    group = steering_group(product)
    client.force_login(person)
    buy = {"what": "Penetrationstest", "amount": "10.000", "supplier": "Huset"}
    answer = client.post(url(product), said(board, "purchase", **buy))
    assert [refusal.code for refusal in answer.context["refusals"]] == ["money_through_steering_group"]
    assert list(answer.context["form"].errors) == ["body"]
    client.post(url(product), said(group, "purchase", **buy))
    case = Case.objects.get()
    assert (case.body, case.effects.get().parameters) == (group, {**buy, "amount": "10000"})


def test_the_steering_group_may_ask_the_board_for_money(client, board, n2_concept):
    client.force_login(chair_of(n2_concept))
    assert client.post(url(n2_concept), said(board, "approve_budget:project")).status_code == 302


def test_a_conflict_comes_before_the_coordination_group_and_nothing_else_does(manager, board, catalogue):
    product = InitiativeFactory(product=True, level=2)
    steering_group(product)
    coordination_group(product)
    group = product.bodies.get(kind="coordination_group")
    answer = manager.post(url(product), said(group, "approve_description"))
    assert [refusal.code for refusal in answer.context["refusals"]] == ["boards_alone"]
    manager.post(url(product), said(group, "settle_conflict"))
    assert Case.objects.get().body == group


def test_the_milestones_are_those_of_the_latest_report(manager, board, catalogue):
    project = InitiativeFactory(project=True, level=2, planned_end=days(90))
    group = steering_group(project)
    assert "pass_milestone" not in dict(manager.get(url(project)).context["form"].fields["effects"].choices)
    ReportMilestone.objects.create(report=begun(project), order=1, name="Udbud", planned=days(30))
    answer = manager.post(url(project), said(group, "pass_milestone"))
    assert list(answer.context["form"].errors) == ["milestone"]
    manager.post(url(project), said(group, "pass_milestone", milestone="Udbud"))
    assert Case.objects.get().effects.get().parameters == {"milestone": "Udbud"}


@pytest.mark.parametrize(
    ("stage", "level", "has", "lacks"),
    [
        ("idea", None, {"reject"}, {"start", "change_level", "pause"}),
        ("concept", 1, {"reject", "return_to_idea", "set_priority"}, {"start", "admit", "launch", "change_level"}),
        ("concept", 2, {"start", "admit"}, {"launch", "change_level", "close"}),
        ("project", 2, {"launch", "change_level", "pause", "close", "return_to_concept"}, {"start", "resume"}),
        ("project", 1, {"change_level", "close"}, {"launch"}),
        ("product", 3, {"change_level", "pause", "close"}, {"launch", "set_priority", "return_to_concept"}),
        ("closed", 1, {"reopen"}, {"close", "pause"}),
    ],
)
def test_what_fits_a_stage_and_level(catalogue, stage, level, has, lacks):
    found = set(kinds(InitiativeFactory(stage=stage, level=level)))
    assert has <= found
    assert not lacks & found


def test_what_is_on_hold_is_resumed(catalogue):
    project = InitiativeFactory(project=True, level=2, paused_since=days(-1), paused_until=days(30))
    assert "resume" in kinds(project)
    assert "pause" not in kinds(project)


def test_a_budget_is_for_the_board_until_the_board_has_approved_it(catalogue):
    project = InitiativeFactory(project=True, level=2)
    assert "approve_budget:project" not in kinds(project)
    BudgetFactory(initiative=project, approvers=["steering_group"])
    assert "approve_budget:project" in kinds(project)
    decide(project, ("approve_budget", {"scope": "project"}))
    assert "approve_budget:project" not in kinds(project)


def test_the_cases_cost_the_same_with_one_and_with_three(manager, board, n2_concept):
    counts, planned = [], planned_meeting(board)
    for more in (1, 2):
        for _each in range(more):
            case = ready_case(n2_concept, "set_priority")
            planned.items.create(case=case, number=planned.items.count() + 1)
        with CaptureQueriesContext(connection) as captured:
            answer = manager.get(reverse("portfolio:initiative-cases", args=[n2_concept.slug]))
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 15
    assert [case.item_number for case in answer.context["cases"]] == [3, 2, 1]


def test_a_reader_sees_no_drafts(client, board, n2_concept):
    case = ready_case(n2_concept, "start")
    Case.objects.filter(pk=case.pk).update(status=Case.Status.DRAFT)
    client.force_login(person_as("participant", n2_concept))
    cases = reverse("portfolio:initiative-cases", args=[n2_concept.slug])
    assert client.get(cases).context["cases"] == []
    Case.objects.filter(pk=case.pk).update(status=Case.Status.READY)
    assert [line.number for line in client.get(cases).context["cases"]] == [case.number]
