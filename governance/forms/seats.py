"""Seats: giving, taking over and ending them, electing a chair, who runs a group, trying a change."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from governance.models import Body, Decision, Facilitation, Membership, Organisation, User

from .confirming import ConfirmingForm
from .fields import DayField, PersonField, RowForm

# Older decisions have put their people where they are long since.
DECISIONS_SINCE = timedelta(days=3 * 365)
APPOINTED = "appointed"


def people_to_choose() -> "forms.models.QuerySet[User]":
    """Those who can be given a seat."""
    return User.objects.filter(is_active=True).select_related("organisation")


def decisions_to_choose():
    """The approvals that can have put somebody in a seat, latest first."""
    since = timezone.localdate() - DECISIONS_SINCE
    rows = Decision.objects.filter(outcome__in=Decision.APPROVALS, decided_on__gte=since)
    return rows.select_related("case", "body").order_by("-decided_on", "-pk")


class OnDecision(forms.Form):
    """The decision that put somebody there, and what it said."""

    decision = forms.ModelChoiceField(
        label=_("Besluttet ved"),
        queryset=Decision.objects.none(),
        required=False,
        empty_label=_("Ikke besluttet endnu"),
    )
    is_appointment = forms.TypedChoiceField(
        label=_("Beslutningen har"),
        choices=[("approved", _("Godkendt sammensætningen")), (APPOINTED, _("Udpeget personen"))],
        coerce=APPOINTED.__eq__,
        empty_value=False,
        initial="approved",
        required=False,
        widget=forms.RadioSelect,
    )

    def offer_decisions(self) -> None:
        """Fill the list; nothing is asked of the database before the form is shown."""
        self.fields["decision"].queryset = decisions_to_choose()


def _own_organisation_help(field: forms.Field) -> None:
    field.required = False
    field.help_text = _("Tomt betyder personens egen organisation.")
    field.empty_label = _("Personens egen")


class _ForAnOrganisation(forms.Form):
    def clean(self):
        """Take the person's own organisation where none is chosen; a vacant seat must say whose it is."""
        data = super().clean() or self.cleaned_data
        if "organisation" in data and data["organisation"] is None:
            person = data.get("person")
            data["organisation"] = person.organisation if person else None
            if data["organisation"] is None:
                self.add_error("organisation", _("Vælg den organisation, som pladsen er for"))
        return data


class SeatForm(ConfirmingForm, OnDecision, _ForAnOrganisation, RowForm):
    """Give a seat in a body."""

    person = PersonField(
        label=_("Person"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Ingen, pladsen er ledig"),
    )
    field_order = (
        "person",
        "organisation",
        "function",
        "has_vote",
        "mandate",
        "valid_from",
        "valid_to",
        "decision",
        "is_appointment",
        "agreement",
        "confirmed",
    )

    class Meta:
        model = Membership
        fields = ["person", "organisation", "function", "has_vote", "mandate", "valid_from", "valid_to", "agreement"]
        field_classes = {"valid_from": DayField, "valid_to": DayField}

    def __init__(self, *args, body: Body, **kwargs):
        """Offer those who can log in; the agreement about the business manager belongs to steering groups."""
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people_to_choose()
        _own_organisation_help(self.fields["organisation"])
        self.fields["has_vote"].help_text = _("En suppleant stemmer kun, når hun eller han træder ind for en anden.")
        self.fields["valid_from"].initial = timezone.localdate()
        self.offer_decisions()
        if body.kind != Body.Kind.STEERING_GROUP:
            del self.fields["agreement"]


class TakeOverForm(ConfirmingForm, OnDecision, _ForAnOrganisation):
    """Let somebody take over a seat, or fill a vacant one."""

    person = PersonField(label=_("Person"), queryset=User.objects.none(), empty_label=_("Vælg"))
    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.none())
    on = DayField(label=_("Første dag"), help_text=_("Den, der har pladsen nu, slutter dagen før."))
    agreement = forms.CharField(
        label=_("Aftale med bestyrelsens formand"),
        required=False,
        max_length=500,
        help_text=_("Skrives, når forretningslederen deltager aktivt i en styregruppe."),
    )
    field_order = ("person", "organisation", "on", "decision", "is_appointment", "agreement")

    def __init__(self, *args, body: Body, **kwargs):
        """Offer people and organisations."""
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people_to_choose()
        self.fields["organisation"].queryset = Organisation.objects.on(timezone.localdate())
        _own_organisation_help(self.fields["organisation"])
        self.fields["on"].initial = timezone.localdate()
        self.offer_decisions()
        if body.kind != Body.Kind.STEERING_GROUP:
            del self.fields["agreement"]


class SeatEndForm(ConfirmingForm):
    """End a seat, and say why. That somebody takes over or gets another function has pages of its own."""

    on = DayField(label=_("Sidste dag"), help_text=_("Den dag gælder med. For eksempel 30-06-2027"))
    because = forms.ChoiceField(
        label=_("Hvorfor slutter den?"),
        choices=[
            (ending.value, capfirst(ending.label)) for ending in (Membership.Ending.RESIGNED, Membership.Ending.TERM)
        ],
        initial=Membership.Ending.RESIGNED,
        widget=forms.RadioSelect,
    )
    field_order = ("on", "because")

    def __init__(self, *args, **kwargs):
        """Propose today."""
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()


class FunctionForm(ConfirmingForm):
    """Give somebody another function in the same body. A chair is elected, which has a page of its own."""

    function = forms.ChoiceField(
        label=_("Ny funktion"),
        choices=[
            (function.value, capfirst(function.label))
            for function in Membership.Function
            if function != Membership.Function.CHAIR
        ],
    )
    has_vote = forms.BooleanField(
        label=_("Har stemmeret"),
        required=False,
        help_text=_("En suppleant stemmer kun, når hun eller han træder ind for en anden."),
    )
    on = DayField(label=_("Fra og med"), help_text=_("Den nuværende funktion slutter dagen før."))
    field_order = ("function", "has_vote", "on")

    def __init__(self, *args, **kwargs):
        """Propose today."""
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()


class LeaveForm(ConfirmingForm):
    """Leave a group, with today as the last day."""


class _SeatField(forms.ModelChoiceField):
    """A seat by who holds it."""

    def label_from_instance(self, obj: Membership) -> str:
        """Write the person by function, and whom the seat is for where that is another."""
        return f"{obj.person} ({obj.get_function_display()})"


class ElectChairForm(forms.Form):
    """Say who the group has elected."""

    seat = _SeatField(label=_("Valgt til formand"), queryset=Membership.objects.none(), empty_label=_("Vælg"))
    on = DayField(label=_("Fra og med"), help_text=_("Den nuværende formand fortsætter som medlem fra den dag."))

    def __init__(self, *args, body: Body, **kwargs):
        """Offer the members; whether one can be elected on the day is the domain's answer."""
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        members = (Membership.Function.MEMBER, Membership.Function.VICE_CHAIR)
        seats = Membership.objects.on(today).filled().filter(body=body, function__in=members)
        self.fields["seat"].queryset = seats.select_related("person__organisation").order_by("person__title")
        self.fields["on"].initial = today


class FacilitatorForm(RowForm):
    """Say which vendor runs the group, and on what grounds."""

    class Meta:
        model = Facilitation
        fields = ["organisation", "basis", "valid_from", "conflict_reason"]
        field_classes = {"valid_from": DayField}
        widgets = {"conflict_reason": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        """Offer the companies that exist."""
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        companies = Organisation.objects.on(today).filter(kind=Organisation.Kind.COMPANY)
        self.fields["organisation"].queryset = companies
        self.fields["valid_from"].initial = today
