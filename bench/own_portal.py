"""A portal to measure in: settings, and a database of its own that goes away again."""

import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import django
import psycopg
from django.core.management import call_command
from django.db import connections

ROOT = Path(__file__).resolve().parents[1]
DATABASE = "os2portal_bench"


@contextmanager
def own_portal() -> Iterator[Path]:
    """Set Django up on an empty, migrated database; gives the folder that everything lies in.

    A SQLite file in that folder, or, where DATABASE_URL names a PostgreSQL server, a database of its own there. Child
    processes find it through the environment. All of it is gone in the end.
    """
    with tempfile.TemporaryDirectory(prefix="os2portal-bench-") as folder:
        os.environ["OS2PORTAL_DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "os2portal.settings.test"
        os.environ["OS2PORTAL_DEMO"] = "1"
        # The fonts of the PDF are among the files that script/setup has put in place.
        Path(folder, "assets").symlink_to(ROOT / "var" / "assets")
        with _own_database():
            django.setup()
            call_command("migrate", verbosity=0)
            yield Path(folder)
            connections.close_all()


@contextmanager
def _own_database() -> Iterator[None]:
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        os.environ.pop("DATABASE_URL", None)
        yield
        return
    os.environ["DATABASE_URL"] = urlsplit(server)._replace(path=f"/{DATABASE}").geturl()
    _order(server, f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)", f"CREATE DATABASE {DATABASE}")
    try:
        yield
    finally:
        _order(server, f"DROP DATABASE {DATABASE} WITH (FORCE)")


def _order(server: str, *orders: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        for order in orders:
            connection.execute(order)


def load_demo(initiatives: int) -> None:
    """OS2's portfolio, the demo's examples and people, and so many synthetic initiatives beside them."""
    call_command("load_demo", initiatives=str(initiatives), stdout=io.StringIO())
