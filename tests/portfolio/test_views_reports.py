import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portfolio.models import ReportEconomyLine, ReportLight, ReportMilestone, ReportRisk, StatusReport
from tests.factories import EconomyCategoryFactory, InitiativeFactory, days, person_as
from tests.look.html import assert_wired, parse
from tests.portfolio.reported import Status, begun, filled, on, received, url


@pytest.fixture
def project(catalogue):
    return on("project", 2)


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
