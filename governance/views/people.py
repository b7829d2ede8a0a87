"""People: the list, one person's seats and roles, inviting, portal roles."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from governance import queries, rules
from governance.domain import people
from governance.forms.bodies import EndForm
from governance.forms.filters import PeopleFilter
from governance.forms.people import InviteForm, PersonForm, RoleForm
from governance.models import PortalRole, User

from .base import AccessMixin, ActionFormView, ActionView
from .editing import EditView
from .lists import ListPage


class PeoplePage(ListPage):
    """All people, with names and addresses, for those who run the portal."""

    template_name = "governance/people.html"
    filter_class = PeopleFilter

    def may_enter(self) -> bool:
        return rules.may_see_people(self.standing)

    def rows(self, chosen: dict[str, Any]):
        return queries.people(text=chosen["q"], state=chosen["state"], day=self.standing.day)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            may_invite=rules.may_invite(self.standing),
            may_see_ends=rules.may_see_ending_terms(self.standing),
            **kwargs,
        )


class OnePerson(AccessMixin):
    """Loads the person of the address."""

    @cached_property
    def person(self) -> User:
        """The person."""
        return get_object_or_404(User.objects.select_related("organisation"), pk=self.kwargs["pk"])

    def get_success_url(self) -> str:
        """Back to the person."""
        return reverse("governance:person", args=[self.person.pk])


class PersonPage(OnePerson, TemplateView):
    """One person: seats and roles now and before, and how far the invitation has come."""

    template_name = "governance/person.html"

    def may_enter(self) -> bool:
        return rules.may_see_people(self.standing)

    def get_context_data(self, **kwargs):
        seats = self.person.memberships.select_related("body", "organisation").order_by("-valid_from", "-pk")
        invitations = self.person.invitations.select_related("invited_by__organisation")
        return super().get_context_data(
            person=self.person,
            seats=list(seats),
            roles=list(self.person.portal_roles.all()),
            invitation=invitations.first(),
            is_in=self.person.has_usable_password(),
            today=self.standing.day,
            may_invite=rules.may_invite(self.standing),
            **kwargs,
        )


class PersonInvite(ActionFormView):
    """The business manager invites somebody; the letter goes out from the queue."""

    template_name = "governance/person_invite.html"
    form_class = InviteForm
    field_of = {"already_in": "email", "invited_twice": "email"}
    extra_context = {"back": reverse_lazy("governance:people")}
    success_message = _("Invitationen er på vej. Den gælder i 14 dage.")

    def may_enter(self) -> bool:
        return rules.may_invite(self.standing)

    def carry_out(self, data):
        return people.invite(by=self.request.user, **data)

    def get_success_url(self) -> str:
        return reverse("governance:person", args=[self.result.person_id])


class PersonEdit(OnePerson, EditView):
    """Change what is said about a person, or close the way in."""

    template_name = "governance/person_edit.html"
    form_class = PersonForm
    field_of = {"own_way_in": "is_active"}
    success_message = _("Personen er rettet.")

    def may_enter(self) -> bool:
        return rules.may_invite(self.standing)

    @property
    def row(self) -> User:
        """The person."""
        return self.person

    def carry_out(self, data):
        return people.edit_person(person=self.person, by=self.request.user, **data)

    def get_context_data(self, **kwargs):
        return super().get_context_data(person=self.person, back=self.get_success_url(), **kwargs)


class PersonReinvite(OnePerson, ActionView):
    """Send a new invitation to somebody who has not come in."""

    success_message = _("En ny invitation er på vej. Den gamle virker ikke længere.")

    def may_enter(self) -> bool:
        return rules.may_invite(self.standing)

    def carry_out(self):
        person = self.person
        return people.invite(
            email=person.email, title=person.title, organisation=person.organisation, by=self.request.user
        )


class RoleGrant(OnePerson, ActionFormView):
    """Give somebody a portal-wide role."""

    template_name = "governance/role_grant.html"
    form_class = RoleForm
    field_of = {"role_held": "role"}
    success_message = _("Rollen er givet.")

    def may_enter(self) -> bool:
        return rules.may_invite(self.standing)

    def carry_out(self, data):
        return people.grant_role(person=self.person, by=self.request.user, **data)

    def get_context_data(self, **kwargs):
        return super().get_context_data(person=self.person, back=self.get_success_url(), **kwargs)


class RoleEnd(ActionFormView):
    """End a portal-wide role on a day."""

    template_name = "governance/role_end.html"
    form_class = EndForm
    field_of = {"ends_before_start": "on", "already_ended": "on", "last_business_manager": "on"}
    success_message = _("Rollen er afsluttet.")

    def may_enter(self) -> bool:
        return rules.may_invite(self.standing)

    @cached_property
    def role(self) -> PortalRole:
        """The role of the address."""
        return get_object_or_404(PortalRole.objects.select_related("person__organisation"), pk=self.kwargs["pk"])

    def carry_out(self, data):
        return people.end_role(role=self.role, by=self.request.user, on=data["on"])

    def get_success_url(self) -> str:
        return reverse("governance:person", args=[self.role.person_id])

    def get_context_data(self, **kwargs):
        return super().get_context_data(role=self.role, person=self.role.person, back=self.get_success_url(), **kwargs)
