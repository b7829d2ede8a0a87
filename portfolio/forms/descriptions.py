"""What an initiative says about itself, and its plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.forms.fields import DayField, RowForm, VersionedForm
from portfolio.models import Initiative


class DescribeForm(VersionedForm, RowForm):
    """The description: what a concept must say (lifecycle.md, shape), and what a product says to others."""

    error_title = _("Beskrivelsen er ikke gemt endnu.")
    repository = forms.URLField(
        label=_("Kildekode"), required=False, max_length=200, assume_scheme="https", help_text=_("Hele adressen.")
    )

    class Meta:
        model = Initiative
        fields = (
            "name",
            "kind",
            "purpose",
            "description",
            "expected_effect",
            "local_value",
            "value_for_others",
            "subject_areas",
            "overlap_assessment",
            "external_assessment",
            "idea",
            "local_need",
            "contact",
            "role_email",
            "repository",
            "licence",
            "is_public_idea",
        )
        widgets = {
            "subject_areas": forms.CheckboxSelectMultiple,
            "description": forms.Textarea(attrs={"rows": 8}),
        }
        help_texts = {
            "purpose": _("Hvad skal initiativet opnå, og for hvem? Én eller to sætninger."),
            "expected_effect": _("Hvad bliver bedre, og hvor meget?"),
            "local_value": _("Hvad får de, der tager initiativet, ud af det?"),
            "value_for_others": _("Hvordan får andre kommuner værdi?"),
            "licence": _("For eksempel MPL-2.0."),
        }


class PlanForm(VersionedForm, RowForm):
    """Plan and business case (report 6.4)."""

    error_title = _("Planen er ikke gemt endnu.")

    class Meta:
        model = Initiative
        fields = (
            "phase",
            "planned_start",
            "planned_end",
            "estimated_hours",
            "business_case",
            "qualitative_goals",
            "project_model",
        )
        field_classes = {"planned_start": DayField, "planned_end": DayField}
        widgets = {
            "planned_start": forms.DateInput,
            "planned_end": forms.DateInput,
            "business_case": forms.Textarea(attrs={"rows": 8}),
        }
        help_texts = {
            "business_case": _("Hvad koster det, hvad sparer det, og hvornår er pengene tjent ind?"),
            "qualitative_goals": _("Hvad bliver bedre, som ikke kan gøres op i penge?"),
            "project_model": _("På niveau 2 og 3 følges OS2's projektmodel, eller afvigelsen forklares."),
        }

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start."""
        data = super().clean() or self.cleaned_data
        start, end = data.get("planned_start"), data.get("planned_end")
        if start and end and end < start:
            self.add_error("planned_end", _("Slutdatoen ligger før startdatoen. Ret en af dem"))
        return data
