"""Inviting people, letting them in, their portal roles."""

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.models import PortalRole, User

from .fields import DayField, RowForm, VersionedForm


class InviteForm(RowForm):
    """Invite somebody. The address is checked by the domain: one who has not come in yet is invited again."""

    class Meta:
        model = User
        fields = ["email", "title", "name", "organisation"]
        help_texts = {
            "email": _("Invitationen sendes hertil."),
            "title": _("Sådan vises personen for andre, for eksempel Digitaliseringskonsulent."),
            "name": _("Ses kun af dem, der arbejder sammen med personen."),
        }

    def __init__(self, *args, **kwargs):
        """Let the empty choice say what it means."""
        super().__init__(*args, **kwargs)
        self.fields["organisation"].empty_label = _("Ingen")


class PersonForm(VersionedForm, RowForm):
    """Change what is said about a person. The address stays: it is how the person logs in."""

    class Meta:
        model = User
        fields = ["title", "name", "organisation", "is_active"]
        help_texts = {
            "title": _("Sådan vises personen for andre."),
            "is_active": _("Uden kryds kan personen ikke logge ind. Pladser og roller afsluttes for sig."),
        }


class RoleForm(RowForm):
    """Give a portal-wide role."""

    class Meta:
        model = PortalRole
        fields = ["role", "valid_from"]
        field_classes = {"valid_from": DayField}

    def __init__(self, *args, **kwargs):
        """Begin today, unless the form says another day."""
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = timezone.localdate()


class AcceptForm(forms.Form):
    """Choose a password of one's own."""

    password = forms.CharField(
        label=_("Vælg en adgangskode"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Skriv adgangskoden igen"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, person: User, **kwargs):
        """Take the person, whose address and function the password must not resemble."""
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean_password(self) -> str:
        """Ask the validators of the settings."""
        password = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password

    def clean(self):
        """Refuse a slip of the keys."""
        data = super().clean()
        if {"password", "again"} <= data.keys() and data["password"] != data["again"]:
            self.add_error("again", ValidationError(_("De to adgangskoder er ikke ens. Skriv den samme begge steder")))
        return data
