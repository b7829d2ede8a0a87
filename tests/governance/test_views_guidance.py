"""Pages of guidance: reading, writing together, files, publishing; what the association has adopted; lifting a case."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from governance.domain import guidance
from governance.domain.versions import version_of
from governance.models import Adopted, Body, Case, Guidance, GuidanceVersion, Purchase
from tests.factories import (
    BodyFactory,
    InitiativeFactory,
    MembershipFactory,
    business_manager,
    coordination_group,
    decide,
    general_assembly,
    group_of,
    person_as,
    ready_case,
    steering_group,
    the_board,
)
from tests.governance.pages import queries_of, url

pytestmark = pytest.mark.django_db
Status = GuidanceVersion.Status


@pytest.fixture
def committee():
    return BodyFactory(kind=Body.Kind.EXPERT_COMMITTEE)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def manager():
    return signed_in(business_manager())


@pytest.fixture
def reader():
    return signed_in(person_as("member_user"))


@pytest.fixture
def writer(committee):
    return signed_in(MembershipFactory(body=committee).person)


def begun(committee, title="Fælles projektmodel"):
    return guidance.start_guidance(body=committee, title=title, by=business_manager())


def published(committee, title="Fælles projektmodel", upload=None):
    draft = begun(committee, title)
    if upload:
        guidance.add_file(draft=draft, upload=upload, by=business_manager())
    write(draft, ("Brug modellen", "Altid."))
    return guidance.publish(draft=draft, by=business_manager())


def write(draft, *points, text="Sådan gør I."):
    return guidance.edit_draft(
        draft=draft,
        version=version_of(draft),
        title=draft.guidance.title,
        summary="",
        text=text,
        points=points,
        by=business_manager(),
    )


def pdf():
    return SimpleUploadedFile("skabelon.pdf", b"%PDF-1.7")


# ---------------------------------------------------------------- writing


def test_from_the_committees_page_to_a_published_version(writer, manager, reader, committee):
    assert url("guidance-create", committee.slug) in writer.get(url("body", committee.slug)).content.decode()
    writer.post(
        url("guidance-create", committee.slug), {"title": "Fælles projektmodel", "summary": "Til projektledere."}
    )
    row = Guidance.objects.get()
    page = writer.get(url("guidance-edit", row.slug))
    said = {
        "title": "Fælles projektmodel",
        "text": "Sådan gør I.",
        "points": "Brug modellen\nAltid, også i små projekter.\n\nSkriv en plan\n\n\n  \nHold den kort",
        "version": page.context["form"]["version"].value(),
    }
    answer = writer.post(url("guidance-edit", row.slug), said)
    assert answer.headers["Location"] == f"{url('guidance', row.slug)}?version=1"
    draft = row.versions.get()
    assert [(p.number, p.title, p.text) for p in draft.points.all()] == [
        (1, "Brug modellen", "Altid, også i små projekter."),
        (2, "Skriv en plan", ""),
        (3, "Hold den kort", ""),
    ]
    assert writer.post(url("guidance-publish", row.slug)).status_code == 404
    assert reader.get(url("guidance", row.slug)).status_code == 404
    manager.post(url("guidance-publish", row.slug))
    assert reader.get(url("guidance", row.slug)).context["shown"].status == Status.PUBLISHED


def test_what_is_written_stands_in_the_form_again(writer, committee):
    draft = begun(committee)
    write(draft, ("Brug modellen", "Altid."), ("Skriv en plan", ""))
    form = writer.get(url("guidance-edit", draft.guidance.slug)).context["form"]
    assert form["points"].value() == "Brug modellen\nAltid.\n\nSkriv en plan"


def test_two_writers_see_both_texts(writer, committee):
    draft = begun(committee)
    seen = version_of(draft)
    write(draft, ("Første", ""))
    said = {"title": draft.guidance.title, "text": "Noget andet.", "points": "Andet", "version": seen}
    answer = writer.post(url("guidance-edit", draft.guidance.slug), said)
    assert answer.status_code == 409
    assert {row.label for row in answer.context["difference"].differences} == {"Tekst", "Punkter"}
    writer.post(url("guidance-edit", draft.guidance.slug), {**said, "seen_version": version_of(draft)})
    assert [point.title for point in draft.points.all()] == ["Andet"]


@pytest.mark.parametrize(
    ("points", "told"),
    [("x" * 200, False), ("x" * 201, True), ("\n\n".join(["x"] * 60), False), ("\n\n".join(["x"] * 61), True)],
)
def test_points_are_of_a_size_to_be_read(writer, committee, points, told):
    draft = begun(committee)
    said = {"title": "T", "points": points, "version": version_of(draft)}
    answer = writer.post(url("guidance-edit", draft.guidance.slug), said)
    assert (answer.status_code == 422) == told
    assert not told or list(answer.context["form"].errors) == ["points"]


def test_a_title_that_is_taken_is_told_beside_its_field(writer, committee):
    begun(committee)
    answer = writer.post(url("guidance-create", committee.slug), {"title": "Fælles projektmodel"})
    assert list(answer.context["form"].errors) == ["title"]


def test_an_empty_draft_is_not_published(manager, committee):
    draft = begun(committee)
    page = manager.get(f"{url('guidance', draft.guidance.slug)}?version=1")
    assert [refusal.code for refusal in page.context["lacking"]] == ["nothing_written"]
    manager.post(url("guidance-publish", draft.guidance.slug))
    assert GuidanceVersion.objects.get().status == Status.DRAFT


def test_the_next_version(writer, manager, committee):
    first = published(committee)
    writer.post(url("guidance-begin", first.guidance.slug))
    assert first.guidance.versions.count() == 2
    page = writer.get(url("guidance", first.guidance.slug))
    assert (page.context["shown"].number, [v.number for v in page.context["versions"]]) == (1, [2, 1])
    manager.post(url("guidance-publish", first.guidance.slug))
    assert writer.get(url("guidance", first.guidance.slug)).context["shown"].number == 2


@pytest.mark.parametrize("asked", ["9", "x", "-1"])
def test_a_version_that_is_not_there(reader, committee, asked):
    row = published(committee).guidance
    assert reader.get(f"{url('guidance', row.slug)}?version={asked}").status_code == 404


# ---------------------------------------------------------------- files


def test_a_file_is_put_up_and_taken_off(writer, committee):
    draft = begun(committee)
    writer.post(url("guidance-file-add", draft.guidance.slug), {"upload": pdf(), "title": "Skabelon"})
    file = draft.files.get()
    got = writer.get(url("guidance-file", file.pk))
    assert b"".join(got.streaming_content) == b"%PDF-1.7"
    assert got.headers["Content-Disposition"] == 'attachment; filename="Skabelon.pdf"'
    assert got.headers["Content-Security-Policy"].startswith("default-src 'none'")
    writer.post(url("guidance-file-remove", file.pk))
    assert not draft.files.exists()


def test_a_file_that_is_not_taken_in_is_told_beside_its_field(writer, committee):
    draft = begun(committee)
    bad = SimpleUploadedFile("program.exe", b"MZ")
    answer = writer.post(url("guidance-file-add", draft.guidance.slug), {"upload": bad})
    assert list(answer.context["form"].errors) == ["upload"]


def test_a_drafts_file_is_for_its_writers(reader, writer, committee):
    draft = begun(committee)
    file = guidance.add_file(draft=draft, upload=pdf(), by=business_manager())
    assert reader.get(url("guidance-file", file.pk)).status_code == 404
    assert writer.get(url("guidance-file", file.pk)).status_code == 200


# ---------------------------------------------------------------- the list, and what is adopted


def test_the_list_holds_what_the_reader_may_read(reader, writer, committee):
    published(committee)
    begun(committee, "Kun en kladde")
    begun(BodyFactory(kind=Body.Kind.EXPERT_GROUP), "En andens kladde")
    assert [row.title for row in reader.get(url("guidance-list")).context["page"]] == ["Fælles projektmodel"]
    assert {row.title for row in writer.get(url("guidance-list")).context["page"]} == {
        "Fælles projektmodel",
        "Kun en kladde",
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_with_one_and_with_three(reader, committee, rows):
    for number in range(rows):
        published(committee, f"Vejledning {number}")
    assert queries_of(reader, url("guidance-list")) == 7
    assert queries_of(reader, url("guidance", Guidance.objects.first().slug)) == 8


@pytest.mark.parametrize("rows", [1, 3])
def test_what_is_adopted_costs_the_same_too(reader, rows):
    assembly = general_assembly()
    for number in range(rows):
        decide(None, ("adopt_strategy", {"title": f"Strategi {number}"}), body=assembly)
        decide(None, ("purchase", {"what": f"Test {number}", "amount": "10"}))
    assert queries_of(reader, url("adopted")) == 6


def test_the_newest_strategy_holds(reader, manager):
    assembly = general_assembly()
    for title in ("Den gamle", "Den nye"):
        decide(None, ("adopt_strategy", {"title": title}), body=assembly)
    decide(None, ("purchase", {"what": "Penetrationstest", "amount": "10"}))
    ((_label, rows),) = reader.get(url("adopted")).context["kinds"]
    assert [row.title for row in rows] == ["Den nye", "Den gamle"]
    assert not reader.get(url("adopted")).context["purchases"]
    assert [row.what for row in manager.get(url("adopted")).context["purchases"]] == ["Penetrationstest"]


# ---------------------------------------------------------------- cases that adopt, buy, settle


def case_form(**changes):
    said = {
        "body": the_board().pk,
        "title": "En sag",
        "purpose": "decision",
        "effect": "other",
        "decides": "Handleplan",
        "responsible": business_manager().pk,
        "about": "Derfor.",
        "recommendation": "Det anbefales.",
    }
    return {**said, **changes}


@pytest.mark.parametrize(
    ("effect", "more", "kept"),
    [
        ("adopt_action_plan", {"period": "2027"}, {"title": "Handleplan", "period": "2027"}),
        (
            "purchase",
            {"amount": "1.234,50", "supplier": "Huset"},
            {"what": "Handleplan", "amount": "1234.50", "supplier": "Huset"},
        ),
        ("settle_conflict", {"decides": ""}, {}),
        ("other", {}, {"text": "Handleplan"}),
        ("", {}, {"text": "Handleplan"}),
    ],
)
def test_a_case_keeps_what_its_effect_needs(manager, effect, more, kept):
    manager.post(url("case-create"), case_form(effect=effect, **more))
    row = Case.objects.get().effects.get()
    assert (row.kind, row.parameters) == (effect or "other", kept)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"effect": "adopt_strategy"}, "effect"),
        ({"effect": "adopt_action_plan", "decides": ""}, "decides"),
        ({"effect": "purchase"}, "amount"),
        ({"effect": "purchase", "amount": "0"}, "amount"),
        ({"effect": "purchase", "amount": "mange"}, "amount"),
        ({"effect": "start"}, "effect"),
    ],
)
def test_what_is_missing_is_told_beside_its_field(manager, changes, field):
    answer = manager.post(url("case-create"), case_form(**changes))
    assert list(answer.context["form"].errors) == [field]
    assert not Case.objects.exists()


def test_the_assembly_is_asked_for_a_strategy(manager):
    manager.post(url("case-create"), case_form(effect="adopt_strategy", body=general_assembly().pk))
    case = Case.objects.get()
    assert list(manager.get(url("case", case.number)).context["preview"].refusals) == []
    assert not Adopted.objects.exists()
    assert not Purchase.objects.exists()


def test_a_conflict_is_lifted_from_the_cases_page(client):
    the_board()
    product = InitiativeFactory(product=True, level=2)
    steering_group(product)
    coordination_group(product)
    group = product.bodies.get(kind=Body.Kind.COORDINATION_GROUP)
    client.force_login(MembershipFactory(body=group, chair=True).person)
    case = ready_case(product, "settle_conflict", body=group)
    page = client.get(url("case", case.number))
    assert [body.pk for body in page.context["lift_to"]] == [group_of(product).pk]
    client.post(url("case-lift", case.number), {"til": group_of(product).pk})
    assert Case.objects.get(lifted_from=case).body == group_of(product)
    page = client.get(url("case", case.number))
    assert (page.context["case"].status, list(page.context["lift_to"])) == (Case.Status.LIFTED, [])
    # The draft is the steering group's own until it is ready; nobody is offered a link that leads nowhere.
    lifted = Case.objects.get(lifted_from=case)
    assert page.context["readable"] == set()
    assert client.get(url("case", lifted.number)).status_code == 404
    Case.objects.filter(pk=lifted.pk).update(status=Case.Status.READY)
    assert client.get(url("case", case.number)).context["readable"] == {lifted.pk}
    assert client.get(url("case", lifted.number)).context["readable"] == {case.pk}


@pytest.mark.parametrize("to", ["", "x", "999999"])
def test_anything_else_goes_to_the_nearest_body(manager, to):
    board, product = the_board(), InitiativeFactory(product=True, level=2)
    case = ready_case(product, "settle_conflict", body=steering_group(product))
    manager.post(url("case-lift", case.number), {"til": to})
    assert Case.objects.get(lifted_from=case).body == board
