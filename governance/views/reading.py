"""Reading ahead of a meeting, and what its chair must see to."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from governance import rules
from governance.domain.reading import Marked
from governance.domain.remarks import hand_in
from governance.forms.reading import ReadingForm, left_over, typed_about
from governance.models import AgendaItem
from governance.reading_view import Reading, overview_of, reading_of
from governance.refusals import Refusal

from .base import ActionFormView
from .meetings import OneMeeting


@dataclass(frozen=True, slots=True)
class Left:
    """A point that was not taken, why, and what was typed about it."""

    item: AgendaItem
    reason: Refusal
    typed: str


class ReadingPage(OneMeeting, ActionFormView):
    """Every point with its case; marks, comments and questions are sent in one go.

    What has changed meanwhile is not taken: the page says which points and why, and keeps what was typed.
    """

    template_name = "governance/reading.html"
    form_class = ReadingForm

    def may_enter(self) -> bool:
        may = rules.may_read_agenda(self.standing, self.meeting)
        return may and rules.may_read_ahead(self.standing, self.meeting)

    @cached_property
    def reading(self) -> Reading:
        """The meeting as the one who asks reads it."""
        return reading_of(self.meeting, self.request.user)

    @property
    def may_mark(self) -> bool:
        """Whether there is a voting seat, and the reading is open."""
        return self.reading.seat is not None and self.meeting.published_at is not None

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), **self._about()}

    def _about(self) -> dict[str, Any]:
        return {"points": self.reading.points, "gone": self.reading.gone, "may_mark": self.may_mark}

    def carry_out(self, data) -> Marked:
        return hand_in(meeting=self.meeting, marks=data["marks"], remarks=data["remarks"], by=self.request.user)

    def form_valid(self, form):
        """Say what was taken; stay, with what was typed, where something was not."""
        response = super().form_valid(form)
        if not isinstance(self.result, Marked):
            return response
        count = len(self.result.taken)
        text = ngettext("%(count)d punkt er markeret.", "%(count)d punkter er markeret.", count) % {"count": count}
        messages.success(self.request, text if count else _("Gemt."))
        return self._shown_again(form) if self.result.left else response

    def _shown_again(self, form):
        left = self.result.left
        self.reading = reading_of(self.meeting, self.request.user)
        items = AgendaItem.objects.filter(pk__in=left).select_related("case").order_by("number")
        again = self.form_class(initial=left_over(form.data, self.reading.points, list(left)), **self._about())
        told = [Left(item, left[item.pk], typed_about(form.data, item.pk)) for item in items]
        context = self.get_context_data(form=again, left=told)
        return self.render_to_response(context, status=HTTPStatus.CONFLICT)

    def get_success_url(self) -> str:
        """Stay on the page: there is mostly more to read."""
        return reverse("governance:reading", args=[self.meeting.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            reading=self.reading,
            may_mark=self.may_mark,
            may_see_overview=rules.may_see_overview(self.standing, self.meeting),
            **kwargs,
        ) | {"back": reverse("governance:meeting", args=[self.meeting.pk])}


class MeetingOverview(OneMeeting, TemplateView):
    """What the meeting must talk about: flags, questions, who has not pre-approved, who has read nothing."""

    template_name = "governance/meeting_overview.html"

    def may_enter(self) -> bool:
        return rules.may_see_overview(self.standing, self.meeting)

    def get_context_data(self, **kwargs):
        return super().get_context_data(overview=overview_of(self.meeting), **kwargs)
