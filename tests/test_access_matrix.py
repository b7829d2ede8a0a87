"""Every address x every role: who gets in, from one table (tests/access/table.py). An address without a row fails."""

from contextlib import nullcontext
from http import HTTPStatus
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import transaction
from django.shortcuts import resolve_url
from django.template.response import SimpleTemplateResponse
from django.urls import URLPattern, get_resolver, reverse

from portfolio.domain.reference import CATALOGUE_2016, load_catalogue
from tests.access.table import ACCOUNT, LOGIN, TABLE
from tests.access.world import ROLES, build
from tests.look.html import parse

# A form that was sent empty, or a button that was pressed when nothing was waiting, is told why; nobody is shut out.
ANSWERED = {HTTPStatus.OK, HTTPStatus.FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY}

# Setting a page costs five times as much as deciding who gets it, so it is set for those whose pages differ most.
SEES_THE_PAGE = {"proposer", "lead", "board_member", "business_manager"}


def addresses(resolver=None, namespace=""):
    """The names of all addresses of the portal."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}"
        else:
            yield from addresses(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)


def test_every_address_has_a_row_and_every_row_an_address():
    rows = [address.name for address in TABLE]
    assert sorted(rows) == sorted(set(rows))
    assert set(rows) == set(addresses())


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker):
    """One transaction for the whole module, rolled back in the end: the world is dear to build."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world(db, media_root):
    load_catalogue(CATALOGUE_2016)
    return build()


def _knock(world, address, role, method):
    """What somebody gets who knocks; whatever it did is undone."""
    with transaction.atomic():
        address.given(world)
        sent = address.data(world) if method == "post" else {}
        with nullcontext() if role in SEES_THE_PAGE else patch.object(SimpleTemplateResponse, "rendered_content", ""):
            answer = getattr(world.clients[role], method)(reverse(address.name, kwargs=address.args(world)), sent)
        transaction.set_rollback(True)
    return answer


def _is_sent_to_login(answer):
    return answer.status_code == HTTPStatus.FOUND and answer["Location"].startswith(resolve_url(settings.LOGIN_URL))


def _expected(address, role, method):
    """The statuses that are right, for one who is signed in."""
    allowed = getattr(address, method)
    if allowed is None:
        told = address.post if method == "get" else address.get
        return {HTTPStatus.METHOD_NOT_ALLOWED} if role in (address.sees or told) else {HTTPStatus.NOT_FOUND}
    if role in allowed:
        return {address.signed_in} if method == "get" else ANSWERED
    # One who may read the page is told that this is not allowed; for others there is no page.
    may_read = method == "post" and role in (address.get or address.sees or ())
    return {HTTPStatus.FORBIDDEN if may_read else HTTPStatus.NOT_FOUND}


def _is_right(address, answer, role, method):
    if role != "anonymous":
        return not _is_sent_to_login(answer) and answer.status_code in _expected(address, role, method)
    if address.anonymous == LOGIN:
        return _is_sent_to_login(answer)
    return answer.status_code in (ANSWERED if method == "post" else {address.anonymous})


def _methods():
    for address in TABLE:
        yield pytest.param(address, "get", id=f"GET {address.name}")
        # The account pages' forms are allauth's; open pages without a form are looked at by anybody.
        if address not in ACCOUNT and (address.post is not None or address.anonymous == LOGIN):
            yield pytest.param(address, "post", id=f"POST {address.name}")


@pytest.mark.parametrize(("address", "method"), list(_methods()))
def test_everybody_gets_what_the_table_says(world, address, method):
    wrong = {}
    for role in ("anonymous", *ROLES):
        answer = _knock(world, address, role, method)
        if not _is_right(address, answer, role, method):
            wrong[role] = answer.status_code
    assert not wrong


def test_what_does_not_exist_is_told_like_what_is_not_visible(world):
    client = world.clients["member_user"]
    hidden = client.get(reverse("portfolio:initiative", args=[world.initiative.slug]))
    unknown = client.get(reverse("portfolio:initiative", args=["findes-ikke"]))
    assert hidden.status_code == unknown.status_code == HTTPStatus.NOT_FOUND
    assert world.initiative.name not in hidden.content.decode()


# Pages that offer what can be done next; a link on them that leads to nothing is a promise broken.
PAGES = ("desk", "initiative", "level-difference", "organisation", "economy", "initiative-cases", "initiative-reports")
OFFERING = [row for row in TABLE if row.name in {f"portfolio:{page}" for page in PAGES}]
# Those whose rights differ most.
OFFERED_TO = ("proposer", "participant", "lead", "steering_member", "coordinator", "board_member")


@pytest.mark.parametrize("role", OFFERED_TO)
def test_nobody_is_offered_a_link_that_leads_to_nothing(world, role):
    client, offered = world.clients[role], {}
    for row in OFFERING:
        if role in row.get:
            answer = client.get(reverse(row.name, kwargs=row.args(world)))
            if answer["Content-Type"].startswith("text/html"):
                for link in parse(answer.content).iter("a"):
                    place = urlsplit(link.get("href", ""))
                    if place.path and not place.netloc:
                        offered.setdefault(place.path, row.name)
    dead = {path: name for path, name in offered.items() if client.get(path).status_code >= HTTPStatus.BAD_REQUEST}
    assert not dead
