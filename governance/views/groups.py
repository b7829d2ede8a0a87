"""What a group does itself, and how it is run: electing a chair, joining and leaving, the vendor that facilitates."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from governance import rules
from governance.domain import bodies, facilitation, joining, succession
from governance.forms.bodies import EndForm
from governance.forms.seats import ElectChairForm, FacilitatorForm, LeaveForm
from governance.models import Body, Facilitation

from .base import ActionFormView, ActionView
from .bodies import OneBody
from .seats import ConfirmingView


class ChairElect(OneBody, ActionFormView):
    """The group, or the secretariat for it, says who was elected chair."""

    template_name = "governance/chair_elect.html"
    form_class = ElectChairForm
    field_of = {
        "already_chair": "seat",
        "not_in_force": "seat",
        "not_a_member": "seat",
        "later_chair": "on",
    }
    success_message = _("Formanden er registreret.")

    def may_enter(self) -> bool:
        return rules.may_elect_chair(self.standing, self.body)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "body": self.body}

    def carry_out(self, data):
        return succession.elect_chair(by=self.request.user, **data)


class IntroductionNote(OneBody, ActionView):
    """Put on record that the members were introduced to OS2's requirements."""

    success_message = _("Introduktionen er skrevet i historikken.")

    def may_enter(self) -> bool:
        return rules.may_manage_bodies(self.standing)

    def carry_out(self):
        return bodies.note_introduction(body=self.body)


class GroupJoin(OneBody, ActionView):
    """Join a coordination group for one's own organisation."""

    success_message = _("Du er nu med i gruppen.")

    def may_enter(self) -> bool:
        return rules.may_see_association(self.standing)

    def carry_out(self):
        return joining.join(body=self.body, by=self.request.user, on=self.standing.day)


class GroupLeave(OneBody, ConfirmingView):
    """Leave a coordination group; today is the last day."""

    template_name = "governance/group_leave.html"
    form_class = LeaveForm
    success_message = _("Du er meldt ud. I dag er din sidste dag i gruppen.")

    def may_enter(self) -> bool:
        return rules.may_leave_group(self.standing, self.body)

    def carry_out(self, data):
        return joining.leave(body=self.body, by=self.request.user, on=self.standing.day, **data)


class FacilitatorSet(OneBody, ActionFormView):
    """Say which vendor runs a coordination group; a conflict of interest asks for a written reason."""

    template_name = "governance/facilitator_set.html"
    form_class = FacilitatorForm
    field_of = {"conflict_of_interest": "conflict_reason", "starts_before_present": "valid_from"}
    success_message = _("Faciliteringen er registreret.")

    def may_enter(self) -> bool:
        if self.body.kind != Body.Kind.COORDINATION_GROUP:
            raise Http404
        return rules.may_manage_bodies(self.standing)

    def carry_out(self, data):
        return facilitation.set_facilitator(body=self.body, **data)


class FacilitationEnd(ActionFormView):
    """A vendor no longer runs a group."""

    template_name = "governance/facilitation_end.html"
    form_class = EndForm
    field_of = {"ends_before_start": "on", "already_ended": "on"}
    success_message = _("Faciliteringen er afsluttet.")

    def may_enter(self) -> bool:
        return rules.may_manage_bodies(self.standing)

    @cached_property
    def facilitation(self) -> Facilitation:
        """The facilitation of the address."""
        return get_object_or_404(Facilitation.objects.select_related("body", "organisation"), pk=self.kwargs["pk"])

    def carry_out(self, data):
        return facilitation.end_facilitation(facilitation=self.facilitation, on=data["on"])

    def get_success_url(self) -> str:
        return reverse("governance:body", args=[self.facilitation.body.slug])

    def get_context_data(self, **kwargs):
        body = self.facilitation.body
        return super().get_context_data(
            facilitation=self.facilitation, body=body, back=self.get_success_url(), **kwargs
        )
