"""Recording a decision: who took part, the outcome, the conditions, and what will happen, before anything is saved."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from governance import rules
from governance.domain import ballots, decisions, outcomes
from governance.domain.voting import Poll
from governance.effects import Preview, registry
from governance.forms.decisions import DecisionForm
from governance.models import AgendaItem, Case, Decision, Meeting

from .base import ActionFormView

# In the address when the meeting is being run: then one goes on there, to the next item.
COMES_FROM_RUN = "afhold"


class DecisionRecord(ActionFormView):
    """One item of a held meeting. "Regn ud igen" shows what the form as it stands would mean, and saves nothing."""

    template_name = "governance/decision_record.html"
    form_class = DecisionForm
    field_of = {
        "text_missing": "text",
        "reason_missing": "reason",
        "reason_only_for_return": "reason",
        "votes_unexpected": "method",
        "votes_missing": "method",
        "votes_do_not_carry": "outcome",
        "votes_carry": "outcome",
        "more_votes_than_represented": "count_for",
        "count_missing": "count_for",
    }
    success_message = _("Beslutningen er registreret og gennemført.")

    def may_enter(self) -> bool:
        return rules.may_record_decisions(self.standing, self.meeting.body)

    @cached_property
    def item(self) -> AgendaItem:
        """The item of the address: a case on this meeting's agenda."""
        rows = AgendaItem.objects.filter(withdrawn_at__isnull=True, case__isnull=False).select_related(
            "meeting__body", "case__body"
        )
        return get_object_or_404(rows, meeting=self.kwargs["pk"], case__number=self.kwargs["number"])

    @property
    def meeting(self) -> Meeting:
        """The meeting."""
        return self.item.meeting

    @property
    def case(self) -> Case:
        """The case."""
        return self.item.case

    @cached_property
    def preview(self) -> Preview:
        """What the case's effects would do on the meeting's day."""
        return registry.preview(self.case, self.meeting.date)

    @cached_property
    def options(self) -> tuple[outcomes.Option, ...]:
        """The outcomes, each with the reason against it."""
        return outcomes.options_for(self.case, self.preview)

    @cached_property
    def made(self) -> Decision | None:
        """The decision that settled the case, if somebody recorded it already: perhaps since this page was begun."""
        if Case.objects.filter(pk=self.case.pk, status=Case.Status.READY).exists():
            return None
        return self.case.decisions.order_by("-pk").first()

    def get(self, request, *args, **kwargs):
        """A case that is settled shows its decision."""
        if self.made is not None:
            messages.info(request, _("Sagen er afgjort. Her er beslutningen."))
            return HttpResponseRedirect(reverse("governance:decision", args=[self.made.number]))
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        """Save, or work out again."""
        if "recalculate" in request.POST:
            typed = self.get_form().as_typed()
            form = self.form_class(initial=typed, **self._about())
            return self.render_to_response(self.get_context_data(form=form))
        return super().post(request, *args, **kwargs)

    def _about(self) -> dict[str, Any]:
        return {
            "electors": decisions.electorate_for(self.meeting, {}, self.item).electors,
            "options": self.options,
            "points": self.preview.open_points,
            "day": self.meeting.date,
            "methods": decisions.methods_for(self.meeting),
            "written": ballots.ballots_on(self.item) if ballots.is_by_ballot(self.meeting) else None,
        }

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), **self._about()}

    def get_initial(self):
        possible = [option.outcome for option in self.options if not option.locked]
        return {"outcome": possible[0]}

    def carry_out(self, data):
        names = ("outcome", "reason", "text", "is_public", "disqualified", "conditions", "poll")
        return decisions.record_decision(
            case=self.case,
            meeting=self.meeting,
            item=self.item,
            by=self.request.user,
            **{name: data[name] for name in names},
        )

    def get_success_url(self) -> str:
        if COMES_FROM_RUN in self.request.GET:
            return reverse("governance:meeting-run", args=[self.meeting.pk])
        return reverse("governance:decision", args=[self.result.number])

    def _poll(self, form: DecisionForm) -> Poll:
        """The votes as they stand in the form; in writing the members gave them themselves."""
        if ballots.is_by_ballot(self.meeting):
            return decisions.poll_in_writing(self.item, form.disqualified)
        return form.poll

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form = context["form"]
        electorate = decisions.electorate_for(self.meeting, form.disqualified, self.item)
        poll = self._poll(form)
        context |= {
            **registry.facts(self.case, self.meeting.date),
            "facts_template": registry.facts_template,
            "item": self.item,
            "meeting": self.meeting,
            "case": self.case,
            "made": self.made,
            "locked": [option for option in self.options if option.locked],
            "electorate": electorate,
            "disqualified": len(form.disqualified),
            "is_written": ballots.is_by_ballot(self.meeting),
            "tally": poll.tally(electorate),
            "is_run": COMES_FROM_RUN in self.request.GET,
            "blockers": decisions.reasons_to_wait(self.meeting, self.item)
            or decisions.reasons_of_the_vote(
                meeting=self.meeting,
                item=self.item,
                poll=poll,
                outcome=form.chosen_outcome,
                disqualified=form.disqualified,
            ),
            "consequences": outcomes.consequences(form.chosen_outcome, self.preview, form.conditions),
        }
        return context
