"""The portfolio's point of a board meeting: read on the screen, commented on and flagged initiative by initiative."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from governance.domain.reading import voting_seats
from governance.rules import may_read_agenda, may_read_ahead
from governance.views.base import AccessMixin, ActionFormView
from governance.views.meetings import OneMeeting
from reporting.domain.meeting_remarks import say_of_initiative
from reporting.forms.meeting_portfolio import InitiativeRemarkForm
from reporting.meeting_portfolio import InitiativeLine, MeetingPortfolio, portfolio_before
from reporting.rules import may_read_snapshots, may_take_snapshots


class OnePortfolio(OneMeeting, AccessMixin):
    """Loads the meeting's portfolio, for those who read snapshots and the agenda."""

    def may_enter(self) -> bool:
        """The board, the business manager and the secretariat."""
        return may_read_snapshots(self.standing) and may_read_agenda(self.standing, self.meeting)

    @cached_property
    def portfolio(self) -> MeetingPortfolio:
        """The meeting's snapshot with what is said of it."""
        return portfolio_before(self.meeting)


class MeetingPortfolioPage(OnePortfolio, TemplateView):
    """Every initiative of the snapshot, those that need attention marked."""

    template_name = "reporting/meeting_portfolio.html"

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        return super().get_context_data(portfolio=self.portfolio, may_take=may_take_snapshots(self.standing), **kwargs)


class MeetingInitiativePage(OnePortfolio, ActionFormView):
    """One initiative as the snapshot has it, what is said of it, and a form to say more or flag it."""

    template_name = "reporting/meeting_initiative.html"
    form_class = InitiativeRemarkForm
    field_of = {"word_missing": "word", "text_missing": "text"}
    success_message = _("Gemt. Det står nu på initiativets side til mødet.")

    @cached_property
    def line(self) -> InitiativeLine:
        """The initiative of the address."""
        line = self.portfolio.line(self.kwargs["slug"])
        if line is None:
            raise Http404
        return line

    @property
    def may_flag(self) -> bool:
        """Whether the reader votes at the meeting."""
        return voting_seats(self.meeting).filter(person=self.request.user).exists()

    def may_enter(self) -> bool:
        """To send something one must have a place at the meeting, too."""
        may = super().may_enter() and self.line is not None
        return may and (self.request.method != "POST" or may_read_ahead(self.standing, self.meeting))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "may_flag": self.may_flag}

    def carry_out(self, data: dict[str, Any]) -> None:
        say_of_initiative(
            meeting=self.meeting,
            initiative=self.line.initiative,
            by=self.request.user,
            text=data["text"],
            asks=data["asks"],
            word=data.get("word", "") if data.get("flag") else "",
        )

    def get_success_url(self) -> str:
        """The same page: what was said stands there."""
        return reverse("reporting:meeting-initiative", args=[self.meeting.pk, self.line.initiative.slug])

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        context = super().get_context_data(
            line=self.line,
            snapshot=self.portfolio.snapshot,
            may_write=self.meeting.published_at is not None and may_read_ahead(self.standing, self.meeting),
            **kwargs,
        )
        return context | {"back": reverse("reporting:meeting-portfolio", args=[self.meeting.pk])}
