"""What is on an agenda: putting ready cases on it, taking points off."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from governance import queries, rules
from governance.domain import meetings
from governance.forms.meetings import AgendaForm
from governance.models import AgendaItem

from .base import ActionFormView, ActionView
from .meetings import OneMeeting


class AgendaAdd(OneMeeting, ActionFormView):
    """Put a ready case on the agenda, last."""

    template_name = "governance/agenda_add.html"
    form_class = AgendaForm
    field_of = {"case_not_ready": "case", "other_body": "case", "already_on_agenda": "case"}
    success_message = _("Sagen er sat på dagsordenen.")

    @cached_property
    def cases(self):
        """The ready cases that the meeting can have."""
        return queries.cases_for_agenda(self.meeting)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "cases": self.cases}

    def carry_out(self, data):
        return meetings.put_on_agenda(meeting=self.meeting, **data)

    def get_context_data(self, **kwargs):
        return super().get_context_data(cases=self.cases, **kwargs)


class ItemWithdraw(ActionView):
    """Take a point off the agenda. Its number stays, and so does the case."""

    success_message = _("Punktet er trukket. De andre beholder deres numre.")

    def may_enter(self) -> bool:
        return rules.may_plan_meetings(self.standing, self.item.meeting.body)

    @cached_property
    def item(self) -> AgendaItem:
        """The point of the address, on a meeting that the reader may see."""
        rows = AgendaItem.objects.filter(meeting__in=queries.meetings_for(self.standing))
        return get_object_or_404(rows.select_related("meeting__body"), pk=self.kwargs["pk"])

    def carry_out(self):
        return meetings.withdraw_item(item=self.item)

    def get_success_url(self) -> str:
        return reverse("governance:meeting", args=[self.item.meeting_id])
