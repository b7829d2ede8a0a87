"""The search on the front page. A GET form: every result has an address of its own."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portfolio.models import Level, Stage
from publishing.queries import Facets, Wish

SORTS = [("level", _("niveau")), ("name", _("navn"))]
SHOWN_STAGES = (Stage.CONCEPT, Stage.PROJECT, Stage.PRODUCT, Stage.CLOSED)


class SearchForm(forms.Form):
    """Words and filters. Choices come from what is published, with counts."""

    q = forms.CharField(label=_("Søg efter løsning, opgave eller kommune"), required=False, max_length=200)
    stadie = forms.MultipleChoiceField(label=_("Stadie"), required=False, widget=forms.CheckboxSelectMultiple)
    niveau = forms.MultipleChoiceField(label=_("Niveau"), required=False, widget=forms.CheckboxSelectMultiple)
    emne = forms.MultipleChoiceField(label=_("Fagområde"), required=False, widget=forms.CheckboxSelectMultiple)
    organisation = forms.ChoiceField(label=_("Kommune eller region"), required=False)
    sortering = forms.ChoiceField(choices=SORTS, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, facets: Facets, **kwargs):
        """Take the choices of the publication that is shown."""
        super().__init__(*args, **kwargs)
        self.fields["stadie"].choices = [
            (stage.value, f"{capfirst(str(stage.label))} ({facets.stages[stage.value]})")
            for stage in SHOWN_STAGES
            if facets.stages[stage.value]
        ]
        self.fields["niveau"].choices = [
            (str(level.value), f"{capfirst(str(level.label))} ({facets.levels[level.value]})")
            for level in sorted(Level, reverse=True)
            if facets.levels[level.value]
        ]
        self.fields["emne"].choices = [(name, f"{name} ({count})") for name, count in facets.areas]
        self.fields["organisation"].choices = [("", _("Alle")), *((name, name) for name in facets.organisations)]

    def wish(self) -> Wish:
        """What was asked for; what was not understood is left out."""
        self.is_valid()
        data = self.cleaned_data
        return Wish(
            words=data.get("q") or "",
            stages=tuple(data.get("stadie") or ()),
            levels=tuple(int(level) for level in data.get("niveau") or ()),
            areas=tuple(data.get("emne") or ()),
            organisation=data.get("organisation") or "",
            sort=data.get("sortering") or "level",
        )
