"""Moving an initiative: the page says what happens and what is missing, the domain does it or refuses."""

from dataclasses import replace
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from governance.refusals import NotReady
from governance.views.base import ActionFormView
from portfolio import steps
from portfolio.domain import levels, lifecycle
from portfolio.facts import InitiativeFacts, facts_of
from portfolio.forms.transitions import LevelForm, arguments, form_for
from portfolio.gateblock import block_of, block_of_gate, for_reader
from portfolio.level_marks import LevelMarks, hints, levels_to_choose, with_warnings
from portfolio.models import Level, LifecycleEvent, Stage
from portfolio.offers import recommend_url, way_to_level
from portfolio.relations import relations_seen
from portfolio.rules import Action
from portfolio.transitions import TRANSITIONS
from portfolio.words import consequence_of

from .base import InitiativePage


class _PlacingPage(InitiativePage, ActionFormView):
    """What pages that may place on a level share: the facts, the levels with their marks, what the facts point at."""

    @cached_property
    def facts(self) -> InitiativeFacts:
        """The facts of today."""
        return facts_of(self.initiative, timezone.localdate())

    @cached_property
    def levels(self) -> list[LevelMarks]:
        """The levels to choose among."""
        return levels_to_choose(self.initiative, timezone.localdate())

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "initiative": self.initiative, "levels": self.levels}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        relations = relations_seen(self.initiative, self.standing)
        kwargs.setdefault("refusals", ())
        return super().get_context_data(
            facts=self.facts, levels=with_warnings(self.levels, hints(self.facts, relations)), **kwargs
        )

    def get_success_url(self) -> str:
        return reverse("portfolio:initiative", args=[self.initiative.slug])


class TransitionView(_PlacingPage):
    """One transition: what it does, its gate, what it asks for. Locked with the reason when it cannot be done."""

    template_name = "portfolio/transition.html"
    field_of = {
        "reason_missing": "reason",
        "reason_code_missing": "reason_code",
        "level_missing": "level",
        "level_not_in_catalogue": "level",
        "level_reason_missing": "level_reason",
    }

    @cached_property
    def transition(self) -> str:
        """The transition of the address."""
        if self.kwargs["transition"] not in TRANSITIONS:
            raise Http404
        return self.kwargs["transition"]

    @cached_property
    def step(self) -> steps.Step:
        """The step as the initiative's page shows it."""
        found = steps.steps_for(self.initiative, standing=self.standing, facts=self.facts, relations=self.relations)
        own = next((step for step in found if step.name == self.transition), None)
        return own or steps.find(self.initiative, self.transition, standing=self.standing, on=timezone.localdate())

    def get_form_class(self):
        return form_for(self.transition)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_recommend = Action.RECOMMEND in self.actions
        block = None
        if self.step.gate is not None:
            # What can be done stands above the gate here, so the block itself offers nothing.
            whole = for_reader(block_of(self.step, may_recommend=may_recommend), self.initiative, self.actions)
            block = replace(whole, act="")
        return super().get_context_data(
            step=self.step,
            gate=block,
            consequence=consequence_of(self.step.rule, self.initiative),
            may_recommend=may_recommend,
            recommend_url=recommend_url(self.initiative.slug, self.transition),
            **kwargs,
        )

    def carry_out(self, data: dict[str, Any]) -> LifecycleEvent:
        return lifecycle.advance(
            initiative_id=self.initiative.pk,
            transition=self.transition,
            by=self.request.user,
            **arguments(data),
        )

    @property
    def success_message(self) -> str:
        """What the initiative is now."""
        return _("%(name)s er nu %(stage)s.") % {
            "name": self.initiative.name,
            "stage": Stage(self.result.after).label,
        }


class PlaceView(_PlacingPage):
    """Place an idea or concept on another level, with a reason."""

    template_name = "portfolio/place.html"
    form_class = LevelForm
    action = Action.MANAGE_LIFE
    field_of = {
        "level_missing": "level",
        "level_not_in_catalogue": "level",
        "level_reason_missing": "level_reason",
    }
    success_message = _("Indplaceringen er registreret.")

    def carry_out(self, data: dict[str, Any]) -> Any:
        return levels.place_anew(
            initiative_id=self.initiative.pk,
            level=data["level"],
            reason=data["level_reason"],
            by=self.request.user,
        )


class LevelDifferenceView(InitiativePage, TemplateView):
    """What another level would take: what comes, what goes, and its gate as it stands today. Changes nothing."""

    template_name = "portfolio/level_difference.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        level = self.kwargs["level"]
        if level not in Level.values:
            raise Http404
        try:
            found = levels.difference(self.initiative, level=level, on=timezone.localdate())
        except NotReady:
            raise Http404 from None
        heading = _("Hvad mangler på %(level)s?") % {"level": Level(level).label}
        return super().get_context_data(
            difference=found,
            chosen=Level(level),
            gate=for_reader(block_of_gate(found.gate, heading=heading), self.initiative, self.actions),
            others=[each for each in levels_to_choose(self.initiative, timezone.localdate()) if each.level != level],
            way=way_to_level(self.initiative, self.actions, level),
            **kwargs,
        )
