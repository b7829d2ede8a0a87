"""Writing minutes, and correcting those that are approved."""

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.models import AgendaItem, MinutesEntry, MinutesNote

from .fields import RowForm, VersionedForm


class MinutesEntryForm(VersionedForm, RowForm):
    """What the minutes say about one point."""

    class Meta:
        model = MinutesEntry
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 10})}
        help_texts = {
            "text": _("Det, der blev sagt og aftalt. Beslutninger, stemmer og opgaver sætter portalen selv ind.")
        }


class _ItemChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        """Number and heading, as on the agenda."""
        return f"{obj.number}. {obj.heading}"


class CorrectionForm(RowForm):
    """What is added to approved minutes."""

    class Meta:
        model = MinutesNote
        fields = ["item", "text"]
        field_classes = {"item": _ItemChoice}
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}
        help_texts = {"text": _("Skriv, hvad der er forkert, og hvad der er rigtigt. Det godkendte står stadig.")}

    def __init__(self, *args, items, **kwargs):
        """Take the points of the meeting."""
        super().__init__(*args, **kwargs)
        field = self.fields["item"]
        field.queryset = items
        field.empty_label = _("Hele referatet")


def live_items(meeting):
    """The points that the minutes tell of, for a choice."""
    return AgendaItem.objects.filter(meeting=meeting, withdrawn_at__isnull=True).select_related("case")
