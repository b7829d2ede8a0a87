"""The choices at the top of the public log. A GET form: every list has an address of its own."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from governance.models import Decision


class LogForm(forms.Form):
    """Words, year, body, initiative and outcome. Choices come from what is published."""

    q = forms.CharField(label=_("Søg i beslutningerne"), required=False, max_length=200)
    aar = forms.ChoiceField(label=_("År"), required=False)
    organ = forms.ChoiceField(label=_("Organ"), required=False)
    initiativ = forms.ChoiceField(label=_("Initiativ"), required=False)
    udfald = forms.ChoiceField(label=_("Udfald"), required=False)

    mark_optional = False

    def __init__(self, *args, choices, **kwargs):
        """Take what there is to choose among."""
        super().__init__(*args, **kwargs)
        outcomes = [(value, capfirst(label)) for value, label in Decision.Outcome.choices if value in choices.outcomes]
        for name, found in {
            "aar": [(str(year), str(year)) for year in choices.years],
            "organ": [(body, body) for body in choices.bodies],
            "initiativ": choices.initiatives,
            "udfald": outcomes,
        }.items():
            self.fields[name].choices = [("", _("Alle")), *found]

    @property
    def chosen(self) -> dict[str, str]:
        """What was understood; the rest is left out."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


class WithdrawForm(forms.Form):
    """Why a published decision is taken back."""

    reason = forms.CharField(
        label=_("Hvorfor trækkes beslutningen tilbage?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Grunden ses kun af dem, der offentliggør. Nummeret og datoen bliver stående."),
    )
