"""Pages of cases: opening, writing together, making ready, withdrawing, and who may read what when."""

import pytest

from governance.domain import cases
from governance.models import AgendaItem, Case
from tests.factories import (
    BodyFactory,
    CaseFactory,
    GroupFactory,
    InitiativeFactory,
    MembershipFactory,
    board_people,
    business_manager,
    days,
    decide,
    person_as,
    planned_meeting,
    ready_case,
    secretariat,
    steering_group,
    the_board,
)
from tests.governance.pages import codes, url

pytestmark = pytest.mark.django_db

OTHER = ("other", {"text": "Ja"})


@pytest.fixture
def manager(client_as):
    return client_as("business_manager")


def form(**changes):
    return {
        "body": the_board().pk,
        "title": "Handleplan for næste år",
        "purpose": "decision",
        "decides": "Bestyrelsen godkender handleplanen.",
        "responsible": business_manager().pk,
        "about": "Derfor er den på mødet.",
        "recommendation": "Det anbefales.",
        **changes,
    }


# ---------------------------------------------------------------- opening


def test_a_case_without_an_initiative_says_what_it_decides(manager):
    response = manager.post(url("case-create"), form())
    case = Case.objects.get()
    assert response.headers["Location"] == url("case", case.number)
    assert [(e.kind, e.parameters["text"]) for e in case.effects.all()] == [("other", form()["decides"])]
    page = manager.get(url("case", case.number))
    assert list(page.context["preview"].sentences) == [form()["decides"]]


@pytest.mark.parametrize("purpose", ["information", "discussion"])
def test_a_case_for_reading_carries_nothing_out(purpose, manager):
    manager.post(url("case-create"), form(purpose=purpose))
    assert not Case.objects.get().effects.exists()


def test_a_decision_that_decides_nothing_is_asked_about(manager):
    response = manager.post(url("case-create"), form(decides=""))
    assert response.context["form"].errors.keys() == {"decides"}
    assert not Case.objects.exists()


def test_a_double_click_opens_one_case(manager):
    manager.post(url("case-create"), form())
    response = manager.post(url("case-create"), form())
    assert response.status_code == 422
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", "x" * 10_000),
        ("title", ""),
        ("title", "en\x00to"),
        ("body", "abc"),
        ("purpose", "afslutning"),
        ("responsible", "99999999999999999999"),
        ("recommendation_line", "x" * 61),
        ("about", "x" * 10_001),
        ("decides", "x" * 201),
    ],
)
def test_bad_input_is_explained_beside_its_field_and_kept(field, typed, manager):
    response = manager.post(url("case-create"), form(**{field: typed}))
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}
    assert response.context["form"][field].value() == typed
    assert not Case.objects.exists()


def test_a_groups_chair_opens_cases_for_the_group_and_answers_for_them(client):
    chair = MembershipFactory(chair=True)
    client.force_login(chair.person)
    data = form(body=chair.body.pk, responsible=chair.person.pk)
    assert client.post(url("case-create"), data).status_code == 302
    assert client.post(url("case-create"), form(title="En anden", responsible=chair.person.pk)).status_code == 422
    response = client.post(url("case-create"), {**data, "title": "En tredje", "responsible": business_manager().pk})
    assert response.context["form"].errors.keys() == {"responsible"}


# ---------------------------------------------------------------- writing


def edit_form(case, **changes):
    return {
        "title": case.title,
        "purpose": case.purpose,
        "responsible": case.responsible_id,
        "about": case.about,
        "recommendation": case.recommendation,
        "is_public": "on",
        "version": case.version,
        **changes,
    }


def test_an_open_case_is_written_on_and_keeps_what_it_decides(manager):
    case = ready_case(None, OTHER)
    assert manager.post(url("case-edit", case.number), edit_form(case, background="Nyt")).status_code == 302
    changed = Case.objects.get()
    assert (changed.background, changed.version, changed.status) == ("Nyt", 2, "ready")
    assert changed.effects.count() == 1


def test_two_who_write_at_once_lose_nothing(manager):
    case = CaseFactory(body=the_board())
    address = url("case-edit", case.number)
    manager.post(address, edit_form(case, analysis="Den førstes\r\ntekst"))
    response = manager.post(address, edit_form(case, analysis="Den andens tekst"))
    assert (response.status_code, codes(response)) == (409, ["stale"])
    (difference,) = response.context["difference"].differences
    assert (difference.theirs, difference.yours) == ("Den førstes\ntekst", "Den andens tekst")
    assert response.context["difference"].who == str(business_manager())
    page = response.content.decode()
    assert "Den førstes" in page
    assert "Den andens tekst" in page
    seen = response.context["difference"].version
    assert manager.post(address, edit_form(case, analysis="Begges tekst", seen_version=seen)).status_code == 302
    assert Case.objects.get().analysis == "Begges tekst"


def test_a_third_text_that_came_meanwhile_is_not_overwritten_either(manager):
    case = CaseFactory(body=the_board())
    cases.edit_case(case=case, version=1, analysis="Den første")
    cases.edit_case(case=case, version=2, analysis="Den tredje")
    response = manager.post(url("case-edit", case.number), edit_form(case, analysis="Min", seen_version=2))
    assert codes(response) == ["stale"]
    assert Case.objects.get().analysis == "Den tredje"


def test_a_case_that_is_decided_meanwhile_keeps_the_typed_text_on_the_page(manager):
    case = decide(None, OTHER).case
    response = manager.post(url("case-edit", case.number), edit_form(case, analysis="Skrevet for sent"))
    assert codes(response) == ["case_closed"]
    assert "Skrevet for sent" in response.content.decode()
    assert manager.get(url("case-edit", case.number)).headers["Location"] == url("case", case.number)


# ---------------------------------------------------------------- ready, withdrawn


def test_a_case_is_made_ready_when_it_has_all(manager):
    case = CaseFactory(body=the_board(), about="", recommendation="")
    page = manager.get(url("case", case.number))
    wanted = ["recommendation_missing", "effects_missing", "purpose_missing"]
    assert [refusal.code for refusal in page.context["lacking"]] == wanted
    assert url("case-ready", case.number) not in page.content.decode()
    manager.post(url("case-ready", case.number))
    assert Case.objects.get().status == "draft"
    cases.edit_case(case=case, version=1, effects=[OTHER], about="Fordi", recommendation="Gør det")
    assert url("case-ready", case.number) in manager.get(url("case", case.number)).content.decode()
    manager.post(url("case-ready", case.number))
    assert Case.objects.get().status == "ready"
    assert manager.post(url("case-ready", case.number)).status_code == 302


def test_a_withdrawn_case_leaves_the_agenda_and_the_others_keep_their_numbers(manager):
    case, meeting = ready_case(None, OTHER), planned_meeting(on=days(5))
    manager.post(url("agenda-add", meeting.pk), {"case": case.pk, "minutes": "15"})
    assert manager.post(url("case-withdraw", case.number)).status_code == 302
    assert Case.objects.get().status == "withdrawn"
    assert AgendaItem.objects.get().withdrawn_at is not None


def test_a_decided_case_is_not_withdrawn(manager):
    case = decide(None, OTHER).case
    manager.post(url("case-withdraw", case.number))
    assert Case.objects.get().status == "decided"


@pytest.mark.parametrize("name", ["case-ready", "case-withdraw"])
def test_a_link_changes_nothing(name, manager):
    assert manager.get(url(name, CaseFactory(body=the_board()).number)).status_code == 405


# ---------------------------------------------------------------- who reads and writes


def may_read(client, case):
    return client.get(url("case", case.number)).status_code == 200


def test_a_draft_is_read_by_its_body_its_author_and_those_who_see_all(client, client_as):
    author = MembershipFactory().person
    case = CaseFactory(body=the_board(), responsible=author)
    client.force_login(author)
    assert may_read(client, case)
    assert may_read(client_as("board_member"), case)
    assert not may_read(client_as("stranger"), case)


def test_those_behind_an_initiative_read_its_case_once_it_is_ready_unless_it_is_closed(client, catalogue):
    initiative = InitiativeFactory(concept=True, described=True, level=2)
    steering_group(initiative)
    client.force_login(person_as("lead", initiative))
    case = ready_case(initiative, "start")
    assert may_read(client, case)
    assert [row.pk for row in client.get(url("cases")).context["page"].object_list] == [case.pk]
    Case.objects.update(is_public=False)
    assert not may_read(client, case)
    Case.objects.update(is_public=True, status="draft")
    assert not may_read(client, case)
    client.force_login(person_as("member_user"))
    Case.objects.update(status="ready")
    assert not may_read(client, case)


def test_whoever_is_responsible_writes_until_it_is_ready(client):
    group = GroupFactory(initiative=InitiativeFactory())
    author = MembershipFactory(body=group).person
    case = CaseFactory(body=the_board(), responsible=author)
    client.force_login(author)
    assert client.post(url("case-edit", case.number), edit_form(case, background="Nyt")).status_code == 302
    assert client.post(url("case-ready", case.number)).status_code == 404
    Case.objects.update(status="ready")
    assert client.post(url("case-edit", case.number), edit_form(case, version=2)).status_code == 404
    assert client.post(url("case-withdraw", case.number)).status_code == 404
    assert Case.objects.get().status == "ready"


def test_the_board_reads_and_does_not_write(client_as):
    case = CaseFactory(body=the_board(), responsible=secretariat())
    client = client_as("board_chair")
    assert client.get(url("case-edit", case.number)).status_code == 404
    assert client.post(url("case-create"), form()).status_code == 404
    assert board_people()


@pytest.mark.parametrize("number", ["findes-ikke", "2026-9999"])
def test_a_case_that_does_not_exist_is_not_found(number, manager):
    assert manager.get(url("case", number)).status_code == 404
    assert manager.post(url("case-edit", number)).status_code == 404


@pytest.mark.parametrize(("function", "status"), [("chair", "ready"), ("secretary", "ready"), ("member", "draft")])
def test_a_groups_chair_and_secretary_make_its_own_case_ready(client, function, status):
    group = BodyFactory()
    MembershipFactory(body=group, chair=function != "chair")
    seat = MembershipFactory(body=group, function=function, has_vote=function != "secretary")
    case = ready_case(None, "other", body=group)
    Case.objects.filter(pk=case.pk).update(status="draft")
    client.force_login(seat.person)
    client.post(url("case-ready", case.number))
    assert Case.objects.get(pk=case.pk).status == status
