"""Organisations: the list, the page, registering, changing, and their ties to OS2."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from governance import queries, rules
from governance.domain import organisations
from governance.forms.bodies import EndForm
from governance.forms.filters import OrganisationFilter
from governance.forms.organisations import AffiliationForm, OrganisationEditForm, OrganisationForm
from governance.models import Affiliation, Organisation

from .base import AccessMixin, ActionFormView
from .editing import EditView
from .lists import ListPage


class OrganisationsPage(ListPage):
    """All organisations in Danish order."""

    template_name = "governance/organisations.html"
    filter_class = OrganisationFilter

    def may_enter(self) -> bool:
        return rules.may_see_association(self.standing)

    def rows(self, chosen: dict[str, Any]):
        return queries.organisations(text=chosen["q"], kind=chosen["kind"], tie=chosen["tie"], day=self.standing.day)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            may_manage=rules.may_manage_bodies(self.standing),
            may_see_people=rules.may_see_people(self.standing),
            may_see_ends=rules.may_see_ending_terms(self.standing),
            **kwargs,
        )


class OneOrganisation(AccessMixin):
    """Loads the organisation of the address."""

    @cached_property
    def organisation(self) -> Organisation:
        """The organisation."""
        return get_object_or_404(Organisation, slug=self.kwargs["slug"])

    def get_success_url(self) -> str:
        """Back to the organisation."""
        return reverse("governance:organisation", args=[self.organisation.slug])

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """The organisation for the heading and the way back."""
        return super().get_context_data(organisation=self.organisation, back=self.get_success_url(), **kwargs)  # type: ignore[misc]  # mixed into views that have it


class OrganisationPage(OneOrganisation, TemplateView):
    """One organisation: what it is, what it is part of, its ties to OS2, its people and seats."""

    template_name = "governance/organisation.html"

    def may_enter(self) -> bool:
        return rules.may_see_association(self.standing)

    def get_context_data(self, **kwargs):
        organisation = self.organisation
        return super().get_context_data(
            wholes=organisation.wholes.select_related("whole").order_by("-valid_from"),
            parts=organisation.parts.select_related("part").order_by("part__sort_key"),
            ties=organisation.affiliations.order_by("-valid_from"),
            people=organisation.people.filter(is_active=True).order_by("title"),
            seats=queries.seats_around(organisation, self.standing.day),
            today=self.standing.day,
            may_manage=rules.may_manage_bodies(self.standing),
            may_see_people=rules.may_see_people(self.standing),
            **kwargs,
        )


class OrganisationCreate(ActionFormView):
    """Register an organisation."""

    template_name = "governance/organisation_create.html"
    form_class = OrganisationForm
    field_of = {"name_taken": "name", "code_taken": "code"}
    extra_context = {"back": reverse_lazy("governance:organisations")}
    success_message = _("Organisationen er oprettet.")

    def may_enter(self) -> bool:
        return rules.may_manage_bodies(self.standing)

    def carry_out(self, data):
        return organisations.register_organisation(**data)

    def get_success_url(self) -> str:
        return reverse("governance:organisation", args=[self.result.slug])


class OrganisationEdit(OneOrganisation, EditView):
    """Change what is said about an organisation."""

    template_name = "governance/organisation_edit.html"
    form_class = OrganisationEditForm
    field_of = {"name_taken": "name", "code_taken": "code"}
    success_message = _("Organisationen er rettet.")

    def may_enter(self) -> bool:
        return rules.may_manage_bodies(self.standing)

    @property
    def row(self) -> Organisation:
        """The organisation."""
        return self.organisation

    def carry_out(self, data):
        return organisations.edit_organisation(organisation=self.organisation, **data)


class AffiliationGive(OneOrganisation, ActionFormView):
    """Make an organisation a member or a vendor partner."""

    template_name = "governance/affiliation_give.html"
    form_class = AffiliationForm
    field_of = {"already_affiliated": "kind"}
    success_message = _("Tilknytningen er registreret.")

    def may_enter(self) -> bool:
        return rules.may_manage_bodies(self.standing)

    def carry_out(self, data):
        return organisations.affiliate(organisation=self.organisation, **data)


class AffiliationEnd(ActionFormView):
    """End a tie to OS2 on a day."""

    template_name = "governance/affiliation_end.html"
    form_class = EndForm
    field_of = {"ends_before_start": "on", "already_ended": "on"}
    success_message = _("Tilknytningen er afsluttet.")

    def may_enter(self) -> bool:
        return rules.may_manage_bodies(self.standing)

    @cached_property
    def affiliation(self) -> Affiliation:
        """The tie of the address."""
        return get_object_or_404(Affiliation.objects.select_related("organisation"), pk=self.kwargs["pk"])

    def carry_out(self, data):
        return organisations.end_affiliation(affiliation=self.affiliation, on=data["on"])

    def get_success_url(self) -> str:
        return reverse("governance:organisation", args=[self.affiliation.organisation.slug])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            affiliation=self.affiliation,
            organisation=self.affiliation.organisation,
            back=self.get_success_url(),
            **kwargs,
        )
