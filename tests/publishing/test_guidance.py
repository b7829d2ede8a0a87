"""What everybody may read and download of guidance and material."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from governance.domain import guidance
from governance.domain.versions import version_of
from governance.models import Body, GuidanceVersion
from portfolio.models import Stage
from publishing.guidance import one_guidance, published_guidance
from tests.factories import BodyFactory, MembershipFactory, business_manager, days, decide
from tests.governance.pages import queries_of
from tests.portfolio.deciding import on_stage
from tests.portfolio.guiding import mandatory, published

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"publishing:{name}", args=args)


def with_file(version):
    draft = guidance.begin_version(guidance=version.guidance, by=business_manager())
    upload = SimpleUploadedFile("model.pdf", b"%PDF-1.7")
    return draft, guidance.add_file(draft=draft, upload=upload, by=business_manager())


def test_everybody_reads_what_holds(client):
    version = published("Brug modellen", "Skriv en plan")
    page = client.get(url("guidance", version.guidance.slug))
    assert page.status_code == 200
    item = page.context["item"]
    assert (item.version, item.text, [point.title for point in item.points]) == (
        1,
        "Sådan gør I.",
        ["Brug modellen", "Skriv en plan"],
    )
    assert not page.cookies
    assert client.get(url("guidance-list")).context["guidance"][0].title == item.title


def test_drafts_and_what_came_before_are_not_public(client):
    version = published()
    draft, file = with_file(version)
    guidance.edit_draft(
        draft=draft,
        version=version_of(draft),
        title=version.guidance.title,
        summary="",
        text="HEMMELIGT",
        points=[("HEMMELIGT", "")],
        by=business_manager(),
    )
    assert "HEMMELIGT" not in client.get(url("guidance", version.guidance.slug)).content.decode()
    assert client.get(url("guidance-file", file.pk)).status_code == 404
    guidance.publish(draft=draft, by=business_manager())
    assert "Sådan gør I." not in client.get(url("guidance", version.guidance.slug)).content.decode()
    got = client.get(url("guidance-file", file.pk))
    assert b"".join(got.streaming_content) == b"%PDF-1.7"
    assert got.headers["Content-Disposition"].startswith("attachment")


def test_nobodys_name_is_public(client):
    committee = BodyFactory(kind=Body.Kind.EXPERT_COMMITTEE)
    MembershipFactory(body=committee, person__name="HEMMELIGT", person__title="HEMMELIGT")
    version = published()
    for address in (url("guidance-list"), url("guidance", version.guidance.slug)):
        assert "HEMMELIGT" not in client.get(address).content.decode()


@pytest.mark.parametrize(("end", "is_public"), [(-1, False), (0, True), (None, True)])
def test_only_as_long_as_it_holds(client, end, is_public):
    version = published()
    ends = days(end) if end is not None else None
    GuidanceVersion.objects.filter(pk=version.pk).update(valid_from=days(-9), valid_to=ends)
    assert (one_guidance(version.guidance.slug, days(0)) is not None) == is_public
    assert (client.get(url("guidance", version.guidance.slug)).status_code == 200) == is_public
    assert len(published_guidance(days(0))) == is_public


def test_material_of_a_group_stands_by_itself(client):
    published()
    group = BodyFactory(kind=Body.Kind.EXPERT_GROUP)
    draft = guidance.start_guidance(body=group, title="Erfaringer", by=business_manager())
    guidance.add_file(draft=draft, upload=SimpleUploadedFile("a.pdf", b"%PDF-1.7"), by=business_manager())
    guidance.publish(draft=draft, by=business_manager())
    context = client.get(url("guidance-list")).context
    assert [item.title for item in context["material"]] == ["Erfaringer"]
    assert [item.title for item in context["guidance"]] == ["Fælles projektmodel"]


def test_what_is_mandatory_is_told_for_levels_and_never_for_single_initiatives():
    version = published("Et", "To", "Tre")
    first, second, third = version.points.all()
    decision = mandatory(first, from_level=2)
    mandatory(second, initiatives=[on_stage(Stage.PROJECT).pk])
    decide(None, ("make_guidance_mandatory", {"points": [third.pk], "from_level": 1}), is_public=False)
    told = [point.mandatory for point in one_guidance(version.guidance.slug, days(0)).points]
    assert decision.number in told[0]
    assert told[1:] == ["", ""]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_cost_the_same_with_one_and_with_three(client, rows):
    for number in range(rows):
        version = published("Et", "To", title=f"Vejledning {number}")
    assert queries_of(client, url("guidance-list")) == 1
    assert queries_of(client, url("guidance", version.guidance.slug)) == 4
