"""Mandatory guidance: answering a point, and recommending points to the board."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.guidance import guidance_for
from governance.models import GuidancePoint, GuidanceVersion
from governance.views.base import ActionFormView
from portfolio.domain import guidance as domain
from portfolio.facts import facts_of
from portfolio.forms.guidance import MandatoryForm, PointAnswerForm
from portfolio.mandatory import PointFact, result_of_point
from portfolio.models import PointAnswer
from portfolio.rules import Action, may_recommend_guidance

from .base import InitiativePage


class PointAnswerView(InitiativePage, ActionFormView):
    """One mandatory point: what it says, what is answered, what the board accepted."""

    template_name = "portfolio/point_answer.html"
    form_class = PointAnswerForm
    tab = "checklist"
    action = Action.ANSWER
    field_of = {"text_missing": "text"}
    success_message = gettext_lazy("Svaret er gemt.")

    @cached_property
    def fact(self) -> PointFact:
        """The point as it stands for the initiative; 404 for one that does not concern it."""
        points = facts_of(self.initiative, self.standing.day).points
        found = next((point for point in points if point.pk == self.kwargs["point"]), None)
        if found is None:
            raise Http404
        return found

    def get_initial(self) -> dict[str, Any]:
        return {"value": self.fact.value, "text": self.fact.text, "version": self.fact.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        fact = self.fact
        return super().get_context_data(
            fact=fact,
            result=result_of_point(fact, self.initiative.slug, self.standing.day),
            point=GuidancePoint.objects.select_related("version__guidance").get(pk=fact.pk),
            **kwargs,
        )

    def carry_out(self, data: dict[str, Any]) -> PointAnswer:
        return domain.answer_point(
            initiative_id=self.initiative.pk,
            point_id=self.fact.pk,
            value=data["value"],
            text=data["text"],
            version=data["version"],
            by=self.request.user,
        )

    def get_success_url(self) -> str:
        return f"{reverse('portfolio:checklist', args=[self.initiative.slug])}#vejledning"


class GuidanceRecommendView(ActionFormView):
    """Recommend to the board that points of guidance become mandatory."""

    template_name = "portfolio/guidance_recommend.html"
    form_class = MandatoryForm
    success_message = gettext_lazy("Sagen er oprettet som kladde. Læs den igennem, og gør den klar.")

    def may_enter(self) -> bool:
        return may_recommend_guidance(self.standing)

    @cached_property
    def version(self) -> GuidanceVersion:
        """The version that holds; 404 when there is none."""
        guidance = get_object_or_404(guidance_for(self.standing), slug=self.kwargs["slug"])
        return get_object_or_404(
            GuidanceVersion.objects.select_related("guidance__body"),
            guidance=guidance,
            status=GuidanceVersion.Status.PUBLISHED,
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "version": self.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        guidance = self.version.guidance
        back = reverse("governance:guidance", args=[guidance.slug])
        return super().get_context_data(guidance=guidance, back=back, **kwargs)

    def form_valid(self, form):
        form.cleaned_data["parameters"] = form.parameters()
        return super().form_valid(form)

    def carry_out(self, data: dict[str, Any]):
        return domain.recommend_points(
            title=_("Obligatorisk vejledning: %(title)s") % {"title": self.version.guidance.title},
            parameters=data["parameters"],
            recommendation=data["recommendation"],
            about=self.version.guidance.summary,
            by=self.request.user,
        )

    def get_success_url(self) -> str:
        return reverse("governance:case", args=[self.result.number])
