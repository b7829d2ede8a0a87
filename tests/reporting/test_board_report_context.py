"""What the template gets, worked out from frozen values: counts, codes and order."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from reporting.board_report import words
from reporting.board_report.context import context_of
from reporting.frozen import ConditionState

from .content import CASE, CONTENT, EMPTY, FUNCTION, IDEA, PRODUCT, PROJECT, SMALL, UNKNOWN


def context(content=CONTENT):
    return context_of(content, data_checksum="0123456789abcdef" * 4)


def test_the_four_figures_of_the_front_page():
    assert [key.count for key in context().keys] == [1, 1, 1, 5]


def test_a_function_is_not_counted_but_told_at_its_product():
    report = context()
    assert [name for name, count in report.portfolio.stages if count] == ["Idé", "Projekt", "Produkt"]
    assert dict(report.portfolio.stages)["Produkt"] == 2
    assert FUNCTION.name in report.portfolio.functions
    product = next(p for p in report.products if p.name == PRODUCT.name)
    assert any(FUNCTION.name in fact.text for fact in product.facts)
    assert not any(p.name == FUNCTION.name for p in report.products)


def test_a_page_for_each_big_project_and_product_and_an_entry_for_the_rest():
    report = context()
    assert [page.name for page in report.projects] == [PROJECT.name]
    assert [entry.name for entry in report.entries] == [SMALL.name]
    assert [page.name for page in report.products] == [PRODUCT.name, UNKNOWN.name]
    assert [row.name for row in report.coming] == [IDEA.name]


@pytest.mark.parametrize("level", [0, None])
def test_a_project_in_the_sandbox_or_without_a_known_level_is_an_entry(level):
    report = context(replace(CONTENT, initiatives=(replace(SMALL, level=level),)))
    assert len(report.entries) == 1
    assert not report.projects


def test_every_initiative_is_in_the_list_with_the_place_where_it_is_told():
    anchors = {row.name: row.anchor for row in context().index}
    assert anchors == {
        "OS2skole": "projekt-os2skole",
        "Memoctopus": "projekt-memoctopus",
        "OS2mo": "produkt-os2mo",
        "Kobra": "produkt-kobra",
        "OS2nykode": "",
        "Legepladstilsyn": "",
    }


def test_an_unknown_level_is_said_to_be_unknown():
    rows = {row.name: row.level for row in context().index}
    assert rows["Kobra"] == "ikke oplyst"
    assert rows["Legepladstilsyn"] == "ikke indplaceret"


def test_what_nobody_has_answered_is_unanswered_and_not_missing():
    page = next(p for p in context().products if p.name == PRODUCT.name)
    said = {row.theme: row.words for row in page.compliance.rows}
    assert "1 ubesvaret" in said["Formkrav"]
    assert "mangler" not in said["Formkrav"]
    assert "1 mangler" in said["Governance"]


def test_a_product_without_a_catalogue_has_no_compliance_and_no_invented_figures():
    page = next(p for p in context().products if p.name == UNKNOWN.name)
    assert page.compliance is None
    assert page.economy == ()
    assert page.lights == ()
    assert page.use == ()


def test_the_economy_is_summed_by_category_with_the_projects_as_one():
    rows = {row.label: row for row in context().portfolio.economy}
    assert rows["Projekter, hele perioden"].planned == "1.250.000"
    assert rows["I alt"].planned == "1.870.000"
    assert rows["I alt"].is_sum


def test_the_matrix_says_how_many_more_than_last_time():
    matrix = {row.label: row for row in context().portfolio.matrix}
    assert [cell.count for cell in matrix["N3"].cells] == [0, 0, 1, 0]
    assert matrix["N2"].cells[3].change.startswith("+1")
    assert matrix["N1"].cells[3].change.startswith(words.MINUS + "1")


def test_a_full_cell_of_the_matrix_names_some_and_counts_the_rest():
    many = tuple(replace(PRODUCT, slug=f"s{n}", name=f"Løsning nummer {n:03}", level=1) for n in range(100))
    cell = {row.label: row for row in context(replace(CONTENT, initiatives=many)).portfolio.matrix}["N1"].cells[3]
    shown, rest = cell.names.split(" og ")
    assert cell.count == 100
    assert len(shown.split(", ")) + int(rest.split()[0]) == 100
    assert len(cell.names) < 400


def test_conditions_stand_by_their_date_overdue_first():
    groups = context().conditions.groups
    assert [[row.code for row in group.rows] for group in groups] == [["N2-F3"], ["N2-F4"]]
    assert groups[0].rows[0].is_overdue


def test_a_condition_that_is_met_is_not_open():
    met = ConditionState("N2-F3", "Udbud", "deferred", "met", date(2026, 3, 12), "2026-04", date(2026, 10, 15))
    report = context(replace(CONTENT, initiatives=(replace(PROJECT, conditions=(met,)),)))
    assert report.conditions.groups == ()
    assert report.changes.overdue == ()


def test_a_case_shows_what_is_not_met_today_and_what_the_recommendation_does_about_it():
    case = context().full_cases[0]
    assert [(row.code, row.now_class, row.after_class) for row in case.gate] == [
        ("N2-G5", "missing", "met"),
        ("N2-G3", "missing", "missing"),
    ]


def test_a_case_with_little_to_say_is_an_entry_and_one_with_a_budget_never():
    report = context()
    assert [case.number for case in report.full_cases] == ["2026-41"]
    assert [case.number for case in report.short_cases] == ["2026-42"]
    long = replace(CASE, budget=None, gate=(), background="Ord. " * 400)
    assert context(replace(CONTENT, cases=(long,))).full_cases


def test_the_agenda_has_the_cases_in_order_and_the_minutes_in_all():
    front = context().front
    assert [(item.number, item.anchor) for item in front.agenda] == [(2, "sag-2026-41"), (3, "sag-2026-42")]
    assert front.minutes_total == 35


def test_money_that_the_decisions_bind_is_told_by_where_it_comes_from():
    front = context().front
    assert dict(front.funding) == {"Lokale midler": "600.000", "OS2": "400.000"}
    assert front.funding_total == "1.000.000"


def test_a_marked_initiative_with_a_case_is_sent_to_its_point():
    row = context().deviations.marked[0]
    assert row.anchor == "sag-2026-41"
    assert len(row.findings) == 2


def test_a_late_report_is_told():
    late = replace(PROJECT, report_due=date(2026, 11, 30))
    in_time = replace(SMALL, report_due=date(2026, 12, 1))
    section = context(replace(CONTENT, initiatives=(late, in_time))).deviations
    assert [row.name for row in section.late] == [PROJECT.name]
    assert section.reporting_count == 2


def test_the_first_snapshot_has_nothing_to_compare_with():
    report = context(replace(CONTENT, changes=None))
    assert not report.changes.has_before
    assert report.changes.events == ()


def test_an_empty_portfolio_still_makes_a_report():
    report = context(EMPTY)
    assert [key.count for key in report.keys] == [0, 0, 0, 0]
    assert report.index == ()


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (Decimal("1234567.50"), "1.234.568"),
        (Decimal(-30000), f"{words.MINUS}30.000"),
        (Decimal(0), "0"),
        (None, words.DASH),
    ],
)
def test_amounts_are_printed_the_danish_way(value, printed):
    assert words.whole(value) == printed


@pytest.mark.parametrize(("value", "printed"), [(12, "+12"), (-3, f"{words.MINUS}3"), (0, "0"), (None, words.DASH)])
def test_a_difference_shows_its_sign(value, printed):
    assert words.signed(value) == printed


@pytest.mark.parametrize(
    ("until", "printed"),
    [(date(2026, 11, 30), "1 dag over"), (date(2026, 12, 1), "i dag"), (date(2026, 12, 3), "om 2 dage")],
)
def test_the_time_left_is_told_from_the_day_of_the_snapshot(until, printed):
    assert words.days_left(until, date(2026, 12, 1)).replace(words.NBSP, " ") == printed
