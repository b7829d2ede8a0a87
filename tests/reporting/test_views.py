"""The pages: who sees them, what they offer, and that bad input changes nothing."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from reporting.domain.report_orders import SILENT_AFTER, ask_for_report
from reporting.domain.snapshots import take_snapshot
from reporting.models import BoardReport, Snapshot
from tests.factories import BodyFactory, InitiativeFactory, business_manager, days, planned_meeting, ready_case

from .reports import received_report

pytestmark = pytest.mark.django_db

READERS = ["board_member", "board_chair", "secretariat", "business_manager"]
TAKERS = ["secretariat", "business_manager"]
OUTSIDERS = ["stranger", "member_user"]
Status = BoardReport.Status


def taken(**kwargs):
    return take_snapshot(by=business_manager(), **kwargs)


def asked(snapshot, **changes):
    report = ask_for_report(snapshot=snapshot, by=business_manager())
    if changes:
        BoardReport.objects.filter(pk=report.pk).update(**changes)
    return BoardReport.objects.get(pk=report.pk)


def finished(snapshot):
    report = asked(snapshot)
    report.file.save("rapport.pdf", ContentFile(b"%PDF-1.7 lille"), save=False)
    report.status, report.pdf_checksum, report.size = Status.DONE, "a" * 64, 14
    report.done = report.total = 12
    report.made_at = timezone.now()
    report.save()
    return report


def pages():
    snapshot = taken()
    report = finished(snapshot)
    return [
        reverse("reporting:snapshots"),
        reverse("reporting:snapshot", args=[snapshot.number]),
        reverse("reporting:board-report", args=[report.pk]),
        reverse("reporting:board-report-file", args=[report.pk]),
    ]


# ---------------------------------------------------------------- who


@pytest.mark.parametrize("role", READERS)
def test_the_board_and_the_office_read(client_as, role):
    client = client_as(role)
    assert [client.get(page).status_code for page in pages()] == [200] * 4


@pytest.mark.parametrize("role", OUTSIDERS)
def test_for_others_the_pages_do_not_exist(client_as, role):
    addresses = [*pages(), reverse("reporting:snapshot-take")]
    client = client_as(role)
    assert [client.get(page).status_code for page in addresses] == [404] * 5


def test_who_is_not_signed_in_is_sent_to_the_door(client):
    for page in [*pages(), reverse("reporting:snapshot-take")]:
        assert client.get(page).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("role", ["board_member", "board_chair", *OUTSIDERS])
def test_a_forged_post_by_who_may_only_read_changes_nothing(client_as, role):
    snapshot = taken()
    client = client_as(role)
    assert client.post(reverse("reporting:snapshot-take"), {"after": 1}).status_code == 404
    assert client.post(reverse("reporting:board-report-make", args=[snapshot.number])).status_code == 404
    assert Snapshot.objects.count() == 1
    assert not BoardReport.objects.exists()


@pytest.mark.parametrize("role", READERS)
def test_only_who_may_take_one_is_offered_it(client_as, role):
    snapshot = taken()
    client = client_as(role)
    offered = reverse("reporting:snapshot-take") in client.get(reverse("reporting:snapshots")).text
    make = reverse("reporting:board-report-make", args=[snapshot.number])
    assert offered == (role in TAKERS)
    assert (make in client.get(reverse("reporting:snapshot", args=[snapshot.number])).text) == (role in TAKERS)


@pytest.mark.parametrize("name", ["reporting:snapshot", "reporting:board-report-make"])
def test_a_snapshot_that_does_not_exist_is_not_found(client_as, name):
    client = client_as("business_manager")
    for number in (99, 10**30):
        method = client.post if name.endswith("make") else client.get
        assert method(reverse(name, args=[number])).status_code == 404


def test_making_a_report_is_a_button_and_no_link(client_as):
    make = reverse("reporting:board-report-make", args=[taken().number])
    assert client_as("business_manager").get(make).status_code == 405


# ---------------------------------------------------------------- taking one


def test_it_is_taken_for_the_next_meeting(client_as):
    later, soon = planned_meeting(on=days(40)), planned_meeting(on=days(4))
    planned_meeting(on=days(-4))
    planned_meeting(BodyFactory(), on=days(2))
    client = client_as("business_manager")
    page = client.get(reverse("reporting:snapshot-take"))
    assert page.context["form"].initial == {"meeting": soon, "after": 0}
    assert list(page.context["form"].fields["meeting"].queryset) == [soon, later]
    answer = client.post(reverse("reporting:snapshot-take"), {"meeting": soon.pk, "after": 0})
    assert answer.url == reverse("reporting:snapshot", args=[1])
    assert Snapshot.objects.get().meeting == soon


def test_a_double_click_takes_one_and_says_so(client_as):
    client = client_as("business_manager")
    client.post(reverse("reporting:snapshot-take"), {"after": 0})
    second = client.post(reverse("reporting:snapshot-take"), {"after": 0})
    assert second.status_code == 409
    assert [refusal.code for refusal in second.context["refusals"]] == ["taken_since"]
    assert Snapshot.objects.count() == 1


@pytest.mark.parametrize(
    "sent",
    [{"meeting": "99", "after": 0}, {"meeting": "i morgen", "after": 0}, {}, {"after": "-1"}, {"after": "x" * 10_000}],
)
def test_bad_input_is_told_and_nothing_is_taken(client_as, sent):
    answer = client_as("business_manager").post(reverse("reporting:snapshot-take"), sent)
    assert answer.status_code == 422
    assert not Snapshot.objects.exists()


def test_a_meeting_that_is_held_cannot_be_chosen(client_as):
    held = planned_meeting(on=days(-1))
    answer = client_as("business_manager").post(reverse("reporting:snapshot-take"), {"meeting": held.pk, "after": 0})
    assert answer.status_code == 422
    assert not Snapshot.objects.exists()


def codes(client):
    return {warning.code for warning in client.get(reverse("reporting:snapshot-take")).context["warnings"]}


def test_it_tells_what_one_may_want_to_see_to_first(client_as):
    client = client_as("business_manager")
    assert codes(client) == set()
    late, waiting = InitiativeFactory(project=True, level=2), InitiativeFactory(project=True, level=2)
    received_report(late, period_end=days(-400))
    received_report(waiting, status="approved", received_at=None)
    planned_meeting(on=days(3))
    assert codes(client) == {"late_reports", "unreceived_reports", "empty_agenda"}
    case = ready_case(late, "other")
    assert "cases_off_agenda" in codes(client)
    type(case).objects.update(status="draft")
    assert "draft_cases" in codes(client)


# ---------------------------------------------------------------- the report


def test_asking_for_the_report_leads_to_its_progress(client_as, django_capture_on_commit_callbacks):
    snapshot = taken()
    client = client_as("business_manager")
    with django_capture_on_commit_callbacks() as callbacks:
        answers = [client.post(reverse("reporting:board-report-make", args=[snapshot.number])) for _twice in range(2)]
    report = BoardReport.objects.get()
    assert [answer.url for answer in answers] == [reverse("reporting:board-report", args=[report.pk])] * 2
    assert len(callbacks) == 1


def state(client, report, **headers):
    return client.get(reverse("reporting:board-report", args=[report.pk]), headers=headers)


def test_the_page_asks_for_itself_while_it_is_made_and_stops_when_it_is_done(client_as):
    snapshot = taken()
    client = client_as("board_member")
    running = asked(snapshot, status=Status.RUNNING, done=18, total=49, step="Sætter siderne op")
    page = state(client, running)
    assert "hx-get" in page.text
    assert "18" in page.text
    assert "49" in page.text
    BoardReport.objects.all().delete()
    assert "hx-get" not in state(client, finished(snapshot)).text


def test_htmx_gets_the_state_alone_and_no_cache_keeps_it(client_as):
    client = client_as("board_member")
    report = asked(taken())
    part, whole = state(client, report, hx_request="true"), state(client, report)
    assert "<html" not in part.text
    assert "<html" in whole.text
    assert "HX-Request" in part.headers["Vary"]
    assert "no-store" in part.headers["Cache-Control"]


def test_a_report_that_is_not_begun_says_that_the_worker_may_not_run(client_as):
    client = client_as("board_member")
    report = asked(taken())
    assert not state(client, report).context["is_slow"]
    BoardReport.objects.update(asked_at=timezone.now() - timezone.timedelta(minutes=1))
    assert state(client, report).context["is_slow"]


@pytest.mark.parametrize(
    "changes",
    [{"status": Status.FAILED, "error": "Kør script/setup."}, {"changed_at": timezone.now() - SILENT_AFTER}],
    ids=["failed", "silent"],
)
@pytest.mark.parametrize("role", READERS)
def test_a_report_that_was_not_made_can_be_asked_for_again_by_who_may(client_as, changes, role):
    snapshot = taken()
    page = state(client_as(role), asked(snapshot, **changes))
    assert "hx-get" not in page.text
    assert (reverse("reporting:board-report-make", args=[snapshot.number]) in page.text) == (role in TAKERS)


def test_the_file_is_a_pdf_that_no_shared_cache_keeps(client_as):
    report = finished(taken())
    answer = client_as("board_member").get(reverse("reporting:board-report-file", args=[report.pk]))
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 lille"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert "bestyrelsesrapport-1.pdf" in answer["Content-Disposition"]


def test_there_is_no_file_until_it_is_made(client_as):
    report = asked(taken())
    assert client_as("board_member").get(reverse("reporting:board-report-file", args=[report.pk])).status_code == 404


# ---------------------------------------------------------------- the same queries for one and for three


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_many_there_are(client_as, django_assert_num_queries, rows):
    meeting = planned_meeting(on=days(3))
    for _row in range(rows):
        finished(taken(meeting=meeting))
    client = client_as("board_member")
    with django_assert_num_queries(5):
        page = client.get(reverse("reporting:snapshots"))
    assert len(page.context["page"].object_list) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_snapshot_costs_the_same_whatever_it_holds(client_as, django_assert_num_queries, rows):
    InitiativeFactory.create_batch(rows, product=True)
    snapshot = taken()
    client = client_as("board_member")
    with django_assert_num_queries(4):
        client.get(reverse("reporting:snapshot", args=[snapshot.number]))


@pytest.mark.parametrize("rows", [1, 3])
def test_what_to_see_to_costs_the_same_however_much_there_is(client_as, django_assert_num_queries, rows):
    for _row in range(rows):
        received_report(InitiativeFactory(project=True, level=2), period_end=days(-400))
        ready_case(None, "other")
        planned_meeting(on=days(3))
    client = client_as("business_manager")
    with django_assert_num_queries(17):
        client.get(reverse("reporting:snapshot-take"))
