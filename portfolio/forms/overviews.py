"""What the two overviews can be chosen by. It all stands in the address, so that a view can be sent to somebody."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from governance.danish import search_terms
from governance.forms.filters import FilterForm
from governance.standing import Standing
from portfolio.models import Initiative, Level, Participation, Stage
from portfolio.overview_choice import GROUPS, STATUSES, UNPLACED, Choice
from portfolio.search import organisations_taking_part


def _any(*choices: tuple[str, Any]) -> list[tuple[str, Any]]:
    return [("", _("Alle")), *choices]


class OverviewFilter(FilterForm):
    """What both overviews share. `groups` are the keys of GROUPS that fit, the first one being the usual."""

    groups: tuple[str, ...] = ()

    niveau = forms.ChoiceField(
        label=_("Niveau"),
        required=False,
        choices=_any(
            *((str(level.value), capfirst(level.label)) for level in reversed(Level)), (UNPLACED, _("Ikke oplyst"))
        ),
    )
    status = forms.ChoiceField(label=_("Status"), required=False, choices=_any(*STATUSES.items()))
    organisation = forms.TypedChoiceField(label=_("Organisation"), required=False, coerce=int, empty_value=None)
    gruppe = forms.ChoiceField(label=_("Gruppér efter"), required=False)
    # The links at the head of each column set it, and the form carries it along.
    sort = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    visning = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)

    def __init__(self, *args, standing: Standing, **kwargs):
        """Take the reader, who can only choose among the organisations of what the reader may see."""
        super().__init__(*args, **kwargs)
        self._day = standing.day
        mine = organisations_taking_part(standing).order_by("sort_key")
        self.fields["organisation"].choices = _any(*((str(each.pk), str(each)) for each in mine))
        self.fields["gruppe"].choices = [(key, GROUPS[key]) for key in self.groups]

    @property
    def choice(self) -> Choice:
        """The choices that could be read."""
        said = self.chosen
        return Choice(
            level=said["niveau"],
            stage=said.get("stadie", ""),
            operating_status=said.get("driftsstatus", ""),
            status=said["status"],
            group=said["gruppe"] or self.groups[0],
            sort=said["sort"] or "navn",
        )

    @property
    def found(self) -> Q | None:
        """The words and the organisation as a condition on initiatives; None when neither was chosen."""
        said, conditions = self.chosen, []
        conditions += [Q(search_text__contains=term) for term in search_terms(said["q"])]
        if said["organisation"]:
            taking_part = Participation.objects.on(self._day).filter(
                initiative=OuterRef("pk"), organisation=said["organisation"]
            )
            conditions.append(Q(Exists(taking_part)))
        return Q(*conditions) if conditions else None

    @property
    def words(self) -> list[str]:
        """The filters in words; order, grouping and view leave nothing out."""
        kept = {name: value for name, value in self.chosen.items() if name not in ("gruppe", "sort", "visning")}
        return [self._word(name, value) for name, value in kept.items() if value]


class ProjectFilter(OverviewFilter):
    """Concepts and projects."""

    groups = ("stadie", "niveau", "organisation", "ingen")
    field_order = ("q", "niveau", "stadie", "status", "organisation", "gruppe")

    stadie = forms.ChoiceField(
        label=_("Stadie"),
        required=False,
        choices=[
            ("", _("Koncept og projekt")),
            (Stage.CONCEPT.value, capfirst(Stage.CONCEPT.label)),
            (Stage.PROJECT.value, capfirst(Stage.PROJECT.label)),
        ],
    )


class ProductFilter(OverviewFilter):
    """Products."""

    groups = ("niveau", "driftsstatus", "organisation", "ingen")
    field_order = ("q", "niveau", "driftsstatus", "status", "organisation", "gruppe")

    driftsstatus = forms.ChoiceField(
        label=_("Driftsstatus"),
        required=False,
        choices=_any(*((each.value, capfirst(each.label)) for each in Initiative.OperatingStatus)),
    )
