"""From where the business manager publishes one decision, or takes it back."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from governance.models import Decision
from governance.views.base import AccessMixin, ActionFormView, ActionView
from publishing.domain import record
from publishing.forms.record import WithdrawForm
from publishing.models import PublishedDecision
from publishing.record_selection import logged
from publishing.rules import may_publish


class _OneDecision(AccessMixin):
    """Loads the decision of the address, for those who publish."""

    @cached_property
    def decision(self) -> Decision:
        """The decision."""
        rows = Decision.objects.select_related("body", "case", "meeting__body", "agenda_item__case")
        return get_object_or_404(rows, number=self.kwargs["number"])

    def may_enter(self) -> bool:
        """The business manager and the secretariat."""
        return may_publish(self.standing)

    def get_success_url(self) -> str:
        """Back to how public the decision is."""
        return reverse("publishing:decision-publication", args=[self.decision.number])


class DecisionPublication(_OneDecision, TemplateView):
    """How public a decision is, exactly what becomes public, and what stands against it."""

    template_name = "publishing/decision_publication.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        rows = PublishedDecision.objects.filter(decision=self.decision)
        rows = list(rows.select_related("withdrawal", "published_by__organisation").order_by("-pk"))
        current = next((row for row in rows if not hasattr(row, "withdrawal")), None)
        return super().get_context_data(
            decision=self.decision,
            public=current.public if current else logged(self.decision),
            current=current,
            earlier=[row for row in rows if row != current],
            reasons=[] if current else record.reasons_against_publishing(self.decision),
            **kwargs,
        )


class DecisionPublish(_OneDecision, ActionView):
    """Make a decision public."""

    success_message = _("Beslutningen er offentlig. Alle kan se den nu.")

    def carry_out(self):
        return record.publish_decision(decision=self.decision, by=self.request.user)


class DecisionWithdraw(_OneDecision, ActionFormView):
    """Take a decision back."""

    template_name = "publishing/decision_withdraw.html"
    form_class = WithdrawForm
    field_of = {"reason_missing": "reason"}
    success_message = _("Beslutningen er trukket tilbage. Nummeret og datoen står stadig i loggen.")

    @cached_property
    def published(self) -> PublishedDecision:
        """What is public now."""
        return get_object_or_404(PublishedDecision.objects.current(), decision=self.decision)

    def may_enter(self) -> bool:
        return super().may_enter() and self.published is not None

    def carry_out(self, data):
        return record.withdraw_decision(published=self.published, reason=data["reason"], by=self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(decision=self.decision, back=self.get_success_url(), **kwargs)
