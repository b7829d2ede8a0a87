"""Minutes: the page with all points, writing one point, releasing, approving, correcting."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from governance import minutes as record
from governance import queries, rules
from governance.domain import minutes
from governance.forms.minutes import CorrectionForm, MinutesEntryForm, live_items
from governance.models import AgendaItem, Meeting, MinutesEntry

from .base import ActionFormView, ActionView
from .editing import EditView
from .meetings import OneMeeting


class OneMinutes(OneMeeting):
    """The minutes of the meeting of the address: what the reader may do with them, and the way back to them."""

    @cached_property
    def may_write(self) -> bool:
        """Whether the reader writes them."""
        return rules.may_write_minutes(self.standing, self.meeting)

    @cached_property
    def may_release(self) -> bool:
        """Whether the reader releases them."""
        return minutes.may_release(self.meeting, self.request.user, self.standing.day)

    def get_success_url(self) -> str:
        """Back to the minutes."""
        return reverse("governance:minutes", args=[self.meeting.pk])


class MinutesPage(OneMinutes, TemplateView):
    """All points with what was said, decided and agreed. Until they are released, for those who write and release."""

    template_name = "governance/minutes.html"

    def may_enter(self) -> bool:
        return self.meeting is not None

    def get_context_data(self, **kwargs):
        meeting = self.meeting
        is_shown = minutes.may_read(meeting, self.request.user, self.standing.day)
        return super().get_context_data(
            minutes=record.minutes_of(meeting) if is_shown else None,
            corrections=record.corrections_of(meeting),
            may_write=self.may_write,
            **self._steps(),
            **kwargs,
        )

    def _steps(self) -> dict[str, Any]:
        """What comes next: releasing or approving, and why it cannot be done yet."""
        meeting, day = self.meeting, self.standing.day
        if meeting.minutes_approved_at is not None:
            return {"step": "approved"}
        if meeting.minutes_released_at is None:
            seats = minutes.releasing_seats(meeting, day)
            reasons = minutes.reasons_against_release(meeting)
            return {"step": "release", "releasing": seats, "reasons": reasons, "may_release": self.may_release}
        at = minutes.approving_meeting(meeting, day)
        reasons = minutes.reasons_against_approval(meeting, at) if at else []
        may_approve = rules.may_plan_meetings(self.standing, meeting.body)
        return {"step": "approve", "at": at, "reasons": reasons, "may_approve": may_approve}


class MinutesItemEdit(OneMinutes, EditView):
    """Write one point. Two writers at once see both texts."""

    template_name = "governance/minutes_item.html"
    form_class = MinutesEntryForm

    @cached_property
    def item(self) -> AgendaItem:
        """The point of the address."""
        rows = AgendaItem.objects.select_related("case", "minutes_entry", "meeting__body")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def meeting(self) -> Meeting:
        """The meeting of the point."""
        return get_object_or_404(queries.meetings_for(self.standing), pk=self.item.meeting_id)

    def may_enter(self) -> bool:
        return self.may_write

    def get(self, request, *args, **kwargs):
        """Approved minutes are read, not written."""
        if self.meeting.minutes_approved_at is not None:
            messages.info(request, _("Referatet er godkendt og låst. Tilføj en rettelse i stedet."))
            return HttpResponseRedirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    @property
    def row(self) -> MinutesEntry:
        """What is written so far, or an empty entry."""
        return getattr(self.item, "minutes_entry", None) or MinutesEntry(item=self.item, version=0)

    def version_of(self, row: MinutesEntry) -> int:
        return row.version

    def carry_out(self, data):
        return minutes.write_entry(item=self.item, version=data["version"], text=data["text"], by=self.request.user)

    @cached_property
    def next_item(self) -> AgendaItem | None:
        """The point after this one, which the second button goes on to."""
        rows = self.meeting.items.filter(withdrawn_at__isnull=True, number__gt=self.item.number)
        return rows.order_by("number").first()

    def get_success_url(self) -> str:
        """On to the next point when that was asked for, else back to this one among all."""
        if "next" in self.request.POST and self.next_item is not None:
            return reverse("governance:minutes-item", args=[self.next_item.pk])
        return f"{super().get_success_url()}#punkt-{self.item.number}"

    def get_context_data(self, **kwargs):
        line = next(each for each in record.gathered(self.meeting).items if each.pk == self.item.pk)
        return super().get_context_data(item=self.item, line=line, next_item=self.next_item, **kwargs)


class MinutesRelease(OneMinutes, ActionView):
    """The chair lets the members read the minutes."""

    success_message = _("Referatet er frigivet. Medlemmerne får besked.")

    def may_enter(self) -> bool:
        return self.may_release

    def carry_out(self):
        return minutes.release_minutes(meeting=self.meeting, by=self.request.user)


class MinutesApprove(OneMinutes, ActionView):
    """Record that a later meeting approved the minutes."""

    success_message = _("Referatet er godkendt og låst.")

    def may_enter(self) -> bool:
        return rules.may_plan_meetings(self.standing, self.meeting.body)

    def carry_out(self):
        asked = self.request.POST.get("at", "")
        rows = queries.meetings_for(self.standing)
        at = get_object_or_404(rows, pk=int(asked) if asked.isdecimal() else 0)
        return minutes.approve_minutes(meeting=self.meeting, at=at, by=self.request.user)


class MinutesCorrect(OneMinutes, ActionFormView):
    """Add a correction to approved minutes."""

    template_name = "governance/minutes_correct.html"
    form_class = CorrectionForm
    field_of = {"text_missing": "text"}
    success_message = _("Rettelsen er tilføjet.")

    def may_enter(self) -> bool:
        return self.may_write

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "items": live_items(self.meeting)}

    def get_initial(self):
        asked = self.request.GET.get("punkt", "")
        numbered = (
            live_items(self.meeting).filter(number=int(asked)) if asked.isdecimal() else AgendaItem.objects.none()
        )
        return {"item": numbered.first()}

    def carry_out(self, data):
        return minutes.correct_minutes(meeting=self.meeting, item=data["item"], text=data["text"], by=self.request.user)
