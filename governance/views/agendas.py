"""What is on an agenda: laying it, putting points on it, their order, sending it to the members."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import View

from governance import queries, rules
from governance.domain import agenda_editions, agendas
from governance.forms.agendas import AgendaForm, AgendaLayForm, ArrangeForm, PointForm
from governance.meeting_calendar import calendar_of
from governance.models import AgendaItem

from .base import ActionFormView, ActionView
from .meetings import OneMeeting


class AgendaLay(OneMeeting, ActionFormView):
    """Let the portal lay the agenda: what fills itself, and the cases that are ready."""

    template_name = "governance/agenda_lay.html"
    form_class = AgendaLayForm

    @cached_property
    def kinds(self) -> dict[str, int]:
        """What fills itself, with how many lines."""
        return agendas.kinds_to_lay(self.meeting)

    @cached_property
    def cases(self):
        """The ready cases that the meeting can have."""
        return queries.cases_for_agenda(self.meeting)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "kinds": self.kinds, "cases": self.cases}

    def get_initial(self):
        has_points = self.meeting.items.exists()
        return {
            "kinds": list(self.kinds),
            "cases": [case.pk for case in self.cases],
            "closing": "" if has_points else _now("Eventuelt"),
        }

    def carry_out(self, data):
        new = agendas.lay_agenda(
            meeting=self.meeting,
            kinds=data.get("kinds", ()),
            cases=data.get("cases", ()),
            closing=data["closing"].strip(),
        )
        text = ngettext("%(count)d punkt er sat på.", "%(count)d punkter er sat på.", len(new)) % {"count": len(new)}
        messages.success(self.request, text)
        return new


class AgendaAdd(OneMeeting, ActionFormView):
    """Put a ready case on the agenda."""

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
        return agendas.put_on_agenda(meeting=self.meeting, **data)

    def get_context_data(self, **kwargs):
        return super().get_context_data(cases=self.cases, **kwargs)


class PointAdd(OneMeeting, ActionFormView):
    """Add a point without a case."""

    template_name = "governance/agenda_point.html"
    form_class = PointForm
    field_of = {"title_missing": "title"}
    success_message = _("Punktet er sat på dagsordenen.")

    def carry_out(self, data):
        return agendas.add_point(meeting=self.meeting, **data)


class AgendaArrange(OneMeeting, ActionFormView):
    """The order and the minutes of the points."""

    template_name = "governance/agenda_arrange.html"
    form_class = ArrangeForm
    success_message = _("Dagsordenen er ordnet.")

    def get_form_kwargs(self):
        items = list(self.meeting.items.select_related("case").order_by("number"))
        return {**super().get_form_kwargs(), "items": items, "is_fixed": self.meeting.published_at is not None}

    def carry_out(self, data):
        return agendas.arrange_agenda(meeting=self.meeting, **data["facts"])

    def get_success_url(self) -> str:
        """Stay, when a point was moved one place: there are mostly more to move."""
        if "move" in self.request.POST:
            return reverse("governance:agenda-arrange", args=[self.meeting.pk])
        return super().get_success_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"back": super().get_success_url()}


class AgendaSend(OneMeeting, ActionView):
    """Send the agenda to everybody who has a seat on the day; again when it has changed."""

    success_message = _("Dagsordenen er sendt. Medlemmerne kan læse og markere.")

    def carry_out(self):
        return agenda_editions.publish_agenda(meeting=self.meeting, by=self.request.user)


class OneItem(View):
    """Loads the point of the address, on a meeting that the reader may see, for those who prepare it."""

    def may_enter(self) -> bool:
        """Whoever plans the body's meetings."""
        return rules.may_plan_meetings(self.standing, self.item.meeting.body)

    @cached_property
    def item(self) -> AgendaItem:
        """The point."""
        rows = AgendaItem.objects.filter(meeting__in=queries.meetings_for(self.standing))
        return get_object_or_404(rows.select_related("meeting__body", "case"), pk=self.kwargs["pk"])

    def get_success_url(self) -> str:
        """Back to the meeting."""
        return reverse("governance:meeting", args=[self.item.meeting_id])


class PointEdit(OneItem, ActionFormView):
    """Change a point's heading, time, and whether it is closed."""

    template_name = "governance/agenda_point.html"
    form_class = PointForm
    field_of = {"title_missing": "title"}
    success_message = _("Punktet er rettet.")

    @property
    def has_own_title(self) -> bool:
        """Whether the heading is the point's own."""
        return self.item.kind in (AgendaItem.Kind.STANDING, AgendaItem.Kind.INITIATIVE)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "has_own_title": self.has_own_title}

    def get_initial(self):
        return {"title": self.item.title, "minutes": self.item.minutes, "is_closed": self.item.is_closed}

    def carry_out(self, data):
        return agendas.change_point(item=self.item, **{"title": self.item.title, **data})

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        return super().get_context_data(
            item=self.item, meeting=self.item.meeting, back=self.get_success_url(), **kwargs
        )


class ItemWithdraw(OneItem, ActionView):
    """Take a point off the agenda. Its number stays, and so does the case."""

    success_message = _("Punktet er trukket. De andre beholder deres numre.")

    def carry_out(self):
        return agendas.withdraw_item(item=self.item)


class MeetingCalendar(OneMeeting, View):
    """The meeting as a calendar file, for whoever may see the meeting."""

    def may_enter(self) -> bool:
        return self.meeting is not None

    def get(self, _request, **_kwargs):
        """The file, with the agenda only for those who may read it."""
        may_read = rules.may_read_agenda(self.standing, self.meeting)
        response = HttpResponse(calendar_of(self.meeting, with_points=may_read), content_type="text/calendar")
        response["Content-Disposition"] = f'attachment; filename="moede-{self.meeting.pk}.ics"'
        response["Cache-Control"] = "private, no-store"
        return response
