"""The frames: who sees which menu, what is marked, what it costs, and that the public one leaves the session alone."""

import pytest
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from governance import context
from governance.models import Body, Membership, Organisation
from tests.look.html import all_with, assert_wired, by_id, parse, text

pytestmark = pytest.mark.urls("tests.look.urls")

FOR_ALL = ["Forside", "Initiativer", "Portefølje", "Rapporter", "Møder", "Beslutninger", "Foreningen"]
REPORT = "Bestyrelsesrapport"


def menu(page):
    (mainmenu,) = all_with(page, "mainmenu")
    return [text(item) for item in mainmenu.iter("li")]


def current(page):
    (mainmenu,) = all_with(page, "mainmenu")
    return [(text(link), link.get("aria-current")) for link in mainmenu.iter("a") if link.get("aria-current")]


def take_a_seat(person, function):
    board = Body.objects.create(kind=Body.Kind.BOARD, name="Bestyrelsen", valid_from=timezone.localdate())
    organisation = Organisation.objects.create(
        name="Aarhus", kind=Organisation.Kind.MUNICIPALITY, valid_from=timezone.localdate()
    )
    Membership.objects.create(
        body=board,
        person=person,
        organisation=organisation,
        function=function,
        has_vote=function not in Membership.NEVER_VOTES,
        valid_from=timezone.localdate(),
    )


# ---------------------------------------------------------------- workspace
def test_the_menu_of_anyone_who_is_signed_in(client, person):
    client.force_login(person)
    assert menu(parse(client.get("/forside/").content)) == FOR_ALL


def test_the_office_and_the_board_also_have_the_board_report(client, person, business_manager):
    client.force_login(business_manager)
    assert REPORT in menu(parse(client.get("/forside/").content))
    take_a_seat(person, Membership.Function.MEMBER)
    client.force_login(person)
    assert REPORT in menu(parse(client.get("/forside/").content))


def test_an_observer_of_the_board_does_not_have_the_board_report(client, person):
    take_a_seat(person, Membership.Function.OBSERVER)
    client.force_login(person)
    assert REPORT not in menu(parse(client.get("/forside/").content))


@pytest.mark.parametrize(
    ("address", "marked"),
    [
        ("/initiativer/", [("Initiativer", "page")]),
        ("/initiativer/os2skole/", [("Initiativer", "true")]),
        ("/forside/", [("Forside", "page")]),
        ("/portefoelje/produkter/", [("Portefølje", "true")]),
        ("/sager/", [("Møder", "true")]),
        ("/konto/password/change/", []),
    ],
)
def test_the_menu_marks_where_you_are(client, person, address, marked):
    client.force_login(person)
    assert current(parse(client.get(address).content)) == marked


def test_only_the_nearest_place_is_marked():
    places = [("OS2skole", "portfolio:one"), ("Initiativer", "portfolio:initiatives"), ("Møder", "governance:meetings")]
    marked = {item.label: item.current for item in context._menu(places, "/initiativer/os2skole/historik/")}
    assert marked == {"OS2skole": "true", "Initiativer": "", "Møder": ""}


def test_a_page_that_is_not_built_yet_has_no_link():
    assert context._menu([("Findes ikke", "portfolio:nowhere")], "/") == []


def test_the_frame_names_the_person_by_function_and_logs_off_by_post(client, person):
    client.force_login(person)
    page = parse(client.get("/forside/").content)
    assert_wired(page)
    (shown,) = all_with(page, "user")
    assert text(shown) == "Digitaliseringskonsulent"
    forms = [form for form in page.iter("form") if form.get("action") == reverse("account_logout")]
    assert [form.get("method") for form in forms] == ["post", "post"], "the bar and the phone menu"
    assert all([each.get("name") for each in form.iter("input")] == ["csrfmiddlewaretoken"] for form in forms)


def test_the_first_stop_is_past_the_menus(client, person):
    client.force_login(person)
    page = parse(client.get("/forside/").content)
    first = next(page.iter("a"))
    assert (first.get("class"), first.get("href")) == ("skipnav", "#main-content")
    assert by_id(page, "main-content").tag == "main"


def test_search_asks_the_list_of_initiatives(client, person):
    client.force_login(person)
    page = parse(client.get("/forside/").content)
    searches = [form for form in page.iter("form") if form.get("role") == "search"]
    assert {(form.get("action"), form.get("method")) for form in searches} == {("/initiativer/", "get")}
    assert {field.get("name") for form in searches for field in form.iter("input")} == {"q"}


def test_the_frame_costs_a_fixed_number_of_queries(client, person, django_assert_max_num_queries):
    client.force_login(person)
    with django_assert_max_num_queries(5):  # session, user, and at most three for the standing
        client.get("/forside/")


# ---------------------------------------------------------------- what everybody sees
def test_the_public_menu_has_only_what_exists(client):
    page = parse(client.get("/").content)
    assert_wired(page)
    assert menu(page) == ["Portefølje"]
    assert current(page) == [("Portefølje", "page")]
    assert current(parse(client.get("/proeve/").content)) == []


class Untouchable:
    def __getattr__(self, name):
        raise AssertionError(f"the public frame asked for {name}")


def test_the_public_frame_asks_for_neither_user_nor_session():
    request = RequestFactory().get("/")
    request.session = request.user = request._messages = Untouchable()
    assert "OS2" in engines["django"].from_string('{% extends "public.html" %}').render({}, request)


def test_public_pages_set_no_cookie(client):
    assert not client.get("/").cookies


def test_nothing_inline_for_a_strict_content_security_policy(client, person):
    client.force_login(person)
    for address in ("/", "/forside/"):
        page = parse(client.get(address).content)
        assert not [each for each in page.iter() if "style" in each.attrib or each.tag == "style"]
        assert all(script.get("src") for script in page.iter("script"))
        assert not [name for each in page.iter() for name in each.attrib if name.startswith("on")]


# ---------------------------------------------------------------- partials
@pytest.mark.parametrize(
    ("level", "css", "role"),
    [
        (messages.SUCCESS, "alert-success", "status"),
        (messages.INFO, "alert-info", "status"),
        (messages.WARNING, "alert-warning", "alert"),
        (messages.ERROR, "alert-error", "alert"),
    ],
)
def test_answers_are_read_aloud_and_named_by_kind(render, level, css, role):
    page = parse(render('{% include "_messages.html" %}', messages=[Message(level, "Gemt <b>")]))
    (alert,) = all_with(page, "alert")
    assert css in alert.get("class").split()
    assert alert.get("role") == role
    assert next(alert.iter("svg")).get("aria-label")
    assert text(alert) == "Gemt <b>"


def test_breadcrumbs_lead_home_and_end_here(client, person, render):
    source = '{% breadcrumbs "Initiativer" "/initiativer/" "OS2skole" %}'
    page = parse(render(source, crumb_home=context.MenuItem("Forside", "/forside/")))
    assert [(text(link), link.get("href")) for link in page.iter("a")] == [
        ("Forside", "/forside/"),
        ("Initiativer", "/initiativer/"),
    ]
    last = list(page.iter("li"))[-1]
    assert (text(last), last.get("aria-current")) == ("OS2skole", "page")


def test_public_breadcrumbs_start_where_the_page_says(render):
    page = parse(render('{% breadcrumbs "Portefølje" "/" "OS2mo" %}'))
    assert [text(item) for item in page.iter("li")] == ["Portefølje", "OS2mo"]


def test_breadcrumbs_refuse_half_a_pair(render):
    with pytest.raises(ValueError, match="zip"):
        render('{% breadcrumbs "Portefølje" "OS2mo" %}')


def test_pages_keep_the_other_choices(render):
    page = Paginator(range(120), 50).page(2)
    shown = parse(render('{% include "_pagination.html" %}', "/initiativer/?stadie=project&page=2", page=page))
    assert "Viser 51–100 af 120" in text(shown)  # noqa: RUF001 - Danish ranges have an en dash
    links = {link.get("rel"): link.get("href") for link in shown.iter("a")}
    assert links == {"prev": "?stadie=project&page=1", "next": "?stadie=project&page=3"}


def test_one_page_needs_no_links(render):
    assert render('{% include "_pagination.html" %}', page=Paginator(range(3), 50).page(1)).strip() == ""


def test_the_title_says_when_something_is_wrong(render):
    class Wrong:
        errors = {"x": ["y"]}

    source = '{% extends "public.html" %}{% block title %}Log ind{% endblock %}'
    for context_, start in (({"form": Wrong()}, "Fejl: Log ind"), ({}, "Log ind")):
        title = next(parse(render(source, **context_)).iter("title"))
        assert text(title).startswith(start)


def test_htmx_is_told_to_keep_to_the_policy(render):
    html = render('{% include "_htmx.html" %}')
    assert '"includeIndicatorStyles": false' in html
    assert '"allowEval": false' in html
