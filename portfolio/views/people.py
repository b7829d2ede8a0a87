"""Who is behind an initiative: participants, roles, groups, and those who use the product."""

from typing import Any

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from governance.models import Body, Membership
from governance.views.base import ActionFormView
from portfolio.domain import people
from portfolio.forms.people import AdoptionForm, AppointForm, EndForm, ParticipantForm
from portfolio.models import Adoption, Initiative, Participation
from portfolio.rules import Action, action_to_edit

from .base import InitiativePage


class _OrganisationPage(InitiativePage):
    tab = "organisation"

    def get_success_url(self) -> str:
        """Back to the overview of everybody behind it."""
        return reverse("portfolio:organisation", args=[self.initiative.slug])


class OrganisationView(_OrganisationPage, TemplateView):
    """Everybody behind the initiative, now and before."""

    template_name = "portfolio/organisation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        seats = Membership.objects.on(today).select_related("organisation", "person__organisation")
        groups = Body.objects.filter(initiatives=self.initiative).prefetch_related(
            Prefetch("memberships", queryset=seats, to_attr="seats_now")
        )
        roles = self.initiative.appointments.select_related("person__organisation", "organisation", "decision")
        return super().get_context_data(
            today=today,
            participations=self.initiative.participations.select_related("organisation"),
            roles=roles.order_by("role", "-valid_from"),
            groups=groups,
            user_count=Adoption.objects.on(today).filter(initiative=self.initiative).count(),
            may_edit=action_to_edit(self.initiative) in self.actions,
            may_appoint=Action.SET_PEOPLE in self.actions,
            may_set_up=Action.MANAGE_LIFE in self.actions,
            **kwargs,
        )


class ParticipantAddView(_OrganisationPage, ActionFormView):
    """Let an organisation take part, or deliver."""

    template_name = "portfolio/participant_add.html"
    form_class = ParticipantForm
    field_of = {"already_taking_part": "organisation"}
    success_message = _("Deltageren er tilføjet.")

    def may_enter(self) -> bool:
        """Those who may write on the initiative."""
        return action_to_edit(self.initiative) in self.actions

    def carry_out(self, data: dict[str, Any]) -> Participation:
        return people.add_participant(initiative=self.initiative, by=self.request.user, **data)


class ParticipationEndView(_OrganisationPage, ActionFormView):
    """End a participation on a day."""

    template_name = "portfolio/participation_end.html"
    form_class = EndForm
    field_of = {"ends_before_start": "on", "already_ended": "on"}
    success_message = _("Deltagelsen er afsluttet.")

    @cached_property
    def participation(self) -> Participation:
        """The participation of the address."""
        return get_object_or_404(
            Participation.objects.select_related("organisation", "initiative"), pk=self.kwargs["pk"]
        )

    @cached_property
    def initiative(self) -> Initiative:
        """Its initiative, if the reader may see it."""
        return self.visible_initiative(slug=self.participation.initiative.slug)

    def may_enter(self) -> bool:
        """Those who may write on the initiative."""
        return action_to_edit(self.initiative) in self.actions

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(participation=self.participation, **kwargs)

    def carry_out(self, data: dict[str, Any]) -> Participation:
        return people.end_participation(participation=self.participation, by=self.request.user, on=data["on"])


class AppointView(_OrganisationPage, ActionFormView):
    """Give somebody a role on the initiative."""

    template_name = "portfolio/appoint.html"
    form_class = AppointForm
    action = Action.SET_PEOPLE
    field_of = {
        "nobody": "person",
        "lead_in_steering_group": "person",
        "not_on_board": "person",
        "starts_before_present": "valid_from",
    }
    success_message = _("Rollen er givet.")

    def carry_out(self, data: dict[str, Any]) -> Any:
        return people.appoint(initiative=self.initiative, by=self.request.user, **data)


class AdoptionView(_OrganisationPage, ActionFormView):
    """Who uses the product, and since when; those who may write on it register more."""

    template_name = "portfolio/adoption.html"
    form_class = AdoptionForm
    field_of = {"already_adopted": "organisation"}
    success_message = _("Ibrugtagningen er registreret.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            adoptions=self.initiative.adoptions.select_related("organisation"),
            may_edit=Action.EDIT in self.actions,
            **kwargs,
        )

    def carry_out(self, data: dict[str, Any]) -> Adoption:
        return people.register_adoption(initiative=self.initiative, by=self.request.user, **data)

    def get_success_url(self) -> str:
        return reverse("portfolio:adoption", args=[self.initiative.slug])


class AdoptionEndView(_OrganisationPage, ActionFormView):
    """Register that an organisation no longer uses the product."""

    template_name = "portfolio/adoption_end.html"
    form_class = EndForm
    action = Action.EDIT
    field_of = {"ends_before_start": "on", "already_ended": "on"}
    success_message = _("Det er registreret.")

    @cached_property
    def adoption(self) -> Adoption:
        """The adoption of the address."""
        return get_object_or_404(Adoption.objects.select_related("organisation", "initiative"), pk=self.kwargs["pk"])

    @cached_property
    def initiative(self) -> Initiative:
        """Its initiative, if the reader may see it."""
        return self.visible_initiative(slug=self.adoption.initiative.slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(adoption=self.adoption, **kwargs)

    def carry_out(self, data: dict[str, Any]) -> Adoption:
        return people.end_adoption(adoption=self.adoption, by=self.request.user, on=data["on"])

    def get_success_url(self) -> str:
        return reverse("portfolio:adoption", args=[self.initiative.slug])
