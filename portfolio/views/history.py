"""The record of an initiative: every event, and the requirements as they were."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from portfolio.gateblock import frozen_groups
from portfolio.models import LifecycleEvent

from .base import InitiativePage


class HistoryView(InitiativePage, TemplateView):
    """Every event, newest first."""

    template_name = "portfolio/history.html"
    tab = "history"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(record=self.events, **kwargs)


class EventView(InitiativePage, TemplateView):
    """One event with its gate as it was kept; nothing is worked out anew."""

    template_name = "portfolio/event.html"
    tab = "history"

    @cached_property
    def event(self) -> LifecycleEvent:
        """The event of the address."""
        rows = LifecycleEvent.objects.filter(initiative=self.initiative).select_related("by__organisation", "decision")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(event=self.event, groups=frozen_groups(self.event.gate), **kwargs)
