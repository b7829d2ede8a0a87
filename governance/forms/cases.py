"""Cases: the matter in six parts. Effects on initiatives are chosen where the recommendation is written (portfolio)."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from governance.effects import registry
from governance.models import Body, Case, EffectKind, User

from .amounts import KronerField
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


# What a case about no initiative can carry out, beside what needs a page of its own to choose from.
EFFECTS = (
    EffectKind.OTHER,
    EffectKind.ADOPT_STRATEGY,
    EffectKind.ADOPT_PRINCIPLES,
    EffectKind.ADOPT_ACTION_PLAN,
    EffectKind.ADOPT_ECONOMY,
    EffectKind.PURCHASE,
    EffectKind.SETTLE_CONFLICT,
)


class CaseForm(_CaseFields):
    """Open a case that is about no initiative."""

    effect = forms.ChoiceField(
        label=_("Beslutningen skal gennemføre"),
        required=False,
        choices=[(kind.value, capfirst(kind.label)) for kind in EFFECTS],
        initial=EffectKind.OTHER.value,
        help_text=_("Kun ved beslutning. Det sker, når beslutningen registreres."),
    )
    decides = forms.CharField(
        label=_("Det, der besluttes"),
        required=False,
        max_length=200,
        help_text=_(
            "Kun ved beslutning: det, der vedtages, købes eller besluttes, for eksempel „Handleplan“ eller "
            "„Bestyrelsen holder årsmøde i maj“."
        ),
    )
    period = forms.CharField(
        label=_("Periode"), required=False, max_length=40, help_text=_("Kun ved „Vedtag“. For eksempel 2027 til 2028.")
    )
    amount = KronerField(label=_("Højst i kr."), required=False, help_text=_("Kun ved „Køb ind“."))
    supplier = forms.CharField(
        label=_("Leverandør"), required=False, max_length=200, help_text=_("Kun ved „Køb ind“, hvis den er valgt.")
    )

    class Meta(_CaseFields.Meta):
        fields = ["body", *_CaseFields.Meta.fields]

    field_order = ("body", "title", "purpose", "effect", "decides", "period", "amount", "supplier")

    def __init__(self, *args, bodies: QuerySet[Body], **kwargs):
        """Take the bodies whose cases the person prepares."""
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies

    def clean(self) -> dict[str, Any]:
        """Ask what is decided, and refuse the same case twice, as when a button is pressed twice."""
        data = super().clean() or self.cleaned_data
        if data.get("purpose") == Case.Purpose.DECISION:
            self._ask_what_it_takes(data)
        if "title" in data and "body" in data:
            since = timezone.now() - TWICE_WITHIN
            if Case.objects.filter(title=data["title"], body=data["body"], created_at__gte=since).exists():
                self.add_error("title", _("Sagen er netop oprettet. Find den på listen, eller vælg en anden titel"))
        return data

    def _ask_what_it_takes(self, data: dict[str, Any]) -> None:
        """Each effect needs its own; the body must be one that can decide it."""
        kind, body = data.get("effect") or EffectKind.OTHER, data.get("body")
        if kind != EffectKind.SETTLE_CONFLICT and not data.get("decides") and "decides" in data:
            self.add_error("decides", _("Skriv i én sætning, hvad der besluttes"))
        if kind == EffectKind.PURCHASE and not data.get("amount") and "amount" in data:
            self.add_error("amount", _("Skriv, hvad købet højst må koste"))
        if body is not None and "effect" in data:
            for refusal in registry.effects[kind].deciders.reasons_against(body):
                self.add_error("effect", refusal.message)

    def specs(self) -> list[tuple[str, dict[str, Any]]]:
        """The effect with its parameters, as the domain takes them; none when nothing is to be decided."""
        said = self.cleaned_data
        if said["purpose"] != Case.Purpose.DECISION:
            return []
        kind = said["effect"] or EffectKind.OTHER
        parameters: dict[str, Any] = {"title": said["decides"], "period": said["period"]}
        if kind == EffectKind.OTHER:
            parameters = {"text": said["decides"]}
        elif kind == EffectKind.PURCHASE:
            parameters = {"what": said["decides"], "amount": str(said["amount"]), "supplier": said["supplier"]}
        elif kind == EffectKind.SETTLE_CONFLICT:
            parameters = {}
        return [(kind, parameters)]


class CaseEditForm(VersionedForm, _CaseFields):
    """Write on an open case."""
