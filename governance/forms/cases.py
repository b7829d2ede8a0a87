"""Cases: the matter in six parts. Effects on initiatives are chosen where the recommendation is written (portfolio)."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.models import Body, Case, User

from .fields import PersonField, RowForm, VersionedForm

PARTS = list(Case.PARTS)
# Whoever presses twice does so at once; a case with the same title next month is another case.
TWICE_WITHIN = timedelta(minutes=2)


class _CaseFields(RowForm):
    class Meta:
        model = Case
        fields = ["title", "purpose", "responsible", "recommendation_line", *PARTS, "is_public"]
        field_classes = {"responsible": PersonField}
        widgets = {part: forms.Textarea(attrs={"rows": 5}) for part in PARTS}
        help_texts = {
            "about": _("Hvorfor er sagen på mødet?"),
            "background": _("Hvad er sket indtil nu?"),
            "analysis": _("Hvad taler for og imod? Kravene og økonomien sætter portalen selv ind."),
            "recommendation": _("Hvad anbefaler du?"),
            "consequences": _("Hvad følger af et ja, og hvad følger af et nej?"),
        }

    def __init__(self, *args, responsible: QuerySet[User], **kwargs):
        """Take the people who can be made responsible."""
        super().__init__(*args, **kwargs)
        people = self.fields["responsible"]
        people.queryset = responsible
        people.empty_label = None


class CaseForm(_CaseFields):
    """Open a case that is about no initiative."""

    decides = forms.CharField(
        label=_("Det, der besluttes"),
        required=False,
        max_length=200,
        help_text=_("Kun ved beslutning. Én sætning, for eksempel „Bestyrelsen godkender handleplanen for 2027“."),
    )

    class Meta(_CaseFields.Meta):
        fields = ["body", *_CaseFields.Meta.fields]

    field_order = ("body", "title", "purpose", "decides")

    def __init__(self, *args, bodies: QuerySet[Body], **kwargs):
        """Take the bodies whose cases the person prepares."""
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies

    def clean(self) -> dict[str, Any]:
        """Ask what is decided, and refuse the same case twice, as when a button is pressed twice."""
        data = super().clean() or self.cleaned_data
        if data.get("purpose") == Case.Purpose.DECISION and not data.get("decides") and "decides" in data:
            self.add_error("decides", _("Skriv i én sætning, hvad der besluttes"))
        if "title" in data and "body" in data:
            since = timezone.now() - TWICE_WITHIN
            if Case.objects.filter(title=data["title"], body=data["body"], created_at__gte=since).exists():
                self.add_error("title", _("Sagen er netop oprettet. Find den på listen, eller vælg en anden titel"))
        return data


class CaseEditForm(VersionedForm, _CaseFields):
    """Write on an open case."""
