import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portfolio.exports import BYTE_ORDER_MARK
from portfolio.models import ReportEconomyLine
from portfolio.overview_choice import Choice, arranged
from portfolio.overview_lines import project_lines
from tests.factories import (
    AdoptionFactory,
    BudgetFactory,
    EconomyCategoryFactory,
    InitiativeFactory,
    ParticipationFactory,
    days,
    person_as,
    ready,
    steering_group,
)
from tests.look.html import all_with, assert_wired, parse, text
from tests.portfolio.reported import received
from tests.portfolio.test_overviews import deferred

OVERVIEWS = ["projects", "products"]
PAGES = [(overview, view) for overview in OVERVIEWS for view in ("status", "indhold")]


def address(overview, **query):
    return reverse(f"portfolio:{overview}", query=query)


def names(client, overview, **query):
    answer = client.get(address(overview, **query))
    assert answer.status_code == 200
    return [row.line.name for _section, rows in answer.context["sections"] for row in rows]


def on(stage, level=2, **more):
    return InitiativeFactory(**{stage: True}, level=level, **more)


@pytest.fixture
def portfolio(catalogue):
    """Two projects, a concept, an idea and two products; the project Alfa is marked, red, late and has a condition."""
    alfa = on("project", 3, name="Alfa", planned_end=days(10))
    steering_group(alfa)
    BudgetFactory(initiative=alfa, lines=[("local", 1000)])
    received(alfa, days(-90), light="red")
    report = received(alfa, days(-60), light="red", forecast_end=days(90), progress=20, hours_used=5)
    ReportEconomyLine.objects.filter(report=report).update(spent=300, forecast=1500)
    deferred(alfa, "N1-F1", days(-1))
    beta = on("project", 1, name="Beta")
    received(beta, days(-10), light="yellow", progress=80)
    deferred(beta, "N1-F1", days(20))
    ready(on("concept", 2, name="Gamma"))
    InitiativeFactory(name="Idé")
    delta = on("product", 2, name="Delta", operating_status="pilot")
    AdoptionFactory(initiative=delta)
    on("product", 1, name="Æble", operating_status="in_operation")
    return {"alfa": alfa, "beta": beta, "delta": delta}


@pytest.fixture
def office(client_as, catalogue):
    return client_as("business_manager")


# ---------------------------------------------------------------- choosing
def test_projects_are_chosen_by_the_address(office, portfolio):
    everything = ["Alfa", "Beta", "Gamma"]
    for query, found in [
        ({}, everything),
        ({"q": "alf"}, ["Alfa"]),
        ({"niveau": "3"}, ["Alfa"]),
        ({"stadie": "concept"}, ["Gamma"]),
        ({"stadie": "project"}, ["Alfa", "Beta"]),
        ({"status": "markeret"}, ["Alfa"]),
        ({"status": "roed"}, ["Alfa"]),
        ({"status": "gul"}, ["Beta"]),
        ({"status": "vilkaar"}, ["Alfa", "Beta"]),
        ({"status": "forfalden"}, ["Alfa"]),
        ({"status": "rapport"}, ["Alfa"]),
        ({"niveau": "3", "status": "gul"}, []),
        ({"niveau": "none"}, []),
        ({"sort": "-navn", "gruppe": "ingen"}, ["Gamma", "Beta", "Alfa"]),
        ({"sort": "fremdrift", "gruppe": "ingen"}, ["Alfa", "Beta", "Gamma"]),
        ({"sort": "-fremdrift", "gruppe": "ingen"}, ["Beta", "Alfa", "Gamma"]),
        ({"gruppe": "niveau"}, ["Alfa", "Gamma", "Beta"]),
        ({"sort": "anvendere"}, everything),
        ({"sort": "findes-ikke", "gruppe": "x", "visning": "y", "niveau": "9", "organisation": "z"}, everything),
        ({"page": "99"}, everything),
        ({"page": "x"}, everything),
        ({"q": "x" * 300}, everything),
    ]:
        assert names(office, "projects", **query) == found, query


def test_products_are_chosen_by_the_address(office, portfolio):
    for query, found in [
        ({}, ["Delta", "Æble"]),
        ({"gruppe": "ingen"}, ["Delta", "Æble"]),
        ({"gruppe": "driftsstatus"}, ["Delta", "Æble"]),
        ({"driftsstatus": "in_operation"}, ["Æble"]),
        ({"status": "markeret"}, ["Delta"]),
        ({"sort": "-anvendere", "gruppe": "ingen"}, ["Delta", "Æble"]),
        ({"sort": "fremdrift", "gruppe": "ingen"}, ["Delta", "Æble"]),
        ({"q": "æble"}, ["Æble"]),
    ]:
        assert names(office, "products", **query) == found, query


def test_an_organisation_finds_what_it_takes_part_in(office, portfolio):
    part = ParticipationFactory(initiative=portfolio["beta"])
    assert names(office, "projects", organisation=part.organisation_id) == ["Beta"]
    answer = office.get(address("projects", organisation=part.organisation_id, niveau="3"))
    assert answer.context["words"] == ["niveau 3", str(part.organisation).lower()]
    assert "Ryd filtrene" in answer.content.decode()


def test_everyone_sees_only_their_own(client_as, portfolio):
    person_as("lead", portfolio["beta"])
    assert names(client_as("lead", portfolio["beta"]), "projects") == ["Beta"]
    assert names(client_as("stranger"), "projects") == []
    assert names(client_as("board_member"), "projects") == ["Alfa", "Beta", "Gamma"]


# ---------------------------------------------------------------- reading
def test_the_pages_are_wired(office, portfolio):
    for overview, view in PAGES:
        assert_wired(parse(office.get(address(overview, visning=view)).content))


def test_marks_conditions_and_gate_are_told_in_the_row(office, portfolio):
    page = parse(office.get(address("projects", gruppe="ingen")).content)
    (marked,) = all_with(page, "os2-marked")
    assert "Slutdato over 60 dage" in text(marked)
    assert "Udgift over 10 %" not in text(marked)
    assert "Rød til" not in text(marked)
    assert "1 af 1 forfaldet" in text(marked)
    assert "+80 dage" in text(marked)
    assert "mangler" in text(page)
    assert "Afgøres af bestyrelsen" in text(page)


def test_sums_are_of_everything_that_fits(office, portfolio):
    answer = office.get(address("projects"))
    assert (answer.context["totals"].count, answer.context["totals"].forecast) == (3, 1500)
    groups = {section.group.stage: section.group.totals.count for section, _rows in answer.context["sections"]}
    assert groups == {"project": 2, "concept": 1}
    assert (answer.context["marked"], answer.context["overdue"]) == (1, 1)
    assert office.get(address("projects", niveau="1")).context["totals"].count == 1


def test_the_matrix_counts_everything_whatever_is_chosen(office, portfolio):
    for query in ({}, {"niveau": "1"}, {"q": "gamma"}):
        rows = office.get(address("projects", **query)).context["matrix"]
        assert {row.level: [cell.count for cell in row.cells] for row in rows} == {
            3: [0, 0, 1],
            2: [0, 1, 0],
            1: [0, 0, 1],
            None: [1, 0, 0],
        }
    rows = office.get(address("products")).context["matrix"]
    assert {row.level: row.total for row in rows} == {3: 0, 2: 1, 1: 1}


def test_a_number_of_the_matrix_leads_to_what_it_counts(office, portfolio):
    cell = office.get(address("projects")).context["matrix"][0].cells[2]
    answer = office.get(cell.url)
    assert [row.line.name for _section, rows in answer.context["sections"] for row in rows] == ["Alfa"]


def test_pages_of_fifty_and_sums_where_a_group_ends(office, catalogue):
    for number in range(52):
        on("project", 1, name=f"Projekt {number:02}")
    on("concept", 1, name="Koncept")
    first, second = (office.get(address("projects", page=page)) for page in (1, 2))
    assert len(first.context["page"].object_list) == 50
    assert [section.ends_here for section, _rows in first.context["sections"]] == [False]
    assert [(section.group.stage, section.ends_here) for section, _rows in second.context["sections"]] == [
        ("project", True),
        ("concept", True),
    ]
    assert second.context["totals"].count == 53


def test_what_is_not_known_stands_last_both_ways(portfolio):
    lines = project_lines(portfolio["alfa"].__class__.objects.all())
    for sort in ("ventes", "-ventes", "-budget", "budget"):
        (group,) = arranged(lines, Choice(sort=sort, group="ingen"))
        assert group.lines[-1].name != "Alfa"


# ---------------------------------------------------------------- the file
def rows_of(answer):
    content = answer.content.decode()
    assert content.startswith(BYTE_ORDER_MARK)
    return list(csv.DictReader(StringIO(content.removeprefix(BYTE_ORDER_MARK)), delimiter=";"))


def test_the_file_is_what_the_page_shows(office, portfolio):
    query = {"status": "markeret", "sort": "-navn"}
    answer = office.get(address("projects", **query, format="csv"))
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="projektportefoelje-')
    (row,) = rows_of(answer)
    assert row["Projekt"] == "Alfa"
    assert (row["Niveau"], row["Stadie"], row["Tid"], row["Vilkår"]) == (
        "Niveau 3",
        "Projekt",
        "Rød",
        "1 af 1 forfaldet",
    )
    assert (row["Budget"], row["Brugt"], row["Forventet"]) == ("1000,00", "300,00", "1500,00")
    assert (row["Fremdrift i procent"], row["Afv. %"]) == ("20", "50,00")
    assert "Slutdato over 60 dage" in row["Markeret"]


def test_the_file_has_the_rows_of_the_page_in_its_order(office, portfolio):
    for overview, view in PAGES:
        first = "Projekt" if overview == "projects" else "Produkt"
        exported = [row[first] for row in rows_of(office.get(address(overview, visning=view, format="csv")))]
        assert exported == names(office, overview, visning=view), (overview, view)


def test_the_file_holds_every_page(office, catalogue):
    for number in range(52):
        on("project", 1, name=f"Projekt {number:02}")
    assert len(rows_of(office.get(address("projects", format="csv")))) == 52


def test_names_cannot_run_in_a_spreadsheet(office, catalogue):
    on("project", 1, name="=cmd|'/c calc'!A1", purpose="@SUM(A1)")
    (row,) = rows_of(office.get(address("projects", visning="indhold", format="csv")))
    assert (row["Projekt"], row["Formål"]) == ("'=cmd|'/c calc'!A1", "'@SUM(A1)")


def test_the_file_holds_only_what_one_may_see(client_as, portfolio):
    assert rows_of(client_as("stranger").get(address("projects", format="csv"))) == []


def test_the_anonymous_are_asked_to_log_in(office, portfolio):
    office.logout()
    for overview in OVERVIEWS:
        assert office.get(address(overview)).status_code == 302


# ---------------------------------------------------------------- cost
def situation():
    project, product = on("project", 2, described=True), on("product", 2, described=True)
    for initiative in (project, product):
        steering_group(initiative)
        part = ParticipationFactory(initiative=initiative)
        BudgetFactory(initiative=initiative)
        received(initiative, days(-90), light="red")
        report = received(initiative, days(-30), light="yellow")
        ReportEconomyLine.objects.create(report=report, category=EconomyCategoryFactory(name="Drift"), planned=1)
        deferred(initiative, "N1-F1", days(-5))
        AdoptionFactory(initiative=initiative, organisation=part.organisation)
    ready(on("concept", 2, described=True))


def test_three_cost_the_same_as_one_and_at_most_fifteen(office, catalogue):
    asked = [{}, {"status": "forfalden"}, {"q": "løsning"}, {"visning": "indhold"}, {"format": "csv"}]
    addresses = [address(overview, **query) for overview in OVERVIEWS for query in asked]

    def costs():
        found = {}
        for each in addresses:
            with CaptureQueriesContext(connection) as queries:
                assert office.get(each).status_code == 200
            found[each] = len(queries)
        return found

    situation()
    office.get(addresses[0])
    one = costs()
    situation()
    situation()
    assert costs() == one
    assert max(one.values()) <= 15


def test_days_are_compared_with_today(office, portfolio):
    report = portfolio["beta"].reports.get()
    report.period_end = days(0) - timedelta(days=200)
    report.save()
    assert names(office, "projects", status="rapport") == ["Alfa", "Beta"]
