"""Giving, taking over and ending seats in a body."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from governance import rules
from governance.domain import seats, succession
from governance.forms.seats import FunctionForm, SeatEndForm, SeatForm, TakeOverForm
from governance.models import Membership
from governance.refusals import Refused, Unconfirmed

from .base import ActionFormView
from .bodies import OneBody


class ConfirmingView(ActionFormView):
    """A form that asks to be confirmed when what it does breaks a rule that reality may break."""

    def form_refused(self, form, refused: Refused):
        """Show the box to tick, with what it is about beside it."""
        if isinstance(refused, Unconfirmed):
            form.ask_to_confirm()
            self.field_of = {**self.field_of, **{refusal.code: "confirmed" for refusal in refused.refusals}}
        return super().form_refused(form, refused)


class SeatGive(OneBody, ConfirmingView):
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
        "agreement_missing": "agreement",
        "decision_said_no": "decision",
        "not_board": "decision",
        "outside_body": "valid_from",
    }
    success_message = _("Pladsen er givet.")

    def may_enter(self) -> bool:
        return rules.may_manage_bodies(self.standing)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "body": self.body}

    def carry_out(self, data):
        return seats.give_seat(body=self.body, **data)


class _OneSeat(ConfirmingView):
    """Loads the seat of the address."""

    def may_enter(self) -> bool:
        return rules.may_manage_bodies(self.standing)

    @cached_property
    def seat(self) -> Membership:
        """The seat."""
        rows = Membership.objects.select_related("body", "organisation", "person__organisation")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_success_url(self) -> str:
        return reverse("governance:body", args=[self.seat.body.slug])

    def get_context_data(self, **kwargs):
        return super().get_context_data(seat=self.seat, body=self.seat.body, back=self.get_success_url(), **kwargs)


class SeatTakeOver(_OneSeat):
    """Somebody takes over a seat, or a vacant one is filled: old and new in one go."""

    template_name = "governance/seat_take_over.html"
    form_class = TakeOverForm
    field_of = {**SeatGive.field_of, "not_in_force": "on", "began_that_day": "on", "outside_body": "on"}
    success_message = _("Pladsen er overtaget.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "body": self.seat.body}

    def carry_out(self, data):
        return succession.replace_seat(seat=self.seat, **data)


class SeatFunction(_OneSeat):
    """Somebody goes on in the same body as something else."""

    template_name = "governance/seat_function.html"
    form_class = FunctionForm
    field_of = {
        **SeatGive.field_of,
        "not_in_force": "on",
        "same_function": "function",
        "chair_is_elected": "function",
        "outside_body": "on",
    }
    success_message = _("Funktionen er skiftet.")

    def get_initial(self) -> dict[str, Any]:
        """What the person is now."""
        return {"function": self.seat.function, "has_vote": self.seat.has_vote}

    def carry_out(self, data):
        return succession.change_function(seat=self.seat, **data)


class SeatEnd(_OneSeat):
    """End a seat on a day. The composition before it stays visible."""

    template_name = "governance/seat_end.html"
    form_class = SeatEndForm
    field_of = {"ends_before_start": "on", "already_ended": "on"}
    success_message = _("Pladsen er afsluttet.")

    def carry_out(self, data):
        return seats.end_seat(seat=self.seat, **data)
