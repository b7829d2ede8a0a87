"""Meetings: the list, the page with its agenda, planning, changing, attendance."""

from typing import Any

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from governance import queries, rules
from governance.agenda_view import agenda_of
from governance.domain import agenda_editions, ballots, meetings
from governance.domain.decisions import electorate_for
from governance.forms.filters import MeetingFilter
from governance.forms.meetings import AttendanceForm, MeetingEditForm, MeetingForm
from governance.models import Body, Meeting

from .base import AccessMixin, ActionFormView
from .editing import EditView
from .lists import ListPage

# Nobody plans further ahead than this; the list of meetings held has pages instead.
MOST_COMING = 50


class MeetingsPage(ListPage):
    """The meetings to come, soonest first, and those that were held, latest first."""

    template_name = "governance/meetings.html"
    filter_class = MeetingFilter

    def may_enter(self) -> bool:
        return rules.may_see_association(self.standing)

    def filter_kwargs(self):
        return {"bodies": queries.bodies_behind(queries.meetings_for(self.standing))}

    def _chosen(self, chosen: dict[str, Any]):
        rows = queries.meetings_with_counts(self.standing)
        return rows.filter(body=chosen["body"]) if chosen["body"] else rows

    def rows(self, chosen: dict[str, Any]):
        return self._chosen(chosen).filter(ends_at__lt=timezone.now())

    def get_context_data(self, **kwargs):
        coming = self._chosen(self.filters.chosen).filter(ends_at__gte=timezone.now()).order_by("starts_at", "pk")
        return super().get_context_data(
            coming=coming[:MOST_COMING], may_prepare=rules.may_prepare_cases(self.standing), **kwargs
        )


class OneMeeting(AccessMixin):
    """Loads the meeting of the address, among those that the reader may see."""

    @cached_property
    def meeting(self) -> Meeting:
        """The meeting."""
        rows = queries.meetings_for(self.standing).select_related("minute_taker__organisation")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def may_enter(self) -> bool:
        """Whoever plans the body's meetings."""
        return rules.may_plan_meetings(self.standing, self.meeting.body)

    def get_success_url(self) -> str:
        """Back to the meeting."""
        return reverse("governance:meeting", args=[self.meeting.pk])

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """The meeting for the heading and the way back."""
        return super().get_context_data(meeting=self.meeting, back=self.get_success_url(), **kwargs)  # type: ignore[misc]  # mixed into views that have it


class MeetingPage(OneMeeting, TemplateView):
    """One meeting: its agenda with the times, what was decided, who was there."""

    template_name = "governance/meeting.html"

    def may_enter(self) -> bool:
        return self.meeting is not None

    def get_context_data(self, **kwargs):
        meeting = self.meeting
        is_recorded = meeting.attendance_recorded_at is not None
        # A written procedure may be over before its deadline, when all have voted.
        is_held, by_ballot = meeting.date <= timezone.localdate(), ballots.is_by_ballot(meeting)
        may_plan = rules.may_plan_meetings(self.standing, meeting.body)
        may_read = rules.may_read_agenda(self.standing, meeting)
        return super().get_context_data(
            agenda=agenda_of(meeting) if may_read else None,
            may_read_ahead=may_read and rules.may_read_ahead(self.standing, meeting),
            may_see_overview=rules.may_see_overview(self.standing, meeting),
            **(self._sending() if may_plan and meeting.ends_at >= timezone.now() else {}),
            electorate=electorate_for(meeting, {}) if is_recorded else None,
            is_held=is_held,
            may_plan=may_plan,
            is_by_ballot=by_ballot,
            may_record=rules.may_record_decisions(self.standing, meeting.body) and (is_held or by_ballot),
            may_vote=rules.may_vote_in_writing(self.standing, meeting),
            **kwargs,
        )

    def _sending(self) -> dict[str, Any]:
        """How far sending the agenda has come, for those who prepare it."""
        edition = agenda_editions.last_edition(self.meeting)
        return {
            "may_send": True,
            "edition": edition,
            "unsent": agenda_editions.changes_since_sent(self.meeting, edition),
            "not_sendable": agenda_editions.reasons_against_sending(self.meeting),
        }


class MeetingCreate(ActionFormView):
    """Plan a meeting of a body, or a written procedure."""

    template_name = "governance/meeting_create.html"
    form_class = MeetingForm
    field_of = {"ends_before_start": "ends"}
    extra_context = {"back": reverse_lazy("governance:meetings")}
    success_message = _("Mødet er planlagt. Sæt klare sager på dagsordenen.")

    def may_enter(self) -> bool:
        return rules.may_prepare_cases(self.standing)

    def get_form_kwargs(self):
        return {
            **super().get_form_kwargs(),
            "bodies": queries.bodies_planned_by(self.standing),
            "takers": queries.minute_takers(self.standing),
        }

    def get_initial(self):
        asked = self.request.GET.get("organ")
        return {"body": next((b for b in queries.bodies_planned_by(self.standing) if b.slug == asked), None)}

    def carry_out(self, data):
        return meetings.plan_meeting(body=data["body"], **data["facts"])

    def get_success_url(self) -> str:
        return reverse("governance:meeting", args=[self.result.pk])


class MeetingEdit(OneMeeting, EditView):
    """Change a planned meeting."""

    template_name = "governance/meeting_edit.html"
    form_class = MeetingEditForm
    field_of = {"ends_before_start": "ends", "already_decided": "day"}
    success_message = _("Mødet er rettet.")

    @property
    def row(self) -> Meeting:
        """The meeting."""
        return self.meeting

    def values_of(self, row: Meeting) -> dict[str, Any]:
        """The meeting's moments as days and times."""
        starts, ends = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
        return {
            "procedure": row.procedure,
            "day": starts.date(),
            "starts": starts.time(),
            "ends_day": ends.date() if ends.date() != starts.date() else None,
            "ends": ends.time(),
            "place": row.place,
            "agenda_due": row.agenda_due,
            "minute_taker": row.minute_taker_id,
        }

    def get_form_kwargs(self):
        chosen = [self.meeting.minute_taker_id] if self.meeting.minute_taker_id else []
        return {**super().get_form_kwargs(), "takers": queries.minute_takers(self.standing, *chosen)}

    def carry_out(self, data):
        return meetings.change_meeting(meeting=self.meeting, version=data["version"], **data["facts"])


class AttendancePage(OneMeeting, ActionFormView):
    """Record who came. Locked with the meeting's first decision, because it rests on it."""

    template_name = "governance/attendance.html"
    form_class = AttendanceForm
    success_message = _("Fremmødet er registreret.")

    @cached_property
    def seats(self) -> list:
        """The filled seats of the day."""
        return meetings.seats_on_the_day(self.meeting)

    def get(self, request, *args, **kwargs):
        """At the general assembly members are represented instead of seats filled."""
        if self.meeting.body.kind == Body.Kind.GENERAL_ASSEMBLY:
            return HttpResponseRedirect(reverse("governance:representation", args=[self.meeting.pk]))
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "seats": self.seats}

    def get_initial(self):
        initial: dict[str, Any] = {}
        recorded = {row.membership_id: row for row in self.meeting.attendances.all()}
        for seat in self.seats if self.meeting.attendance_recorded_at else []:
            row = recorded.get(seat.pk)
            initial[f"status_{seat.pk}"] = row.status if row else ""
            initial[f"for_{seat.pk}"] = row.stands_in_for_id if row else None
        return initial

    def carry_out(self, data):
        return meetings.record_attendance(meeting=self.meeting, **data["facts"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(is_locked=self.meeting.decisions.exists(), **kwargs)
