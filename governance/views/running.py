"""A meeting while it is held: who is there, what is agreed in advance, then item by item."""

from typing import Any

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from governance import rules
from governance.agenda_view import agenda_of
from governance.domain import assembly, ballots, consent, decisions
from governance.domain.reading import consent_items
from governance.effects import registry
from governance.forms.voting import RepresentationForm
from governance.meeting_run import run_of
from governance.models import Body, Meeting

from .base import ActionFormView
from .meetings import OneMeeting

ASSEMBLY = Body.Kind.GENERAL_ASSEMBLY


class MeetingRun(OneMeeting, TemplateView):
    """One item at a time, the agenda beside it, and what to do first."""

    template_name = "governance/meeting_run.html"

    def may_enter(self) -> bool:
        return rules.may_record_decisions(self.standing, self.meeting.body)

    def get_context_data(self, **kwargs):
        meeting = self.meeting
        run = run_of(agenda_of(meeting), self.request.GET.get("punkt", ""))
        is_recorded = meeting.attendance_recorded_at is not None
        return super().get_context_data(
            run=run,
            waiting=decisions.reasons_to_wait(meeting),
            electorate=decisions.electorate_for(meeting, {}) if is_recorded else None,
            is_written=ballots.is_by_ballot(meeting),
            preview=registry.preview(run.case, meeting.date) if run.decides else None,
            **kwargs,
        )


class ConsentPage(OneMeeting, ActionFormView):
    """What all have agreed on in advance, with what each will do, before it is decided together."""

    template_name = "governance/consent.html"
    form_class = forms.Form

    def may_enter(self) -> bool:
        return rules.may_record_decisions(self.standing, self.meeting.body)

    def carry_out(self, _data):
        return consent.record_consent(meeting=self.meeting, by=self.request.user)

    def form_valid(self, form):
        """Say what was decided; name what was left out, with its reasons."""
        response = super().form_valid(form)
        if self.result is not None:
            count = len(self.result.decisions)
            text = ngettext("%(count)d punkt er godkendt.", "%(count)d punkter er godkendt samlet.", count)
            if count:
                messages.success(self.request, text % {"count": count})
            for left in self.result.left_out:
                words = {"number": left.item.number, "why": " ".join(str(r.message) for r in left.refusals)}
                text = _("Punkt %(number)d kunne ikke gennemføres sammen med de andre og behandles for sig. %(why)s")
                messages.warning(self.request, text % words)
        return response

    def get_success_url(self) -> str:
        """On with the meeting."""
        return reverse("governance:meeting-run", args=[self.meeting.pk])

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        meeting = self.meeting
        points = [
            {"item": item, "preview": registry.preview(item.case, meeting.date)} for item in consent_items(meeting)
        ]
        return super().get_context_data(
            points=points,
            blockers=consent.reasons_against_consent(meeting),
            electorate=decisions.electorate_for(meeting, {}) if meeting.attendance_recorded_at else None,
            **kwargs,
        )


class RepresentationPage(OneMeeting, ActionFormView):
    """Which members are represented at the general assembly. Locked with its first decision."""

    template_name = "governance/representation.html"
    form_class = RepresentationForm
    field_of = dict.fromkeys(["assembly_empty", "represented_twice", "not_a_member"], "organisations")

    @cached_property
    def meeting(self) -> Meeting:
        """A meeting of the general assembly; other bodies' meetings have no such page."""
        return get_object_or_404(Meeting.objects.select_related("body"), pk=self.kwargs["pk"], body__kind=ASSEMBLY)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "members": assembly.members_on(self.meeting.date)}

    def get_initial(self):
        return {"organisations": list(self.meeting.representations.values_list("organisation", flat=True))}

    def carry_out(self, data):
        return assembly.record_representation(meeting=self.meeting, organisations=data["organisations"])

    def get_success_url(self) -> str:
        return reverse("governance:meeting-run", args=[self.meeting.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(is_locked=self.meeting.decisions.exists(), **kwargs)
