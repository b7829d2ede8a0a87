"""The front page: what waits for the one who is signed in."""

from typing import Any

from django.utils import timezone
from django.views.generic import TemplateView

from governance.views.base import AccessMixin
from portfolio.front import front_page
from portfolio.rules import Action, may


class DeskView(AccessMixin, TemplateView):
    """What waits for the reader, the board's next meeting, and the portfolio at a glance."""

    template_name = "portfolio/desk.html"

    def may_enter(self) -> bool:
        """Everybody who can log in has a front page."""
        return may(self.standing, Action.SUBMIT)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = front_page(self.standing)
        return super().get_context_data(
            page=page, desk=page.desk, today=self.standing.day, now=timezone.localtime(), **kwargs
        )
