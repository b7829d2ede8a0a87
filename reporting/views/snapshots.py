"""Snapshots: the list, taking one, and what one holds."""

from typing import Any

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from governance.views.base import ROWS_PER_PAGE, AccessMixin, ActionFormView
from reporting import queries
from reporting.board_report.changes import changes_of
from reporting.board_report.deviations import deviations_of
from reporting.board_report.front import front_of
from reporting.board_report.portfolio import portfolio_of
from reporting.domain.report_orders import is_lost
from reporting.domain.snapshots import take_snapshot
from reporting.forms.snapshots import SnapshotForm
from reporting.models import Snapshot
from reporting.readiness import worth_knowing
from reporting.rules import may_read_snapshots, may_take_snapshots


class SnapshotsPage(AccessMixin, TemplateView):
    """Every snapshot, newest first, with the state of its report."""

    template_name = "reporting/snapshots.html"

    def may_enter(self) -> bool:
        return may_read_snapshots(self.standing)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        page = Paginator(queries.snapshots(), ROWS_PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, may_take=may_take_snapshots(self.standing), **kwargs)


class SnapshotTake(ActionFormView):
    """Take a snapshot, for the next meeting unless another is chosen. Tells what one may want to see to first."""

    template_name = "reporting/snapshot_take.html"
    form_class = SnapshotForm
    field_of = {"not_board": "meeting", "meeting_held": "meeting"}
    success_message = _("Øjebliksbilledet er taget. Lav bestyrelsesrapporten, når du er klar.")

    def may_enter(self) -> bool:
        return may_take_snapshots(self.standing)

    @cached_property
    def meetings(self):
        """The meetings that one can be taken for, soonest first."""
        return queries.meetings_ahead(timezone.localdate())

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "meetings": self.meetings}

    def get_initial(self) -> dict[str, Any]:
        return {"meeting": self.meetings.first(), "after": self.newest.number if self.newest else 0}

    @cached_property
    def newest(self) -> Snapshot | None:
        """The snapshot that the new one will be compared with."""
        return queries.snapshots().first()

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        warnings = worth_knowing(timezone.localdate(), self.meetings.first())
        back = reverse("reporting:snapshots")
        return super().get_context_data(warnings=warnings, newest=self.newest, back=back, **kwargs)

    def carry_out(self, data: dict[str, Any]) -> Snapshot:
        return take_snapshot(by=self.request.user, meeting=data["meeting"], after=data["after"])

    def get_success_url(self) -> str:
        return reverse("reporting:snapshot", args=[self.result.number])


class SnapshotPage(AccessMixin, TemplateView):
    """What one snapshot holds: the portfolio, what has changed, the cases; and what can be made of it."""

    template_name = "reporting/snapshot.html"

    def may_enter(self) -> bool:
        return may_read_snapshots(self.standing)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        snapshot = get_object_or_404(queries.one_snapshot(self.kwargs["number"]))
        content = snapshot.content
        report = getattr(snapshot, "board_report", None)
        return super().get_context_data(
            snapshot=snapshot,
            report=report,
            report_is_lost=report is not None and is_lost(report),
            portfolio=portfolio_of(content),
            changes=changes_of(content),
            deviations=deviations_of(content),
            front=front_of(content),
            may_take=may_take_snapshots(self.standing),
            **kwargs,
        )
