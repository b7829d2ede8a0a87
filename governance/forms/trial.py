"""Trying a change of seats: a day, who goes, who comes. It stands in the address and saves nothing."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.models import Body, Membership, User

from .fields import DayField

MOST_OTHERS = 20


class _SeatsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Membership) -> str:
        """Write who holds the seat, as what, and whether it votes."""
        words = {"who": obj.person, "function": obj.get_function_display()}
        return (_("%(who)s (%(function)s)") if obj.has_vote else _("%(who)s (%(function)s, uden stemme)")) % words


class TrialForm(forms.Form):
    """The change to try."""

    mark_optional = False

    dato = DayField(label=_("Fra og med"), required=False)
    ud = _SeatsField(
        label=_("Går ud"),
        queryset=Membership.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    ind_1 = forms.ModelChoiceField(label=_("Kommer ind"), queryset=User.objects.none(), required=False)
    ind_2 = forms.ModelChoiceField(label=_("Kommer også ind"), queryset=User.objects.none(), required=False)
    ind_3 = forms.ModelChoiceField(
        label=_("Kommer også ind (den tredje)"), queryset=User.objects.none(), required=False
    )
    andre = forms.IntegerField(
        label=_("Andre, der kommer ind"),
        help_text=_("Antal med stemme, der ikke sidder i bestyrelsen, og som ikke er i portalen endnu."),
        required=False,
        min_value=0,
        max_value=MOST_OTHERS,
    )

    def __init__(self, *args, body: Body, **kwargs):
        """Offer the seats that are held on the day asked for, and the people who are not there yet."""
        super().__init__(*args, **kwargs)
        self.body = body
        seats = Membership.objects.on(self.day).filled().filter(body=body)
        people = User.objects.filter(is_active=True).exclude(pk__in=seats.values("person"))
        self.fields["ud"].queryset = seats.select_related("person__organisation").order_by("function", "pk")
        for name in ("ind_1", "ind_2", "ind_3"):
            self.fields[name].queryset = people.select_related("organisation")
            self.fields[name].empty_label = _("Ingen")

    @property
    def day(self):
        """The day asked for if it can be read, else today."""
        try:
            asked = self.fields["dato"].clean(self.data.get("dato"))
        except forms.ValidationError:
            asked = None
        return asked or timezone.localdate()

    @property
    def coming(self) -> list[User]:
        """Who comes, each once."""
        chosen = (self.cleaned_data.get(name) for name in ("ind_1", "ind_2", "ind_3"))
        return list({person.pk: person for person in chosen if person is not None}.values())
