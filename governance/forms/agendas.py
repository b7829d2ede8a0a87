"""Agendas: laying one, putting on cases and points, the order and the minutes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from governance.models import AgendaItem, Case

MOST_MINUTES = 600
MOST_POINTS = 500


class AgendaForm(forms.Form):
    """Put a ready case on the agenda."""

    case = forms.ModelChoiceField(label=_("Sag"), queryset=Case.objects.none(), empty_label=_("Vælg"))
    minutes = forms.IntegerField(label=_("Minutter"), initial=15, min_value=1, max_value=MOST_MINUTES)

    def __init__(self, *args, cases: QuerySet[Case], **kwargs):
        """Take the cases that the meeting can have."""
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = cases


class AgendaLayForm(forms.Form):
    """What the portal puts on the agenda: what fills itself, the ready cases, and a last point."""

    kinds = forms.MultipleChoiceField(label=_("Faste punkter"), required=False, widget=forms.CheckboxSelectMultiple)
    cases = forms.ModelMultipleChoiceField(
        label=_("Sager, der er klar"),
        queryset=Case.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    closing = forms.CharField(
        label=_("Sidste punkt"), required=False, max_length=200, help_text=_("Tomt betyder intet sidste punkt.")
    )

    def __init__(self, *args, kinds: Mapping[str, int], cases: QuerySet[Case], **kwargs):
        """Take the kinds with how many lines each has, and the cases that the meeting can have."""
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = [(kind, _counted(kind, count)) for kind, count in kinds.items()]
        self.fields["cases"].queryset = cases
        for name, has_any in (("kinds", bool(kinds)), ("cases", bool(cases))):
            if not has_any:
                del self.fields[name]


def _counted(kind: str, count: int) -> str:
    label = capfirst(AgendaItem.Kind(kind).label)
    if kind in (AgendaItem.Kind.MINUTES, AgendaItem.Kind.PORTFOLIO):
        return label
    lines = ngettext("%(count)d linje", "%(count)d linjer", count) % {"count": count}
    return f"{label} ({lines})"


class PointForm(forms.Form):
    """A point without a case, or what can be said of a point that is there."""

    title = forms.CharField(label=_("Overskrift"), max_length=200)
    minutes = forms.IntegerField(label=_("Minutter"), initial=15, min_value=1, max_value=MOST_MINUTES)
    is_closed = forms.BooleanField(
        label=_("Lukket punkt"),
        required=False,
        help_text=_("Uden for organet ses kun punktets nummer, også i mails og kalenderfiler."),
    )

    def __init__(self, *args, has_own_title: bool = True, **kwargs):
        """A case and what fills itself keep the headings they have."""
        super().__init__(*args, **kwargs)
        if not has_own_title:
            del self.fields["title"]


class ArrangeForm(forms.Form):
    """The order and the minutes of the points. The rows are the agenda's own; `facts` is what the domain wants."""

    def __init__(self, *args, items: Sequence[AgendaItem], is_fixed: bool, **kwargs):
        """Take the items in order; once the agenda is sent the numbers are fixed."""
        super().__init__(*args, **kwargs)
        self.items, self.is_fixed = items, is_fixed
        for item in items:
            words = {"number": item.number}
            if not is_fixed:
                self.fields[f"number_{item.pk}"] = forms.IntegerField(
                    label=gettext("Nyt nummer til punkt %(number)d") % words,
                    initial=item.number,
                    min_value=1,
                    max_value=MOST_POINTS,
                )
            self.fields[f"minutes_{item.pk}"] = forms.IntegerField(
                label=gettext("Minutter til punkt %(number)d") % words,
                initial=item.minutes,
                min_value=1,
                max_value=MOST_MINUTES,
            )

    def clean(self) -> dict[str, Any]:
        """Put the points in order; one that was given another's number comes before it."""
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        places = {item.pk: (data.get(f"number_{item.pk}", item.number), item.number) for item in self.items}
        order = sorted(places, key=lambda pk: (places[pk][0], places[pk][0] == places[pk][1], places[pk][1]))
        data["facts"] = {
            "order": self._moved(order),
            "minutes": {item.pk: data[f"minutes_{item.pk}"] for item in self.items},
        }
        return data

    def _moved(self, order: list[int]) -> list[int]:
        """The order after the button op or ned beside a point, if one was pressed: "op-41"."""
        way, _dash, pk = self.data.get("move", "").partition("-")
        if way not in ("op", "ned") or not pk.isdecimal() or int(pk) not in order:
            return order
        here = order.index(int(pk))
        there = here - 1 if way == "op" else here + 1
        if 0 <= there < len(order):
            order[here], order[there] = order[there], order[here]
        return order

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The table: each point with its fields."""
        last = len(self.items) - 1
        return [
            {
                "item": item,
                "number": None if self.is_fixed else self[f"number_{item.pk}"],
                "minutes": self[f"minutes_{item.pk}"],
                "is_first": place == 0,
                "is_last": place == last,
            }
            for place, item in enumerate(self.items)
        ]
