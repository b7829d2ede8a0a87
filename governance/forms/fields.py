"""Fields and habits that the forms share."""

from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import BLANK_CHOICE_DASH
from django.utils.formats import date_format, time_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

DASHES = BLANK_CHOICE_DASH[0][1]
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2100, 12, 31)


class DayField(forms.DateField):
    """A day as 30-06-2027. A year like 0026 or 9999 is a slip of the keys, and no rule could work with it."""

    def validate(self, value):
        """Refuse years that nobody means."""
        super().validate(value)
        if value is not None and not FIRST_DAY <= value <= LAST_DAY:
            raise ValidationError(_("Skriv et årstal mellem 1970 og 2100"), code="year")


class HourField(forms.TimeField):
    """A time of day as 10.30."""

    widget = forms.TimeInput(attrs={"class": "os2-date", "autocomplete": "off"})


class PersonField(forms.ModelChoiceField):
    """A person by function, with the name or the address that tells two of the same function apart."""

    def label_from_instance(self, obj):
        """Write the function first: it is how people are shown everywhere else."""
        return f"{obj.function_label} ({obj.name or obj.email})"


class RowForm(forms.ModelForm):
    """The fields of a row, with its labels and lengths. The domain writes the row and knows what is taken."""

    def __init__(self, *args, **kwargs):
        """Write choices with a capital, and "Vælg" where nothing is chosen yet instead of Django's line of dashes."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            nothing = _("Vælg") if field.required else _("Ikke valgt")
            if isinstance(field, forms.ModelChoiceField):
                field.empty_label = nothing if field.empty_label == DASHES else field.empty_label
            elif isinstance(field, forms.ChoiceField):
                field.choices = [
                    (value, capfirst(label) if value else nothing) for value, label in dict(field.choices).items()
                ]

        # What is taken, and what goes together, is the domain's answer: it asks with the row locked, and with reasons.
        self.instance.validate_constraints = _leave_to_the_domain

    def validate_unique(self):
        """Leave to the domain, too."""


def _leave_to_the_domain(exclude=None) -> None:
    """In place of the instance's own check, whose words are about the database."""


class VersionedForm(forms.Form):
    """A form that carries the version it was made from.

    When somebody else saved first, the page shows both texts, and its button says which version was seen
    (`seen_version`): whoever presses it has looked at that one.
    """

    version = forms.IntegerField(
        min_value=0,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(["required", "invalid", "min_value"], _("Siden er for gammel. Hent den igen")),
    )

    def clean(self) -> dict[str, Any]:
        """Let the seen version stand for the one the form began with."""
        data = super().clean() or self.cleaned_data
        seen = self.data.get("seen_version", "")
        if seen.isdecimal():
            data["version"] = int(seen)
        return data


def in_words(field: forms.Field, value: Any) -> str:
    """A field's value as its reader would say it."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ", ".join(sorted(str(each) for each in value or ()))
    if isinstance(field, forms.ModelChoiceField):
        found = value if isinstance(value, models.Model) else field.queryset.filter(pk=value or 0).first()
        return str(found or "")
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value or ""))
    if isinstance(value, bool):
        return str(_("ja") if value else _("nej"))
    if isinstance(value, date | time):
        return date_format(value, "SHORT_DATE_FORMAT") if isinstance(value, date) else time_format(value)
    return "" if value is None else str(value).replace("\r\n", "\n")
