"""The decision log as files: what one may read oneself, chosen as on the page, safe in a spreadsheet."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import InitiativeFactory, UserFactory, business_manager, decide

pytestmark = pytest.mark.django_db
OTHER = ("other", {"text": "Ja"})


def lines(client, **choice):
    text = client.get(reverse("reporting:decisions-csv"), choice).content.decode("utf-8-sig")
    return list(csv.reader(StringIO(text), delimiter=";"))


def data(client, **choice):
    return client.get(reverse("reporting:decisions-json"), choice).json()["decisions"]


@pytest.fixture
def decisions(client):
    client.force_login(business_manager())
    old = decide(None, OTHER, on=date(2024, 5, 1), text="=FARLIG()", is_public=False)
    return old, decide(InitiativeFactory(name="Ny løsning", product=True), OTHER)


def test_both_files_have_every_decision_the_latest_first(client, decisions):
    old, new = decisions
    head, *rows = lines(client)
    assert [row[0] for row in rows] == [new.number, old.number]
    assert {len(row) for row in rows} == {len(head)}
    assert [row["number"] for row in data(client)] == [new.number, old.number]
    assert data(client)[0]["initiative"] == "Ny løsning"


def test_a_text_is_no_formula(client, decisions):
    assert "'=FARLIG()" in lines(client)[2]


def test_they_are_chosen_as_on_the_page(client, decisions):
    old, new = decisions
    page = reverse("governance:decisions")
    for choice, expected in (
        ({"year": "2024"}, [old]),
        ({"initiative": "ny LØSNING"}, [new]),
        ({"open": "closed"}, [old]),
        ({"open": "public"}, [new]),
        ({"q": "findes ikke"}, []),
    ):
        assert [row["number"] for row in data(client, **choice)] == [each.number for each in expected]
        assert list(client.get(page, choice).context["page"].object_list) == expected


def test_others_get_an_empty_file(client, decisions):
    client.force_login(UserFactory())
    assert data(client) == []
    assert len(lines(client)) == 1


@pytest.mark.parametrize("name", ["decisions-csv", "decisions-json"])
def test_they_take_as_many_queries_whatever_there_is(client, decisions, name, django_assert_num_queries):
    with CaptureQueriesContext(connection) as few:
        client.get(reverse(f"reporting:{name}"))
    decide(InitiativeFactory(product=True), OTHER)
    with django_assert_num_queries(len(few)):
        client.get(reverse(f"reporting:{name}"))
