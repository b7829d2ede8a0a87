import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portfolio.checklist_rows import checklist_of
from portfolio.domain import checklist
from portfolio.facts import facts_of
from portfolio.gates import result_of
from portfolio.models import Answer, Deferral, Evidence, Judgement, Requirement
from tests.factories import (
    AnswerFactory,
    InitiativeFactory,
    ParticipationFactory,
    answer_all,
    at,
    business_manager,
    days,
    decide,
    person_as,
    ready,
)
from tests.look.html import all_with, assert_wired, by_id, parse, text

PDF = b"%PDF-1.7 bevis"


@pytest.fixture
def concept(catalogue):
    return InitiativeFactory(concept=True, described=True, level=1)


def page_of(initiative, **query):
    return reverse("portfolio:checklist", args=[initiative.slug], query=query)


def answer_url(initiative, code, **query):
    return reverse("portfolio:answer", args=[initiative.slug, code], query=query)


def given(initiative, code, **more):
    requirement = Requirement.objects.get(catalogue=initiative.catalogue, code=code)
    return AnswerFactory(initiative=initiative, requirement=requirement, **more)


def fields(**more):
    return {"value": "yes", "text": "Det er på plads.", "version": "0", **more}


# ---------------------------------------------------------------- the list
@pytest.mark.parametrize(("level", "rows"), [(1, 30), (2, 45), (3, 51)])
def test_every_requirement_in_force_has_a_row(client_as, catalogue, level, rows):
    concept = ready(InitiativeFactory(concept=True, described=True, level=level))
    page = parse(client_as("business_manager").get(page_of(concept)).content)
    shown = {row.get("id") for table in all_with(page, "os2-check") for row in table.iter("tr") if row.get("id")}
    in_force = {requirement.code for requirement in facts_of(concept, days(0)).requirements}
    assert len(in_force) == rows
    assert in_force <= shown


def test_the_rows_and_the_gate_say_the_same(n2_concept):
    given(n2_concept, "N1-F1", value="no", text="Endnu ikke.")
    given(n2_concept, "N1-F4", value="yes", text="")
    facts = facts_of(n2_concept, days(0))
    for section in checklist_of(facts).sections:
        for row in section.rows:
            if row.result:
                assert row.result == result_of(row.requirement, facts, "")


def test_the_next_level_is_told_but_not_counted(concept):
    rows = checklist_of(facts_of(concept, days(0)))
    assert rows.next_level == 2
    assert {row.requirement.level for row in rows.next_rows} == {2}
    assert rows.total == sum(section.total for section in rows.sections)
    assert checklist_of(facts_of(ready(InitiativeFactory(concept=True, level=3)), days(0))).next_level is None


def test_each_participant_has_a_part_of_its_own(client_as, concept):
    first, second = ParticipationFactory.create_batch(2, initiative=concept)
    given(concept, "N1-F6", organisation=first.organisation)
    client, key = client_as("business_manager"), f"N1-F6-{second.organisation_id}"
    folded = parse(client.get(page_of(concept)).content)
    assert "1 af 2" in text(by_id(folded, "N1-F6"))
    assert key not in [row.get("id") for row in folded.iter("tr")]
    for krav in ("N1-F6", key):
        page = parse(client.get(page_of(concept, krav=krav)).content)
        assert text(by_id(page, key)).startswith(f"N1-F6: {second.organisation}")
        assert_wired(page)
    saved = parse(client.get(page_of(concept, gemt=key)).content)
    assert text(by_id(saved, key)).startswith(f"N1-F6: {second.organisation}")


def test_an_old_answer_asks_to_be_confirmed(client_as, concept):
    given(concept, "N1-F2", answered_at=at(days(-400)), text="MPL 2.0")
    client = client_as("proposer", concept)
    assert all_with(parse(client.get(page_of(concept, krav="N1-F2")).content), "os2-alertline")
    client.post(answer_url(concept, "N1-F2"), fields(text="MPL 2.0", version="1"))
    assert not all_with(parse(client.get(page_of(concept, krav="N1-F2")).content), "os2-alertline")


def test_without_participants_the_row_says_so_and_opens_nothing(client_as, concept):
    row = next(r for s in checklist_of(facts_of(concept, days(0))).sections for r in s.rows if r.code == "N1-F6")
    assert not row.is_answered_by_hand
    assert row.product.warning


@pytest.mark.parametrize(
    ("view", "code"),
    [
        ("mangler", "N1-F4"),
        ("tilbage", "N1-F2"),
        ("foraeldet", "N1-F5"),
        ("ikke-gennemset", "N1-F5"),
        ("udskudt", "N1-F7"),
    ],
)
def test_the_reader_can_ask_for_some_of_the_rows(concept, view, code):
    red = given(concept, "N1-F2")
    checklist.judge(answer_id=red.pk, version=1, light="red", remark="Licensen mangler.", by=business_manager())
    given(concept, "N1-F5", answered_at=at(days(-400)))
    defer(concept, "N1-F7", days(30))
    rows = checklist_of(facts_of(concept, days(0)), chosen=view)
    assert code in [row.code for section in rows.sections for row in section.rows]
    assert "N1-R1" not in [row.code for section in rows.sections for row in section.rows] or view == "mangler"


def defer(initiative, code, until):
    requirement = Requirement.objects.get(catalogue=initiative.catalogue, code=code)
    decision = decide(initiative, ("set_priority", {"priority": "1"}))
    Deferral.objects.create(initiative=initiative, requirement=requirement, decision=decision, until=until)


def test_an_unknown_view_shows_everything(client_as, concept):
    assert client_as("business_manager").get(page_of(concept, vis="ukendt")).context["checklist"].chosen == ""


def test_an_idea_and_an_unknown_level_have_no_list_but_a_sentence(client_as, catalogue):
    idea = InitiativeFactory()
    product = InitiativeFactory(product=True, level=None, catalogue=catalogue)
    client = client_as("business_manager")
    for initiative in (idea, product):
        answer = client.get(page_of(initiative))
        assert answer.status_code == 200
        assert answer.context["checklist"].total == 0


# ---------------------------------------------------------------- opening a row
@pytest.mark.parametrize(
    "query", [{}, {"krav": "N1-F2"}, {"krav": "N1-G1"}, {"krav": "findes-ikke"}, {"krav": "N2-R1"}]
)
def test_the_page_is_wired_whatever_is_open(client_as, concept, query):
    page = parse(client_as("business_manager").get(page_of(concept, **query)).content)
    assert_wired(page)
    assert bool(all_with(page, "os2-edit")) == (query.get("krav") in {"N1-F2", "N2-R1"})


def test_the_address_of_an_answer_leads_to_its_row(client_as, concept):
    answer = client_as("business_manager").get(answer_url(concept, "N1-F2"))
    assert answer.headers["Location"] == f"{page_of(concept, krav='N1-F2')}#N1-F2"


def test_who_may_not_answer_reads_and_is_told_why(client_as, n1_concept):
    page = parse(client_as("board_member").get(page_of(n1_concept, krav="N1-F2")).content)
    assert all_with(page, "os2-locked")
    assert not [form for form in page.iter("form") if "tjekliste" in (form.get("action") or "")]


# ---------------------------------------------------------------- answering
def test_an_answer_is_saved_and_the_next_row_opens(client_as, concept):
    answer = client_as("proposer", concept).post(answer_url(concept, "N1-F2"), fields(text="MPL 2.0"))
    assert answer.status_code == 302
    assert "krav=N1-F3&" in answer.headers["Location"]
    assert Answer.objects.get(initiative=concept).text == "MPL 2.0"


def test_save_and_close_comes_back_to_the_row(client_as, concept):
    answer = client_as("proposer", concept).post(answer_url(concept, "N1-F2"), fields(luk="1"))
    assert answer.headers["Location"] == f"{page_of(concept, gemt='N1-F2')}#N1-F2"


def test_link_and_file_come_with_the_answer(client_as, concept):
    upload = SimpleUploadedFile("aftale.pdf", PDF, content_type="application/pdf")
    sent = fields(url="https://example.org/kode", upload=upload)
    client_as("proposer", concept).post(answer_url(concept, "N1-F2"), sent)
    assert sorted(Evidence.objects.values_list("title", flat=True)) == ["aftale.pdf", "https://example.org/kode"]


def test_a_participants_part_is_saved_for_that_participant(client_as, concept):
    part = ParticipationFactory(initiative=concept)
    url = answer_url(concept, "N1-F6", deltager=part.organisation_id)
    assert client_as("proposer", concept).post(url, fields()).status_code == 302
    assert Answer.objects.get().organisation == part.organisation


@pytest.mark.parametrize(
    ("code", "sent", "field"),
    [
        ("N1-F2", {"value": ""}, "value"),
        ("N1-F2", {"value": "måske"}, "value"),
        ("N1-F2", {"value": "no", "text": " "}, "text"),
        ("N1-F2", {"text": "x" * 4001}, "text"),
        ("N1-F2", {"url": "ikke en adresse"}, "url"),
        ("N1-F2", {"value": "explained"}, "value"),
        ("N1-F10", {"value": "explained", "text": ""}, "text"),
    ],
)
def test_what_cannot_be_saved_is_told_beside_its_field(client_as, concept, code, sent, field):
    answer = client_as("proposer", concept).post(answer_url(concept, code), fields(**sent))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Answer.objects.exists()
    assert_wired(parse(answer.content))


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("program.exe", b"MZ\x90", "file_kind"),
        ("side.html", b"<html>", "file_kind"),
        ("aftale.pdf", b"MZ\x90 forklaedt", "file_content"),
        ("tegning.svg", b"<svg/>", "file_kind"),
    ],
)
def test_a_file_that_is_no_evidence_is_refused_with_the_answer(client_as, concept, name, content, code):
    sent = fields(upload=SimpleUploadedFile(name, content))
    answer = client_as("proposer", concept).post(answer_url(concept, "N1-F2"), sent)
    assert answer.status_code == 422
    assert [refusal.code for refusal in answer.context["refusals"]] == [code]
    assert list(answer.context["form"].errors) == ["upload"]
    assert not Answer.objects.exists()
    assert not Evidence.objects.exists()


def test_a_large_file_is_refused(client_as, concept, settings):
    settings.EVIDENCE_MAX_BYTES = 10
    answer = client_as("proposer", concept).post(
        answer_url(concept, "N1-F2"), fields(upload=SimpleUploadedFile("aftale.pdf", PDF))
    )
    assert [refusal.code for refusal in answer.context["refusals"]] == ["file_size"]


def test_a_stale_answer_shows_both_texts_and_can_then_be_saved(client_as, concept):
    given(concept, "N1-F2", text="Deres tekst", answered_by=business_manager())
    client = client_as("proposer", concept)
    answer = client.post(answer_url(concept, "N1-F2"), fields(text="Min tekst"))
    assert answer.status_code == 409
    assert "Deres tekst" in answer.content.decode()
    assert answer.context["form"]["text"].value() == "Min tekst"
    seen = answer.context["conflict"].version
    assert client.post(answer_url(concept, "N1-F2"), fields(text="Min tekst", seen_version=seen)).status_code == 302
    assert Answer.objects.get().text == "Min tekst"


def test_a_double_click_saves_once(client_as, concept):
    client = client_as("proposer", concept)
    for _click in range(2):
        sent = fields(upload=SimpleUploadedFile("aftale.pdf", PDF))
        assert client.post(answer_url(concept, "N1-F2"), sent).status_code == 302
    assert Answer.objects.get().version == 1
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize(("role", "status"), [("board_member", 403), ("stranger", 404), ("member_user", 404)])
def test_a_forged_answer_is_refused(client_as, concept, role, status):
    assert client_as(role, concept).post(answer_url(concept, "N1-F2"), fields()).status_code == status
    assert not Answer.objects.exists()


@pytest.mark.parametrize("code", ["N1-G1", "N1-S1", "N1-F6", "findes-ikke"])
def test_what_nobody_answers_is_not_there_to_be_saved(client_as, concept, code):
    assert client_as("business_manager").post(answer_url(concept, code), fields()).status_code == 404


def test_another_organisations_part_is_not_there(client_as, concept):
    ParticipationFactory(initiative=concept)
    url = answer_url(concept, "N1-F6", deltager=999999)
    assert client_as("business_manager").post(url, fields()).status_code == 404


def test_htmx_gets_the_refusal_as_a_page_it_will_show(client_as, concept):
    answer = client_as("proposer", concept).post(
        answer_url(concept, "N1-F2"), fields(value=""), headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert answer.context["form"].errors


# ---------------------------------------------------------------- judging
def judge_url(initiative, code):
    return reverse("portfolio:judge", args=[initiative.slug, code])


def judged(**more):
    return {
        f"vurdering-{name}": value for name, value in {"light": "green", "remark": "", "version": "1", **more}.items()
    }


def test_the_secretariat_judges_the_version_it_read(client_as, concept):
    given(concept, "N1-F2")
    answer = client_as("secretariat").post(judge_url(concept, "N1-F2"), judged(light="yellow", remark="Skriv hvor."))
    assert answer.status_code == 302
    assert Judgement.objects.get().light == "yellow"


@pytest.mark.parametrize(
    ("sent", "field"), [({"light": "red"}, "remark"), ({"light": ""}, "light"), ({"light": "blå"}, "light")]
)
def test_a_judgement_that_says_too_little_is_refused(client_as, concept, sent, field):
    given(concept, "N1-F2")
    answer = client_as("secretariat").post(judge_url(concept, "N1-F2"), judged(**sent))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert_wired(parse(answer.content))
    assert not Judgement.objects.exists()


def test_a_judgement_of_a_changed_answer_is_stale(client_as, concept):
    given(concept, "N1-F2", version=2)
    assert client_as("secretariat").post(judge_url(concept, "N1-F2"), judged()).status_code == 409


@pytest.mark.parametrize("role", ["proposer", "board_member", "stranger"])
def test_nobody_else_judges(client_as, concept, role):
    given(concept, "N1-F2")
    assert client_as(role, concept).post(judge_url(concept, "N1-F2"), judged()).status_code == 404


def test_an_open_requirement_cannot_be_judged(client_as, concept):
    assert client_as("secretariat").post(judge_url(concept, "N1-F2"), judged()).status_code == 404


def test_an_earlier_judgement_stays_visible_when_the_answer_changes(client_as, concept):
    row = given(concept, "N1-F2")
    checklist.judge(answer_id=row.pk, version=1, light="red", remark="Licensen mangler.", by=business_manager())
    client = client_as("proposer", concept)
    client.post(answer_url(concept, "N1-F2"), fields(text="MPL 2.0", version="1"))
    assert "Licensen mangler." in client.get(page_of(concept, krav="N1-F2")).content.decode()


# ---------------------------------------------------------------- cost
@pytest.mark.parametrize("level", [1, 3])
def test_the_list_costs_the_same_however_much_is_answered(client_as, catalogue, level):
    concept = ready(InitiativeFactory(concept=True, described=True, level=level))
    client = client_as("business_manager")
    url = page_of(concept, krav="N1-F2")
    client.get(url)
    with CaptureQueriesContext(connection) as before:
        client.get(url)
    ParticipationFactory.create_batch(2, initiative=concept)
    answer_all(concept)
    person = person_as("proposer", concept)
    for place, row in enumerate(concept.answers.all()):
        for number in range(4):
            Evidence.objects.create(answer=row, title=f"Bevis {number}", url="https://example.org", added_by=person)
        if place % 2:
            checklist.judge(answer_id=row.pk, version=row.version, light="green", remark="", by=business_manager())
    assert level == 1 or Evidence.objects.count() > 150
    with CaptureQueriesContext(connection) as after:
        client.get(url)
    assert len(before) == len(after) <= 15
