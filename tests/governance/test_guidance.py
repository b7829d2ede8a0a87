"""Guidance and material: who writes, what is published, what supersedes what."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from governance.domain import guidance
from governance.domain.versions import version_of
from governance.models import Body, Guidance, GuidanceFile, GuidanceVersion, Membership
from governance.refusals import NotAllowed, NotReady, Stale, WrongStage
from tests.factories import BodyFactory, MembershipFactory, UserFactory, business_manager, days, secretariat

pytestmark = pytest.mark.django_db
Status = GuidanceVersion.Status
Function = Membership.Function


@pytest.fixture
def committee():
    return BodyFactory(kind=Body.Kind.EXPERT_COMMITTEE, name="Fagligt udvalg for arkitektur")


@pytest.fixture
def writer(committee):
    return MembershipFactory(body=committee).person


def draft_of(committee, by, title="Fælles projektmodel"):
    return guidance.start_guidance(body=committee, title=title, by=by)


def write(draft, by, *points, **more):
    fields = {"title": draft.guidance.title, "summary": "", "text": "Sådan gør I.", "version": version_of(draft)}
    return guidance.edit_draft(draft=draft, points=points, by=by, **{**fields, **more})


def published(committee, by, *points):
    return guidance.publish(draft=write(draft_of(committee, by), by, *points), by=business_manager())


def pdf(content=b"%PDF-1.7", name="skabelon.pdf"):
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize("function", [Function.CHAIR, Function.MEMBER, Function.SECRETARY, Function.DEPUTY])
def test_members_write(committee, function):
    member = MembershipFactory(
        body=committee, function=function, has_vote=function not in (Function.SECRETARY, Function.DEPUTY)
    ).person
    draft = write(draft_of(committee, member), member, ("Brug modellen", "Altid."), ("Skriv ned", ""))
    assert (draft.number, draft.status) == (1, Status.DRAFT)
    assert [(p.number, p.title, p.text) for p in draft.points.all()] == [
        (1, "Brug modellen", "Altid."),
        (2, "Skriv ned", ""),
    ]


@pytest.mark.parametrize("kind", [Body.Kind.EXPERT_COMMITTEE, Body.Kind.EXPERT_GROUP])
def test_committees_and_groups_have_guidance_and_material(kind):
    member = MembershipFactory(body=BodyFactory(kind=kind)).person
    assert draft_of(member.memberships.get().body, member).guidance.body.kind == kind


@pytest.mark.parametrize(
    "kind", [Body.Kind.BOARD, Body.Kind.STEERING_GROUP, Body.Kind.COORDINATION_GROUP, Body.Kind.GENERAL_ASSEMBLY]
)
def test_other_bodies_have_none(kind):
    body = BodyFactory(kind=kind)
    for person in (business_manager(), MembershipFactory(body=body).person):
        with pytest.raises(NotAllowed) as refused:
            draft_of(body, person)
        assert refused.value.codes == ["not_writer"]


def _observer(committee):
    return MembershipFactory(body=committee, observer=True).person


def _of_another(_committee):
    return MembershipFactory(body=BodyFactory(kind=Body.Kind.EXPERT_COMMITTEE)).person


def _former(committee):
    return MembershipFactory(body=committee, valid_to=days(-1)).person


@pytest.mark.parametrize("outsider", [_observer, _of_another, _former, lambda _committee: UserFactory()])
def test_others_do_not_write(committee, writer, outsider):
    person = outsider(committee)
    draft = draft_of(committee, writer)
    file = guidance.add_file(draft=draft, upload=pdf(), by=writer)
    for attempt in (
        lambda: draft_of(committee, person, "En anden"),
        lambda: write(draft, person),
        lambda: guidance.add_file(draft=draft, upload=pdf(), by=person),
        lambda: guidance.remove_file(file=file, by=person),
        lambda: guidance.begin_version(guidance=draft.guidance, by=person),
    ):
        with pytest.raises(NotAllowed) as refused:
            attempt()
        assert refused.value.codes == ["not_writer"]
    assert (Guidance.objects.count(), GuidanceFile.objects.count()) == (1, 1)


def test_a_title_is_used_once_in_a_body(committee, writer):
    draft_of(committee, writer)
    with pytest.raises(NotReady) as refused:
        draft_of(committee, writer)
    assert refused.value.codes == ["title_taken"]
    other = BodyFactory(kind=Body.Kind.EXPERT_GROUP)
    assert draft_of(other, business_manager()).guidance.slug != Guidance.objects.get(body=committee).slug


def test_two_writers_do_not_overwrite_each_other(committee, writer):
    draft = draft_of(committee, writer)
    seen = version_of(draft)
    write(draft, writer, ("Første", ""))
    with pytest.raises(Stale) as refused:
        write(draft, writer, ("Andet", ""), version=seen)
    assert [point.title for point in refused.value.current.points.all()] == ["Første"]


@pytest.mark.parametrize("who", [business_manager, secretariat])
def test_the_office_publishes_from_today(committee, writer, who):
    version = guidance.publish(draft=write(draft_of(committee, writer), writer), by=who())
    assert (version.status, version.valid_from, version.valid_to) == (Status.PUBLISHED, days(0), None)
    assert version.published_by == who()


def test_the_writers_do_not_publish(committee, writer):
    draft = write(draft_of(committee, writer), writer)
    with pytest.raises(NotAllowed) as refused:
        guidance.publish(draft=draft, by=writer)
    assert refused.value.codes == ["not_publisher"]
    assert GuidanceVersion.objects.get().status == Status.DRAFT


@pytest.mark.parametrize(
    ("text", "points", "codes"),
    [
        ("", (), ["nothing_written"]),
        ("  ", (), ["nothing_written"]),
        ("Sådan.", (), []),
        ("", (("Punkt", ""),), []),
    ],
)
def test_there_must_be_something_to_publish(committee, writer, text, points, codes):
    draft = write(draft_of(committee, writer), writer, *points, text=text)
    assert [refusal.code for refusal in guidance.reasons_against_publishing(draft, days(0))] == codes


def test_a_file_alone_can_be_published(committee, writer):
    draft = draft_of(committee, writer)
    guidance.add_file(draft=draft, upload=pdf(), by=writer)
    assert guidance.reasons_against_publishing(draft, days(0)) == []


@pytest.mark.parametrize(("end", "codes"), [(-1, ["ends_before_start"]), (0, []), (1, [])])
def test_it_holds_at_least_today(committee, writer, end, codes):
    draft = write(draft_of(committee, writer), writer, valid_to=days(end))
    assert [refusal.code for refusal in guidance.reasons_against_publishing(draft, days(0))] == codes


def test_a_new_version_begins_as_the_old_one_and_supersedes_it(committee, writer):
    first = published(committee, writer, ("Brug modellen", "Altid."))
    GuidanceVersion.objects.filter(pk=first.pk).update(valid_from=days(-30))
    draft = guidance.begin_version(guidance=first.guidance, by=writer)
    assert (draft.number, draft.text) == (2, first.text)
    assert [(p.number, p.title) for p in draft.points.all()] == [(1, "Brug modellen")]
    assert GuidanceVersion.objects.get(pk=first.pk).status == Status.PUBLISHED
    guidance.publish(draft=draft, by=business_manager())
    before = GuidanceVersion.objects.get(pk=first.pk)
    assert (before.status, before.valid_from, before.valid_to) == (Status.SUPERSEDED, days(-30), days(-1))
    assert [point.title for point in before.points.all()] == ["Brug modellen"]


def test_two_versions_in_one_day_do_not_end_before_they_began(committee, writer):
    first = published(committee, writer)
    guidance.publish(draft=guidance.begin_version(guidance=first.guidance, by=writer), by=business_manager())
    before = GuidanceVersion.objects.get(pk=first.pk)
    assert (before.valid_from, before.valid_to) == (days(0), days(0))


def test_only_one_draft_at_a_time(committee, writer):
    draft = draft_of(committee, writer)
    with pytest.raises(WrongStage) as refused:
        guidance.begin_version(guidance=draft.guidance, by=writer)
    assert refused.value.codes == ["draft_exists"]


def test_what_is_published_never_changes(committee, writer):
    draft = write(draft_of(committee, writer), writer, ("Punkt", ""))
    file = guidance.add_file(draft=draft, upload=pdf(), by=writer)
    version = guidance.publish(draft=draft, by=business_manager())
    for attempt in (
        lambda: write(version, writer),
        lambda: guidance.add_file(draft=version, upload=pdf(), by=writer),
        lambda: guidance.remove_file(file=file, by=writer),
        lambda: guidance.publish(draft=version, by=business_manager()),
    ):
        with pytest.raises(WrongStage) as refused:
            attempt()
        assert refused.value.codes == ["not_draft"]
    assert (version.points.count(), version.files.count()) == (1, 1)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("program.exe", b"MZ", "file_kind"),
        ("side.html", b"<html>", "file_kind"),
        ("tom.pdf", b"", "file_empty"),
        ("falsk.pdf", b"MZ\x90", "file_content"),
    ],
)
def test_files_are_checked(committee, writer, name, content, code):
    with pytest.raises(NotReady) as refused:
        guidance.add_file(draft=draft_of(committee, writer), upload=pdf(content, name), by=writer)
    assert refused.value.codes == [code]


def test_a_file_that_an_earlier_version_holds_stays_stored(committee, writer, django_capture_on_commit_callbacks):
    draft = draft_of(committee, writer)
    guidance.add_file(draft=draft, upload=pdf(), by=writer)
    first = guidance.publish(draft=draft, by=business_manager())
    next_one = guidance.begin_version(guidance=first.guidance, by=writer)
    kept, copied = first.files.get(), next_one.files.get()
    assert kept.file.name == copied.file.name
    with django_capture_on_commit_callbacks(execute=True):
        guidance.remove_file(file=copied, by=writer)
    assert kept.file.storage.exists(kept.file.name)


def test_a_file_that_nobody_holds_is_removed(committee, writer, django_capture_on_commit_callbacks):
    file = guidance.add_file(draft=draft_of(committee, writer), upload=pdf(), by=writer)
    stored, name = file.file.storage, file.file.name
    with django_capture_on_commit_callbacks(execute=True):
        guidance.remove_file(file=file, by=writer)
    assert not stored.exists(name)
