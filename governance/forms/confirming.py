"""Forms about changes that reality may ask for although a rule breaks: the figures are shown, and it is confirmed."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ConfirmingForm(forms.Form):
    """Carries a box that is out of sight until there is something to confirm."""

    confirmed = forms.BooleanField(
        label=_("Jeg har set tallene og vil gøre det alligevel"), required=False, widget=forms.HiddenInput
    )

    def ask_to_confirm(self) -> None:
        """Show the box. What it is about stands as messages beside it."""
        self.error_title = _("Intet er gemt endnu. Se, hvad det fører til, og bekræft.")
        self.fields["confirmed"].widget = forms.CheckboxInput()
