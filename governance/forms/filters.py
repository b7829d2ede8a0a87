"""Choices at the top of a list. They stand in the address, so that a list can be sent to somebody else."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from governance.models import Affiliation, Body, Case, Decision, Organisation

from .fields import DayField

LONGEST_SEARCH = 100


def _choices(kind, any_label) -> list[tuple[str, Any]]:
    return [("", any_label), *((value, capfirst(label)) for value, label in kind.choices)]


class FilterForm(forms.Form):
    """All is optional, nothing is saved. What cannot be read is left out and explained beside its field."""

    mark_optional = False

    q = forms.CharField(label=_("Søg"), required=False, max_length=LONGEST_SEARCH)

    @property
    def chosen(self) -> dict[str, Any]:
        """The choices that could be read; the others are empty."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}

    @property
    def words(self) -> list[str]:
        """The choices made, as the reader sees them, for the sentence about an empty list."""
        return [self._word(name, value) for name, value in self.chosen.items() if value]

    def _word(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if isinstance(field, forms.BooleanField):
            return str(field.label).lower()
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            return str(dict(field.choices).get(str(value), value)).lower()
        return f"„{value}“" if type(field) is forms.CharField else str(value)


class BodyFilter(FilterForm):
    """The list of bodies."""

    kind = forms.ChoiceField(label=_("Type"), required=False, choices=_choices(Body.Kind, _("Alle typer")))
    ended = forms.BooleanField(label=_("Vis også nedlagte"), required=False)


class OrganisationFilter(FilterForm):
    """The list of organisations."""

    kind = forms.ChoiceField(label=_("Type"), required=False, choices=_choices(Organisation.Kind, _("Alle typer")))
    tie = forms.ChoiceField(label=_("Tilknytning"), required=False, choices=_choices(Affiliation.Kind, _("Alle")))


class PeopleFilter(FilterForm):
    """The list of people."""

    STATES = (("", _("Alle")), ("role", _("Har en portalrolle")), ("outside", _("Har ikke brugt sin invitation")))

    state = forms.ChoiceField(label=_("Adgang"), required=False, choices=STATES)


class _OfBodies(FilterForm):
    body = forms.ModelChoiceField(label=_("Organ"), required=False, queryset=Body.objects.none(), empty_label=_("Alle"))

    def __init__(self, *args, bodies, **kwargs):
        """Take the bodies to choose among: those that the reader's rows belong to."""
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies


class MeetingFilter(_OfBodies):
    """The list of meetings."""

    q = None
    field_order = ("body",)


class CaseFilter(_OfBodies):
    """The list of cases."""

    status = forms.ChoiceField(label=_("Status"), required=False, choices=_choices(Case.Status, _("Alle")))


class DecisionFilter(_OfBodies):
    """The decision log."""

    OPENNESS = (("", _("Alle")), ("public", _("Må offentliggøres")), ("closed", _("Lukkede")))

    year = forms.TypedChoiceField(label=_("År"), required=False, coerce=int, empty_value="")
    outcome = forms.ChoiceField(label=_("Udfald"), required=False, choices=_choices(Decision.Outcome, _("Alle")))
    initiative = forms.CharField(label=_("Initiativ"), required=False, max_length=LONGEST_SEARCH)
    open = forms.ChoiceField(label=_("Offentlighed"), required=False, choices=OPENNESS)

    def __init__(self, *args, years, **kwargs):
        """Take the years to choose among, besides the bodies."""
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", _("Alle")), *((str(year), str(year)) for year in years)]


class DayFilter(forms.Form):
    """Which day a body's composition is shown for."""

    mark_optional = False

    dato = DayField(label=_("Vis sammensætningen den"), required=False)
