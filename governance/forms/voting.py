"""Votes in writing, and who is represented at the general assembly."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from governance.domain.ballots import Choosing
from governance.models import AgendaItem, Choice, Organisation

CHOICES = [(Choice.FOR, _("For")), (Choice.AGAINST, _("Imod")), (Choice.ABSTAINS, _("Undlad at stemme"))]


class BallotsForm(forms.Form):
    """The items come from the agenda, never from what was sent. `choices` is what the domain wants.

    Each choice carries the version of the case that the page showed. An item without one is not voted on.
    """

    mark_optional = False
    error_title = _("Ikke alle dine stemmer er modtaget.")

    def __init__(self, *args, items: Sequence[AgendaItem], given: Mapping[int, str], **kwargs):
        """Take the open items, and what the voter has chosen before, by item."""
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            self.fields[f"choice_{item.pk}"] = forms.ChoiceField(
                label=gettext("Din stemme på punkt %(number)d") % {"number": item.number},
                choices=CHOICES,
                required=False,
                initial=given.get(item.pk),
                widget=forms.RadioSelect(attrs={"class": "os2-seg"}),
            )
            self.fields[f"version_{item.pk}"] = forms.IntegerField(
                initial=item.case.version if item.case else 0, min_value=0, widget=forms.HiddenInput
            )

    def clean(self) -> dict[str, Any]:
        """Put choices and versions together."""
        data = super().clean() or self.cleaned_data
        data["choices"] = [
            Choosing(item_id=item.pk, choice=data[f"choice_{item.pk}"], case_version=data[f"version_{item.pk}"])
            for item in self.items
            if data.get(f"choice_{item.pk}") and f"version_{item.pk}" in data
        ]
        return data

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each item with its fields."""
        return [
            {"item": item, "choice": self[f"choice_{item.pk}"], "version": self[f"version_{item.pk}"]}
            for item in self.items
        ]


class RepresentationForm(forms.Form):
    """The members that are represented. Sent twice, the domain says so."""

    mark_optional = False
    organisations = forms.TypedMultipleChoiceField(
        label=_("Repræsenterede medlemmer"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "os2-members"}),
    )

    def __init__(self, *args, members: QuerySet[Organisation], **kwargs):
        """Take the organisations that are members on the day."""
        super().__init__(*args, **kwargs)
        self.fields["organisations"].choices = list(members.values_list("pk", "name"))
