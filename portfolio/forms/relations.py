"""How an initiative hangs together with another."""

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.forms.fields import RowForm
from portfolio.models import Relation


class RelationForm(RowForm):
    """Tie the initiative to another that the writer can see."""

    error_title = _("Sammenhængen er ikke skrevet ned endnu.")

    class Meta:
        model = Relation
        fields = ("kind", "other", "note")
        help_texts = {"note": _("For eksempel „supplerer hinanden, ingen fælles kode“.")}

    def __init__(self, *args, others, **kwargs):
        """Take the initiatives that can be chosen."""
        super().__init__(*args, **kwargs)
        self.fields["other"] = forms.ModelChoiceField(
            label=_("Andet initiativ"), queryset=others.only("name", "sort_key"), empty_label=_("Vælg et initiativ")
        )
