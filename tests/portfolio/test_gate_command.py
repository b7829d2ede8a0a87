"""The gate on the command line: the same results as everywhere else, and an exit code a script can stand on."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from portfolio.gates import gate_for
from portfolio.models import Level, Stage
from tests.factories import InitiativeFactory, let_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def gate(capsys):
    """A call that runs the command and gives its exit code, what it said and what it complained of."""

    def run(*arguments):
        with pytest.raises(SystemExit) as stopped:
            call_command("gate", *arguments)
        said = capsys.readouterr()
        return stopped.value.code, said.out, said.err

    return run


def test_an_open_gate_ends_with_0(gate, n1_concept):
    code, out, err = gate(n1_concept.slug, "start")
    assert (code, err) == (0, "")
    assert n1_concept.name in out
    assert "N1-R1" in out


def test_a_closed_gate_ends_with_1_and_says_where_to_mend_it(gate, n2_concept, settings):
    settings.PUBLIC_BASE_URL = "https://portal.example.org/"
    code, out, err = gate(n2_concept.slug, "start")
    assert (code, err) == (1, "")
    first_missing = out.index("N2-G2")
    assert first_missing < out.index("N1-R1")
    assert f"https://portal.example.org/initiativer/{n2_concept.slug}/" in out


@pytest.mark.parametrize("transition", ["shape", "start", "admit", "launch"])
def test_json_is_the_gate_itself(gate, n2_concept, transition):
    code, out, _err = gate(n2_concept.slug, transition, "--json")
    found = json.loads(out)
    expected = gate_for(n2_concept, transition, on=timezone.localdate())
    assert code == (0 if expected.is_open and not found["wrong_stage"] else 1)
    assert found["open"] is expected.is_open
    assert [row["code"] for row in found["results"]] == [row.code for row in expected.results]
    assert [row["result"] for row in found["results"]] == [row.result for row in expected.results]
    assert found["counts"] == dict(expected.counts)
    assert (found["initiative"], found["transition"], found["level"]) == (n2_concept.slug, transition, Level.N2)


def test_json_links_to_where_it_is_mended(gate, n2_concept):
    _code, out, _err = gate(n2_concept.slug, "start", "--json")
    links = {row["code"]: row["link"] for row in json.loads(out)["results"]}
    assert links["N2-G3"].startswith("http")
    assert n2_concept.slug in links["N2-G3"]
    assert links["N1-R1"] == ""


def test_rules_are_asked_for_the_day(gate, n1_concept):
    before = (timezone.localdate() - timedelta(days=400)).isoformat()
    code, out, _err = gate(n1_concept.slug, "start", "--on", before, "--json")
    found = json.loads(out)
    assert (code, found["on"]) == (1, before)
    assert "N1-G2" in [row["code"] for row in found["results"] if row["result"] == "missing"]


def test_an_idea_says_what_its_shaping_needs(gate):
    idea = InitiativeFactory()
    code, out, _err = gate(idea.slug, "shape")
    assert code == 1
    assert "dialogue" in out


def test_nothing_opens_without_a_level(gate, catalogue):
    before_the_portal = InitiativeFactory(stage=Stage.PROJECT, level=None, catalogue=None)
    code, out, _err = gate(before_the_portal.slug, "launch", "--json")
    found = json.loads(out)
    assert (code, found["open"], found["wrong_stage"]) == (1, False, "")


def test_a_transition_from_another_stage_is_told_and_not_open(gate, n1_concept):
    project = let_on(n1_concept, "start")
    code, out, _err = gate(project.slug, "start", "--json")
    found = json.loads(out)
    assert found["open"]
    assert found["wrong_stage"]
    assert code == 1
    code, plain, _err = gate(project.slug, "start")
    assert code == 1
    assert found["wrong_stage"] in plain
    _code, launch, _err = gate(project.slug, "launch", "--json")
    assert json.loads(launch)["wrong_stage"] == ""


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("findes-ikke", "start"), id="unknown initiative"),
        pytest.param(("{slug}", "igangsæt"), id="unknown transition"),
        pytest.param(("{slug}", "close"), id="transition without a gate"),
        pytest.param(("{slug}", "start", "--on", "2026-02-31"), id="no such day"),
        pytest.param(("{slug}", "start", "--on", "i morgen"), id="no date"),
        pytest.param(("{slug}", "start", "--on", "0001-01-01"), id="before OS2"),
    ],
)
def test_wrong_use_ends_with_2_and_one_line(gate, n1_concept, arguments):
    code, out, err = gate(*(argument.format(slug=n1_concept.slug) for argument in arguments))
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1
