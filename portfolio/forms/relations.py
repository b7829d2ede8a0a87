"""How an initiative hangs together with another."""

from django.utils.translation import gettext_lazy as _

from governance.forms.fields import RowForm
from portfolio.models import Relation

from .choices import InitiativeField


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
        self.fields["other"] = InitiativeField(
            label=_("Andet initiativ"), queryset=others, empty_label=_("Vælg et initiativ")
        )
