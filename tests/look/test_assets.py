"""script/assets copies what the style sheet names and no more, and the served names are safe to cache for ever."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

ROOT = Path(__file__).resolve().parents[2]
URL = re.compile(r"url\((?!data:)([^)]+)\)")
MANIFEST = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}


def run(folder, *arguments):
    environment = os.environ | {"OS2PORTAL_DATA_DIR": str(folder)}
    return subprocess.run(
        [ROOT / "script/assets", *arguments], env=environment, capture_output=True, text=True, check=True
    )


@pytest.fixture(scope="module")
def vendor(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    run(folder)
    return folder / "assets/vendor"


def test_every_file_the_style_sheet_names_is_there_and_no_other(vendor):
    sheet = vendor / "dkfds/css/dkfds.min.css"
    named = {(sheet.parent / name.strip("\"'")).resolve() for name in URL.findall(sheet.read_text())}
    copied = {path.resolve() for path in vendor.rglob("*") if path.suffix in {".woff2", ".svg", ".png", ".eot", ".ttf"}}
    assert named == copied
    assert {path.suffix for path in named} == {".woff2", ".svg", ".png"}


def test_the_fonts_that_reports_are_set_in_are_there(vendor):
    fonts = vendor / "dkfds/fonts/IBMPlexSans/complete/woff2"
    assert {"IBMPlexSans-Regular.woff2", "IBMPlexSans-SemiBold.woff2"} <= {path.name for path in fonts.iterdir()}


def test_there_are_few_files(vendor):
    assert len([path for path in vendor.rglob("*") if path.is_file()]) < 50


def test_the_second_time_nothing_is_copied(vendor):
    folder = vendor.parents[1]
    before = (vendor / "htmx/htmx.min.js").stat().st_mtime_ns
    assert run(folder).stdout == ""
    assert (vendor / "htmx/htmx.min.js").stat().st_mtime_ns == before
    assert "files in" in run(folder, "--force").stdout


def test_collectstatic_finds_everything_that_is_named(vendor, tmp_path):
    with override_settings(
        STORAGES=MANIFEST, STATIC_ROOT=tmp_path, STATICFILES_DIRS=[settings.BASE_DIR / "static", vendor.parent]
    ):
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["django_htmx", "account"])
    collected = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")}
    for name in ("os2/portal", "os2/forms"):
        assert [each for each in collected if re.fullmatch(rf"{name}\.[0-9a-f]{{12}}\.css", each)]
    assert {"os2/error.css", "os2/icons.svg", "os2/favicon.svg", "os2/portal.js"} <= collected
