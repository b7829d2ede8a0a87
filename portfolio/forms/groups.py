"""Constituting a group of an initiative on one page: what it is, and everybody in it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from governance.domain.seats import Basis, Place
from governance.forms.confirming import ConfirmingForm
from governance.forms.fields import DayField
from governance.forms.seats import OnDecision, people_to_choose
from governance.models import Body, Membership, Organisation, User

EMPTY_ROWS = 4
MOST_PLACES = 40
PREFIX = "pladser"
NOT_CHOSEN = ("", "\u2013")
SMALL = {"class": "os2-sel"}
# Deputies, secretaries and observers of a new group do not vote; that can be changed by giving another seat.
VOTES = (Membership.Function.CHAIR, Membership.Function.VICE_CHAIR, Membership.Function.MEMBER)


def _capital(choices) -> list[tuple[str, Any]]:
    return [(value, capfirst(label)) for value, label in choices]


class PlaceForm(forms.Form):
    """One seat. An empty row is left out; without a person it is a vacant seat, and says whose."""

    person = forms.TypedChoiceField(
        label=_("Person"), required=False, coerce=int, empty_value=None, widget=forms.Select(attrs=SMALL)
    )
    organisation = forms.TypedChoiceField(
        label=_("Organisation"),
        help_text=_("Tomt betyder personens egen"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.Select(attrs=SMALL),
    )
    function = forms.ChoiceField(
        label=_("Funktion"),
        required=False,
        choices=_capital(Membership.Function.choices),
        initial=Membership.Function.MEMBER,
        widget=forms.Select(attrs=SMALL),
    )
    mandate = forms.ChoiceField(
        label=_("Mandat"),
        required=False,
        choices=[NOT_CHOSEN, *_capital(Membership.Mandate.choices)],
        widget=forms.Select(attrs=SMALL),
    )
    agreement = forms.CharField(
        label=_("Aftale"),
        help_text=_("Kun for forretningslederen i en styregruppe"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs=SMALL),
    )

    def __init__(self, *args, people, organisations, **kwargs):
        """Take the choices, which all rows share."""
        super().__init__(*args, **kwargs)
        self.people, self.organisations = people, organisations
        self.fields["person"].choices = [NOT_CHOSEN, *((pk, str(each)) for pk, each in people.items())]
        self.fields["organisation"].choices = [NOT_CHOSEN, *((pk, str(each)) for pk, each in organisations.items())]

    def clean(self):
        """A row that is begun says whose seat it is."""
        data = super().clean() or self.cleaned_data
        person = self.people.get(data.get("person"))
        whose = self.organisations.get(data.get("organisation")) or (person.organisation if person else None)
        if self.has_changed() and whose is None:
            self.add_error("organisation", _("Vælg den organisation, som pladsen er for"))
        data["place"] = whose and Place(
            person=person,
            organisation=whose,
            function=data.get("function") or Membership.Function.MEMBER,
            has_vote=(data.get("function") or Membership.Function.MEMBER) in VOTES,
            mandate=data.get("mandate", ""),
            agreement=data.get("agreement", ""),
        )
        return data


class Places(BaseFormSet):
    """The rows of a group's seats."""

    caption = _("Gruppens pladser")

    @property
    def wanted(self) -> list[Place]:
        """The seats of the rows that are filled in."""
        return [form.cleaned_data["place"] for form in self.forms if form.cleaned_data.get("place")]

    @property
    def begun(self) -> list[dict[str, Any]]:
        """What stands in the rows that something was typed in, right or wrong."""
        return [{name: form[name].value() for name in form.fields} for form in self.forms if form.has_changed()]


class GroupForm(ConfirmingForm, OnDecision):
    """Set up a group of the initiative. Carries its seats as a formset; both must be right."""

    error_title = _("Gruppen er ikke oprettet endnu.")
    field_order = (
        "kind",
        "name",
        "purpose",
        "frame",
        "seats_per_organisation",
        "valid_from",
        "decision",
        "is_appointment",
        "introduced",
        "confirmed",
    )

    kind = forms.ChoiceField(
        label=_("Type"),
        choices=_capital(
            (kind.value, kind.label)
            for kind in (Body.Kind.STEERING_GROUP, Body.Kind.COORDINATION_GROUP, Body.Kind.EXPERT_GROUP)
        ),
    )
    name = forms.CharField(label=_("Navn"), max_length=200, help_text=_("For eksempel „Styregruppen for OS2skole“."))
    purpose = forms.CharField(
        label=_("Formål"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    frame = forms.CharField(
        label=_("Ramme og økonomi"),
        help_text=_("Det, gruppen må bestemme og bruge penge på."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seats_per_organisation = forms.IntegerField(
        label=_("Højst antal pladser pr. organisation"),
        help_text=_("Tomt betyder ingen grænse."),
        required=False,
        min_value=1,
        max_value=100,
    )
    valid_from = DayField(label=_("Fra og med"), initial=timezone.localdate)
    introduced = forms.BooleanField(
        label=_("Medlemmerne er introduceret til kravene i OS2"),
        required=False,
        help_text=_("Det skrives i historikken."),
    )

    def __init__(self, *args, begin_with: Sequence[dict[str, Any]] = (), **kwargs):
        """Offer the decisions; the rows may begin with what was typed."""
        super().__init__(*args, **kwargs)
        self.offer_decisions()
        self._begin_with = begin_with

    @cached_property
    def places(self) -> Places:
        """The rows."""
        kind = formset_factory(
            PlaceForm,
            formset=Places,
            extra=EMPTY_ROWS,
            max_num=MOST_PLACES,
            absolute_max=MOST_PLACES,
            validate_max=True,
        )
        people: dict[int, User] = {person.pk: person for person in people_to_choose()}
        existing = Organisation.objects.on(timezone.localdate())
        choices = {"people": people, "organisations": {each.pk: each for each in existing}}
        if self.is_bound:
            return kind(self.data, prefix=PREFIX, form_kwargs=choices)
        return kind(prefix=PREFIX, initial=self._begin_with, form_kwargs=choices)

    def is_valid(self) -> bool:
        """Whether group and rows are right; asks both, so that every mistake is told at once."""
        rows_are_right = self.places.is_valid()
        return super().is_valid() and rows_are_right

    def in_domain_words(self) -> dict[str, Any]:
        """What the domain takes."""
        data = dict(self.cleaned_data)
        basis = Basis(data.pop("decision"), data.pop("is_appointment"))
        return {**data, "basis": basis, "places": self.places.wanted}
