"""Recommending to a body, and the cases about an initiative."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from governance.models import Case
from governance.views.base import ActionFormView
from portfolio import recommendation_texts
from portfolio.domain import recommendations
from portfolio.facts import facts_of
from portfolio.forms.recommendations import RecommendForm
from portfolio.initiative_cases import cases_about
from portfolio.recommendable import Fitting, chosen_with, fitting_effects
from portfolio.rules import Action, roles_of

from .base import InitiativePage


class RecommendView(InitiativePage, ActionFormView):
    """Write a case about the initiative: the portal drafts it, the case's own page is where it is finished."""

    template_name = "portfolio/recommend.html"
    form_class = RecommendForm
    tab = "cases"
    action = Action.RECOMMEND
    field_of = {
        "effects_missing": "effects",
        "not_for_decision": "purpose",
        "effect_does_not_fit": "effects",
        "boards_alone": "body",
        "money_through_steering_group": "body",
        "case_under_way": "effects",
    }
    success_message = _("Sagen er oprettet som kladde. Læs den igennem, og gør den klar.")

    @cached_property
    def fitting(self) -> list[Fitting]:
        """The effects that can be asked for."""
        facts = facts_of(self.initiative, timezone.localdate())
        return fitting_effects(facts, roles=roles_of(self.standing), relations=self.relations)

    def get_form_kwargs(self) -> dict[str, Any]:
        bodies = recommendations.bodies_to_ask(self.initiative)
        return {**super().get_form_kwargs(), "initiative": self.initiative, "fitting": self.fitting, "bodies": bodies}

    def get_initial(self) -> dict[str, Any]:
        wanted = self.request.GET.get("virkning", "")
        chosen = chosen_with(wanted, self.fitting)
        kinds = [each.kind for each in self.fitting if each.value in chosen]
        return {
            "body": recommendations.bodies_to_ask(self.initiative).first(),
            "purpose": Case.Purpose.DECISION,
            "effects": chosen,
            "level": self.request.GET.get("niveau"),
            "title": recommendation_texts.title(self.initiative, kinds)[:200],
            "recommendation_line": recommendation_texts.line(kinds),
            "recommendation": recommendation_texts.recommendation(kinds),
        }

    def form_valid(self, form):
        form.cleaned_data["specs"] = form.specs()
        return super().form_valid(form)

    def carry_out(self, data: dict[str, Any]) -> Case:
        return recommendations.recommend(
            initiative_id=self.initiative.pk,
            body=data["body"],
            title=data["title"],
            purpose=data["purpose"],
            effects=data["specs"],
            recommendation_line=data["recommendation_line"],
            recommendation=data["recommendation"],
            by=self.request.user,
        )

    def get_success_url(self) -> str:
        return reverse("governance:case", args=[self.result.number])


class CasesView(InitiativePage, TemplateView):
    """The cases about the initiative that the reader may read, and what came of them."""

    template_name = "portfolio/initiative_cases.html"
    tab = "cases"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            cases=cases_about(self.initiative, self.standing),
            may_recommend=Action.RECOMMEND in self.actions,
            **kwargs,
        )
