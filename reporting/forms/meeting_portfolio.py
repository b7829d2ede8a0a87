"""What a member says of one initiative of the portfolio before a meeting."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class InitiativeRemarkForm(forms.Form):
    """A comment or a question, and for those who vote a flag with a word why."""

    text = forms.CharField(
        label=_("Kommentar eller spørgsmål"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    asks = forms.BooleanField(label=_("Det er et spørgsmål, der skal besvares"), required=False)
    flag = forms.BooleanField(
        label=_("Skal drøftes på mødet"), required=False, help_text=_("Initiativet bliver et punkt på dagsordenen.")
    )
    word = forms.CharField(label=_("Hvorfor skal det drøftes?"), required=False, max_length=200)

    def __init__(self, *args, may_flag: bool, **kwargs):
        """Only those who vote flag."""
        super().__init__(*args, **kwargs)
        if not may_flag:
            del self.fields["flag"], self.fields["word"]

    def clean(self) -> dict[str, Any]:
        """Something must be said, and a flag says why."""
        data = super().clean() or self.cleaned_data
        if data.get("flag") and not data.get("word"):
            self.add_error("word", gettext("Skriv med få ord, hvorfor det skal drøftes"))
        if not self.errors and not data.get("text") and not data.get("flag"):
            self.add_error("text", gettext("Skriv en kommentar eller et spørgsmål, eller markér til drøftelse"))
        return data
