"""What a transition asks for beside the gate: a level, a reason, a successor."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from governance.models import Decision
from portfolio.level_marks import LevelMarks
from portfolio.models import LIVE_STAGES, Initiative

from .choices import InitiativeField

LONGEST_REASON = 4000


class TransitionForm(forms.Form):
    """A transition that asks for nothing: pressing the button is the answer."""

    error_title = _("Intet er ændret.")

    def __init__(self, *args, initiative: Initiative, levels: list[LevelMarks], **kwargs):
        """Take the initiative, and the levels it can be placed on."""
        super().__init__(*args, **kwargs)
        self.initiative = initiative
        self.levels = levels


class ReasonForm(TransitionForm):
    """A transition that is explained."""

    reason = forms.CharField(
        label=_("Begrundelse"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Den bliver en del af historikken."),
        error_messages={"required": _("Skriv en begrundelse. Den bliver en del af historikken")},
    )


class LevelForm(TransitionForm):
    """Place on a level, with a reason."""

    level = forms.TypedChoiceField(
        label=_("Niveau"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg et niveau")},
    )
    level_reason = forms.CharField(
        label=_("Begrundelse for niveauet"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Hvad taler for netop dette niveau?"),
        error_messages={"required": _("Begrund niveauet")},
    )

    def __init__(self, *args, **kwargs):
        """Offer the levels of the catalogue."""
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [(each.level, capfirst(each.label)) for each in self.levels]
        self.fields["level"].initial = self.initiative.level


class LaunchForm(TransitionForm):
    """Launch: lessons learned are asked for, not demanded (lifecycle.md)."""

    reason = forms.CharField(
        label=_("Erfaringer fra projektet"),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Hvad ville I gøre igen, og hvad ville I gøre anderledes?"),
    )


class CloseForm(ReasonForm):
    """Close: why, and what takes over."""

    reason_code = forms.ChoiceField(
        label=_("Grund"),
        choices=[("", _("Vælg grunden"))],
        error_messages={"required": _("Vælg grunden på listen")},
    )
    successor = InitiativeField(
        label=_("Afløses af"), required=False, queryset=None, empty_label=_("Intet andet initiativ")
    )
    field_order = ("reason_code", "reason", "successor")

    def __init__(self, *args, **kwargs):
        """Offer the reasons that can close, and what can take over."""
        super().__init__(*args, **kwargs)
        closing = [choice for choice in Decision.Reason.choices if choice[0] != Decision.Reason.MORE_WORK]
        self.fields["reason_code"].choices = [("", _("Vælg grunden")), *closing]
        others = Initiative.objects.filter(stage__in=LIVE_STAGES).exclude(pk=self.initiative.pk)
        self.fields["successor"].queryset = others


FORMS: dict[str, type[TransitionForm]] = {
    "shape": LevelForm,
    "launch": LaunchForm,
    "close": CloseForm,
    "return_to_idea": ReasonForm,
    "withdraw": ReasonForm,
    "reopen": ReasonForm,
}


def form_for(transition: str) -> type[TransitionForm]:
    """The form of a transition; the ones that only the board carries out ask for nothing here."""
    return FORMS.get(transition, TransitionForm)


def arguments(data: dict[str, Any]) -> dict[str, Any]:
    """What of a form goes to the domain: what was left empty is left out."""
    return {name: value for name, value in data.items() if value not in (None, "")}
