"""Status reports on their way: draft, sent, approved, received; returned with a comment; corrected by a new one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models import User
from governance.refusals import NotAllowed, NotReady, Refusal, Stale, WrongStage, raise_if
from governance.standing import standing_of
from portfolio.models import (
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


def shape_for(initiative: Initiative) -> str:
    """Which of the three shapes an initiative reports in. Raises WrongStage for others than projects and products."""
    shape = shape_of(initiative.stage, initiative.level)
    if shape is not None:
        return shape
    raise WrongStage(Refusal("wrong_stage", _("Kun projekter og produkter afgiver statusrapport.")))


def latest_received(initiative: Initiative) -> StatusReport | None:
    """The report that the overviews show."""
    received = initiative.reports.filter(status=StatusReport.Status.RECEIVED)
    return received.order_by("-period_end", "-number").first()


@transaction.atomic
def begin_report(*, initiative_id: int, by: User, period_end: date | None = None) -> StatusReport:
    """Begin a draft from the previous report's values, or from the plan and budget when it is the first.

    Raises WrongStage, NotAllowed, or WrongStage when a report is under way already.
    """
    initiative = locked(initiative_id)
    shape = shape_for(initiative)
    if not may(standing_of(by), Action.WRITE_REPORT, initiative):
        raise NotAllowed(Refusal("not_allowed", _("Du kan ikke skrive statusrapport for initiativet.")))
    if initiative.reports.filter(status__in=UNDER_WAY).exists():
        raise WrongStage(Refusal("report_under_way", _("Der er en statusrapport i gang. Gør den færdig først.")))
    previous = latest_received(initiative)
    number = (initiative.reports.aggregate(last=Max("number"))["last"] or 0) + 1
    report = StatusReport(
        initiative=initiative,
        number=number,
        shape=shape,
        level=initiative.level,
        period_end=period_end or timezone.localdate(),
        previous=previous,
        written_by=by,
    )
    same_shape = previous is not None and previous.shape == shape
    if same_shape and previous is not None:
        for name in CARRIED_OVER:
            setattr(report, name, getattr(previous, name))
    else:
        report.phase = initiative.phase
        report.planned_end = report.forecast_end = initiative.planned_end
        report.hours_estimated = report.hours_forecast = initiative.estimated_hours
        report.operating_status = initiative.operating_status
    report.save()
    _copy_parts(report, previous if same_shape else None)
    return report


def _copy_parts(report: StatusReport, previous: StatusReport | None) -> None:
    before = {light.area: light for light in previous.lights.all()} if previous else {}
    ReportLight.objects.bulk_create(
        ReportLight(
            report=report,
            area=area,
            light=before[area].light if area in before else "",
            reason=before[area].reason if area in before else "",
        )
        for area in AREAS[report.shape]
    )
    if previous is None:
        _economy_from_budget(report)
        return
    rows: list[Any] = [*previous.milestones.all(), *previous.economy.all(), *previous.risks.all()]
    for row in rows:
        _copy_row(row, report)


def _copy_row(row: Any, report: StatusReport) -> None:
    row.pk, row.report = None, report
    row._state.adding = True  # noqa: SLF001 - Django's documented way to copy a row
    row.save()


def _economy_from_budget(report: StatusReport) -> None:
    scope = "product" if report.shape == StatusReport.Shape.PRODUCT else "project"
    budget = current_budget(report.initiative, scope)
    lines = list(budget.lines.select_related("category")) if budget else []
    if report.shape == StatusReport.Shape.SMALL_PROJECT:
        total = sum((line.planned for line in lines), start=0)
        ReportEconomyLine.objects.create(report=report, planned=total, forecast=total)
        return
    by_category: dict[EconomyCategory, Any] = {}
    for line in lines:
        by_category[line.category] = by_category.get(line.category, 0) + line.planned
    for category, planned in by_category.items():
        ReportEconomyLine.objects.create(report=report, category=category, planned=planned, forecast=planned)


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
