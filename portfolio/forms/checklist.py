"""Answering a requirement, and judging an answer."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from governance.domain.files import KINDS
from governance.forms.fields import VersionedForm
from portfolio.gates import may_explain
from portfolio.models import Answer, Judgement, Requirement

Value = Answer.Value
WORDS = {
    Value.YES: _("Ja"),
    Value.NO: _("Nej"),
    Value.EXPLAINED: _("Nej, men forklaret"),
    Value.PLANNED: _("Planlagt"),
    Value.NOT_RELEVANT: _("Ikke relevant"),
    Value.UNSURE: _("Ved ikke"),
}
ACCEPT = ",".join(KINDS)


class AnswerForm(VersionedForm):
    """The product's layer: an answer, its text, and a link or file that shows it."""

    value = forms.ChoiceField(
        label=_("Er kravet opfyldt?"),
        widget=forms.RadioSelect(attrs={"class": "os2-choices"}),
        error_messages={"required": _("Vælg et svar")},
    )
    text = forms.CharField(
        label=_("Uddybning"),
        required=False,
        max_length=4000,
        help_text=_("Skriv altid en begrundelse, når svaret er nej, forklaret eller ikke relevant."),
        widget=forms.Textarea(attrs={"rows": "4"}),
    )
    url = forms.URLField(label=_("Tilføj link"), required=False, max_length=500, assume_scheme="https")
    upload = forms.FileField(
        label=_("Tilføj fil"),
        required=False,
        help_text=_("Højst 10 MB: pdf, billeder, tekst og kontordokumenter."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )

    def __init__(self, *args, requirement: Requirement, level: int | None, **kwargs):
        """Offer "explained" where an explanation counts, or where it is the answer already."""
        super().__init__(*args, **kwargs)
        explained = may_explain(requirement, level) or self.initial.get("value") == Value.EXPLAINED
        offered = [value for value in WORDS if value != Value.EXPLAINED or explained]
        self.fields["value"].choices = [(value, WORDS[value]) for value in offered]


class JudgementForm(VersionedForm):
    """The secretariat's layer: a light for the version of the answer that was read."""

    light = forms.ChoiceField(
        label=_("Vurdering"),
        choices=[(light, capfirst(light.label)) for light in Judgement.Light],
        widget=forms.RadioSelect(attrs={"class": "os2-seg os2-seg--lys"}),
        error_messages={"required": _("Vælg grøn, gul eller rød")},
    )
    remark = forms.CharField(
        label=_("Bemærkning"),
        required=False,
        max_length=4000,
        help_text=_("Skal skrives, når vurderingen er gul eller rød."),
        widget=forms.Textarea(attrs={"rows": "3"}),
    )
