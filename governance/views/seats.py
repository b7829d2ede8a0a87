"""Giving and ending seats in a body."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from governance import rules
from governance.domain import seats
from governance.forms.bodies import EndForm, SeatForm
from governance.models import Membership

from .base import ActionFormView
from .bodies import OneBody


class SeatGive(OneBody, ActionFormView):
    """Give somebody a seat, or set up a vacant one. The reasons against it stand in the form."""

    template_name = "governance/seat_give.html"
    form_class = SeatForm
    field_of = {
        "observer_votes": "has_vote",
        "seat_taken_by_person": "person",
        "two_chairs": "function",
        "organisation_twice": "organisation",
        "organisation_limit": "organisation",
        "lead_in_steering_group": "person",
    }
    success_message = _("Pladsen er givet.")

    def may_enter(self) -> bool:
        return rules.may_manage_bodies(self.standing)

    def carry_out(self, data):
        return seats.give_seat(body=self.body, **data)


class SeatEnd(ActionFormView):
    """End a seat on a day. The composition before it stays visible."""

    template_name = "governance/seat_end.html"
    form_class = EndForm
    field_of = {"ends_before_start": "on", "already_ended": "on"}
    success_message = _("Pladsen er afsluttet.")

    def may_enter(self) -> bool:
        return rules.may_manage_bodies(self.standing)

    @cached_property
    def seat(self) -> Membership:
        """The seat of the address."""
        rows = Membership.objects.select_related("body", "organisation", "person__organisation")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def carry_out(self, data):
        return seats.end_seat(seat=self.seat, on=data["on"])

    def get_success_url(self) -> str:
        return reverse("governance:body", args=[self.seat.body.slug])

    def get_context_data(self, **kwargs):
        return super().get_context_data(seat=self.seat, body=self.seat.body, back=self.get_success_url(), **kwargs)
