"""The list of initiatives, and the page about one: what to do next, what it is, who is behind it."""

from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from governance.views.lists import ListPage
from portfolio.domain.approvals import changed_since
from portfolio.facts import facts_of
from portfolio.forms.initiatives import InitiativeFilter
from portfolio.gateblock import block_of, compliance_of, for_reader
from portfolio.initiative_cases import CaseLine, cases_about
from portfolio.offers import edit_link, more_links
from portfolio.relations import relations_seen
from portfolio.rules import Action, may
from portfolio.search import found_initiatives
from portfolio.steps import steps_for

from .base import InitiativePage


class InitiativeListView(ListPage):
    """Find an initiative: words, filters, order."""

    template_name = "portfolio/initiatives.html"
    filter_class = InitiativeFilter

    def may_enter(self) -> bool:
        """Everybody who can log in; the list holds what each may see."""
        return may(self.standing, Action.SUBMIT)

    def filter_kwargs(self) -> dict[str, Any]:
        return {"standing": self.standing}

    def rows(self, _chosen: dict[str, Any]):
        return found_initiatives(standing=self.standing, chosen=self.filters.choice)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_submit=may(self.standing, Action.SUBMIT), **kwargs)


class OverviewView(InitiativePage, TemplateView):
    """The page about one initiative. The facts are loaded once, for gates, people, economy and all."""

    template_name = "portfolio/initiative.html"
    tab = "overview"

    @cached_property
    def cases(self) -> list[CaseLine]:
        """The cases about it."""
        return cases_about(self.initiative, self.standing)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = facts_of(self.initiative, timezone.localdate())
        steps = steps_for(self.initiative, standing=self.standing, facts=facts, relations=self.relations)
        may_recommend = Action.RECOMMEND in self.actions
        whole = [block_of(s, may_recommend=may_recommend, cases=self.cases) for s in steps if s.gate is not None]
        blocks = [for_reader(block, self.initiative, self.actions) for block in whole]
        compliance = compliance_of(facts)
        return super().get_context_data(
            facts=facts,
            gate=blocks[0] if blocks else None,
            other_gates=blocks[1:],
            compliance=for_reader(compliance, self.initiative, self.actions) if compliance else None,
            head_actions="portfolio/_initiative_actions.html",
            edit_link=edit_link(self.initiative, self.actions),
            more_links=more_links(self.initiative, self.actions, steps),
            description_changed=changed_since(self.initiative, facts.description.texts) if facts.description else [],
            relations=relations_seen(self.initiative, self.standing),
            short_history=self.events[:5],
            event_count=len(self.events),
            may_read_dialogues=Action.READ_DIALOGUE in self.actions,
            **kwargs,
        )
