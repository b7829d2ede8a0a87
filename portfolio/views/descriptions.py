"""Changing what an initiative says about itself, without overwriting somebody else's newer text."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.views.editing import EditView
from portfolio.domain import initiatives
from portfolio.forms.descriptions import DescribeForm, PlanForm
from portfolio.models import Initiative
from portfolio.offers import edit_link

from .base import InitiativePage


class _EditInitiative(InitiativePage, EditView):
    success_message = _("Gemt.")

    def may_enter(self) -> bool:
        """Those who may write on it on its present stage."""
        return edit_link(self.initiative, self.actions) is not None

    @property
    def row(self) -> Initiative:
        """The initiative as it is now."""
        return self.initiative

    def version_of(self, row: Any) -> int:
        return row.version

    def carry_out(self, data: dict[str, Any]) -> Initiative:
        # A copy: a refused form still shows what was typed.
        changes = {name: value for name, value in data.items() if name not in ("version", "subject_areas")}
        return initiatives.edit(
            initiative_id=self.initiative.pk,
            version=data["version"],
            changes=changes,
            by=self.request.user,
            subject_areas=data.get("subject_areas"),
        )

    def get_success_url(self) -> str:
        return reverse("portfolio:initiative", args=[self.initiative.slug])


class DescribeView(_EditInitiative):
    """Describe the initiative."""

    template_name = "portfolio/describe.html"
    form_class = DescribeForm


class PlanView(_EditInitiative):
    """Plan and business case."""

    template_name = "portfolio/plan.html"
    form_class = PlanForm
