"""What the tests of status reports share: a report on each step of its way."""

import pytest

from portfolio.domain import reports
from portfolio.models import ReportLight, StatusReport
from tests.factories import (
    InitiativeFactory,
    business_manager,
    days,
    person_as,
)

Status = StatusReport.Status
GREEN, YELLOW, RED = ReportLight.Light


def project(level=2, **more):
    return InitiativeFactory(project=True, level=level, **more)


def begin(initiative, *, by=None, **more):
    return reports.begin_report(initiative_id=initiative.pk, by=by or business_manager(), **more)


def save(report, *, by=None, version=None, lights=None, **more):
    fields = {"forecast_end": days(100), "operating_status": "in_operation", **more.pop("fields", {})}
    given = lights if lights is not None else dict.fromkeys(reports.AREAS[report.shape], (GREEN, ""))
    return reports.save_report(
        report_id=report.pk,
        version=report.version if version is None else version,
        by=by or business_manager(),
        fields=fields,
        lights=given,
        **more,
    )


def drafted(initiative, **more):
    return save(begin(initiative), **more)


def submitted(initiative, **more):
    return reports.submit_report(report_id=drafted(initiative, **more).pk, by=business_manager())


def approver_of(initiative):
    return person_as("owner" if initiative.level <= 1 else "steering_chair", initiative)


def approved(initiative, **more):
    return reports.approve_report(report_id=submitted(initiative, **more).pk, by=approver_of(initiative))


def received(initiative, **more):
    return reports.receive_report(report_id=approved(initiative, **more).pk, by=business_manager())


def codes_of(error, attempt, **more):
    """The codes of a refused attempt, after seeing that it wrote nothing."""
    before = list(StatusReport.objects.order_by("pk").values())
    with pytest.raises(error) as refusal:
        attempt(**more)
    assert list(StatusReport.objects.order_by("pk").values()) == before
    return refusal.value.codes
