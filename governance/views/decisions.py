"""Decisions: the log, one decision as it was made, carrying out what waited for its conditions."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from governance import queries, rules
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
        rows = queries.decisions_for(self.standing)
        rows = queries.matching(rows, chosen["q"], "case__title", "text", "number", "case__number")
        if chosen["year"]:
            rows = rows.filter(decided_on__year=chosen["year"])
        if chosen["body"]:
            rows = rows.filter(body=chosen["body"])
        if chosen["outcome"]:
            rows = rows.filter(outcome=chosen["outcome"])
        return rows.order_by("-decided_on", "-pk")


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
