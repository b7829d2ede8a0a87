"""Status reports on their way: draft, sent, approved, received; returned with a comment; corrected by a new one."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models import User
from governance.refusals import NotAllowed, NotReady, Refusal, Stale, WrongStage, raise_if
from governance.standing import standing_of
from portfolio.models import (
    Budget,
    EconomyCategory,
    Initiative,
    ReportEconomyLine,
    ReportLight,
    ReportMilestone,
    ReportRisk,
    StatusReport,
)
from portfolio.rhythm import shape_of
from portfolio.rules import Action, may

from .economy import current_budget
from .lifecycle import locked

Area = ReportLight.Area
AREAS: dict[str, tuple[str, ...]] = {
    StatusReport.Shape.SMALL_PROJECT: (Area.TIME, Area.ECONOMY),
    StatusReport.Shape.PROJECT: (Area.TIME, Area.RESOURCES, Area.ECONOMY, Area.QUALITY, Area.BENEFITS),
    StatusReport.Shape.PRODUCT: (Area.OPERATIONS, Area.ECONOMY, Area.DEVELOPMENT),
}
UNDER_WAY = (StatusReport.Status.DRAFT, StatusReport.Status.SUBMITTED, StatusReport.Status.APPROVED)
CARRIED_OVER = (
    "phase",
    "planned_end",
    "forecast_end",
    "progress",
    "hours_estimated",
    "hours_used",
    "hours_forecast",
    "operating_status",
    "sla",
    "users_planned",
    "n3_organisation",
    "n3_operations",
    "n3_technology",
)
# What is written anew for each period, and only a correction begins with.
WRITTEN = (
    "purpose_holds",
    "purpose_note",
    "business_case_holds",
    "business_case_note",
    "remarks",
    "change_progress",
    "users_new",
    "users_left",
    "benefits_realised",
)


def shape_for(initiative: Initiative) -> str:
    """Which of the three shapes an initiative reports in. Raises WrongStage for others than projects and products."""
    shape = shape_of(initiative.stage, initiative.level)
    if shape is not None:
        return shape
    raise WrongStage(Refusal("wrong_stage", _("Kun projekter og produkter afgiver statusrapport.")))


def what_can_be_done(report: StatusReport, actions: Collection[Action], *, is_latest: bool) -> frozenset[str]:
    """What somebody with these rights can do with a report as it stands: edit, send, approve, receive, return, correct.

    `is_latest`: nothing was begun after it. The domain asks the same again when it is done.
    """
    status = report.status
    writes, approves = Action.WRITE_REPORT in actions, Action.APPROVE_REPORT in actions
    receives = Action.RECEIVE_REPORT in actions
    holds = {
        "edit": writes and status == StatusReport.Status.DRAFT,
        "send": writes and status == StatusReport.Status.DRAFT,
        "approve": approves and status == StatusReport.Status.SUBMITTED,
        "receive": receives and status == StatusReport.Status.APPROVED,
        "return": (approves and status == StatusReport.Status.SUBMITTED)
        or (receives and status == StatusReport.Status.APPROVED),
        "correct": writes and status == StatusReport.Status.RECEIVED and is_latest,
    }
    return frozenset(name for name, is_possible in holds.items() if is_possible)


def may_read(report: StatusReport, actions: Collection[Action]) -> bool:
    """A report is for those who work on it until it is received; then for everybody who may see the initiative."""
    works_on_it = {Action.WRITE_REPORT, Action.APPROVE_REPORT, Action.RECEIVE_REPORT}
    return report.status == StatusReport.Status.RECEIVED or bool(works_on_it.intersection(actions))


def latest_received(initiative: Initiative) -> StatusReport | None:
    """The report that the overviews show."""
    received = initiative.reports.filter(status=StatusReport.Status.RECEIVED)
    return received.order_by("-period_end", "-number").first()


@transaction.atomic
def begin_report(
    *, initiative_id: int, by: User, period_end: date | None = None, corrects_id: int | None = None
) -> StatusReport:
    """Begin a draft from the previous report's values, or from the plan and budget when it is the first.

    `corrects_id` names the latest received report when the new one puts it right; it then tells of the same day.
    Raises WrongStage (also when a report is under way already) or NotAllowed.
    """
    initiative = locked(initiative_id)
    shape = shape_for(initiative)
    if not may(standing_of(by), Action.WRITE_REPORT, initiative):
        raise NotAllowed(Refusal("not_allowed", _("Du kan ikke skrive statusrapport for initiativet.")))
    if initiative.reports.filter(status__in=UNDER_WAY).exists():
        raise WrongStage(Refusal("report_under_way", _("Der er en statusrapport i gang. Gør den færdig først.")))
    latest = latest_received(initiative)
    corrected = None
    if corrects_id is not None:
        if latest is None or latest.pk != corrects_id:
            raise WrongStage(Refusal("not_latest", _("Kun den seneste modtagne rapport kan rettes.")))
        corrected = latest
    number = (initiative.reports.aggregate(last=Max("number"))["last"] or 0) + 1
    report = StatusReport(
        initiative=initiative,
        number=number,
        shape=shape,
        level=initiative.level,
        period_end=corrected.period_end if corrected else period_end or timezone.localdate(),
        previous=corrected.previous if corrected else latest,
        corrects=corrected,
        written_by=by,
    )
    start_from = latest if latest is not None and latest.shape == shape else None
    if start_from is not None:
        for name in CARRIED_OVER + (WRITTEN if corrected else ()):
            setattr(report, name, getattr(start_from, name))
    else:
        report.phase = initiative.phase
        report.planned_end = report.forecast_end = initiative.planned_end
        report.hours_estimated = report.hours_forecast = initiative.estimated_hours
        report.operating_status = initiative.operating_status
    report.planned_end = report.planned_end or initiative.planned_end
    report.save()
    _copy_parts(report, start_from)
    return report


def _copy_parts(report: StatusReport, start_from: StatusReport | None) -> None:
    before = {light.area: light for light in start_from.lights.all()} if start_from else {}
    ReportLight.objects.bulk_create(
        ReportLight(
            report=report,
            area=area,
            light=before[area].light if area in before else "",
            reason=before[area].reason if area in before else "",
        )
        for area in AREAS[report.shape]
    )
    parts: list[Any] = [start_from.milestones, start_from.economy, start_from.risks] if start_from else []
    for row in [row for rows in parts for row in rows.all()]:
        _copy_row(row, report)
    if report.corrects is None:
        _economy_from_budget(report)


def _copy_row(row: Any, report: StatusReport) -> None:
    row.pk, row.report = None, report
    row._state.adding = True  # noqa: SLF001 - Django's documented way to copy a row
    row.save()


def _planned_by_category(report: StatusReport) -> dict[EconomyCategory | None, Decimal]:
    """What the current budget plans: per category, for a small project as one total."""
    scope = Budget.Scope.PRODUCT if report.shape == StatusReport.Shape.PRODUCT else Budget.Scope.PROJECT
    budget = current_budget(report.initiative, scope)
    planned: dict[EconomyCategory | None, Decimal] = defaultdict(Decimal)
    for line in budget.lines.select_related("category") if budget else []:
        planned[None if report.shape == StatusReport.Shape.SMALL_PROJECT else line.category] += line.planned
    return planned


def _economy_from_budget(report: StatusReport) -> None:
    """Let the budget say what is planned; a category that is new in it is expected to cost what is planned."""
    lines = {line.category: line for line in report.economy.select_related("category")}
    for category, planned in _planned_by_category(report).items():
        line = lines.get(category) or ReportEconomyLine(report=report, category=category, forecast=planned)
        line.planned = planned
        line.save()
    if report.shape == StatusReport.Shape.SMALL_PROJECT and not report.economy.exists():
        ReportEconomyLine.objects.create(report=report)


def _editable(report_id: int, by: User) -> StatusReport:
    report = StatusReport.objects.select_for_update(of=("self",)).select_related("initiative").get(pk=report_id)
    if not may(standing_of(by), Action.WRITE_REPORT, report.initiative):
        raise NotAllowed(Refusal("not_allowed", _("Du kan ikke skrive statusrapport for initiativet.")))
    if not report.is_editable:
        raise WrongStage(Refusal("not_draft", _("Rapporten er sendt og kan ikke ændres.")))
    return report


@transaction.atomic
def save_report(
    *,
    report_id: int,
    version: int,
    by: User,
    fields: Mapping[str, Any],
    lights: Mapping[str, tuple[str, str]],
    milestones: Sequence[Mapping[str, Any]] = (),
    economy: Sequence[Mapping[str, Any]] = (),
    risks: Sequence[Mapping[str, Any]] = (),
) -> StatusReport:
    """Save a draft as a whole. `lights` maps area to (light, reason); the lists replace what was there.

    Raises NotAllowed, WrongStage (sent already) or Stale; what is not ready is asked for when it is sent.
    """
    report = _editable(report_id, by)
    if report.version != version:
        message = _("En anden gemte rapporten, mens du skrev. Din tekst er ikke gemt. Sammenlign, og gem igen.")
        raise Stale(Refusal("stale", message), current=report)
    for name, value in fields.items():
        setattr(report, name, value)
    report.version += 1
    report.written_by = by
    report.save()
    for light in report.lights.all():
        light.light, light.reason = lights.get(light.area, (light.light, light.reason))
        light.save()
    parts: tuple[tuple[Any, Sequence[Mapping[str, Any]]], ...] = (
        (ReportMilestone, milestones),
        (ReportEconomyLine, economy),
        (ReportRisk, risks),
    )
    for model, rows in parts:
        model.objects.filter(report=report).delete()
        model.objects.bulk_create(model(report=report, **row) for row in rows)
    return report


def reasons_not_sendable(report: StatusReport) -> list[Refusal]:
    """What a draft lacks before it can be sent (reporting.md)."""
    refusals = []
    for light in report.lights.all():
        if not light.light:
            message = _("Vælg status for %(area)s.") % {"area": light.get_area_display()}
            refusals.append(Refusal(f"light_missing_{light.area}", message))
        elif light.light != ReportLight.Light.GREEN and not light.reason.strip():
            words = {"area": light.get_area_display(), "light": light.get_light_display()}
            refusals.append(Refusal(f"reason_missing_{light.area}", _("Skriv, hvorfor %(area)s er %(light)s.") % words))
    if not report.purpose_holds and not report.purpose_note.strip():
        refusals.append(Refusal("purpose_note_missing", _("Skriv, hvad der er ændret i forretningsidé og formål.")))
    if not report.business_case_holds and not report.business_case_note.strip():
        refusals.append(Refusal("business_case_note_missing", _("Skriv, hvorfor business casen ikke holder.")))
    if report.shape == StatusReport.Shape.PRODUCT and not report.operating_status:
        refusals.append(Refusal("operating_status_missing", _("Vælg driftsstatus.")))
    if report.shape != StatusReport.Shape.PRODUCT and report.forecast_end is None:
        refusals.append(Refusal("forecast_end_missing", _("Skriv, hvornår projektet forventes afsluttet.")))
    if report.period_end > timezone.localdate():
        refusals.append(Refusal("in_the_future", _("Status kan ikke ligge i fremtiden. Ret datoen.")))
    return refusals


@transaction.atomic
def submit_report(*, report_id: int, by: User) -> StatusReport:
    """Send a draft to approval. Raises NotReady with everything that is missing."""
    report = _editable(report_id, by)
    raise_if(NotReady, reasons_not_sendable(report))
    report.status, report.submitted_at = StatusReport.Status.SUBMITTED, timezone.now()
    report.returned_comment = ""
    report.save()
    return report


def _waiting(report_id: int, by: User, *, action: Action, status: str) -> StatusReport:
    report = StatusReport.objects.select_for_update(of=("self",)).select_related("initiative").get(pk=report_id)
    if not may(standing_of(by), action, report.initiative):
        who = {
            Action.APPROVE_REPORT: _("Rapporten godkendes af styregruppens formand, på niveau 1 af projektejeren."),
            Action.RECEIVE_REPORT: _("Rapporten modtages af forretningslederen."),
        }
        raise NotAllowed(Refusal("not_allowed", who[action]))
    if report.status != status:
        raise WrongStage(Refusal("wrong_status", _("Rapporten er %(now)s.") % {"now": report.get_status_display()}))
    return report


@transaction.atomic
def approve_report(*, report_id: int, by: User) -> StatusReport:
    """The steering group's chair, or at N1 the owner, approves a sent report."""
    report = _waiting(report_id, by, action=Action.APPROVE_REPORT, status=StatusReport.Status.SUBMITTED)
    report.status = StatusReport.Status.APPROVED
    report.approved_by, report.approved_at = by, timezone.now()
    report.save()
    return report


@transaction.atomic
def receive_report(*, report_id: int, by: User) -> StatusReport:
    """The business manager receives an approved report. From now on it never changes; the overviews show it."""
    report = _waiting(report_id, by, action=Action.RECEIVE_REPORT, status=StatusReport.Status.APPROVED)
    report.status = StatusReport.Status.RECEIVED
    report.received_by, report.received_at = by, timezone.now()
    report.save()
    initiative = locked(report.initiative_id)
    if report.phase_id:
        initiative.phase = report.phase
    if report.operating_status:
        initiative.operating_status = report.operating_status
    initiative.save()
    return report


@transaction.atomic
def return_report(*, report_id: int, comment: str, by: User) -> StatusReport:
    """Send a report back to its writer with a comment: by its approver, or by the business manager once approved."""
    report = StatusReport.objects.get(pk=report_id)
    if report.status == StatusReport.Status.APPROVED:
        report = _waiting(report_id, by, action=Action.RECEIVE_REPORT, status=StatusReport.Status.APPROVED)
    else:
        report = _waiting(report_id, by, action=Action.APPROVE_REPORT, status=StatusReport.Status.SUBMITTED)
    if not comment.strip():
        raise NotReady(Refusal("comment_missing", _("Skriv, hvad der skal rettes.")))
    report.status, report.returned_comment = StatusReport.Status.DRAFT, comment
    report.approved_by = report.approved_at = report.submitted_at = None
    report.version += 1
    report.save()
    return report
