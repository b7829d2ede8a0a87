"""The people of a journey, the demo and the worker. Every test in this folder is a journey."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from portfolio.demo import people as demo_people
from tests.factories import PASSWORD
from tests.journeys.acting import Person


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


# ---------------------------------------------------------------- people
@pytest.fixture
def enter(new_page, axe):
    """A call that gives somebody a browser of their own, logged in by the form; without an address, a visitor."""

    def come_in(email="", password=PASSWORD, **options):
        person = Person(new_page(**options), axe if options.get("java_script_enabled", True) else None)
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
