from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portfolio.models import Budget, BudgetApproval, BudgetLine
from tests.factories import (
    BudgetFactory,
    EconomyCategoryFactory,
    InitiativeFactory,
    ParticipationFactory,
    person_as,
    steering_group,
)
from tests.look.html import all_with, assert_wired, parse, text


@pytest.fixture
def concept(catalogue):
    return InitiativeFactory(concept=True, described=True, level=1)


def page_of(initiative):
    return reverse("portfolio:economy", args=[initiative.slug])


def new_url(initiative, scope="project"):
    return reverse("portfolio:budget-create", args=[initiative.slug, scope])


def approve_url(budget):
    return reverse("portfolio:budget-approve", args=[budget.pk])


def line(**more):
    return {"year": "2027", "category": EconomyCategoryFactory().pk, "funding": "local", "planned": "1.234,50", **more}


def sent(*lines, initial=0, **more):
    data = {
        "version": "0",
        "note": "",
        "linjer-TOTAL_FORMS": str(max(len(lines), 3)),
        "linjer-INITIAL_FORMS": str(initial),
    }
    for number, fields in enumerate(lines):
        data |= {f"linjer-{number}-{name}": value for name, value in fields.items()}
    return {**data, **more}


def codes(answer):
    return [refusal.code for refusal in answer.context["refusals"]]


# ---------------------------------------------------------------- reading
def test_versions_lines_and_approvals_are_shown(client_as, concept):
    BudgetFactory(initiative=concept, approvers=["owner"], note="Første bud")
    BudgetFactory(initiative=concept, lines=[("local", 80_000), ("grant", 20_000)])
    answer = client_as("business_manager").get(page_of(concept))
    project, product = answer.context["blocks"]
    assert project.current.budget.version == 2
    assert [view.budget.version for view in project.earlier] == [1]
    assert project.current.total == Decimal(100_000)
    assert [total for _label, total in project.current.by_funding] == [80_000, 20_000]
    assert product.current is None
    page = parse(answer.content)
    assert_wired(page)
    assert "100.000,00" in text(page)


def test_the_page_says_what_the_gate_says(client_as, n2_concept):
    project, _product = client_as("business_manager").get(page_of(n2_concept)).context["blocks"]
    assert [(row.code, row.result) for row in project.requirements] == [("N2-G5", "missing")]
    assert project.requirements[0].by_board


def test_only_those_who_see_the_initiative_see_its_economy(client_as, concept):
    assert client_as("stranger").get(page_of(concept)).status_code == 404
    assert client_as("board_member").get(page_of(concept)).status_code == 200


@pytest.mark.parametrize("role", ["board_member", "participant"])
def test_who_may_not_write_is_offered_nothing(client_as, concept, role):
    BudgetFactory(initiative=concept)
    page = parse(client_as(role, concept).get(page_of(concept)).content)
    assert not all_with(page, "button-secondary")
    assert all_with(page, "os2-locked")
    assert client_as(role, concept).get(new_url(concept)).status_code == 404


# ---------------------------------------------------------------- laying
def test_a_version_is_laid(client_as, concept):
    part = ParticipationFactory(initiative=concept)
    data = sent(line(payer=part.organisation_id), line(funding="grant", planned="500"), note="Første bud")
    answer = client_as("owner", concept).post(new_url(concept), data)
    assert answer.headers["Location"] == page_of(concept)
    budget = Budget.objects.get(initiative=concept)
    assert (budget.version, budget.note, budget.scope) == (1, "Første bud", "project")
    assert [(row.planned, row.payer) for row in budget.lines.all()] == [
        (Decimal("1234.50"), part.organisation),
        (Decimal(500), None),
    ]


def test_the_next_version_begins_with_the_lines_of_the_latest(client_as, concept):
    BudgetFactory(initiative=concept, lines=[("local", 80_000), ("grant", 20_000)])
    client = client_as("owner", concept)
    form = client.get(new_url(concept)).context["form"]
    assert [row["planned"].value() for row in form.lines.initial_forms] == ["80.000", "20.000"]
    data = sent(line(planned="90.000"), line(funding="grant", DELETE="on"), initial=2, version="1")
    client.post(new_url(concept), data)
    latest = Budget.objects.get(version=2)
    assert [row.planned for row in latest.lines.all()] == [Decimal(90_000)]
    assert Budget.objects.get(version=1).lines.count() == 2


def test_more_rows_are_given_without_losing_what_was_typed(client_as, concept):
    client = client_as("owner", concept)
    answer = client.post(new_url(concept), sent(line(planned="ti kroner"), note="Husk moms", flere="1"))
    form = answer.context["form"]
    assert answer.status_code == 200
    assert form["note"].value() == "Husk moms"
    assert form.lines.forms[0]["planned"].value() == "ti kroner"
    assert len(form.lines.forms) == 4
    assert not Budget.objects.exists()
    assert_wired(parse(answer.content))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"planned": "ti kroner"}, "planned"),
        ({"planned": "1,234.50"}, "planned"),
        ({"planned": "-5"}, "planned"),
        ({"planned": ""}, "planned"),
        ({"year": "27"}, "year"),
        ({"year": "i år"}, "year"),
        ({"funding": ""}, "funding"),
        ({"funding": "staten"}, "funding"),
        ({"category": ""}, "category"),
        ({"category": "999999"}, "category"),
        ({"payer": "999999"}, "payer"),
    ],
)
def test_what_is_wrong_in_a_row_is_told_in_that_row(client_as, concept, wrong, field):
    answer = client_as("owner", concept).post(new_url(concept), sent(line(), line(**wrong)))
    assert answer.status_code == 422
    assert [list(errors) for errors in answer.context["form"].lines.errors] == [[], [field], []]
    assert not Budget.objects.exists()
    assert_wired(parse(answer.content))


def test_a_budget_without_lines_is_refused(client_as, concept):
    answer = client_as("owner", concept).post(new_url(concept), sent())
    assert answer.status_code == 422
    assert codes(answer) == ["lines_missing"]


def test_n1_refuses_os2s_money_in_the_row_with_the_rule(client_as, concept):
    answer = client_as("owner", concept).post(new_url(concept), sent(line(), line(funding="os2")))
    assert answer.status_code == 422
    assert codes(answer) == ["os2_funding_on_n1"]
    assert [list(errors) for errors in answer.context["form"].lines.errors] == [[], ["funding"], []]
    assert not Budget.objects.exists()


def test_n2_takes_os2s_money(client_as, catalogue):
    concept = InitiativeFactory(concept=True, level=2)
    assert client_as("owner", concept).post(new_url(concept), sent(line(funding="os2"))).status_code == 302


def test_a_newer_version_is_shown_and_can_be_built_on(client_as, concept):
    client = client_as("owner", concept)
    BudgetFactory(initiative=concept, lines=[("local", 77_000)])
    answer = client.post(new_url(concept), sent(line()))
    assert answer.status_code == 409
    assert "77.000,00" in answer.content.decode()
    assert answer.context["form"].lines.forms[0]["planned"].value() == "1.234,50"
    assert Budget.objects.count() == 1
    assert client.post(new_url(concept), sent(line(), seen_version="1")).status_code == 302
    assert Budget.objects.get(version=2).lines.get().planned == Decimal("1234.50")


def test_a_double_click_lays_one_version(client_as, concept):
    client = client_as("owner", concept)
    data = sent(line())
    assert [client.post(new_url(concept), data).status_code for _click in range(2)] == [302, 409]
    assert Budget.objects.count() == 1


@pytest.mark.parametrize(("role", "status"), [("board_member", 404), ("stranger", 404), ("participant", 404)])
def test_a_forged_budget_is_refused(client_as, concept, role, status):
    assert client_as(role, concept).post(new_url(concept), sent(line())).status_code == status
    assert not Budget.objects.exists()


def test_there_are_only_two_economies(client_as, concept):
    assert client_as("owner", concept).get(new_url(concept, "andet")).status_code == 404


# ---------------------------------------------------------------- approving
def test_the_owner_approves_on_n1(client_as, concept):
    budget = BudgetFactory(initiative=concept)
    client = client_as("owner", concept)
    assert client.get(page_of(concept)).context["blocks"][0].may_approve
    assert client.post(approve_url(budget)).headers["Location"] == page_of(concept)
    assert budget.approvals.get().approver == BudgetApproval.Approver.OWNER
    assert not client.get(page_of(concept)).context["blocks"][0].may_approve


def test_the_chair_approves_for_the_steering_group(client_as, catalogue):
    concept = InitiativeFactory(concept=True, level=2)
    steering_group(concept)
    budget = BudgetFactory(initiative=concept)
    client_as("steering_chair", concept).post(approve_url(budget))
    assert budget.approvals.get().approver == BudgetApproval.Approver.STEERING_GROUP


def test_approving_twice_or_an_old_version_changes_nothing(client_as, concept):
    old = BudgetFactory(initiative=concept)
    client = client_as("owner", concept)
    for _click in range(2):
        assert client.post(approve_url(old)).status_code == 302
    assert BudgetApproval.objects.count() == 1
    BudgetFactory(initiative=concept)
    client.post(approve_url(old))
    assert BudgetApproval.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "status"), [("business_manager", 403), ("lead", 403), ("board_member", 403), ("stranger", 404)]
)
def test_a_forged_approval_is_refused(client_as, concept, role, status):
    budget = BudgetFactory(initiative=concept)
    assert client_as(role, concept).post(approve_url(budget)).status_code == status
    assert not BudgetApproval.objects.exists()


def test_the_owner_does_not_approve_from_n2(client_as, catalogue):
    concept = InitiativeFactory(concept=True, level=2)
    budget = BudgetFactory(initiative=concept)
    assert client_as("owner", concept).post(approve_url(budget)).status_code == 403


# ---------------------------------------------------------------- cost
def test_the_page_costs_the_same_with_three_versions_as_with_one(client_as, concept):
    person_as("owner", concept)
    client = client_as("business_manager")

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(page_of(concept))
        return len(queries)

    BudgetFactory(initiative=concept, approvers=["owner"])
    client.get(page_of(concept))
    one = cost()
    for lines in (2, 9):
        BudgetFactory(initiative=concept, approvers=["owner"], lines=[("local", 10_000)] * lines)
    assert BudgetLine.objects.count() == 12
    assert cost() == one <= 20
