"""What the tests of pages share."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse


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
