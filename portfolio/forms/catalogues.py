"""Recommending a requirement catalogue to the board."""

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.forms.fields import DayField


class CatalogueForm(forms.Form):
    """From when, and why. Opens a case before the board."""

    error_title = _("Sagen er ikke oprettet endnu.")

    valid_from = DayField(label=_("Gælder fra"), help_text=_("For eksempel 01-07-2027. Tidligst på mødets dag."))
    recommendation = forms.CharField(
        label=_("Indstilling"),
        max_length=10000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Hvorfor skal kravene ændres, og hvad betyder det for initiativerne?"),
    )
