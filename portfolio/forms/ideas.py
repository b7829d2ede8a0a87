"""Registering an idea."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.forms.fields import RowForm
from governance.models import Organisation
from portfolio.models import Initiative


class IdeaForm(RowForm):
    """What an idea must say (lifecycle.md, submit). The rest comes when it is shaped."""

    error_title = _("Idéen er ikke registreret endnu.")
    contact = forms.CharField(
        label=_("Kontakt"), max_length=200, help_text=_("Navn og e-mail. Vises aldrig offentligt.")
    )

    class Meta:
        model = Initiative
        fields = ("name", "idea", "local_need", "origin", "origin_organisation", "contact", "kind", "is_public_idea")
        help_texts = {
            "idea": _("Hvad går idéen ud på? Skriv, så en anden kommune kan forstå det."),
            "local_need": _("Hvilket problem løser den hos jer?"),
            "origin_organisation": _("Hvilken organisation kommer den fra?"),
        }
        widgets = {"idea": forms.Textarea(attrs={"rows": 6}), "local_need": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        """Offer the organisations that exist today."""
        super().__init__(*args, **kwargs)
        self.fields["origin_organisation"].queryset = Organisation.objects.on(timezone.localdate())
        self.fields["origin_organisation"].empty_label = _("Ingen bestemt")
