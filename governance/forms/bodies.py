"""Bodies and their seats."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.models import Body, Membership, User

from .fields import DayField, PersonField, RowForm, VersionedForm


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
        fields = ["kind", "name", "purpose", "seats_per_organisation", "valid_from"]
        field_classes = {"valid_from": DayField}

    def __init__(self, *args, **kwargs):
        """Begin today, unless the form says another day."""
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = timezone.localdate()


class BodyEditForm(VersionedForm, _BodyFields):
    """Change what is said about a body. Its kind stays: another kind is another body."""

    class Meta:
        model = Body
        fields = ["name", "purpose", "seats_per_organisation", "valid_from", "valid_to"]
        field_classes = {"valid_from": DayField, "valid_to": DayField}


class SeatForm(RowForm):
    """Give a seat in a body."""

    person = PersonField(
        label=_("Person"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Ingen, pladsen er ledig"),
    )

    class Meta:
        model = Membership
        fields = ["person", "organisation", "function", "has_vote", "mandate", "valid_from", "valid_to"]
        field_classes = {"valid_from": DayField, "valid_to": DayField}

    def __init__(self, *args, **kwargs):
        """Offer those who can log in, and the organisation of the person when none is chosen."""
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = User.objects.filter(is_active=True).select_related("organisation")
        organisation = self.fields["organisation"]
        organisation.required = False
        organisation.help_text = _("Tomt betyder personens egen organisation.")
        organisation.empty_label = _("Personens egen")
        self.fields["has_vote"].help_text = _("En suppleant stemmer kun, når hun eller han træder ind for en anden.")
        self.fields["valid_from"].initial = timezone.localdate()

    def clean(self):
        """Take the person's own organisation where none is chosen; a vacant seat must say whose it is."""
        data = super().clean()
        if "organisation" in data and data["organisation"] is None:
            person = data.get("person")
            data["organisation"] = person.organisation if person else None
            if data["organisation"] is None:
                self.add_error("organisation", _("Vælg den organisation, som pladsen er for"))
        return data


class EndForm(forms.Form):
    """End something that holds from day to day: a seat, a role, a tie."""

    on = DayField(label=_("Sidste dag"), help_text=_("Den dag gælder med. For eksempel 30-06-2027"))

    def __init__(self, *args, **kwargs):
        """Propose today."""
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()
