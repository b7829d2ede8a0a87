"""Registering an idea, with the initiatives that look like it beside the form."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from governance.views.base import AccessMixin, ActionFormView
from portfolio.domain import initiatives
from portfolio.forms.ideas import IdeaForm
from portfolio.models import Initiative
from portfolio.relations import similar_initiatives, similar_to_initiative
from portfolio.rules import Action, may
from portfolio.similarity import Similar

# What of a form or an address is compared; the rest says nothing about what a solution does.
COMPARED = ("q", "name", "idea", "local_need")
LONGEST_COMPARED = 8000


class _Submits(AccessMixin):
    def may_enter(self) -> bool:
        """Everybody who can log in may have an idea."""
        return may(self.standing, Action.SUBMIT)


class IdeaCreateView(_Submits, ActionFormView):
    """Register an idea. The button "Se lignende initiativer" compares without registering, also without JavaScript."""

    template_name = "portfolio/idea_create.html"
    form_class = IdeaForm
    success_message = _("Idéen er registreret. Næste skridt er en dialog med forretningslederen.")
    field_of = {
        "idea_twice": "name",
        "name_missing": "name",
        "idea_missing": "idea",
        "need_missing": "local_need",
        "origin_missing": "origin",
        "contact_missing": "contact",
    }

    def get_initial(self) -> dict[str, Any]:
        user = self.request.user
        known = f"{user.name}, {user.email}" if user.name else user.email
        return {"origin_organisation": user.organisation_id, "contact": known}

    def post(self, request, *args, **kwargs) -> HttpResponse:
        if "compare" in request.POST:
            form = self.form_class(initial=request.POST.dict())
            found = _compared(request.POST, self.standing)
            return self.render_to_response(self.get_context_data(form=form, similar=found, compared=True))
        return super().post(request, *args, **kwargs)

    def carry_out(self, data: dict[str, Any]) -> Initiative:
        return initiatives.submit_idea(by=self.request.user, **data)

    def get_success_url(self) -> str:
        return reverse("portfolio:initiative", args=[self.result.slug])


class SimilarView(_Submits, TemplateView):
    """The initiatives most like a text (typed, or those of an initiative). A partial for htmx, a page without it."""

    template_name = "portfolio/similar.html"

    def get_template_names(self) -> list[str]:
        return ["portfolio/_similar.html"] if self.request.htmx else [self.template_name]

    @cached_property
    def said(self) -> Any:
        """What was sent: an address has little room, so a form that is typed in is sent in the body."""
        return self.request.POST if self.request.method == "POST" else self.request.GET

    def post(self, request, *args, **kwargs) -> HttpResponse:
        return self.get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        slug = self.said.get("initiativ")
        if slug:
            initiative = get_object_or_404(Initiative.objects.visible_to(self.standing), slug=slug)
            found = similar_to_initiative(initiative, standing=self.standing)
        else:
            found = _compared(self.said, self.standing)
        return super().get_context_data(similar=found, compared=True, words=self.said.get("q", ""), **kwargs)


def _compared(said: Any, standing) -> list[Similar]:
    text = " ".join(said.get(name, "") for name in COMPARED)[:LONGEST_COMPARED]
    return similar_initiatives(text, standing=standing)
