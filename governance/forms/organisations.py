"""Organisations and their ties to OS2."""

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.models import Affiliation, Organisation

from .fields import DayField, RowForm, VersionedForm


class _OrganisationFields(RowForm):
    code = forms.CharField(
        label=_("Kommune- eller regionskode"),
        help_text=_("Fire cifre."),
        required=False,
        validators=[RegexValidator(r"\A[0-9]{4}\Z", _("Skriv koden med fire cifre, for eksempel 0751"))],
    )
    cvr = forms.CharField(
        label=_("CVR-nummer"),
        required=False,
        validators=[RegexValidator(r"\A[0-9]{8}\Z", _("Skriv CVR-nummeret med otte cifre, for eksempel 12345678"))],
    )
    website = forms.URLField(label=_("Hjemmeside"), required=False, max_length=200, assume_scheme="https")


FACTS = ["name", "kind", "code", "cvr", "address", "role_email", "website"]
NAME_HELP = {"name": _("En kommune skrives uden ordet kommune, for eksempel Aarhus.")}


class OrganisationForm(_OrganisationFields):
    """Register an organisation."""

    class Meta:
        model = Organisation
        fields = [*FACTS, "valid_from"]
        field_classes = {"valid_from": DayField}
        help_texts = NAME_HELP

    def __init__(self, *args, **kwargs):
        """Begin today, unless the form says another day."""
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = timezone.localdate()


class OrganisationEditForm(VersionedForm, _OrganisationFields):
    """Change what is said about an organisation."""

    class Meta:
        model = Organisation
        fields = [*FACTS, "valid_from", "valid_to"]
        field_classes = {"valid_from": DayField, "valid_to": DayField}
        help_texts = NAME_HELP


class AffiliationForm(RowForm):
    """Make an organisation a member or a vendor partner."""

    class Meta:
        model = Affiliation
        fields = ["kind", "valid_from", "valid_to"]
        field_classes = {"valid_from": DayField, "valid_to": DayField}

    def __init__(self, *args, **kwargs):
        """Begin today, unless the form says another day."""
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = timezone.localdate()
