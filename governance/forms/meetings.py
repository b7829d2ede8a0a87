"""Meetings: when and where, who came, what is on the agenda."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from governance.models import Attendance, Body, Meeting, Membership, User

from .fields import DayField, HourField, PersonField, VersionedForm


class _MeetingFields(forms.Form):
    """`facts` among the cleaned data is what the domain wants."""

    procedure = forms.ChoiceField(
        label=_("Form"),
        choices=[(value, capfirst(label)) for value, label in Meeting.Procedure.choices],
        initial=Meeting.Procedure.MEETING,
        widget=forms.RadioSelect,
    )
    day = DayField(label=_("Dato"))
    starts = HourField(label=_("Begynder kl."), help_text=_("For eksempel 10.00"))
    ends_day = DayField(
        label=_("Slutter en anden dag"),
        required=False,
        help_text=_("Ved skriftlig procedure: dagen for fristen. Tomt betyder samme dag."),
    )
    ends = HourField(label=_("Slutter kl."), help_text=_("Ved skriftlig procedure: fristen for at svare."))
    place = forms.CharField(label=_("Sted eller link"), required=False, max_length=200)
    agenda_due = DayField(
        label=_("Dagsordenen sendes ud"),
        required=False,
        help_text=_("Sager, der kommer på efter den dag, bliver markeret."),
    )
    minute_taker = PersonField(
        label=_("Referent"), queryset=User.objects.none(), required=False, empty_label=_("Ikke valgt")
    )

    def __init__(self, *args, takers: QuerySet[User], **kwargs):
        """Take the people who can be chosen to take the minutes."""
        super().__init__(*args, **kwargs)
        self.fields["minute_taker"].queryset = takers

    def clean(self) -> dict[str, Any]:
        """Put days and times together, in Danish time."""
        data = super().clean() or self.cleaned_data
        if {"day", "starts", "ends", "ends_day"} <= data.keys():
            data["starts_at"] = _moment(data["day"], data["starts"])
            data["ends_at"] = _moment(data["ends_day"] or data["day"], data["ends"])
            if data["ends_at"] <= data["starts_at"]:
                self.add_error("ends", _("Mødet slutter, før det begynder. Ret tidspunktet"))
            names = ("procedure", "starts_at", "ends_at", "place", "agenda_due", "minute_taker")
            data["facts"] = {name: data.get(name) for name in names}
        return data


def _moment(day, hour) -> datetime:
    return datetime.combine(day, hour, tzinfo=timezone.get_current_timezone())


class MeetingForm(_MeetingFields):
    """Plan a meeting."""

    body = forms.ModelChoiceField(label=_("Organ"), queryset=Body.objects.none(), empty_label=_("Vælg"))
    field_order = ("body",)

    def __init__(self, *args, bodies: QuerySet[Body], **kwargs):
        """Take the bodies whose meetings the person plans."""
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies

    def clean(self) -> dict[str, Any]:
        """Refuse the same meeting twice, as when a button is pressed twice."""
        data = super().clean()
        if {"body", "procedure", "starts_at"} <= data.keys():
            same = Meeting.objects.filter(body=data["body"], starts_at=data["starts_at"], procedure=data["procedure"])
            if same.exists():
                self.add_error("starts", _("Organet har allerede et møde på det tidspunkt"))
        return data


class MeetingEditForm(VersionedForm, _MeetingFields):
    """Change a planned meeting."""


class AttendanceForm(forms.Form):
    """Who came, seat by seat; a deputy says for whom. The rows are the seats of the day, not what was sent.

    `facts` among the cleaned data is what the domain wants.
    """

    def __init__(self, *args, seats: Sequence[Membership], **kwargs):
        """Take the filled seats of the day, the chair first."""
        super().__init__(*args, **kwargs)
        self.seats = seats
        voting = [(str(s.pk), str(s)) for s in seats if s.has_vote and s.function != Membership.Function.DEPUTY]
        statuses = [(value, capfirst(label)) for value, label in Attendance.Status.choices]
        for seat in seats:
            words = {"seat": seat}
            is_deputy = seat.function == Membership.Function.DEPUTY
            self.fields[f"status_{seat.pk}"] = forms.ChoiceField(
                label=gettext("Fremmøde: %(seat)s") % words,
                choices=[("", gettext("Ikke indkaldt")), *statuses] if is_deputy else statuses,
                initial="" if is_deputy else Attendance.Status.PRESENT,
                required=not is_deputy,
            )
            if is_deputy:
                self.fields[f"for_{seat.pk}"] = forms.TypedChoiceField(
                    label=gettext("Træder ind for: %(seat)s") % words,
                    choices=[("", gettext("Ingen")), *voting],
                    coerce=int,
                    empty_value=None,
                    required=False,
                )

    def clean(self) -> dict[str, Any]:
        """No two deputies for the same seat."""
        data = super().clean() or self.cleaned_data
        taken: dict[int, Membership] = {}
        for seat in self.seats:
            absent = data.get(f"for_{seat.pk}")
            if absent is None or data.get(f"status_{seat.pk}") != Attendance.Status.PRESENT:
                continue
            if absent in taken:
                self.add_error(f"for_{seat.pk}", gettext("%(seat)s træder allerede ind her") % {"seat": taken[absent]})
            taken[absent] = seat
        if not self.errors:
            data["facts"] = self._facts(data)
        return data

    def _facts(self, data: dict[str, Any]) -> dict[str, Any]:
        statuses = {seat.pk: data[f"status_{seat.pk}"] for seat in self.seats if data[f"status_{seat.pk}"]}
        here = [pk for pk, status in statuses.items() if status == Attendance.Status.PRESENT]
        return {
            "statuses": statuses,
            "stands_in_for": {pk: data.get(f"for_{pk}") for pk in here},
        }

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The table: each seat with its fields."""
        names = self.fields
        return [
            {
                "seat": seat,
                "status": self[f"status_{seat.pk}"],
                "stands_in": self[f"for_{seat.pk}"] if f"for_{seat.pk}" in names else None,
            }
            for seat in self.seats
        ]
