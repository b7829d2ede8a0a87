"""Looking at the composition of bodies: how it came about, what a change would do, whose terms end, one's own seats."""

from typing import Any

from django.utils.functional import cached_property
from django.views.generic import TemplateView

from governance import rules
from governance.coming_ends import SOON_DAYS, breaches_ahead, ending_terms
from governance.forms.trial import TrialForm
from governance.own_seats import own_seats
from governance.seat_history import changes_of
from governance.trial import Trial, change_of, trial

from .base import AccessMixin
from .bodies import OneBody


class BodyChanges(OneBody, TemplateView):
    """Every change of a body's composition, with the decision behind it."""

    template_name = "governance/body_changes.html"

    def may_enter(self) -> bool:
        return rules.may_see_association(self.standing)

    def get_context_data(self, **kwargs):
        return super().get_context_data(changes=changes_of(self.body), today=self.standing.day, **kwargs)


class SeatTrial(OneBody, TemplateView):
    """What would happen to votes, majority and quorum if seats changed. Saves nothing."""

    template_name = "governance/seat_trial.html"

    def may_enter(self) -> bool:
        return rules.may_try_seats(self.standing, self.body)

    @cached_property
    def form(self) -> TrialForm:
        """The change as it stands in the address."""
        return TrialForm(self.request.GET if "dato" in self.request.GET else None, body=self.body)

    @property
    def outcome(self) -> Trial | None:
        """What it would do; None while nothing, or nothing that can be read, is asked for."""
        if not self.form.is_valid():
            return None
        day, chosen, coming = self.form.day, self.form.cleaned_data, self.form.coming
        going = list(chosen["ud"])
        change = change_of(self.body, on=day, going=going, coming=coming, others=chosen["andre"] or 0)
        people = {person.pk for person in coming} | {seat.person_id for seat in going}
        return trial(self.body, change, on=day, people=people)

    def get_context_data(self, **kwargs: Any):
        return super().get_context_data(form=self.form, outcome=self.outcome, day=self.form.day, **kwargs)


class EndingTerms(AccessMixin, TemplateView):
    """The terms that end soon, and the rules of groups that are broken or will be."""

    template_name = "governance/ending_terms.html"

    def may_enter(self) -> bool:
        return rules.may_see_ending_terms(self.standing)

    def get_context_data(self, **kwargs):
        breaches = breaches_ahead(self.standing.day)
        return super().get_context_data(
            breaches=breaches,
            terms=ending_terms(self.standing.day, breaches),
            soon_days=SOON_DAYS,
            may_manage=rules.may_manage_bodies(self.standing),
            may_see_people=rules.may_see_people(self.standing),
            may_see_ends=True,
            **kwargs,
        )


class OwnSeatsPage(AccessMixin, TemplateView):
    """One's own seats and roles, with what each entails."""

    template_name = "governance/own_seats.html"

    def may_enter(self) -> bool:
        return rules.may_see_association(self.standing)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            own=own_seats(self.standing),
            may_see_people=rules.may_see_people(self.standing),
            may_see_ends=rules.may_see_ending_terms(self.standing),
            **kwargs,
        )
