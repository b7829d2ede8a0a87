"""The board report: asking for it, watching it being made, reading it."""

from datetime import timedelta
from typing import Any

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from governance.views.base import AccessMixin, ActionView
from reporting import queries
from reporting.domain.report_orders import ask_for_report, is_lost
from reporting.models import BoardReport, Snapshot
from reporting.rules import may_read_snapshots, may_take_snapshots

# A report that has not been begun after this long is probably without a worker; the page says so.
WORKER_BEGINS_WITHIN = timedelta(seconds=30)


class BoardReportMake(ActionView):
    """Have the worker make the report of a snapshot; asking again leads to the same one."""

    def may_enter(self) -> bool:
        return may_take_snapshots(self.standing)

    @cached_property
    def snapshot(self) -> Snapshot:
        """The snapshot of the address."""
        return get_object_or_404(queries.snapshots(), number=self.kwargs["number"])

    def carry_out(self) -> None:
        self.report = ask_for_report(snapshot=self.snapshot, by=self.request.user)

    def get_success_url(self) -> str:
        return reverse("reporting:board-report", args=[self.report.pk])


class OneBoardReport(AccessMixin):
    """Loads the report of the address, for those who may read it."""

    @cached_property
    def report(self) -> BoardReport:
        """The report."""
        return get_object_or_404(queries.board_reports(), pk=self.kwargs["pk"])

    def may_enter(self) -> bool:
        """The board, the business manager and the secretariat."""
        return may_read_snapshots(self.standing)


class BoardReportPage(OneBoardReport, TemplateView):
    """How far the report has come; htmx asks for the state alone every other second, others reload the page."""

    def get_template_names(self) -> list[str]:
        """The state alone when htmx asks for it."""
        return ["reporting/_report_state.html" if self.request.htmx else "reporting/board_report.html"]

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        report = self.report
        is_slow = report.status == BoardReport.Status.QUEUED and timezone.now() - report.asked_at > WORKER_BEGINS_WITHIN
        return super().get_context_data(
            report=report,
            snapshot=report.snapshot,
            is_slow=is_slow,
            is_lost=is_lost(report),
            may_take=may_take_snapshots(self.standing),
            **kwargs,
        )

    def render_to_response(self, context, **response_kwargs):
        """Never kept by a cache, and not the same for htmx as for a browser."""
        response = super().render_to_response(context, **response_kwargs)
        patch_vary_headers(response, ["HX-Request"])
        response["Cache-Control"] = "private, no-store"
        return response


class BoardReportFile(OneBoardReport, View):
    """The stored PDF. Not public: asked for by name, never kept by a shared cache."""

    def get(self, _request, **_kwargs):
        """The file, or 404 while it is not made."""
        report = self.report
        if not report.is_done:
            raise Http404
        name = f"bestyrelsesrapport-{report.snapshot.number}.pdf"
        response = FileResponse(report.file.open("rb"), filename=name, content_type="application/pdf")
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response
