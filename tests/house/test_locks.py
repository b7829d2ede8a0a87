"""The lock files fit pyproject.toml, carry hashes and name no address."""

import json
import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
BASE = PROJECT["project"]["dependencies"]
GROUPS = PROJECT["dependency-groups"]
ASKED = {
    "base": BASE,
    "dev": BASE + GROUPS["dev"],
    "node": GROUPS["node"],
    "postgresql": GROUPS["postgresql"],
}


def entries(lock):
    """Each pinned requirement of a lock with the number of its hashes."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text().replace("\\\n", " ")
    for line in filter(None, map(str.strip, text.splitlines())):
        pin, *hashes = line.split("--hash=sha256:")
        yield Requirement(pin), hashes


def pins(lock):
    versions = {}
    for requirement, _ in entries(lock):
        (clause,) = requirement.specifier
        assert clause.operator == "==", str(requirement)
        versions[canonicalize_name(requirement.name)] = clause.version
    return versions


@pytest.mark.parametrize("lock", ASKED)
def test_lock_has_what_pyproject_asks_for(lock):
    locked = pins(lock)
    for wanted in map(Requirement, ASKED[lock]):
        version = locked.get(canonicalize_name(wanted.name))
        assert version is not None, f"{wanted.name} is not in requirements/{lock}.txt; run script/lock"
        assert wanted.specifier.contains(version), f"{wanted} is locked at {version}; run script/lock"


def test_tests_run_on_the_versions_that_are_served():
    dev = pins("dev")
    assert {name: dev.get(name) for name in pins("base")} == pins("base")


@pytest.mark.parametrize("lock", ASKED)
def test_every_package_is_hashed(lock):
    for requirement, hashes in entries(lock):
        assert hashes, f"{requirement} has no hash"
        assert all(re.fullmatch(r"[0-9a-f]{64}", digest.strip()) for digest in hashes), str(requirement)


@pytest.mark.parametrize("name", ["package-lock.json", ".npmrc", *(f"requirements/{lock}.txt" for lock in ASKED)])
def test_lock_names_no_address(name):
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert not re.search(r"^\s*(-i|-f|--index-url|--extra-index-url|--find-links|registry)\b", text, re.MULTILINE)


def test_node_lock_has_what_package_json_asks_for():
    asked = json.loads((ROOT / "package.json").read_text())["dependencies"]
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in asked} == asked
    for path, package in packages.items():
        assert path == "" or package["integrity"].startswith("sha512-"), path
