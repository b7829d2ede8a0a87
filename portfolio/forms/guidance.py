"""Answering a mandatory point of guidance, and recommending points to the board."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from governance.forms.fields import DayField, VersionedForm
from governance.models import GuidanceVersion
from portfolio.models import Initiative, Level, PointAnswer, Stage


class PointAnswerForm(VersionedForm):
    """Follow the point, or explain why not."""

    value = forms.ChoiceField(
        label=_("Følger I punktet?"),
        choices=[
            (PointAnswer.Value.FOLLOWED.value, _("Ja, vi følger det")),
            (PointAnswer.Value.EXPLAINED.value, _("Nej, og vi forklarer hvorfor")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg et svar")},
    )
    text = forms.CharField(
        label=_("Uddybning"),
        required=False,
        max_length=4000,
        help_text=_("Skal skrives, når I ikke følger punktet: hvorfor ikke, og hvad gør I i stedet?"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class MandatoryForm(forms.Form):
    """Which points, for whom, from when. Opens a case before the board."""

    error_title = _("Sagen er ikke oprettet endnu.")

    points = forms.TypedMultipleChoiceField(
        label=_("Punkter, der skal være obligatoriske"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Vælg mindst ét punkt")},
    )
    from_level = forms.TypedChoiceField(
        label=_("Gælder fra og med niveau"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", _("Kun for de initiativer, der er valgt nedenfor")),
            *((level.value, capfirst(level.label)) for level in Level if level != Level.SANDBOX),
        ],
    )
    initiatives = forms.ModelMultipleChoiceField(
        label=_("Initiativer"),
        required=False,
        queryset=None,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Kun når der ikke er valgt et niveau. Hold Ctrl nede for at vælge flere."),
    )
    valid_from = DayField(label=_("Fra og med"), help_text=_("For eksempel 01-07-2027. Tidligst på mødets dag."))
    recommendation = forms.CharField(
        label=_("Indstilling"),
        max_length=10000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Hvorfor skal punkterne være obligatoriske?"),
    )

    def __init__(self, *args, version: GuidanceVersion, **kwargs):
        """Take the version whose points can be chosen."""
        super().__init__(*args, **kwargs)
        self.fields["points"].choices = [(point.pk, str(point)) for point in version.points.all()]
        worked_on = (Stage.CONCEPT, Stage.PROJECT, Stage.PRODUCT)
        self.fields["initiatives"].queryset = Initiative.objects.filter(stage__in=worked_on).order_by("sort_key")

    def clean(self) -> dict[str, Any]:
        """Either a level or some initiatives, and a day that has not been."""
        data = super().clean() or self.cleaned_data
        named = data.get("initiatives")
        if "from_level" in data and (data["from_level"] is None) == (not named):
            self.add_error("from_level", _("Vælg enten et niveau eller nogle initiativer"))
        if data.get("valid_from") and data["valid_from"] < timezone.localdate():
            self.add_error("valid_from", _("Vælg en dag, der ikke har været"))
        return data

    def parameters(self) -> dict[str, Any]:
        """What the effect carries out (effects/guidance.py)."""
        said = self.cleaned_data
        scope: dict[str, Any] = {"from_level": said["from_level"]}
        if said["from_level"] is None:
            scope = {"initiatives": [initiative.pk for initiative in said["initiatives"]]}
        return {"points": said["points"], "valid_from": said["valid_from"].isoformat(), **scope}
