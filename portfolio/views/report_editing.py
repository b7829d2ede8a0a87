"""Writing a status report: save the draft, or save and send it. Nothing typed is lost on the way."""

from copy import copy
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from governance.forms.fields import in_words
from governance.refusals import Refused, Stale
from governance.templatetags.dkfds import problems
from governance.views.base import ActionFormView
from governance.views.editing import Conflict, Difference
from portfolio.deferrals import open_conditions
from portfolio.domain import reports
from portfolio.facts import InitiativeFacts, facts_of
from portfolio.forms.reports import FIELD_OF, ReportForm
from portfolio.models import StatusReport
from portfolio.overviews import compliance_of
from portfolio.report_changes import changes_of
from portfolio.report_deviations import deviations_of_draft

from .reports import ReportPage


class ReportEditView(ReportPage, ActionFormView):
    """The report as a form that begins with the latest values. Refused fields keep what was typed."""

    template_name = "portfolio/report_edit.html"
    form_class = ReportForm
    field_of = FIELD_OF
    saved: StatusReport | None = None

    def may_enter(self) -> bool:
        """Whoever may write reports here, while it is a draft; others read it."""
        return super().may_enter() and "edit" in self.possible

    @cached_property
    def facts(self) -> InitiativeFacts:
        """The initiative's facts today, for what the portal works out itself."""
        return facts_of(self.initiative, self.standing.day)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The draft as it is, and what it is compared with."""
        return {
            **super().get_form_kwargs(),
            # A copy: the form writes what was typed on it, also when nothing is saved.
            "instance": copy(self.report),
            "initial": {"version": self.report.version},
            "changes": changes_of(self.report),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The report, what the portal says of it on the side, and every mistake of form and rows in one list."""
        context = super().get_context_data(
            report=self.report,
            changes=changes_of(self.report),
            deviations=deviations_of_draft(self.report, self.facts),
            conditions=open_conditions(self.facts),
            compliance=compliance_of(self.facts),
            **kwargs,
        )
        form = context["form"]
        return {**context, "problems": [each for part in (form, *form.row_sets) for each in problems(part)]}

    def form_valid(self, form):
        """Keep the form at hand: its rows are not among its fields."""
        self.form = form
        return super().form_valid(form)

    def carry_out(self, data: dict[str, Any]) -> StatusReport:
        """Save the draft, and send it if that was asked. A draft that cannot be sent yet is saved all the same."""
        self.saved = reports.save_report(
            report_id=self.report.pk, version=data["version"], by=self.request.user, **self.form.values
        )
        if "send" in self.request.POST:
            return reports.submit_report(report_id=self.report.pk, by=self.request.user)
        return self.saved

    def form_refused(self, form, refused: Refused) -> HttpResponse:
        """Show the reasons; after a save that could not be sent, go on from the saved version."""
        if self.saved is not None:
            form.data = form.data.copy()
            form.data["version"] = str(self.saved.version)
            form.error_title = _("Kladden er gemt, men kan ikke sendes endnu.")
        elif isinstance(refused, Stale):
            self.extra_context = {"difference": self._conflict(form, refused.current)}
        return super().form_refused(form, refused)

    def _conflict(self, form: ReportForm, current: StatusReport) -> Conflict:
        """What differs between the saved draft and what was typed."""
        pairs = [
            (str(field.label), form.get_initial_for_field(field, name), form.cleaned_data.get(name), field)
            for name, field in form.fields.items()
            if not field.widget.is_hidden
        ]
        told = [Difference(label, in_words(field, old), in_words(field, new)) for label, old, new, field in pairs]
        told += [
            Difference(str(rows.caption), rows.in_words(rows.saved), rows.in_words(rows.kept)) for rows in form.row_sets
        ]
        return Conflict(
            who=str(current.written_by),
            at=current.written_at,
            version=current.version,
            differences=tuple(each for each in told if each.theirs != each.yours),
        )

    @property
    def success_message(self) -> str:
        """What happened, and when."""
        if "send" in self.request.POST:
            return _("Rapporten er sendt til godkendelse.")
        return _("Kladden er gemt kl. %(at)s.") % {"at": time_format(timezone.localtime(), "TIME_FORMAT")}

    def get_success_url(self) -> str:
        """The form again after a save; the report when it was sent."""
        name = "portfolio:report" if "send" in self.request.POST else "portfolio:report-edit"
        return reverse(name, args=[self.initiative.slug, self.report.number])
