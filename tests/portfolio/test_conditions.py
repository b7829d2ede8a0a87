"""What a transition asks for beside the catalogue: each condition on both sides."""

import pytest

from governance.refusals import NotReady
from portfolio.gates import gate_for
from portfolio.models import Initiative
from tests.factories import BudgetFactory, DialogueFactory, InitiativeFactory, SubjectAreaFactory, again, days

pytestmark = pytest.mark.django_db
SHAPE = [
    "dialogue",
    "purpose",
    "description",
    "expected_effect",
    "local_value",
    "value_for_others",
    "subject_area",
    "overlap_assessment",
    "external_assessment",
]
TEXTS = [code for code in SHAPE if code not in ("dialogue", "subject_area")]


def missing(initiative, transition="shape", **more):
    return gate_for(again(initiative), transition, on=days(0), **more).codes("missing")


def shapely():
    initiative = InitiativeFactory(described=True)
    DialogueFactory(initiative=initiative, about_requirements=False)
    return initiative


def test_a_bare_idea_lacks_everything_and_a_described_one_nothing():
    assert missing(InitiativeFactory()) == SHAPE
    assert missing(shapely()) == []


@pytest.mark.parametrize("code", TEXTS)
@pytest.mark.parametrize("text", ["", " \n\t"])
def test_each_text_is_filled_in(code, text):
    idea = shapely()
    Initiative.objects.filter(pk=idea.pk).update(**{code: text})
    assert missing(idea) == [code]


def test_a_subject_area_is_chosen():
    idea = shapely()
    idea.subject_areas.clear()
    assert missing(idea) == ["subject_area"]
    idea.subject_areas.add(SubjectAreaFactory())
    assert missing(idea) == []


@pytest.mark.parametrize(("held", "expected"), [(0, []), (-400, []), (1, ["dialogue"])])
def test_a_dialogue_was_held(held, expected):
    idea = InitiativeFactory(described=True)
    DialogueFactory(initiative=idea, held_on=days(held))
    assert missing(idea) == expected


def test_an_idea_is_not_asked_for_the_catalogues_requirements(catalogue):
    assert all(row.theme == "" for row in gate_for(shapely(), "shape", on=days(0)).results)


@pytest.mark.parametrize(
    ("lines", "expected"), [([("os2", 1)], ["os2_funding"]), ([("local", 1)], []), ([("os2", 0)], [])]
)
@pytest.mark.parametrize("scope", ["project", "product"])
def test_lowering_to_n1_needs_that_no_os2_money_is_left(catalogue, scope, lines, expected):
    project = InitiativeFactory(project=True, level=2)
    BudgetFactory(initiative=project, scope=scope, lines=lines)
    assert missing(project, "lower_to_n1", level=1) == expected


@pytest.mark.parametrize(("level", "expected"), [(None, ["level"]), (1, [])])
def test_a_project_that_is_launched_has_a_level(catalogue, level, expected):
    project = InitiativeFactory(project=True, level=level)
    assert [code for code in missing(project, "launch") if code == "level"] == expected


def test_a_project_that_follows_no_catalogue_is_not_launched(catalogue):
    sandbox = InitiativeFactory(project=True, level=0, catalogue=None)
    assert missing(sandbox, "launch") == ["level"]


@pytest.mark.parametrize("code", SHAPE)
def test_what_is_missing_says_where_to_mend_it(code):
    row = next(row for row in gate_for(InitiativeFactory(), "shape", on=days(0)).missing if row.code == code)
    assert row.mend.url_name in {"portfolio:describe", "portfolio:dialogues"}
    assert row.message
    assert not row.deferrable


def test_a_closed_gate_is_a_refusal_with_all_its_reasons(n1_concept):
    from portfolio.steps import GateClosed  # noqa: PLC0415 - only here

    gate = gate_for(InitiativeFactory(), "shape", on=days(0))
    closed = GateClosed(gate)
    assert isinstance(closed, NotReady)
    assert closed.codes == SHAPE
