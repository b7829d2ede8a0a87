"""Status reports on their way: saved, sent, approved, received, sent back."""

import pytest

from governance.refusals import NotAllowed, NotReady, Stale, WrongStage
from portfolio.domain import reports
from portfolio.models import Stage, StatusReport
from tests.factories import (
    ROLES,
    InitiativeFactory,
    PhaseFactory,
    again,
    business_manager,
    days,
    person_as,
)
from tests.portfolio.reporting import (
    GREEN,
    RED,
    YELLOW,
    approved,
    approver_of,
    codes_of,
    drafted,
    project,
    received,
    save,
    submitted,
)

pytestmark = pytest.mark.django_db
Status = StatusReport.Status
MANAGES = {"business_manager", "secretariat"}


# ---------------------------------------------------------------- saving


def test_a_draft_is_saved_as_a_whole():
    report = drafted(project(), milestones=[{"order": 1, "name": "En", "planned": days(1)}])
    again_saved = save(
        report, milestones=[{"order": 1, "name": "To", "planned": days(2)}], lights={"time": (RED, "Sent.")}
    )
    assert again_saved.version == 3
    assert [m.name for m in again_saved.milestones.all()] == ["To"]
    assert {light.area: light.light for light in again_saved.lights.all()} == {
        **dict.fromkeys(reports.AREAS["project"], GREEN),
        "time": RED,
    }


def test_somebody_elses_text_is_not_overwritten():
    report = drafted(project(), fields={"remarks": "Den andens."})
    with pytest.raises(Stale) as refusal:
        save(report, version=1, fields={"remarks": "Min."})
    assert refusal.value.codes == ["stale"]
    assert refusal.value.current.remarks == "Den andens."
    assert StatusReport.objects.get().remarks == "Den andens."


@pytest.mark.parametrize("role", ["stranger", "participant", "proposer", "board_chair", "coordinator"])
def test_others_neither_save_nor_send(role):
    initiative = project()
    report, by = drafted(initiative), person_as(role, initiative)
    assert codes_of(NotAllowed, save, report=report, by=by) == ["not_allowed"]
    assert codes_of(NotAllowed, reports.submit_report, report_id=report.pk, by=by) == ["not_allowed"]


# ---------------------------------------------------------------- sending


@pytest.mark.parametrize(
    ("stage", "level", "wrong", "codes"),
    [
        (Stage.PROJECT, 2, {}, []),
        (Stage.PROJECT, 1, {}, []),
        (Stage.PRODUCT, 2, {}, []),
        (Stage.PROJECT, 1, {"lights": {"time": (GREEN, "")}}, ["light_missing_economy"]),
        (
            Stage.PROJECT,
            1,
            {"lights": {"time": (YELLOW, " "), "economy": (RED, "")}},
            ["reason_missing_time", "reason_missing_economy"],
        ),
        (Stage.PROJECT, 1, {"lights": {"time": (YELLOW, "Fordi."), "economy": (RED, "Fordi.")}}, []),
        (Stage.PROJECT, 2, {"fields": {"purpose_holds": False}}, ["purpose_note_missing"]),
        (Stage.PROJECT, 2, {"fields": {"purpose_holds": False, "purpose_note": "Udvidet."}}, []),
        (Stage.PROJECT, 2, {"fields": {"business_case_holds": False}}, ["business_case_note_missing"]),
        (Stage.PROJECT, 2, {"fields": {"business_case_holds": False, "business_case_note": "Dyrere."}}, []),
        (Stage.PROJECT, 2, {"fields": {"forecast_end": None}}, ["forecast_end_missing"]),
        (Stage.PRODUCT, 2, {"fields": {"forecast_end": None}}, []),
        (Stage.PRODUCT, 2, {"fields": {"operating_status": ""}}, ["operating_status_missing"]),
        (Stage.PROJECT, 2, {"fields": {"operating_status": ""}}, []),
        (Stage.PROJECT, 2, {"fields": {"period_end": days(1)}}, ["in_the_future"]),
        (Stage.PROJECT, 2, {"fields": {"period_end": days(0)}}, []),
    ],
)
def test_what_a_report_needs_before_it_is_sent(stage, level, wrong, codes):
    report = drafted(InitiativeFactory(stage=stage, level=level), **wrong)
    if codes:
        assert codes_of(NotReady, reports.submit_report, report_id=report.pk, by=business_manager()) == codes
    else:
        sent = reports.submit_report(report_id=report.pk, by=business_manager())
        assert (sent.status, sent.submitted_at is not None) == (Status.SUBMITTED, True)


# ---------------------------------------------------------------- approving, receiving, sending back


@pytest.mark.parametrize(
    ("level", "allowed"), [(1, {"owner", "steering_chair"}), (2, {"steering_chair"}), (3, {"steering_chair"})]
)
@pytest.mark.parametrize("stage", [Stage.PROJECT, Stage.PRODUCT])
def test_the_chair_approves_and_at_n1_the_owner(stage, level, allowed):
    initiative = InitiativeFactory(stage=stage, level=level)
    report = submitted(initiative)
    for role in ROLES:
        by = person_as(role, initiative)
        if role in allowed:
            stored = reports.approve_report(report_id=report.pk, by=by)
            assert (stored.status, stored.approved_by) == (Status.APPROVED, by)
            StatusReport.objects.filter(pk=report.pk).update(status=Status.SUBMITTED)
        else:
            assert codes_of(NotAllowed, reports.approve_report, report_id=report.pk, by=by) == ["not_allowed"], role


def test_the_business_manager_and_the_secretariat_receive():
    initiative = project()
    report = approved(initiative)
    for role in ROLES:
        by = person_as(role, initiative)
        if role in MANAGES:
            stored = reports.receive_report(report_id=report.pk, by=by)
            assert (stored.status, stored.received_by) == (Status.RECEIVED, by)
            StatusReport.objects.filter(pk=report.pk).update(status=Status.APPROVED)
        else:
            assert codes_of(NotAllowed, reports.receive_report, report_id=report.pk, by=by) == ["not_allowed"], role


STEPS = {
    "save": lambda report, _initiative: save(report),
    "submit": lambda report, _initiative: reports.submit_report(report_id=report.pk, by=business_manager()),
    "approve": lambda report, initiative: reports.approve_report(report_id=report.pk, by=approver_of(initiative)),
    "receive": lambda report, _initiative: reports.receive_report(report_id=report.pk, by=business_manager()),
    "return by approver": lambda report, initiative: reports.return_report(
        report_id=report.pk, comment="Ret tallene.", by=approver_of(initiative)
    ),
}


@pytest.mark.parametrize(
    ("make", "possible"),
    [
        (drafted, {"save", "submit"}),
        (submitted, {"approve", "return by approver"}),
        (approved, {"receive"}),
        (received, set()),
    ],
)
@pytest.mark.parametrize("step", list(STEPS))
def test_each_step_follows_the_one_before_it(make, possible, step):
    initiative = project()
    report = make(initiative)
    if step in possible:
        STEPS[step](report, initiative)
        return
    error = NotAllowed if (make, step) == (approved, "return by approver") else WrongStage
    codes = codes_of(error, lambda: STEPS[step](report, initiative))
    assert codes == {NotAllowed: ["not_allowed"]}.get(
        error, ["not_draft" if step in ("save", "submit") else "wrong_status"]
    )


@pytest.mark.parametrize("make", [submitted, approved])
def test_a_report_is_sent_back_with_a_comment(make):
    initiative = project()
    report = make(initiative)
    by = approver_of(initiative) if make is submitted else business_manager()
    assert codes_of(NotReady, reports.return_report, report_id=report.pk, comment=" ", by=by) == ["comment_missing"]
    back = reports.return_report(report_id=report.pk, comment="Ret tallene.", by=by)
    assert (back.status, back.returned_comment, back.version) == (Status.DRAFT, "Ret tallene.", report.version + 1)
    assert (back.approved_by, back.approved_at, back.submitted_at) == (None, None, None)
    assert reports.submit_report(report_id=report.pk, by=business_manager()).returned_comment == ""


def test_a_received_report_changes_nothing_but_the_initiatives_phase_and_operating_status():
    initiative, phase = project(), PhaseFactory()
    received(initiative, fields={"phase": phase, "operating_status": "pilot"})
    moved = again(initiative)
    assert (moved.phase, moved.operating_status, moved.stage) == (phase, "pilot", Stage.PROJECT)


def test_the_overviews_show_the_latest_received_report():
    initiative = project()
    assert reports.latest_received(initiative) is None
    first = received(initiative, fields={"period_end": days(-30)})
    approved(initiative)
    assert reports.latest_received(initiative) == first
