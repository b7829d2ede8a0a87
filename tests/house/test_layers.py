"""The layer rule that import-linter cannot say, because it does not look inside Django."""

import ast

import pytest

from tests.house.tree import APPS, ROOT, files, named

WEB = ("django.http.", "django.shortcuts.", "django.template.", "django.views.")
BELOW_THE_PAGES = [
    path
    for app in APPS
    for layer in ("domain", "models")
    for path in files(".py")
    if path.is_relative_to(ROOT / app / layer)
]


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", BELOW_THE_PAGES, ids=named)
def test_rules_and_rows_never_see_a_request_or_html(path):
    assert [name for name in imported(path) if f"{name}.".startswith(WEB)] == []
