"""Taking a snapshot: for which meeting."""

from django import forms
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from governance.models import Meeting


class MeetingChoice(forms.ModelChoiceField):
    """A meeting by its body and day."""

    def label_from_instance(self, obj: Meeting) -> str:
        """Bestyrelsen, 1. december 2026."""
        return f"{obj.body}, {date_format(obj.date, 'DATE_FORMAT')}"


class SnapshotForm(forms.Form):
    """Which meeting it is for; `after` is the newest snapshot that the page showed."""

    meeting = MeetingChoice(
        label=_("Til mødet"),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=_("Ikke til et møde"),
        help_text=_("Porteføljen bliver lagt frem på mødet, som den er nu, og mødets sager kommer med."),
    )
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, meetings: QuerySet[Meeting], **kwargs):
        """Take the meetings that one can be taken for."""
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]  # a choice among rows
