"""The catalogue is read strictly and loaded once; the registers know who exists when, and never overwrite anybody."""

from datetime import date

import pytest
import yaml
from django.core.management import call_command

from governance.models import Body, Organisation, OrganisationPart
from portfolio.domain.reference import CATALOGUE_2016, CatalogueError, load_catalogue, read_catalogue
from portfolio.domain.registers import load_reference_data
from portfolio.models import EconomyCategory, Level, Phase, Requirement, RequirementCatalogue, SubjectArea
from tests.factories import InitiativeFactory
from tests.portfolio.counting import rows_per_table

LAST_DAY_OF_TWO = date(2026, 12, 31)
FIRST_DAY_OF_ONE = date(2027, 1, 1)


def in_force(level):
    rows = [row for row in read_catalogue(CATALOGUE_2016)[1] if row["level"] <= level]
    replaced = {code for row in rows for code in row["replaces"]}
    return [row for row in rows if row["code"] not in replaced]


# ---------------------------------------------------------------- the catalogue of 2016


@pytest.mark.parametrize(("level", "count"), [(Level.N1, 30), (Level.N2, 45), (Level.N3, 51)])
def test_so_many_requirements_are_in_force(level, count):
    assert len(in_force(level)) == count


@pytest.mark.django_db
def test_catalogue_is_loaded_as_its_file_says():
    catalogue = load_catalogue(CATALOGUE_2016)
    assert (catalogue.version, catalogue.valid_from) == ("2016", date(2016, 3, 14))
    assert catalogue.requirements.count() == 58
    majority = catalogue.requirements.get(code="N3-G2")
    assert (majority.level, majority.check_name) == (3, "board_majority_in_steering_group")
    assert not majority.deferrable
    assert catalogue.requirements.get(code="N1-F11").until_level == Level.N2
    assert catalogue.requirements.get(code="N2-R2").per_organisation
    assert catalogue.requirements.get(code="N3-S1").replaces == ["N2-S1"]
    assert catalogue.requirements.get(code="N1-G7").due == ""


@pytest.mark.django_db
def test_loading_a_catalogue_again_changes_nothing():
    first = list(Requirement.objects.filter(catalogue=load_catalogue(CATALOGUE_2016)).values())
    again = list(Requirement.objects.filter(catalogue=load_catalogue(CATALOGUE_2016)).values())
    assert again == first


# ---------------------------------------------------------------- a catalogue that is changed

SMALL = {
    "version": "prøve",
    "title_da": "Et lille kravkatalog",
    "valid_from": date(2020, 1, 1),
    "requirements": [
        {"code": "A1", "level": 1, "theme": "formal", "response": "fulfil", "due": "start"},
        {"code": "A2", "level": 1, "theme": "formal", "response": "comply_or_explain", "due": "launch"},
        {"code": "A3", "level": 1, "theme": "strategy", "response": "note"},
        {"code": "B1", "level": 2, "theme": "governance", "response": "automatic", "due": "start"},
    ],
}


def small():
    content = {**SMALL, "requirements": [dict(row) for row in SMALL["requirements"]]}
    for row in content["requirements"]:
        row.update(title_da=f"Krav {row['code']}", guidance_da="Sådan.")
    content["requirements"][3].update(check="approved_by_board", replaces=["A1"])
    return content


@pytest.fixture
def written(tmp_path):
    """A call that writes a catalogue to a file, after a change to it."""

    def write(change=None):
        content = small()
        if change is not None:
            change(content)
        path = tmp_path / "katalog.yaml"
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        return path

    return write


@pytest.mark.django_db
def test_a_catalogue_nobody_follows_can_be_changed(written):
    load_catalogue(written())
    catalogue = load_catalogue(written(lambda c: c["requirements"][0].update(title_da="Et andet krav")))
    assert catalogue.requirements.get(code="A1").title == "Et andet krav"
    assert RequirementCatalogue.objects.count() == 1
    assert catalogue.requirements.count() == 4


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda c: c["requirements"][0].update(deferrable=False), id="a requirement"),
        pytest.param(lambda c: c["requirements"].reverse(), id="their order"),
        pytest.param(lambda c: c["requirements"].pop(0) and c["requirements"][2].pop("replaces"), id="one less"),
        pytest.param(lambda c: c.update(valid_from=date(2021, 1, 1)), id="its date"),
    ],
)
def test_a_catalogue_in_use_is_never_changed(written, change):
    catalogue = load_catalogue(written())
    InitiativeFactory(concept=True, level=1, catalogue=catalogue)
    before = list(catalogue.requirements.values())
    with pytest.raises(CatalogueError) as refused:
        load_catalogue(written(change))
    assert refused.value.codes == ["in_use"]
    assert list(RequirementCatalogue.objects.get().requirements.values()) == before
    assert load_catalogue(written()) == catalogue


def first_row(**fields):
    return lambda content: content["requirements"][0].update(fields)


def last_row(**fields):
    return lambda content: content["requirements"][3].update(fields)


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("not_a_catalogue", lambda c: c.update(more="felter")),
        ("not_a_catalogue", lambda c: c.pop("valid_from")),
        ("not_a_catalogue", lambda c: c.update(requirements="ingen")),
        ("version", lambda c: c.update(version=2016)),
        ("version", lambda c: c.update(version="9" * 21)),
        ("title_da", lambda c: c.update(title_da="")),
        ("valid_from", lambda c: c.update(valid_from="i foråret")),
        ("no_requirements", lambda c: c.update(requirements=[])),
        ("not_a_requirement", lambda c: c["requirements"].append("A9")),
        ("missing_field", lambda c: c["requirements"][0].pop("title_da")),
        ("unknown_field", first_row(krav="ja")),
        ("duplicate_code", lambda c: c["requirements"][1].update(code="A1")),
        ("unknown_word", lambda c: c["requirements"][1].update(level=4)),
        ("unknown_word", lambda c: c["requirements"][1].update(level=True)),
        ("unknown_word", first_row(theme="økonomi")),
        ("unknown_word", first_row(due="altid")),
        ("unknown_word", first_row(per="person")),
        ("unknown_word", first_row(deferrable="nej")),
        ("bad_text", first_row(title_da="x" * 201)),
        ("bad_text", first_row(guidance_da=7)),
        ("check_misplaced", first_row(check="approved_by_board")),
        ("check_misplaced", lambda c: c["requirements"][3].pop("check")),
        ("unknown_check", last_row(check="approved_by_nobody")),
        ("bad_text", last_row(check=["approved_by_board"])),
        ("due_misplaced", lambda c: c["requirements"][0].pop("due")),
        ("due_misplaced", lambda c: c["requirements"][2].update(due="start")),
        ("until_level_misplaced", first_row(until_level=2)),
        ("per_misplaced", last_row(per="organisation")),
        ("replaces_not_a_list", last_row(replaces="A1")),
        ("replaces_not_a_list", last_row(replaces=[["A1"]])),
        ("replaces_unknown", last_row(replaces=["A9"])),
        ("replaces_not_lower", first_row(replaces=["A2"])),
    ],
)
def test_a_broken_catalogue_is_refused_with_its_place(written, code, change):
    path = written(change)
    with pytest.raises(CatalogueError) as refused:
        read_catalogue(path)
    assert refused.value.codes == [code]
    assert path.name in refused.value.refusals[0].message


@pytest.mark.parametrize("content", [b"requirements: [", b"\xff\xfe\x00", None])
def test_a_file_that_cannot_be_read_is_refused(tmp_path, content):
    path = tmp_path / "katalog.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CatalogueError) as refused:
        read_catalogue(path)
    assert refused.value.codes == ["unreadable"]


def test_all_that_is_wrong_is_told_at_once(written):
    def change(content):
        content["requirements"][0].update(level=7)
        content["requirements"][3].update(check="nothing", replaces=["A9"])

    with pytest.raises(CatalogueError) as refused:
        read_catalogue(written(change))
    assert refused.value.codes == ["unknown_word", "unknown_check", "replaces_unknown"]


# ---------------------------------------------------------------- organisations, bodies, lists


@pytest.mark.django_db
def test_reference_data_is_loaded_once():
    assert load_reference_data().total > 0
    before = rows_per_table()
    assert load_reference_data().total == 0
    assert rows_per_table() == before


@pytest.mark.django_db
def test_authorities_and_top_bodies_are_there():
    load_reference_data()
    assert Organisation.objects.filter(kind="municipality").count() == 98
    assert Organisation.objects.get(code="0326").name == "Kalundborg"
    assert set(Body.objects.values_list("kind", flat=True)) == {"board", "general_assembly"}
    assert Organisation.objects.get(kind="association").name == "Foreningen OS2"
    assert list(Phase.objects.values_list("name", flat=True))[:2] == ["Analyse", "Udbud"]
    assert {"Udvikling", "Drift", "Ændringshåndtering", "Koordinering"} <= set(
        EconomyCategory.objects.values_list("name", flat=True)
    )
    assert SubjectArea.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "regions", "zealand"),
    [(LAST_DAY_OF_TWO, 5, "Region Sjælland"), (FIRST_DAY_OF_ONE, 4, "Region Østdanmark")],
)
def test_two_regions_become_one_and_take_their_municipalities_along(day, regions, zealand):
    load_reference_data()
    assert Organisation.objects.on(day).filter(kind="region").count() == regions
    parts = OrganisationPart.objects.on(day)
    assert parts.count() == 98
    assert parts.get(part__name="Kalundborg").whole.name == zealand
    assert parts.get(part__name="Aarhus").whole.name == "Region Midtjylland"


@pytest.mark.django_db
def test_the_new_region_has_no_code_yet_and_all_46_municipalities():
    load_reference_data()
    merged = Organisation.objects.get(name="Region Østdanmark")
    assert merged.code is None
    assert merged.parts.count() == 46


@pytest.mark.django_db
def test_what_somebody_changed_is_left_alone():
    load_reference_data()
    Organisation.objects.filter(code="0101").update(name="Hovedstaden")
    Organisation.objects.filter(name="Region Østdanmark").update(name="Øst", code="1086")
    Body.objects.filter(kind="board").update(name="Porteføljestyregruppen")
    Phase.objects.filter(name="Udbud").delete()
    before = rows_per_table()
    assert load_reference_data().total == 0
    assert rows_per_table() == before
    assert Organisation.objects.get(code="0101").name == "Hovedstaden"


@pytest.mark.django_db
def test_the_command_says_what_it_did(capsys):
    call_command("load_reference_data")
    call_command("load_reference_data")
    first, again = capsys.readouterr().out.splitlines()
    assert any(character.isdigit() for character in first)
    assert not any(character.isdigit() for character in again)


@pytest.mark.django_db
def test_the_command_refuses_a_catalogue_that_differs_from_the_one_in_use(capsys):
    catalogue = load_catalogue(CATALOGUE_2016)
    InitiativeFactory(concept=True, level=1, catalogue=catalogue)
    catalogue.requirements.filter(code="N1-R1").update(title="Noget andet")
    with pytest.raises(SystemExit) as stopped:
        call_command("load_reference_data")
    assert stopped.value.code == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not Organisation.objects.filter(kind="region").exists()
