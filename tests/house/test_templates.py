"""Every template is used, and none carries what a strict content security policy would refuse."""

import re
from pathlib import Path

import allauth
import crispy_forms
import django
import pytest

from tests.house.tree import ROOT, files, named

FOLDER = ROOT / "templates"
TEMPLATES = {path.relative_to(FOLDER).as_posix(): path for path in files() if path.is_relative_to(FOLDER)}
# Django asks for these by itself.
ERROR_PAGES = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
PACK = "dkfds/"
REFUSED = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "javascript: address": re.compile(r"javascript:", re.IGNORECASE),
}


def package_files(module, pattern):
    return Path(module.__file__).parent.rglob(pattern)


def test_every_template_is_used():
    ours = "\n".join(
        path.read_text() for path in files(".py", ".html", ".txt") if not path.is_relative_to(ROOT / "tests")
    )
    packaged = [path.as_posix() for module in (allauth, django) for path in package_files(module, "*.*")]
    overridden = {path.partition("/templates/")[2] for path in packaged}
    pack = "\n".join(path.read_text() for path in package_files(crispy_forms, "*.py"))

    def used(name):
        if name in ERROR_PAGES or name in overridden or f'"{name}"' in ours or f"'{name}'" in ours:
            return True
        return name.startswith(PACK) and f"%s/{name.removeprefix(PACK)}" in pack

    assert [name for name in TEMPLATES if not used(name)] == []


@pytest.mark.parametrize("mark", REFUSED)
def test_no_template_carries(mark):
    found = [named(path) for path in TEMPLATES.values() if REFUSED[mark].search(path.read_text())]
    assert not found


def test_partials_are_only_ever_included():
    rendered = re.compile(r"template_name\s*=\s*[\"'](?:[\w/]+/)?_")
    assert [named(path) for path in files(".py") if rendered.search(path.read_text())] == []
