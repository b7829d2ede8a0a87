"""What the list of initiatives can be chosen by."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from governance.forms.filters import FilterForm
from governance.standing import Standing
from portfolio.models import LIVE_STAGES, Initiative, Level, SubjectArea
from portfolio.search import ENDED, UNPLACED, Chosen, organisations_taking_part

ORDER = "order"


class InitiativeFilter(FilterForm):
    """Words, filters and order. Ended initiatives stand behind a choice of their own."""

    stage = forms.ChoiceField(
        label=_("Stadie"),
        required=False,
        choices=[
            ("", _("I gang og i drift")),
            *((stage.value, capfirst(stage.label)) for stage in LIVE_STAGES),
            (ENDED, _("Afsluttet")),
        ],
    )
    level = forms.ChoiceField(
        label=_("Niveau"),
        required=False,
        choices=[
            ("", _("Alle")),
            *((str(level.value), capfirst(level.label)) for level in reversed(Level)),
            (UNPLACED, _("Uden niveau")),
        ],
    )
    kind = forms.ChoiceField(
        label=_("Type"),
        required=False,
        choices=[("", _("Alle")), *((kind.value, capfirst(kind.label)) for kind in Initiative.Kind)],
    )
    organisation = forms.ModelChoiceField(label=_("Organisation"), required=False, queryset=None, empty_label=_("Alle"))
    area = forms.ModelChoiceField(
        label=_("Fagområde"), required=False, queryset=SubjectArea.objects.all(), empty_label=_("Alle")
    )
    order = forms.ChoiceField(
        label=_("Sortér efter"),
        required=False,
        choices=[
            ("", _("Navn")),
            ("-changed", _("Senest ændret")),
            ("-level", _("Niveau, højeste først")),
            ("stage", _("Stadie")),
        ],
    )

    def __init__(self, *args, standing: Standing, **kwargs):
        """Take the reader, who can only filter by the organisations of what the reader may see."""
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations_taking_part(standing)

    @property
    def choice(self) -> Chosen:
        """What was asked for, as far as it can be read."""
        said: dict[str, Any] = self.chosen
        return Chosen(
            words=said["q"],
            stage=said["stage"],
            level=said["level"],
            kind=said["kind"],
            organisation_id=getattr(said["organisation"], "pk", None),
            area_id=getattr(said["area"], "pk", None),
            order=said["order"] or "name",
        )

    @property
    def words(self) -> list[str]:
        """The filters in words; the order leaves nothing out."""
        return [self._word(name, value) for name, value in self.chosen.items() if value and name != ORDER]
