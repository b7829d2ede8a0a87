"""What every test stands on: the database as it will be used, a media folder that goes away, and common situations."""

import gc

import pytest
from django.test import override_settings

from portfolio.domain.reference import CATALOGUE_2016, load_catalogue
from portfolio.models import Requirement, RequirementCatalogue
from tests.browser import axe, browser, new_page, page  # noqa: F401 - fixtures, one of each for every folder
from tests.factories import InitiativeFactory, person_as, ready

# Looking for garbage after every 700 objects, as Python does by itself, takes a twentieth of the time.
gc.set_threshold(200_000, 50, 1000)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """On SQLite: a file instead of memory.

    In memory, the live server's threads would share the test's one connection, and write locks would never meet.
    """
    from django.conf import settings  # noqa: PLC0415 - not before pytest-django has chosen the settings

    database = settings.DATABASES["default"]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        database["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;"


@pytest.fixture(scope="session", autouse=True)
def media_root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("media")
    with override_settings(MEDIA_ROOT=folder):
        yield folder


@pytest.fixture(scope="session")
def catalogue_rows():
    """What the catalogue of 2016 holds, once it has been read; parsing it for every test would take minutes."""
    return {}


@pytest.fixture
def catalogue(db, catalogue_rows):
    """The requirement catalogue of 2016, loaded into the test's database."""
    if not catalogue_rows:
        loaded = load_catalogue(CATALOGUE_2016)
        catalogue_rows["catalogue"] = _columns(RequirementCatalogue.objects.filter(pk=loaded.pk), without=["id"])[0]
        catalogue_rows["requirements"] = _columns(loaded.requirements.all(), without=["id", "catalogue_id"])
        return loaded
    loaded = RequirementCatalogue.objects.create(**catalogue_rows["catalogue"])
    Requirement.objects.bulk_create(Requirement(catalogue=loaded, **row) for row in catalogue_rows["requirements"])
    return loaded


def _columns(rows, *, without):
    return [{name: value for name, value in row.items() if name not in without} for row in rows.values()]


@pytest.fixture
def n1_concept(catalogue):
    """A concept on N1 that may be started."""
    return ready(InitiativeFactory(concept=True, described=True, level=1))


@pytest.fixture
def n2_concept(catalogue):
    """A concept on N2 that lacks only the board's decision."""
    return ready(InitiativeFactory(concept=True, described=True, level=2))


@pytest.fixture
def n3_concept(catalogue):
    """A concept on N3 that lacks only the board's decision; four of its steering group's seven sit on the board."""
    return ready(InitiativeFactory(concept=True, described=True, level=3))


@pytest.fixture
def concept(request, catalogue):
    """A concept that may be started, on the level given with `indirect`."""
    return ready(InitiativeFactory(concept=True, described=True, level=request.param))


@pytest.fixture
def client_as(client):
    """A call that gives the client, signed in as the person with a role: client_as("lead", initiative)."""

    def sign_in(role, initiative=None):
        client.force_login(person_as(role, initiative))
        return client

    return sign_in
