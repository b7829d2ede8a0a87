"""Writing a recommendation: which body, what it asks for, and the words to begin with."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from governance.forms.amounts import KronerField
from governance.forms.fields import DayField, PersonField
from governance.models import Case, Decision, EffectKind, User
from portfolio.domain.approvals import milestones_to_pass
from portfolio.models import Appointment, Initiative, Level
from portfolio.recommendable import NOT_NEEDED, Fitting

LONGEST_TEXT = 10000


class RecommendForm(forms.Form):
    """The effects come with what each asks for; a parameter is only needed with its effect."""

    error_title = _("Sagen er ikke oprettet endnu.")

    body = forms.ModelChoiceField(label=_("Organ"), queryset=None, empty_label=None)
    purpose = forms.ChoiceField(
        label=_("Behandling"), choices=[(value, capfirst(label)) for value, label in Case.Purpose.choices]
    )
    effects = forms.MultipleChoiceField(
        label=_("Beslutningen skal gennemføre"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Det sker i denne rækkefølge, når beslutningen registreres. Passer ét af dem ikke, sker intet."),
    )
    level = forms.TypedChoiceField(
        label=_("Nyt niveau"), required=False, help_text=_("Kun ved „Skift niveau“."), coerce=int, empty_value=None
    )
    priority = forms.ChoiceField(
        label=_("Prioritet"),
        required=False,
        help_text=_("Kun ved „Prioritér“."),
        choices=[("", _("Vælg en prioritet")), *Initiative.Priority.choices],
    )
    until = DayField(
        label=_("Pause til"), required=False, help_text=_("Kun ved „Sæt på pause“. For eksempel 30-06-2027.")
    )
    reason = forms.ChoiceField(label=_("Grund"), required=False, help_text=_("Kun ved „Afvis“ og „Luk“."))
    role = forms.ChoiceField(
        label=_("Rolle"),
        required=False,
        help_text=_("Kun ved „Udpeg en person til en rolle“."),
        choices=[
            ("", _("Vælg en rolle")),
            *((role.value, capfirst(role.label)) for role in Appointment.Role if role != Appointment.Role.SHEPHERD),
        ],
    )
    person = PersonField(
        label=_("Person"),
        required=False,
        help_text=_("Den, der skal have rollen."),
        queryset=None,
        empty_label=_("Vælg en person"),
    )
    milestone = forms.ChoiceField(
        label=_("Milepæl"), required=False, help_text=_("Kun ved „Passér en milepæl“. Fra den seneste statusrapport.")
    )
    what = forms.CharField(label=_("Det, der købes"), required=False, max_length=200, help_text=_("Kun ved „Køb ind“."))
    amount = KronerField(label=_("Højst i kr."), required=False, help_text=_("Kun ved „Køb ind“."))
    supplier = forms.CharField(
        label=_("Leverandør"), required=False, max_length=200, help_text=_("Kun ved „Køb ind“, hvis den er valgt.")
    )
    text = forms.CharField(
        label=_("Andet, der besluttes"), required=False, max_length=200, help_text=_("Kun ved „Andet“. Én sætning.")
    )
    title = forms.CharField(label=_("Sagens titel"), max_length=200)
    recommendation_line = forms.CharField(
        label=_("Indstillingen i én linje"),
        max_length=60,
        required=False,
        help_text=_("Højst 60 tegn. Står på mødets oversigt."),
    )
    recommendation = forms.CharField(
        label=_("Indstilling"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("De øvrige dele skriver portalen et udkast til. Dem retter du på sagen bagefter."),
    )

    NEEDED = {
        "level": _("Vælg det nye niveau"),
        "priority": _("Vælg prioriteten"),
        "until": _("Skriv, hvornår pausen slutter"),
        "reason": _("Vælg grunden på listen"),
        "role": _("Vælg rollen"),
        "person": _("Vælg personen"),
        "milestone": _("Vælg milepælen"),
        "what": _("Skriv, hvad der købes"),
        "amount": _("Skriv, hvad købet højst må koste"),
        "text": _("Skriv i én sætning, hvad der besluttes"),
    }

    def __init__(self, *args, initiative: Initiative, fitting: list[Fitting], bodies: Any, **kwargs):
        """Take the initiative, the effects that fit, and the bodies that can be asked."""
        super().__init__(*args, **kwargs)
        milestones = milestones_to_pass(initiative) if EffectKind.PASS_MILESTONE in {f.kind for f in fitting} else []
        fitting = [each for each in fitting if milestones or each.kind != EffectKind.PASS_MILESTONE]
        self.fitting = {each.value: each for each in fitting}
        self.fields["milestone"].choices = [("", _("Vælg en milepæl")), *((name, name) for name in milestones)]
        self.fields["body"].queryset = bodies
        self.fields["effects"].choices = [(each.value, each.label) for each in fitting]
        levels = [level for level in Level if level not in (initiative.level, Level.SANDBOX)]
        self.fields["level"].choices = [
            ("", _("Vælg et niveau")),
            *((each.value, capfirst(each.label)) for each in levels),
        ]
        reasons = [choice for choice in Decision.Reason.choices if choice[0] != Decision.Reason.MORE_WORK]
        self.fields["reason"].choices = [("", _("Vælg grunden")), *reasons]
        self.fields["person"].queryset = User.objects.filter(is_active=True).select_related("organisation")
        asked = {name for each in fitting for name in each.asks}
        for name in (*self.NEEDED, *NOT_NEEDED):
            if name not in asked:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen effects need, and for a pause that ends in the future."""
        data = super().clean() or self.cleaned_data
        for value in data.get("effects", ()):
            for name in self.fitting[value].asks:
                if not data.get(name) and name not in self.errors and name not in NOT_NEEDED:
                    self.add_error(name, self.NEEDED[name])
        until = data.get("until")
        if until and until <= timezone.localdate():
            self.add_error("until", _("Pausen skal slutte efter i dag"))
        return data

    def specs(self) -> list[tuple[str, dict[str, Any]]]:
        """The chosen effects with their parameters, in the order they are carried out."""
        said = self.cleaned_data
        return [self._spec(each, said) for value, each in self.fitting.items() if value in said["effects"]]

    def _spec(self, effect: Fitting, said: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        parameters = dict(effect.fixed)
        for name in effect.asks:
            value = said[name]
            if name == "person":
                parameters |= {"person": value.pk, "who": str(value)}
            elif name == "amount":
                parameters[name] = str(value)
            else:
                parameters[name] = value.isoformat() if name == "until" else value
        return effect.kind, parameters
