from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portfolio.domain import reports
from portfolio.models import (
    ReportEconomyLine,
    ReportLight,
    ReportMilestone,
    ReportRisk,
    StatusReport,
)
from tests.factories import (
    BudgetFactory,
    EconomyCategoryFactory,
    InitiativeFactory,
    PhaseFactory,
    business_manager,
    days,
    person_as,
    steering_group,
)
from tests.look.html import assert_wired, parse, text

Status = StatusReport.Status
Shape = StatusReport.Shape


def on(stage, level, **more):
    made = InitiativeFactory(**{stage: True}, described=True, level=level, planned_end=days(90), **more)
    if level >= 2:
        steering_group(made)
    return made


@pytest.fixture
def small(catalogue):
    return on("project", 1)


@pytest.fixture
def project(catalogue):
    return on("project", 2)


@pytest.fixture
def product(catalogue):
    return on("product", 2)


def url(name, initiative, number=1):
    own = name in ("initiative-reports", "report-begin")
    return reverse(f"portfolio:{name}", args=[initiative.slug] if own else [initiative.slug, number])


def begun(initiative, **more):
    return reports.begin_report(initiative_id=initiative.pk, by=business_manager(), **more)


def received(initiative, period_end=None, light="green", **fields):
    """A report that has been all the way; written directly, because only what follows it is tested."""
    report = begun(initiative, period_end=period_end)
    report.lights.update(light=light, reason="" if light == "green" else "Fordi.")
    StatusReport.objects.filter(pk=report.pk).update(status=Status.RECEIVED, received_at=timezone.now(), **fields)
    return StatusReport.objects.get(pk=report.pk)


def filled(report, **more):
    """What a browser sends of a report that is ready to go."""
    areas = reports.AREAS[report.shape]
    data = {
        "version": report.version,
        "period_end": days(0).strftime("%d-%m-%Y"),
        "purpose_holds": "on",
        "business_case_holds": "on",
        **{f"light_{area}": "green" for area in areas},
        **{f"reason_{area}": "" for area in areas},
    }
    if report.shape == Shape.PRODUCT:
        data |= {"operating_status": "in_operation", "sla": "followed"}
    else:
        data |= {"forecast_end": days(90).strftime("%d-%m-%Y")}
    for prefix in ("milepaele", "oekonomi", "risici"):
        data |= {f"{prefix}-TOTAL_FORMS": 2, f"{prefix}-INITIAL_FORMS": 0}
    return {**data, **more}


def row(prefix, number=0, **values):
    return {f"{prefix}-{number}-{name}": value for name, value in values.items()}


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


# ---------------------------------------------------------------- its way
def test_a_report_is_sent_back_with_a_comment_and_comes_again(client_as, project):
    report = begun(project)
    client_as("lead", project).post(url("report-edit", project), filled(report, send="1"))
    answer = client_as("steering_chair", project).post(url("report-return", project), {"comment": "Skriv om risici."})
    assert answer.status_code == 302
    page = client_as("lead", project).get(url("report-edit", project))
    assert "Skriv om risici." in page.content.decode()
    report.refresh_from_db()
    assert report.status == Status.DRAFT
    client_as("lead", project).post(url("report-submit", project))
    report.refresh_from_db()
    assert report.status == Status.SUBMITTED


def test_a_return_without_a_comment_is_refused(client_as, project):
    report = begun(project)
    client_as("lead", project).post(url("report-edit", project), filled(report, send="1"))
    answer = client_as("steering_chair", project).post(url("report-return", project), {"comment": " "})
    assert answer.status_code == 422
    assert "comment" in answer.context["form"].errors


def test_a_draft_that_lacks_something_is_not_sent_from_the_report_either(client_as, project):
    begun(project)
    answer = client_as("lead", project).post(url("report-submit", project), follow=True)
    assert StatusReport.objects.get().status == Status.DRAFT
    assert "Vælg status for tid" in answer.content.decode()


def test_a_received_report_is_only_followed_by_a_correction(client_as, project):
    report = received(project)
    client = client_as("lead", project)
    assert client.get(url("report-edit", project)).status_code == 404
    assert client.post(url("report-edit", project), filled(report)).status_code == 404
    assert "correct" in client.get(url("report", project)).context["possible"]
    client.post(url("report-begin", project), {"retter": "1"})
    correction = StatusReport.objects.get(number=2)
    assert (correction.corrects, correction.period_end) == (report, report.period_end)
    assert "correct" not in client.get(url("report", project)).context["possible"]


def test_only_one_report_is_under_way(client_as, project):
    client = client_as("lead", project)
    for _click in range(2):
        client.post(url("report-begin", project))
    assert StatusReport.objects.count() == 1


@pytest.mark.parametrize("number", ["7", "x", "-1"])
def test_what_is_not_there_cannot_be_corrected(client_as, project, number):
    client_as("lead", project).post(url("report-begin", project), {"retter": number})
    assert not StatusReport.objects.filter(corrects__isnull=False).exists()


# ---------------------------------------------------------------- who may
ACTS = ["report-submit", "report-approve", "report-receive"]


@pytest.mark.parametrize("name", [*ACTS, "report-begin"])
@pytest.mark.parametrize("role", ["stranger", "member_user"])
def test_strangers_find_nothing(client_as, project, name, role):
    begun(project)
    assert client_as(role, project).post(url(name, project)).status_code == 404
    assert client_as(role, project).get(url("report", project)).status_code == 404
    assert client_as(role, project).get(url("initiative-reports", project)).status_code == 404


@pytest.mark.parametrize(
    ("name", "status", "role"),
    [
        ("report-submit", Status.DRAFT, "board_member"),
        ("report-approve", Status.SUBMITTED, "lead"),
        ("report-approve", Status.SUBMITTED, "business_manager"),
        ("report-approve", Status.SUBMITTED, "owner"),
        ("report-receive", Status.APPROVED, "steering_chair"),
        ("report-receive", Status.APPROVED, "lead"),
    ],
)
def test_a_forged_act_of_another_role_is_refused(client_as, project, name, status, role):
    begun(project)
    StatusReport.objects.update(status=status)
    assert client_as(role, project).post(url(name, project)).status_code in (403, 404)
    assert StatusReport.objects.get().status == status


def test_a_report_can_only_be_begun_by_those_who_write(client_as, project):
    assert client_as("board_member", project).post(url("report-begin", project)).status_code == 403
    assert not StatusReport.objects.exists()


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED, Status.APPROVED])
def test_others_read_a_report_when_it_is_received(client_as, project, status):
    begun(project)
    StatusReport.objects.update(status=status)
    client = client_as("participant", project)
    assert client.get(url("report", project)).status_code == 404
    assert client.get(url("initiative-reports", project)).context["rows"] == []
    assert client_as("lead", project).get(url("report", project)).status_code == 200


def test_only_the_one_who_decides_now_is_asked_to_send_back(client_as, project):
    begun(project)
    StatusReport.objects.update(status=Status.SUBMITTED)
    assert client_as("steering_chair", project).get(url("report-return", project)).status_code == 200
    assert client_as("business_manager", project).get(url("report-return", project)).status_code == 404


def test_a_concept_does_not_report(client_as, catalogue):
    concept = InitiativeFactory(concept=True, level=2)
    client = client_as("business_manager")
    client.post(url("report-begin", concept))
    assert not StatusReport.objects.exists()
    assert client.get(url("initiative-reports", concept)).context["standing"] is None


# ---------------------------------------------------------------- who is late
def standings(client, **query):
    answer = client.get(reverse("portfolio:reports", query=query))
    assert answer.status_code == 200
    return {row.name: row for row in answer.context["page"].object_list}


def test_who_is_due_first_stands_first(client_as, catalogue):
    late, soon, fine = (on("project", 2, name=name) for name in ("Sen", "Snart", "Rolig"))
    received(late, days(-120))
    received(soon, days(-80))
    received(fine, days(-1))
    unknown = on("product", 1, name="Ukendt")
    client = client_as("business_manager")
    rows = standings(client)
    assert list(rows) == ["Sen", "Snart", "Rolig", "Ukendt"]
    assert rows["Sen"].is_late
    assert rows["Snart"].is_soon
    assert rows[unknown.name].due is None
    assert list(standings(client, vis="forfaldne")) == ["Sen"]
    assert list(standings(client, vis="snart")) == ["Snart"]
    assert list(standings(client, q="rolig")) == ["Rolig"]
    assert_wired(parse(client.get(reverse("portfolio:reports")).content))


@pytest.mark.parametrize(
    ("view", "status"), [("kladde", Status.DRAFT), ("godkendelse", Status.SUBMITTED), ("modtagelse", Status.APPROVED)]
)
def test_reports_under_way_are_found_by_where_they_are(client_as, project, view, status):
    begun(project)
    StatusReport.objects.update(status=status)
    assert list(standings(client_as("business_manager"), vis=view)) == [project.name]
    other = "kladde" if view != "kladde" else "modtagelse"
    assert not standings(client_as("business_manager"), vis=other)


def test_the_list_holds_only_what_one_may_see(client_as, project):
    person = person_as("lead", project)
    on("project", 2)
    assert set(standings(client_as("lead", project))) == {project.name}
    assert person.appointments.count() == 1
    assert not standings(client_as("stranger"))


@pytest.mark.parametrize("query", [{"page": "99"}, {"page": "x"}, {"vis": "findes-ikke"}, {"q": "x" * 500}])
def test_strange_addresses_are_no_error(client_as, project, query):
    assert client_as("business_manager").get(reverse("portfolio:reports", query=query)).status_code == 200


# ---------------------------------------------------------------- cost
def cost(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_list_costs_the_same_with_three_as_with_one(client_as, project):
    client = client_as("business_manager")
    received(project, days(-30))
    one = cost(client, reverse("portfolio:reports"))
    for _more in range(2):
        received(on("project", 2), days(-30))
    assert cost(client, reverse("portfolio:reports")) == one <= 15


def test_the_reports_of_an_initiative_cost_the_same_with_three_as_with_one(client_as, project):
    client = client_as("business_manager")
    received(project, days(-90))
    one = cost(client, url("initiative-reports", project))
    for back in (-60, -30):
        received(project, days(back))
    assert cost(client, url("initiative-reports", project)) == one <= 15


def test_a_report_costs_the_same_however_long_it_is(client_as, project):
    client = client_as("business_manager")
    received(project, days(-90))
    second = received(project, days(-30))
    ReportEconomyLine.objects.create(report=second, category=EconomyCategoryFactory(), planned=1)
    one = cost(client, url("report", project, 2)), cost(client, url("initiative-reports", project))
    for number in range(3):
        ReportRisk.objects.create(report=second, text=f"Risiko {number}", probability=1, consequence=1)
        ReportMilestone.objects.create(report=second, order=number, name=f"Mål {number}", planned=days(1))
        ReportEconomyLine.objects.create(report=second, category=EconomyCategoryFactory(name=str(number)), planned=1)
    assert (cost(client, url("report", project, 2)), cost(client, url("initiative-reports", project))) == one
    assert ReportLight.objects.filter(report=second).count() == 5
