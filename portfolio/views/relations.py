"""How an initiative hangs together with others: what people wrote, and what the portal finds."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from governance.views.base import ActionFormView, ActionView
from portfolio.domain import relations
from portfolio.forms.relations import RelationForm
from portfolio.models import Initiative, Relation
from portfolio.relations import relations_seen, similar_to_initiative
from portfolio.rules import action_to_edit

from .base import InitiativePage


class RelationsView(InitiativePage, ActionFormView):
    """The relations, the initiatives that look alike, and for those who may write on it a form."""

    template_name = "portfolio/relations.html"
    form_class = RelationForm
    field_of = {"same_initiative": "other", "already_related": "other"}
    success_message = _("Sammenhængen er skrevet ned.")

    def get_form_kwargs(self) -> dict[str, Any]:
        others = Initiative.objects.visible_to(self.standing).exclude(pk=self.initiative.pk)
        return {**super().get_form_kwargs(), "others": others}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            relations=relations_seen(self.initiative, self.standing),
            similar=similar_to_initiative(self.initiative, standing=self.standing),
            compared=True,
            may_edit=action_to_edit(self.initiative) in self.actions,
            **kwargs,
        )

    def carry_out(self, data: dict[str, Any]) -> Relation:
        return relations.relate(initiative=self.initiative, by=self.request.user, **data)

    def get_success_url(self) -> str:
        return reverse("portfolio:relations", args=[self.initiative.slug])


class RelationRemoveView(InitiativePage, ActionView):
    """Take away a relation that was written down by mistake."""

    success_message = _("Sammenhængen er fjernet.")

    @cached_property
    def relation(self) -> Relation:
        """The relation of the address."""
        return get_object_or_404(Relation.objects.select_related("initiative"), pk=self.kwargs["pk"])

    @cached_property
    def initiative(self) -> Initiative:
        """The initiative that it was written on, if the reader may see it."""
        return self.visible_initiative(slug=self.relation.initiative.slug)

    def may_enter(self) -> bool:
        """Those who may write on the initiative."""
        return action_to_edit(self.initiative) in self.actions

    def carry_out(self) -> None:
        relations.unrelate(relation=self.relation, by=self.request.user)

    def get_success_url(self) -> str:
        return reverse("portfolio:relations", args=[self.initiative.slug])
