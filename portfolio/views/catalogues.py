"""Requirement catalogues: which there are, and recommending one to the board."""

from typing import Any

from django.db.models import Count, F
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from governance import queries, rules
from governance.views.base import AccessMixin, ActionFormView
from portfolio.domain import catalogues
from portfolio.forms.catalogues import CatalogueForm
from portfolio.models import RequirementCatalogue
from portfolio.rules import may_recommend_catalogues


class CataloguesView(AccessMixin, TemplateView):
    """Every catalogue: drafts first, then those adopted, the newest first."""

    template_name = "portfolio/catalogues.html"

    def may_enter(self) -> bool:
        return rules.may_see_association(self.standing)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = RequirementCatalogue.objects.select_related("adopted_by").annotate(
            requirement_count=Count("requirements", distinct=True), follower_count=Count("initiatives", distinct=True)
        )
        return super().get_context_data(
            catalogues=rows.order_by(F("valid_from").desc(nulls_first=True), "version"),
            readable=set(queries.decisions_for(self.standing).order_by().values_list("pk", flat=True)),
            may_recommend=may_recommend_catalogues(self.standing),
            may_see_people=rules.may_see_people(self.standing),
            may_see_ends=rules.may_see_ending_terms(self.standing),
            **kwargs,
        )


class CatalogueRecommendView(ActionFormView):
    """Recommend to the board that a draft is adopted."""

    template_name = "portfolio/catalogue_recommend.html"
    form_class = CatalogueForm
    field_of = {"holds_backwards": "valid_from", "same_day": "valid_from"}
    extra_context = {"back": reverse_lazy("portfolio:catalogues")}
    success_message = gettext_lazy("Sagen er oprettet som kladde. Læs den igennem, og gør den klar.")

    def may_enter(self) -> bool:
        return may_recommend_catalogues(self.standing)

    @cached_property
    def catalogue(self) -> RequirementCatalogue:
        """The draft; 404 for one that is adopted."""
        return get_object_or_404(RequirementCatalogue, version=self.kwargs["version"], valid_from=None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(catalogue=self.catalogue, **kwargs)

    def carry_out(self, data: dict[str, Any]):
        return catalogues.recommend_catalogue(catalogue=self.catalogue, by=self.request.user, **data)

    def get_success_url(self) -> str:
        return reverse("governance:case", args=[self.result.number])
