"""Answering, adding evidence and judging: each for those who may, and nobody loses another's text."""

from contextlib import suppress

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from governance.domain.files import reasons_against_file
from governance.models import HistoryIsNeverRewrittenError
from governance.refusals import NotAllowed, NotReady, Stale, WrongStage
from portfolio.domain import checklist
from portfolio.facts import facts_of
from portfolio.models import Answer, Evidence, Judgement, Stage
from tests.factories import (
    ROLES,
    InitiativeFactory,
    OrganisationFactory,
    ParticipationFactory,
    business_manager,
    days,
    person_as,
)

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n"
MANAGES = {"business_manager", "secretariat"}
OWN = {"owner", "lead", "steering_member", "steering_chair"}
PRODUCT_GROUP = {"coordinator", "coordination_member", "system_owner"}


@pytest.fixture
def concept(catalogue):
    return InitiativeFactory(concept=True, level=2)


def answer(initiative, code="N1-R1", *, by=None, value="yes", text="Det er beskrevet.", **more):
    return checklist.answer(
        initiative_id=initiative.pk, code=code, value=value, text=text, by=by or business_manager(), **more
    )


def refused(error, initiative, *args, **more):
    before = list(Answer.objects.order_by("pk").values())
    with pytest.raises(error) as refusal:
        answer(initiative, *args, **more)
    assert list(Answer.objects.order_by("pk").values()) == before
    return refusal.value


# ---------------------------------------------------------------- answers


def test_an_answer_tells_who_and_when(concept):
    row = answer(concept, by=person_as("lead", concept))
    stored = Answer.objects.get(pk=row.pk)
    assert (stored.value, stored.text, stored.version) == ("yes", "Det er beskrevet.", 1)
    assert stored.answered_by == person_as("lead", concept)
    assert facts_of(concept, days(0)).answers["N1-R1", None].answered_on == days(0)


def test_a_changed_answer_is_a_new_version_and_the_old_one_is_kept(concept):
    answer(concept)
    changed = answer(concept, text="Nu bedre.", version=1)
    assert changed.version == 2
    assert [h.text for h in changed.history.order_by("history_id")] == ["Det er beskrevet.", "Nu bedre."]


def test_the_same_answer_again_confirms_it(concept):
    first = answer(concept)
    Answer.objects.filter(pk=first.pk).update(answered_at=first.answered_at - (days(400) - days(0)))
    confirmed = answer(concept, version=1)
    assert confirmed.version == 1
    assert confirmed.answered_at > first.answered_at


def test_a_double_click_is_one_answer(concept):
    person = person_as("lead", concept)
    first = answer(concept, by=person)
    assert answer(concept, by=person) == first
    assert Answer.objects.get().version == 1


@pytest.mark.parametrize("seen", [0, 1, 3])
def test_somebody_elses_answer_is_not_overwritten(concept, seen):
    answer(concept, text="En.")
    answer(concept, text="To.", version=1)
    refusal = refused(Stale, concept, text="Min.", version=seen, by=person_as("lead", concept))
    assert refusal.codes == ["stale"]
    assert refusal.current.text == "To."


@pytest.mark.parametrize("value", ["no", "explained", "not_relevant"])
@pytest.mark.parametrize("text", ["", " \n"])
def test_a_deviation_is_explained(concept, value, text):
    assert refused(NotReady, concept, "N1-F10", value=value, text=text).codes == ["text_missing"]


@pytest.mark.parametrize("value", ["yes", "planned", "unsure", "open"])
def test_other_answers_may_stand_alone(concept, value):
    assert answer(concept, value=value, text="").value == value


@pytest.mark.parametrize(
    ("code", "expected"),
    [("N1-G1", "not_answered_by_hand"), ("N1-G7", "not_answered_by_hand"), ("N9-X1", "unknown_requirement")],
)
def test_only_what_is_asked_of_people_is_answered(concept, code, expected):
    assert refused(WrongStage, concept, code).codes == [expected]


def test_an_initiative_without_a_catalogue_has_nothing_to_answer(catalogue):
    initiative = InitiativeFactory(project=True, level=None)
    assert refused(WrongStage, initiative).codes == ["unknown_requirement"]


def test_a_requirement_of_the_next_level_may_be_answered_ahead(concept):
    assert answer(concept, "N3-R1").requirement.level == 3


# ---------------------------------------------------------------- one for each participant


def test_each_participant_has_an_answer(concept):
    one, two = (ParticipationFactory(initiative=concept).organisation for _ in range(2))
    answer(concept, "N2-R2", organisation=one, text="Direktionen siger ja.")
    answer(concept, "N2-R2", organisation=two, value="planned")
    assert {a.organisation: a.value for a in Answer.objects.all()} == {one: "yes", two: "planned"}


def test_it_is_said_for_whom(concept):
    ParticipationFactory(initiative=concept)
    assert refused(NotReady, concept, "N2-R2").codes == ["organisation_missing"]


def test_others_are_answered_for_the_whole_initiative(concept):
    organisation = ParticipationFactory(initiative=concept).organisation
    assert refused(NotReady, concept, "N1-R1", organisation=organisation).codes == ["organisation_missing"]


@pytest.mark.parametrize("taking_part", [None, {"role": "vendor"}, {"valid_to": days(-1)}, {"valid_from": days(1)}])
def test_nobody_answers_for_one_who_takes_no_part(concept, taking_part):
    organisation = OrganisationFactory()
    if taking_part:
        ParticipationFactory(initiative=concept, organisation=organisation, **taking_part)
    assert refused(NotAllowed, concept, "N2-R2", organisation=organisation).codes == ["not_allowed"]


# ---------------------------------------------------------------- who answers


@pytest.mark.parametrize(
    ("stage", "allowed"),
    [
        (Stage.IDEA, set()),
        (Stage.CONCEPT, MANAGES | OWN | {"proposer", "participant", "steering_observer"}),
        (Stage.PROJECT, MANAGES | OWN),
        (Stage.PRODUCT, MANAGES | OWN | PRODUCT_GROUP),
        (Stage.CLOSED, set()),
    ],
)
def test_who_answers_when(catalogue, stage, allowed):
    initiative = InitiativeFactory(stage=stage, level=2)
    found = set()
    for role in ROLES:
        with suppress(NotAllowed):
            answer(initiative, by=person_as(role, initiative)).delete()
            found.add(role)
    assert found == allowed


# ---------------------------------------------------------------- judgements


def judged(row, **more):
    fields = {"version": row.version, "light": "green", "remark": "", "by": business_manager()}
    return checklist.judge(answer_id=row.pk, **{**fields, **more})


def test_a_judgement_is_about_one_version_and_is_never_rewritten(concept):
    row = answer(concept)
    judgement = judged(row)
    assert facts_of(concept, days(0)).answers["N1-R1", None].light == "green"
    answer(concept, text="Nu anderledes.", version=1)
    assert facts_of(concept, days(0)).answers["N1-R1", None].light == ""
    for attempt in (judgement.save, judgement.delete, Judgement.objects.all().delete):
        with pytest.raises(HistoryIsNeverRewrittenError):
            attempt()


def test_the_latest_judgement_counts(concept):
    row = answer(concept)
    judged(row, light="red", remark="Mangler bilag.")
    judged(row)
    assert facts_of(concept, days(0)).answers["N1-R1", None].light == "green"


def test_an_answer_that_changed_is_read_again_before_it_is_judged(concept):
    row = answer(concept)
    answer(concept, text="Nu anderledes.", version=1)
    with pytest.raises(Stale) as refusal:
        judged(row)
    assert refusal.value.codes == ["stale"]
    assert not Judgement.objects.exists()


@pytest.mark.parametrize("light", ["yellow", "red"])
def test_yellow_and_red_have_a_remark(concept, light):
    row = answer(concept)
    with pytest.raises(NotReady) as refusal:
        judged(row, light=light, remark=" ")
    assert refusal.value.codes == ["remark_missing"]
    assert judged(row, light=light, remark="Bilaget mangler.").light == light


@pytest.mark.parametrize("role", [role for role in ROLES if role not in MANAGES])
def test_nobody_else_judges(concept, role):
    row = answer(concept)
    with pytest.raises(NotAllowed) as refusal:
        judged(row, by=person_as(role, concept))
    assert refusal.value.codes == ["not_allowed"]
    assert not Judgement.objects.exists()


# ---------------------------------------------------------------- evidence


def evidence(row, **more):
    return checklist.add_evidence(answer_id=row.pk, **{"by": business_manager(), **more})


def upload(name="bilag.pdf", content=b"%PDF-1.7 ..."):
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bilag.pdf", b"%PDF-1.7"),
        ("BILAG.PDF", b"%PDF-1.7"),
        ("foto.png", PNG),
        ("foto.jpg", b"\xff\xd8\xff\xe0"),
        ("foto.jpeg", b"\xff\xd8\xff\xe0"),
        ("aftale.docx", b"PK\x03\x04"),
        ("tal.xlsx", b"PK\x03\x04"),
        ("note.txt", "Blåbærgrød".encode()),
        ("note.md", b"# Note"),
        ("tal.csv", b"a;b"),
    ],
)
def test_these_files_are_evidence(concept, name, content):
    row = answer(concept)
    stored = evidence(row, upload=upload(name, content))
    assert stored.title == name
    assert stored.size == len(content)
    assert stored.file.read() == content
    assert name.lower() not in stored.file.name.lower()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("program.exe", b"MZ\x90", "file_kind"),
        ("side.html", b"<html>", "file_kind"),
        ("tegning.svg", b"<svg/>", "file_kind"),
        ("bilag", b"%PDF-1.7", "file_kind"),
        ("bilag.pdf.exe", b"%PDF-1.7", "file_kind"),
        ("bilag.pdf", b"", "file_empty"),
        ("bilag.pdf", b"MZ\x90", "file_content"),
        ("foto.png", b"%PDF-1.7", "file_content"),
        ("aftale.docx", b"MZ\x90", "file_content"),
        ("note.txt", b"MZ\x90\x00", "file_content"),
        ("note.txt", b"\x7fELF", "file_content"),
        ("note.md", b"<!DOCTYPE html>", "file_content"),
        ("tal.csv", b"a\x00b", "file_content"),
    ],
)
def test_these_files_are_not(concept, name, content, code):
    row = answer(concept)
    with pytest.raises(NotReady) as refusal:
        evidence(row, upload=upload(name, content))
    assert refusal.value.codes == [code]
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(("extra", "codes"), [(0, []), (1, ["file_size"])])
def test_a_file_is_at_most_so_large(settings, extra, codes):
    settings.EVIDENCE_MAX_BYTES = 100
    found = reasons_against_file(upload(content=b"%PDF-" + b"x" * (95 + extra)))
    assert [refusal.code for refusal in found] == codes


def test_a_link_is_evidence_and_nothing_is_none(concept):
    row = answer(concept)
    assert evidence(row, url="https://example.org/kode").title == "https://example.org/kode"
    with pytest.raises(NotReady) as refusal:
        evidence(row)
    assert refusal.value.codes == ["evidence_missing"]


@pytest.mark.parametrize("role", ["stranger", "member_user", "board_chair", "coordinator"])
def test_only_those_who_answer_add_and_remove_evidence(concept, role):
    row = answer(concept)
    stored = evidence(row, url="https://example.org/")
    by = person_as(role, concept)
    for attempt in (
        lambda: evidence(row, url="https://example.org/min", by=by),
        lambda: checklist.remove_evidence(evidence_id=stored.pk, by=by),
    ):
        with pytest.raises(NotAllowed) as refusal:
            attempt()
        assert refusal.value.codes == ["not_allowed"]
    assert list(Evidence.objects.all()) == [stored]


def test_a_removed_file_is_gone_when_the_removal_is_saved(concept, django_capture_on_commit_callbacks):
    stored = evidence(answer(concept), upload=upload())
    storage, name = stored.file.storage, stored.file.name
    with django_capture_on_commit_callbacks(execute=True):
        checklist.remove_evidence(evidence_id=stored.pk, by=business_manager())
    assert not Evidence.objects.exists()
    assert not storage.exists(name)


def test_answer_and_evidence_are_saved_together_or_not_at_all(concept):
    more = {"initiative_id": concept.pk, "code": "N1-R1", "value": "yes", "text": "", "by": business_manager()}
    with pytest.raises(NotReady) as refusal:
        checklist.answer_with_evidence(**more, upload=upload("program.exe", b"MZ"))
    assert refusal.value.codes == ["file_kind"]
    assert not Answer.objects.exists()
    row = checklist.answer_with_evidence(**more, url="https://example.org/", upload=upload())
    assert row.evidence.count() == 2
    checklist.answer_with_evidence(**more, url="https://example.org/", upload=ContentFile(b"%PDF-1.7 ...", "bilag.pdf"))
    assert row.evidence.count() == 2
