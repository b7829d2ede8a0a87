"""What a reader gets when there is nothing to show: clear, in a frame, and never a way to find out what exists."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.views import defaults

from tests.look.html import all_with, assert_wired, parse, text

pytestmark = [pytest.mark.urls("tests.look.urls"), pytest.mark.django_db]


def test_404_for_everybody_offers_to_log_in_and_come_back(client):
    answer = client.get("/findes/ikke/?q=1")
    assert answer.status_code == 404
    page = parse(answer.content)
    assert_wired(page)
    assert all_with(page, "os2-header--public")
    links = [link.get("href") for link in next(page.iter("main")).iter("a")]
    assert links == ["/konto/login/?next=/findes/ikke/", "/"]


def test_404_for_the_one_who_is_signed_in_covers_what_is_not_theirs(client, person):
    client.force_login(person)
    answer = client.get("/findes/ikke/")
    assert answer.status_code == 404
    page = parse(answer.content)
    assert all_with(page, "os2-header--work")
    assert "eller du har ikke adgang" in text(next(page.iter("h1")))
    assert [link.get("href") for link in next(page.iter("main")).iter("a")] == ["/forside/"]


def test_403_says_why(client, person):
    client.force_login(person)
    answer = client.get("/nej/")
    assert answer.status_code == 403
    assert "Kun forretningslederen kan placere et initiativ." in text(next(parse(answer.content).iter("main")))


def test_a_form_without_a_token_saves_nothing_and_says_how_to_go_on():
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/modtag/", {"text": "x"}, HTTP_REFERER="http://testserver/initiativer/")
    assert answer.status_code == 403
    page = parse(answer.content)
    assert_wired(page)
    assert "Intet er gemt" in text(next(page.iter("h1")))
    assert "/initiativer/" in [link.get("href").removeprefix("http://testserver") for link in page.iter("a")]


def test_the_way_back_never_leaves_the_portal():
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/modtag/", HTTP_REFERER="https://et-andet-sted.example/")
    assert "et-andet-sted" not in answer.content.decode()


def test_a_form_with_a_token_is_received():
    client = Client(enforce_csrf_checks=True)
    page = parse(client.get("/konto/login/").content)
    token = next(each.get("value") for each in page.iter("input") if each.get("name") == "csrfmiddlewaretoken")
    assert client.post("/modtag/", {"csrfmiddlewaretoken": token}).status_code == 200


def test_500_stands_alone(client):
    client.raise_request_exception = False
    answer = client.get("/itu/")
    assert answer.status_code == 500
    assert "ikke gemt" in text(next(parse(answer.content).iter("main")))


def test_400_stands_alone(rf):
    answer = defaults.bad_request(rf.get("/"), Exception())
    assert answer.status_code == 400
    assert "Intet er ændret" in text(next(parse(answer.content).iter("main")))


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_they_need_no_database_no_context_and_no_other_file_than_one_style_sheet(name, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = parse(render_to_string(name))
    assert [link.get("href") for link in page.iter("link")] == ["/static/os2/error.css"]
    assert next(page.iter("html")).get("lang") == "da"
    assert not list(page.iter("script"))


def test_a_request_that_stopped_before_the_user_was_known_can_still_be_answered(rf):
    answer = defaults.page_not_found(rf.get("/x/"), Exception())
    assert answer.status_code == 404
