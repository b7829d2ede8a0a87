"""A written procedure for the tests that vote in one."""

from datetime import timedelta

from django.utils import timezone

from governance.domain import agendas, ballots, cases, decisions, meetings
from governance.models import Case, Meeting
from tests.factories import board_with, business_manager, ready_case


class Written:
    """A written procedure of a board, open since yesterday, with one case."""

    def __init__(self, members=5, *, begins=-24, ends=24, body=None):
        now = timezone.now()
        self.body = body or board_with(members)
        self.meeting = meetings.plan_meeting(
            body=self.body,
            procedure=Meeting.Procedure.WRITTEN,
            starts_at=now + timedelta(hours=begins),
            ends_at=now + timedelta(hours=ends),
        )
        self.case = ready_case(None, "other", body=self.body)
        self.item = agendas.put_on_agenda(meeting=self.meeting, case=self.case)

    @property
    def seats(self):
        return list(self.body.memberships.select_related("person").order_by("pk"))

    def vote(self, number, choice="for", *, by=None, version=None):
        return ballots.cast_ballot(
            item=self.item,
            choice=choice,
            case_version=version if version is not None else Case.objects.get(pk=self.case.pk).version,
            by=by or self.seats[number].person,
        )

    def all_vote(self, *choices):
        for number, choice in enumerate(choices):
            self.vote(number, choice)
        return self

    def over(self):
        """The deadline passes."""
        Meeting.objects.filter(pk=self.meeting.pk).update(ends_at=timezone.now() - timedelta(seconds=1))
        self.meeting.refresh_from_db()
        self.item.refresh_from_db()
        return self

    def edit(self):
        case = Case.objects.get(pk=self.case.pk)
        return cases.edit_case(case=case, version=case.version, recommendation="Det anbefales at afvise.")

    def record(self, outcome="approved", **more):
        return decisions.record_decision(
            case=self.case,
            meeting=self.meeting,
            item=self.item,
            outcome=outcome,
            text="Besluttet skriftligt.",
            by=business_manager(),
            **more,
        )
