"""What the tests of pages share."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.domain import agendas
from tests.factories import held_meeting, ready_case


def url(name, *args):
    return reverse(f"governance:{name}", args=args)


def day_text(day):
    return day.strftime("%d-%m-%Y")


def codes(response):
    """The codes of the refusals that a page shows."""
    return [refusal.code for refusal in response.context["refusals"]]


def queries_of(client, address):
    """How many queries a page takes."""
    with CaptureQueriesContext(connection) as caught:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(caught)


class Point:
    """A case on the agenda of a meeting, and the page that records what was decided."""

    def __init__(self, client, *effects, initiative=None, meeting=None, **more):
        self.client = client
        self.meeting = meeting or held_meeting()
        self.case = ready_case(initiative, *effects, body=self.meeting.body, **more)
        self.item = agendas.put_on_agenda(meeting=self.meeting, case=self.case)
        self.address = url("decision-record", self.meeting.pk, self.case.number)

    def get(self):
        return self.client.get(self.address)

    def post(self, **changes):
        return self.client.post(self.address, {**self.form(), **changes})

    def form(self):
        form = self.get().context["form"]
        typed = {name: form[name].value() or "" for name in form.fields}
        shown = {name: day_text(value) if isinstance(value, date) else value for name, value in typed.items()}
        return {**shown, "text": "Besluttet i enighed.", "is_public": "on", "reason": ""}
