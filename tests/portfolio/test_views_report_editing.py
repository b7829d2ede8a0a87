from decimal import Decimal

import pytest

from portfolio.models import (
    ReportEconomyLine,
    ReportMilestone,
    ReportRisk,
    StatusReport,
)
from tests.factories import BudgetFactory, EconomyCategoryFactory, PhaseFactory, business_manager, days
from tests.look.html import assert_wired, parse, text
from tests.portfolio.reported import Shape, Status, begun, filled, on, received, row, url


@pytest.fixture
def small(catalogue):
    return on("project", 1)


@pytest.fixture
def project(catalogue):
    return on("project", 2)


@pytest.fixture
def product(catalogue):
    return on("product", 2)


# ---------------------------------------------------------------- the three shapes
@pytest.mark.parametrize(
    ("place", "has", "has_not"),
    [
        (("project", 1), {"light_time", "light_economy", "total_forecast", "forecast_end"}, {"light_quality", "phase"}),
        (("project", 2), {"light_benefits", "hours_used", "phase"}, {"n3_operations", "sla", "total_spent"}),
        (("project", 3), {"light_resources", "n3_organisation", "n3_operations", "n3_technology"}, {"sla"}),
        (
            ("product", 1),
            {"light_operations", "sla", "users_new", "operating_status"},
            {"forecast_end", "n3_operations"},
        ),
        (("product", 3), {"light_development", "change_progress", "n3_technology"}, {"phase", "light_time"}),
    ],
)
def test_the_form_has_the_fields_of_its_shape(client_as, catalogue, place, has, has_not):
    initiative = on(*place)
    begun(initiative)
    answer = client_as("business_manager").get(url("report-edit", initiative))
    assert answer.status_code == 200
    names = set(answer.context["form"].fields)
    assert has <= names
    assert not has_not & names
    assert_wired(parse(answer.content))


@pytest.mark.parametrize("shape", ["small", "project", "product"])
def test_every_shape_can_be_saved_sent_approved_received_and_read(client_as, shape, request):
    initiative = request.getfixturevalue(shape)
    approver = "owner" if shape == "small" else "steering_chair"
    answer = client_as("lead", initiative).post(url("report-begin", initiative))
    assert answer.headers["Location"] == url("report-edit", initiative)
    report = StatusReport.objects.get()
    answer = client_as("lead", initiative).post(url("report-edit", initiative), filled(report, send="1"))
    assert answer.headers["Location"] == url("report", initiative)
    client_as(approver, initiative).post(url("report-approve", initiative))
    client_as("business_manager").post(url("report-receive", initiative))
    report.refresh_from_db()
    assert (report.status, report.received_by) == (Status.RECEIVED, business_manager())
    for role in ("business_manager", "board_member", "lead", "participant"):
        page = client_as(role, initiative).get(url("report", initiative))
        assert page.status_code == 200
        assert_wired(parse(page.content))


# ---------------------------------------------------------------- writing
def test_everything_typed_is_saved(client_as, project):
    report, category, phase = begun(project), EconomyCategoryFactory(name="Drift"), PhaseFactory()
    data = filled(
        report,
        **row("milepaele", name="Beta klar", planned="01-02-2027", forecast="15-02-2027", done=""),
        **row("oekonomi", category=category.pk, planned="100.000", spent="40.000,50", forecast="110.000"),
        **row("risici", text="Hosting bliver dyr", probability="4", consequence="3", action="Nyt bud", owner="Formand"),
        phase=phase.pk,
        progress="35",
        hours_used="2.860",
        light_time="red",
        reason_time="Udbuddet kom sent i gang.",
        remarks="Bestyrelsen: ny slutdato.",
        purpose_note="",
    )
    assert client_as("lead", project).post(url("report-edit", project), data).status_code == 302
    report = StatusReport.objects.get()
    assert (report.version, report.phase, report.progress, report.hours_used) == (2, phase, 35, 2860)
    assert report.remarks == "Bestyrelsen: ny slutdato."
    assert report.lights.get(area="time").reason == "Udbuddet kom sent i gang."
    assert report.milestones.get().name == "Beta klar"
    assert report.economy.get().spent == Decimal("40000.50")
    assert report.risks.get().score == 12
    assert report.status == Status.DRAFT


def test_the_money_of_a_small_project_is_one_line(client_as, small):
    BudgetFactory(initiative=small, lines=[("local", 100_000)])
    report = begun(small)
    data = filled(report, total_planned="100.000", total_spent="20.000", total_forecast="105.000")
    client_as("owner", small).post(url("report-edit", small), data)
    line = ReportEconomyLine.objects.get()
    assert (line.category, line.planned, line.forecast) == (None, 100_000, 105_000)


def test_a_draft_may_be_half_done(client_as, project):
    report = begun(project)
    data = filled(report, light_time="", light_economy="red", reason_economy="", purpose_holds="", forecast_end="")
    assert client_as("lead", project).post(url("report-edit", project), data).status_code == 302
    assert StatusReport.objects.get().version == 2


@pytest.mark.parametrize(
    ("sent", "field", "code"),
    [
        ({"light_time": ""}, "light_time", "light_missing_time"),
        ({"light_quality": "yellow"}, "reason_quality", "reason_missing_quality"),
        ({"purpose_holds": ""}, "purpose_note", "purpose_note_missing"),
        ({"business_case_holds": ""}, "business_case_note", "business_case_note_missing"),
        ({"forecast_end": ""}, "forecast_end", "forecast_end_missing"),
        ({"period_end": days(1).strftime("%d-%m-%Y")}, "period_end", "in_the_future"),
    ],
)
def test_what_lacks_before_sending_is_told_in_its_field_and_the_draft_is_kept(client_as, project, sent, field, code):
    report = begun(project)
    answer = client_as("lead", project).post(
        url("report-edit", project), filled(report, **sent, remarks="Mit arbejde", send="1")
    )
    assert answer.status_code == 422
    assert [refusal.code for refusal in answer.context["refusals"]] == [code]
    assert field in answer.context["form"].errors
    assert_wired(parse(answer.content))
    report.refresh_from_db()
    assert (report.status, report.remarks, report.version) == (Status.DRAFT, "Mit arbejde", 2)
    # The page goes on from what was saved: sending it again is no conflict.
    again = filled(report, send="1", version=answer.context["form"]["version"].value())
    assert client_as("lead", project).post(url("report-edit", project), again).status_code == 302


def test_a_product_says_how_it_runs(client_as, product):
    report = begun(product)
    answer = client_as("coordinator", product).post(
        url("report-edit", product), filled(report, operating_status="", send="1")
    )
    assert "operating_status" in answer.context["form"].errors


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"period_end": "31-02-2027"}, "period_end"),
        ({"period_end": ""}, "period_end"),
        ({"forecast_end": "i foråret"}, "forecast_end"),
        ({"forecast_end": "01-01-9999"}, "forecast_end"),
        ({"progress": "101"}, "progress"),
        ({"progress": "halvt"}, "progress"),
        ({"hours_used": "mange"}, "hours_used"),
        ({"hours_used": "-4"}, "hours_used"),
        ({"light_time": "lilla"}, "light_time"),
        ({"reason_time": "x" * 501}, "reason_time"),
        ({"remarks": "x" * 10_000}, "remarks"),
        ({"phase": "999999"}, "phase"),
    ],
)
def test_what_cannot_be_read_is_told_in_its_field_and_nothing_is_saved(client_as, project, sent, field):
    report = begun(project)
    answer = client_as("lead", project).post(url("report-edit", project), filled(report, **sent))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert StatusReport.objects.get().version == 1
    assert_wired(parse(answer.content))


@pytest.mark.parametrize(
    ("prefix", "sent", "field"),
    [
        ("oekonomi", {"category": "", "planned": "1", "spent": "1", "forecast": "1"}, "category"),
        ("oekonomi", {"category": "first", "planned": "ti", "spent": "1", "forecast": "1"}, "planned"),
        ("oekonomi", {"category": "first", "planned": "1", "spent": "1,000.50", "forecast": "1"}, "spent"),
        ("oekonomi", {"category": "first", "planned": "1", "spent": "1", "forecast": "-1"}, "forecast"),
        ("risici", {"text": "Brand", "probability": "6", "consequence": "1"}, "probability"),
        ("risici", {"text": "", "probability": "1", "consequence": "1"}, "text"),
        ("milepaele", {"name": "Beta", "planned": "31-04-2027"}, "planned"),
        ("milepaele", {"name": "x" * 121, "planned": "30-04-2027"}, "name"),
    ],
)
def test_what_is_wrong_in_a_row_is_told_in_that_row(client_as, project, prefix, sent, field):
    report = begun(project)
    if sent.get("category") == "first":
        sent = {**sent, "category": EconomyCategoryFactory().pk}
    answer = client_as("lead", project).post(url("report-edit", project), filled(report, **row(prefix, **sent)))
    assert answer.status_code == 422
    (rows,) = [rows for rows in answer.context["form"].row_sets if rows.prefix == prefix]
    assert [list(errors) for errors in rows.errors] == [[field], []]
    assert StatusReport.objects.get().version == 1
    assert_wired(parse(answer.content))


def test_a_category_stands_once(client_as, project):
    report, category = begun(project), EconomyCategoryFactory()
    money = {"category": category.pk, "planned": "1", "spent": "1", "forecast": "1"}
    data = filled(report, **row("oekonomi", 0, **money), **row("oekonomi", 1, **money))
    answer = client_as("lead", project).post(url("report-edit", project), data)
    assert answer.context["form"].economy.errors[1]["category"].as_data()[0].code == "twice"


def test_a_stale_draft_shows_both_and_loses_nothing(client_as, project):
    report = begun(project)
    client = client_as("lead", project)
    client.post(url("report-edit", project), filled(report, remarks="Deres tekst"))
    mine = filled(report, remarks="Min tekst", **row("risici", text="Min risiko", probability="2", consequence="2"))
    answer = client.post(url("report-edit", project), mine)
    assert answer.status_code == 409
    told = {each.label: (each.theirs, each.yours) for each in answer.context["difference"].differences}
    assert ("Deres tekst", "Min tekst") in told.values()
    assert "Min risiko, 2, 2" in told["Risici"]
    assert answer.context["form"]["remarks"].value() == "Min tekst"
    assert StatusReport.objects.get().remarks == "Deres tekst"
    assert_wired(parse(answer.content))
    seen = answer.context["difference"].version
    assert client.post(url("report-edit", project), {**mine, "seen_version": seen}).status_code == 302
    assert StatusReport.objects.get().remarks == "Min tekst"


def test_a_double_click_on_send_is_told_that_it_is_sent(client_as, project):
    report = begun(project)
    client = client_as("lead", project)
    assert client.post(url("report-edit", project), filled(report, send="1")).status_code == 302
    assert client.post(url("report-edit", project), filled(report, send="1")).status_code == 404
    assert StatusReport.objects.get().status == Status.SUBMITTED


# ---------------------------------------------------------------- what is new
def test_what_changed_since_the_last_one_is_marked(client_as, project):
    category = EconomyCategoryFactory()
    first = received(project, days(-90), hours_used=100, progress=20, forecast_end=days(90))
    ReportEconomyLine.objects.create(report=first, category=category, planned=1000, spent=100, forecast=1000)
    ReportMilestone.objects.create(report=first, order=1, name="Beta", planned=days(10), forecast=days(10))
    ReportRisk.objects.create(report=first, text="Hosting", probability=1, consequence=1)
    second = begun(project)
    data = filled(
        second,
        light_time="yellow",
        reason_time="Vi er sene.",
        hours_used="150",
        progress="20",
        **row("milepaele", name="Beta", planned=days(10).strftime("%d-%m-%Y"), forecast=days(30).strftime("%d-%m-%Y")),
        **row("oekonomi", category=category.pk, planned="1.000", spent="400", forecast="1.200"),
        **row("risici", 0, text="Hosting", probability="1", consequence="1"),
        **row("risici", 1, text="Ny risiko", probability="3", consequence="3"),
    )
    client = client_as("lead", project)
    client.post(url("report-edit", project, 2), data)
    form = client.get(url("report-edit", project, 2)).context["form"]
    assert [light.is_changed for light in form.lights] == [True, False, False, False, False]
    assert [before for _field, before in form.hours] == ["", "100", ""]
    assert [each.is_changed for each in form.milestones.initial_forms] == [True]
    assert [each.is_changed for each in form.economy.initial_forms] == [True]
    assert [each.is_changed for each in form.risks.initial_forms] == [True, False]
    page = client.get(url("report", project, 2))
    assert "Ændret fra grøn" in text(parse(page.content))
    told = {line.label: line.now for line in page.context["changes"].lines}
    assert (told["Forventet udgift"], told["Risici"], told["Timer brugt"]) == ("+200 kr.", "1 ny", "150")


def test_a_report_of_another_shape_is_not_compared_with(client_as, project):
    old = received(project, days(-90))
    StatusReport.objects.filter(pk=old.pk).update(shape=Shape.SMALL_PROJECT)
    begun(project)
    assert client_as("lead", project).get(url("report-edit", project, 2)).context["changes"].since is None


def test_the_writer_is_told_that_the_project_will_be_marked(client_as, project):
    received(project, days(-90), light="red")
    report = begun(project)
    report.lights.update(light="red", reason="Fordi.")
    StatusReport.objects.filter(pk=report.pk).update(planned_end=days(0), forecast_end=days(61))
    found = client_as("lead", project).get(url("report-edit", project, 2)).context["deviations"]
    assert {"slow", "red_twice_time", "red_twice_economy"} <= {each.code for each in found}
