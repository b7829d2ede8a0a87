"""Decisions: the log, one decision as it was made, carrying out what waited for its conditions."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from governance import queries, rules
from governance.decision_log import chosen_decisions
from governance.domain import decisions
from governance.domain.voting import tally_of
from governance.effects import registry
from governance.forms.filters import DecisionFilter
from governance.models import Decision

from .base import AccessMixin, ActionView
from .lists import ListPage


class DecisionsPage(ListPage):
    """The decisions a person may read, latest first."""

    template_name = "governance/decisions.html"
    filter_class = DecisionFilter

    def may_enter(self) -> bool:
        return rules.may_see_association(self.standing)

    def filter_kwargs(self):
        rows = queries.decisions_for(self.standing)
        return {"bodies": queries.bodies_behind(rows), "years": queries.years_of(rows)}

    def rows(self, chosen: dict[str, Any]):
        return chosen_decisions(queries.decisions_for(self.standing), chosen)

    def get_context_data(self, **kwargs):
        # The files are of what is chosen, whole: the same address without the page.
        asked = self.request.GET.copy()
        asked.pop("page", None)
        return super().get_context_data(asked=asked.urlencode(), **kwargs)


class OneDecision(AccessMixin):
    """Loads the decision of the address, among those that the reader may see."""

    @cached_property
    def decision(self) -> Decision:
        """The decision."""
        rows = queries.decisions_for(self.standing).select_related("agenda_item", "recorded_by__organisation")
        return get_object_or_404(rows, number=self.kwargs["number"])

    def get_success_url(self) -> str:
        """Back to the decision."""
        return reverse("governance:decision", args=[self.decision.number])


class DecisionPage(OneDecision, TemplateView):
    """One decision: what, when, by whom, on what terms, and what it carried out."""

    template_name = "governance/decision.html"

    def may_enter(self) -> bool:
        return self.decision is not None

    def get_context_data(self, **kwargs):
        decision = self.decision
        carried_out = list(decision.carried_out.select_related("by__organisation"))
        electorate = queries.electorate_of(decision)
        waits = decision.outcome == Decision.Outcome.APPROVED_PENDING and not carried_out
        return super().get_context_data(
            decision=decision,
            electorate=electorate,
            electors=queries.electors_with_votes(decision, electorate),
            tally=tally_of(decision.tally),
            conditions=queries.conditions_of(decision),
            carried_out=carried_out,
            asked=[registry.label(effect) for effect in decision.case.effects.all()],
            waits=waits,
            may_carry_out=waits and rules.may_record_decisions(self.standing, decision.body),
            preview=registry.preview(decision.case, self.standing.day) if waits else None,
            may_publish=rules.may_publish_decisions(self.standing),
            may_see_meeting=queries.meetings_for(self.standing).filter(pk=decision.meeting_id).exists(),
            today=self.standing.day,
            **kwargs,
        )


class DecisionCarryOut(OneDecision, ActionView):
    """Carry out a decision whose conditions are met."""

    success_message = _("Beslutningen er gennemført.")

    def may_enter(self) -> bool:
        return rules.may_record_decisions(self.standing, self.decision.body)

    def carry_out(self):
        return decisions.carry_out_pending(decision=self.decision, by=self.request.user)
