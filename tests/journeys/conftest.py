"""A real browser on a real server. Every test in this folder is a journey."""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from playwright.sync_api import expect, sync_playwright

from portfolio.demo import people as demo_people
from tests.factories import PASSWORD
from tests.journeys.acting import Person

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
# Quiet on a closed network, and able to start as root in a container.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PERSON = {"locale": "da-DK", "timezone_id": "Europe/Copenhagen", "viewport": {"width": 1280, "height": 900}}
PATIENCE_MS = 10_000
ONLY_BARRIERS = {"resultTypes": ["violations"]}  # what is right is not described: that takes as long as finding it


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser():
    executable = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if executable is None:
        pytest.fail("Chromium is missing; script/test installs it, or: apt-get install chromium", pytrace=False)
    # Playwright runs an event loop in this thread; the tests' own queries are no part of it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser, live_server):
    """A call that opens an empty browser session on the live server, one for each person in the journey.

    The test fails if any of the pages had a script error or an answer of 500 and up.
    """
    contexts, problems = [], []

    def watch(page):
        page.on("pageerror", lambda error: problems.append(f"script error on {page.url}: {error}"))
        page.on("response", note)

    def note(response):
        if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            problems.append(f"{response.status} from {response.url}")

    def open_page():
        context = browser.new_context(base_url=live_server.url, **PERSON)
        context.set_default_timeout(PATIENCE_MS)
        context.on("page", watch)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert not problems, "\n".join(problems)


@pytest.fixture
def page(new_page):
    return new_page()


@pytest.fixture
def axe():
    """A call that finds no barriers on the page as it stands: axe(page)."""

    def assert_accessible(page):
        results = Axe().run(page, options=ONLY_BARRIERS)
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"

    return assert_accessible


# ---------------------------------------------------------------- people
@pytest.fixture
def enter(new_page, axe):
    """A call that gives somebody a browser of their own, logged in by the form; without an address, a visitor."""

    def come_in(email="", password=PASSWORD):
        person = Person(new_page(), axe)
        if email:
            person.logs_in(email, password)
        return person

    return come_in


@pytest.fixture
def demo(transactional_db, monkeypatch):
    """OS2's real portfolio and the people to try it with, loaded the way `script/run` loads them."""
    monkeypatch.setenv("OS2PORTAL_DEMO", "1")
    call_command("load_reference_data", verbosity=0)
    call_command("load_demo", verbosity=0)


@pytest.fixture
def enter_as(demo, enter):
    """A call that lets one of the demo's people in: enter_as("projektleder")."""
    return lambda key: enter(demo_people.EMAILS[key], demo_people.PASSWORD)


# ---------------------------------------------------------------- the worker
@pytest.fixture
def worker(live_server, tmp_path):
    """A `with` that has the real worker running beside the server, in a process of its own, as in production.

    It shares the test's database and a media folder with the server. Takes more environment for it, e.g. EMAIL_URL.
    """
    (tmp_path / "assets").symlink_to(settings.DATA_DIR / "assets")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "os2portal.settings.dev",
        "DATABASE_URL": _database_url(),
        "OS2PORTAL_DATA_DIR": str(tmp_path),
        "OS2PORTAL_BASE_URL": live_server.url,
    }
    command = [sys.executable, "manage.py", "db_worker", "--no-reload", "--no-startup-delay", "--interval", "0.2"]

    @contextmanager
    def running(**more):
        log = tmp_path / "worker.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                command, cwd=settings.BASE_DIR, env={**environment, **more}, stdout=output, stderr=subprocess.STDOUT
            )
        try:
            yield
            assert process.poll() is None, f"the worker has stopped:\n{log.read_text()}"
        finally:
            process.terminate()
            process.wait(timeout=30)

    with override_settings(MEDIA_ROOT=tmp_path / "media"):
        yield running


def _database_url():
    """The test's database, for another process."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
