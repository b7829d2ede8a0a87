"""Status reports: who is due, those of an initiative, reading one, and its way from draft to received."""

from typing import Any

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from governance.forms.filters import FilterForm
from governance.views.base import ActionFormView, ActionView
from governance.views.lists import ListPage
from portfolio.domain import reports
from portfolio.models import Initiative, StatusReport
from portfolio.report_changes import changes_of
from portfolio.report_list import VIEWS, ReportStanding, report_standings
from portfolio.report_view import view_of
from portfolio.rules import Action

from .base import InitiativePage

PARTS = ("lights", "milestones", "economy__category", "risks")


class ReportFilter(FilterForm):
    """Words, and where the reports are."""

    vis = forms.ChoiceField(label=_("Vis"), required=False, choices=[("", _("Alle")), *VIEWS.items()])


class ReportsView(ListPage):
    """All projects and products that the reader may see, the one whose report is due first at the top."""

    template_name = "portfolio/reports.html"
    filter_class = ReportFilter

    def may_enter(self) -> bool:
        """Everybody who can log in; the list holds what they may see."""
        return self.standing.user_id is not None

    @cached_property
    def standings(self) -> list[ReportStanding]:
        """Everything the words find, before a view is chosen."""
        found = Initiative.objects.visible_to(self.standing).matching(self.filters.chosen["q"])
        return report_standings(found, self.standing.day)

    def rows(self, chosen: dict[str, Any]) -> list[ReportStanding]:  # type: ignore[override] # worked out, not queried
        """Those of the chosen view."""
        return [row for row in self.standings if row.fits(chosen["vis"])]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How many are late."""
        late = sum(1 for row in self.standings if row.is_late)
        return super().get_context_data(late=late, total=len(self.standings), **kwargs)


class InitiativeReportsView(InitiativePage, TemplateView):
    """The reports of an initiative, newest first, and when the next one is due."""

    tab = "reports"
    template_name = "portfolio/initiative_reports.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The reports that the reader may read, and what can be begun."""
        found = self.initiative.reports.select_related("written_by__organisation").prefetch_related("lights")
        rows = [report for report in found if reports.may_read(report, self.actions)]
        mine = Initiative.objects.filter(pk=self.initiative.pk)
        standing = next(iter(report_standings(mine, self.standing.day)), None)
        return super().get_context_data(
            rows=rows,
            standing=standing,
            may_begin=Action.WRITE_REPORT in self.actions and standing is not None and not standing.status,
            **kwargs,
        )


class ReportPage(InitiativePage):
    """Loads a report of the initiative with its parts; 404 while it is only for those who work on it."""

    tab = "reports"

    @cached_property
    def report(self) -> StatusReport:
        """The report of the address."""
        rows = self.initiative.reports.select_related(
            "phase",
            "corrects",
            "previous__phase",
            "written_by__organisation",
            "approved_by__organisation",
            "received_by__organisation",
        ).prefetch_related(*PARTS, *(f"previous__{part}" for part in PARTS))
        report = get_object_or_404(rows, number=self.kwargs["number"])
        if not reports.may_read(report, self.actions):
            raise Http404
        report.initiative = self.initiative
        return report

    @cached_property
    def possible(self) -> frozenset[str]:
        """What the reader can do with it now."""
        later = self.initiative.reports.filter(number__gt=self.report.number)
        return reports.what_can_be_done(self.report, self.actions, is_latest=not later.exists())

    def may_enter(self) -> bool:
        """Whoever may read it."""
        return super().may_enter() and self.report is not None

    def get_success_url(self) -> str:
        """The report."""
        return reverse("portfolio:report", args=[self.initiative.slug, self.report.number])


class ReportView(ReportPage, TemplateView):
    """A report as its reader sees it, with what is new since the one before."""

    template_name = "portfolio/report.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The report, what is new in it, and what can be done."""
        changes = changes_of(self.report)
        return super().get_context_data(
            report=self.report,
            changes=changes,
            view=view_of(self.report, changes),
            possible=self.possible,
            passed=set(self.initiative.milestones_passed.values_list("name", flat=True)),
            **kwargs,
        )


class ReportBeginView(InitiativePage, ActionView):
    """Begin a draft from the latest report; with `retter`, one that puts that report right."""

    begun: StatusReport | None = None

    def carry_out(self):
        """Begin it."""
        number = self.request.POST.get("retter", "")
        corrected = get_object_or_404(self.initiative.reports, number=number) if number.isdecimal() else None
        self.begun = reports.begin_report(
            initiative_id=self.initiative.pk, by=self.request.user, corrects_id=corrected.pk if corrected else None
        )

    def get_success_url(self) -> str:
        """The form; or the list, with the reason why nothing was begun."""
        if self.begun is None:
            return reverse("portfolio:initiative-reports", args=[self.initiative.slug])
        return reverse("portfolio:report-edit", args=[self.initiative.slug, self.begun.number])


class ReportSubmitView(ReportPage, ActionView):
    """Send a draft to approval."""

    success_message = _("Rapporten er sendt til godkendelse.")

    def carry_out(self):
        """Send it; what it lacks is told on the report."""
        reports.submit_report(report_id=self.report.pk, by=self.request.user)


class ReportApproveView(ReportPage, ActionView):
    """The steering group's chair, or at N1 the owner, approves."""

    success_message = _("Rapporten er godkendt og venter på, at forretningslederen modtager den.")

    def carry_out(self):
        """Approve it."""
        reports.approve_report(report_id=self.report.pk, by=self.request.user)


class ReportReceiveView(ReportPage, ActionView):
    """The business manager receives it: from now on it feeds the portfolio and never changes."""

    success_message = _("Rapporten er modtaget. Porteføljen viser nu tallene fra den.")

    def carry_out(self):
        """Receive it."""
        reports.receive_report(report_id=self.report.pk, by=self.request.user)


class ReturnForm(forms.Form):
    """What must be put right."""

    comment = forms.CharField(
        label=_("Hvad skal rettes?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": "5"}),
        error_messages={"required": _("Skriv, hvad der skal rettes")},
    )


class ReportReturnView(ReportPage, ActionFormView):
    """Send a report back to its writer with a comment."""

    template_name = "portfolio/report_return.html"
    form_class = ReturnForm
    field_of = {"comment_missing": "comment"}
    success_message = _("Rapporten er sendt tilbage med din kommentar.")

    def may_enter(self) -> bool:
        """Whoever can send it back as it stands."""
        return super().may_enter() and "return" in self.possible

    def carry_out(self, data: dict[str, Any]) -> StatusReport:
        """Send it back."""
        return reports.return_report(report_id=self.report.pk, comment=data["comment"], by=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The report."""
        return super().get_context_data(report=self.report, **kwargs)
