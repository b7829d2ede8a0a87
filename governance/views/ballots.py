"""Voting in writing: a member's page of a written procedure."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import ngettext

from governance import rules
from governance.domain import ballots
from governance.forms.voting import BallotsForm
from governance.models import AgendaItem, Ballot, Choice

from .base import ActionFormView
from .meetings import OneMeeting


class VotePage(OneMeeting, ActionFormView):
    """Every open case of a written procedure with its recommendation; votes are sent in one go and can be changed."""

    template_name = "governance/vote.html"
    form_class = BallotsForm

    def may_enter(self) -> bool:
        return rules.may_vote_in_writing(self.standing, self.meeting)

    @cached_property
    def items(self) -> list[AgendaItem]:
        """What can be voted on."""
        return list(ballots.items_to_vote_on(self.meeting))

    @cached_property
    def given(self) -> dict[int, Ballot]:
        """The voter's own ballots that still count, by item."""
        return {
            ballot.item_id: ballot
            for item in self.items
            for ballot in item.ballots.all()
            if ballot.cast_by_id == self.standing.user_id and ballot.case_version == item.case.version
        }

    def get_form_kwargs(self):
        given = {pk: ballot.choice for pk, ballot in self.given.items()}
        return {**super().get_form_kwargs(), "items": self.items, "given": given}

    def carry_out(self, data):
        return ballots.cast_ballots(meeting=self.meeting, choices=data["choices"], by=self.request.user)

    def form_valid(self, form):
        """Say how many votes were received; stay where some were not, with the reasons."""
        response = super().form_valid(form)
        if self.result is None:
            return response
        count = len(self.result.taken)
        text = ngettext(
            "Din stemme på %(count)d sag er modtaget.", "Dine stemmer på %(count)d sager er modtaget.", count
        )
        if count:
            messages.success(self.request, text % {"count": count})
        return self._shown_again(form) if self.result.left else response

    def _shown_again(self, form):
        shown = {item.pk for item in self.items}
        for pk, refusals in self.result.left.items():
            for refusal in refusals:
                form.add_error(f"choice_{pk}" if pk in shown else None, refusal.message)
        reasons = [refusal for refusals in self.result.left.values() for refusal in refusals]
        context = self.get_context_data(form=form, refusals=reasons)
        return self.render_to_response(context, status=HTTPStatus.CONFLICT)

    def get_success_url(self) -> str:
        """Stay: the page shows what one has voted."""
        return reverse("governance:vote", args=[self.meeting.pk])

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        voters = ballots.voting_seats_of(self.meeting).count()
        chosen = {pk: Choice(ballot.choice).label for pk, ballot in self.given.items()}
        context = super().get_context_data(**kwargs)
        context |= {
            "locked": ballots.reasons_against_voting(self.meeting),
            "rows": [
                {
                    **row,
                    "chosen": chosen.get(row["item"].pk, ""),
                    "at": self.given[row["item"].pk].cast_at if row["item"].pk in self.given else None,
                    "voted": sum(b.case_version == row["item"].case.version for b in row["item"].ballots.all()),
                    "voters": voters,
                }
                for row in context["form"].rows
            ],
            "missing": sum(item.pk not in self.given for item in self.items),
        }
        return context
