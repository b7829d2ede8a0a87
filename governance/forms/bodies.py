"""Bodies, and the last day of what holds from day to day. Seats are in seats.py."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.models import Body

from .fields import DayField, RowForm, VersionedForm


class _BodyFields(RowForm):
    # The limit is written here because SQLite has none of its own.
    seats_per_organisation = forms.IntegerField(
        label=_("Højst antal pladser pr. organisation"),
        help_text=_("Tomt betyder ingen grænse."),
        required=False,
        min_value=1,
        max_value=100,
    )


class BodyForm(_BodyFields):
    """Set up a body."""

    introduced = forms.BooleanField(
        label=_("Medlemmerne er introduceret til kravene i OS2"),
        required=False,
        help_text=_("Sæt kryds, når forretningslederen har gennemgået kravene med gruppen. Det skrives i historikken."),
    )

    class Meta:
        model = Body
        fields = ["kind", "name", "purpose", "frame", "seats_per_organisation", "valid_from"]
        field_classes = {"valid_from": DayField}

    def __init__(self, *args, **kwargs):
        """Begin today, unless the form says another day."""
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = timezone.localdate()


class BodyEditForm(VersionedForm, _BodyFields):
    """Change what is said about a body. Its kind stays: another kind is another body."""

    class Meta:
        model = Body
        fields = ["name", "purpose", "frame", "seats_per_organisation", "valid_from", "valid_to"]
        field_classes = {"valid_from": DayField, "valid_to": DayField}


class EndForm(forms.Form):
    """End something that holds from day to day: a seat, a role, a tie."""

    on = DayField(label=_("Sidste dag"), help_text=_("Den dag gælder med. For eksempel 30-06-2027"))

    def __init__(self, *args, **kwargs):
        """Propose today."""
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()
