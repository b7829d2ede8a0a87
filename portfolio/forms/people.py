"""Who is behind an initiative: participants, roles, groups, those who use it, dialogue."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.forms.fields import DayField, PersonField, RowForm
from governance.models import Organisation, User
from portfolio.models import Adoption, Appointment, DialogueNote, Participation


def _today() -> Any:
    return timezone.localdate()


class _FromToday(RowForm):
    """A row that begins on a day, today unless said otherwise; organisations are those that exist today."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = _today
        if "organisation" in self.fields:
            self.fields["organisation"].queryset = Organisation.objects.on(_today())


class ParticipantForm(_FromToday):
    """Let an organisation take part, or deliver."""

    error_title = _("Deltageren er ikke tilføjet endnu.")

    class Meta:
        model = Participation
        fields = ("organisation", "role", "valid_from")
        field_classes = {"valid_from": DayField}
        widgets = {"valid_from": forms.DateInput}


class AppointForm(_FromToday):
    """Give somebody a role; whoever had it until then is ended the day before."""

    error_title = _("Rollen er ikke givet endnu.")

    class Meta:
        model = Appointment
        fields = ("role", "person", "organisation", "valid_from")
        field_classes = {"person": PersonField, "valid_from": DayField}
        widgets = {"valid_from": forms.DateInput}

    def __init__(self, *args, **kwargs):
        """Offer the people who can be given a role."""
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = User.objects.filter(is_active=True).select_related("organisation")


class AdoptionForm(_FromToday):
    """Register that an organisation uses the product."""

    error_title = _("Ibrugtagningen er ikke registreret endnu.")

    class Meta:
        model = Adoption
        fields = ("organisation", "valid_from", "experience")
        field_classes = {"valid_from": DayField}
        widgets = {"valid_from": forms.DateInput, "experience": forms.Textarea(attrs={"rows": 4})}


class EndForm(forms.Form):
    """The last day something holds."""

    error_title = _("Intet er ændret.")

    on = DayField(label=_("Sidste dag"), initial=_today, help_text=_("Dagen er med. For eksempel 30-06-2027."))


class DialogueForm(RowForm):
    """Register a talk with those behind the initiative."""

    error_title = _("Dialogen er ikke registreret endnu.")

    class Meta:
        model = DialogueNote
        fields = ("held_on", "with_whom", "about_requirements", "text")
        field_classes = {"held_on": DayField}
        widgets = {"held_on": forms.DateInput, "text": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, **kwargs):
        """Talks are mostly registered on their day."""
        super().__init__(*args, **kwargs)
        self.fields["held_on"].initial = _today
