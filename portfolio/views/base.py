"""What every page about one initiative shares: the initiative, what its reader may do, its header."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from governance.views.base import AccessMixin
from portfolio.journey import Journey, journey_of
from portfolio.models import Initiative, LifecycleEvent
from portfolio.rules import Action, Relation, actions_of, relations_of


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of an initiative's pages."""

    label: str | Promise
    url: str
    is_current: bool


TABS: tuple[tuple[str, str | Promise, str], ...] = (
    ("overview", _("Overblik"), "portfolio:initiative"),
    ("checklist", _("Tjekliste"), "portfolio:checklist"),
    ("economy", _("Økonomi"), "portfolio:economy"),
    ("reports", _("Rapporter"), "portfolio:initiative-reports"),
    ("cases", _("Sager og beslutninger"), "portfolio:initiative-cases"),
    ("organisation", _("Organisation"), "portfolio:organisation"),
    ("history", _("Historik"), "portfolio:history"),
)


class InitiativePage(AccessMixin):
    """Loads the initiative of the address (404 for whoever may not see it) and asks what the reader may do with it.

    Subclasses name the `tab` they belong to and the `action` that lets somebody in (reading, unless they say so).
    The context holds what `portfolio/_initiative_head.html` shows: `initiative`, `tab`, `tabs`, `journey`, `actions`.
    """

    tab: str = "overview"
    action: Action = Action.READ

    @cached_property
    def initiative(self) -> Initiative:
        """The initiative of the address."""
        return self.visible_initiative(slug=self.kwargs["slug"])

    def visible_initiative(self, *, slug: str) -> Initiative:
        """An initiative that the reader may see, with what its header shows; 404 for any other."""
        rows = Initiative.objects.visible_to(self.standing).select_related(
            "catalogue", "phase", "part_of", "successor", "origin_organisation", "proposer__organisation"
        )
        return get_object_or_404(rows, slug=slug)

    @cached_property
    def relations(self) -> frozenset[Relation]:
        """What the reader is to it."""
        return relations_of(self.standing, self.initiative)

    @cached_property
    def actions(self) -> frozenset[Action]:
        """Everything the reader may do with it on its present stage and level."""
        return actions_of(self.standing, self.initiative, relations=self.relations)

    @cached_property
    def events(self) -> list[LifecycleEvent]:
        """Its record, newest first, without the frozen gates; `has_gate` says whether there is one."""
        rows = LifecycleEvent.objects.filter(initiative=self.initiative).annotate(has_gate=Q(gate__isnull=False))
        return list(rows.select_related("by__organisation", "decision").defer("gate"))

    @cached_property
    def journey(self) -> Journey:
        """Its way through the stages."""
        return journey_of(self.initiative, self.events)

    def may_enter(self) -> bool:
        """Whether the reader may do what the page is for."""
        return self.action in self.actions

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the header needs, beside the page's own."""
        slug = self.initiative.slug
        return super().get_context_data(  # type: ignore[misc]  # mixed into views that have it
            initiative=self.initiative,
            tab=self.tab,
            tabs=[Tab(label, reverse(name, args=[slug]), key == self.tab) for key, label, name in TABS],
            journey=self.journey,
            actions=self.actions,
            **kwargs,
        )
