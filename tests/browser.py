"""A real browser on a real server, one for each process of tests: two event loops of Playwright do not live together.

The fixtures are known everywhere through tests/conftest.py.
"""

import os
import shutil
from http import HTTPStatus

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from playwright.sync_api import expect, sync_playwright

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

    It takes options for the browser, e.g. java_script_enabled=False. The test fails if any of the pages had a script
    error or an answer of 500 and up.
    """
    contexts, problems = [], []

    def watch(page):
        page.on("pageerror", lambda error: problems.append(f"script error on {page.url}: {error}"))
        page.on("response", note)

    def note(response):
        if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            problems.append(f"{response.status} from {response.url}")

    def open_page(**options):
        context = browser.new_context(base_url=live_server.url, **PERSON, **options)
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
    """A call that finds no barriers on the page as it stands: axe(page).

    Looks on SQLite only. The pages are the same on both databases, and looking takes half of a journey's time.
    """

    def assert_accessible(page):
        results = Axe().run(page, options=ONLY_BARRIERS)
        assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"

    return assert_accessible if connection.vendor == "sqlite" else lambda _page: None
