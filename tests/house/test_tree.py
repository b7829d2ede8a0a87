"""What holds for every file: its length, its marks, and that it works on another machine."""

import os
import re
import subprocess
import tokenize

import pytest

from tests.house.tree import ROOT, files, named

LONGEST = 400
# Somebody's home, or the folder a build happened to run in.
MACHINE_PATH = re.compile(r"(?<![\w.<$}])/(?:work|root|home|Users)/")
SCRIPTS = [path for folder in ("script", ".ci") for path in (ROOT / folder).iterdir() if not path.suffix]


def text_of(path):
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_module_is_too_long_to_read():
    too_long = [
        f"{named(path)}: {lines}"
        for path in files(".py", ".html", ".css", ".js")
        if "migrations" not in path.parts and (lines := len(text_of(path).splitlines())) > LONGEST
    ]
    assert not too_long


def test_no_path_of_one_machine():
    found = [f"{named(path)}: {line.strip()}" for path in files() for line in lines_with(MACHINE_PATH, path)]
    assert not found


def lines_with(pattern, path):
    return [line for line in text_of(path).splitlines() if pattern.search(line)]


@pytest.mark.parametrize(
    "mark",
    [
        pytest.param(r"\b(TODO|FIXME|XXX)\b", id="left for later"),
        pytest.param(r"noqa(?!.*\s-\s\S)", id="noqa without a reason"),
        pytest.param(r"type:\s*ignore\[[\w, -]+\](?!\s+#\s\S)", id="ignored type without a reason"),
        pytest.param(r"type:\s*ignore(?!\[)", id="ignored type without its code"),
    ],
)
def test_no_comment_is(mark):
    pattern = re.compile(mark)
    assert [f"{named(path)}: {line}" for path in files(".py") for line in comments(path) if pattern.search(line)] == []


def comments(path):
    with path.open("rb") as source:
        return [token.string for token in tokenize.tokenize(source.readline) if token.type == tokenize.COMMENT]


@pytest.mark.parametrize("path", SCRIPTS, ids=named)
def test_script_says_what_it_does_and_stops_at_errors(path):
    first, *rest = path.read_text().splitlines()
    assert first == "#!/usr/bin/env bash"
    assert rest[0].startswith("# ")
    assert rest[1].startswith("# Use: ")
    assert "set -euo pipefail" in rest
    assert os.access(path, os.X_OK), f"chmod +x {named(path)}"
    subprocess.run(["bash", "-n", str(path)], check=True)
