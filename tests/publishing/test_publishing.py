"""What becomes public, what never does, and who makes it so."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from governance.refusals import NotAllowed, NotReady, WrongStage
from portfolio.domain.people import note_dialogue
from portfolio.models import Stage
from publishing.domain.publications import current_publication, preview, publish
from publishing.models import Publication
from publishing.queries import Wish, found
from reporting.domain.snapshots import take_snapshot
from tests.factories import (
    AdoptionFactory,
    InitiativeFactory,
    OrganisationFactory,
    UserFactory,
    business_manager,
    days,
    decide,
    let_on,
    secretariat,
)

pytestmark = pytest.mark.django_db


def published(by=None):
    manager = business_manager()
    return publish(snapshot=take_snapshot(by=manager), by=by or manager)


def names(publication):
    return list(publication.initiatives.values_list("name", flat=True))


def test_concepts_projects_and_products_are_public_and_nothing_else():
    for stage in Stage:
        InitiativeFactory(name=f"Et {stage.value}", stage=stage, level=1)
    assert names(published()) == ["Et concept", "Et product", "Et project"]


def test_an_idea_is_public_only_when_it_is_marked():
    InitiativeFactory(name="Åben idé", is_public_idea=True)
    InitiativeFactory(name="Lukket idé")
    assert names(published()) == ["Åben idé"]


def test_what_is_not_public_never_reaches_a_public_page(client, catalogue):
    marker = "HEMMELIGT"
    manager = business_manager()
    organisation = OrganisationFactory(address=marker)
    initiative = InitiativeFactory(
        product=True,
        level=1,
        contact=marker,
        level_reason=marker,
        proposer=UserFactory(name=marker, title=marker, organisation=organisation),
        overlap_assessment=marker,
        external_assessment=marker,
        local_need=marker,
        idea=marker,
        project_model=marker,
        priority_reason=marker,
    )
    note_dialogue(
        initiative=initiative, held_on=days(0), with_whom=marker, text=marker, about_requirements=True, by=manager
    )
    decide(initiative, "other", text=marker, is_public=False)
    published()
    for address in (reverse("publishing:portfolio"), reverse("publishing:initiative", args=[initiative.slug])):
        response = client.get(address)
        assert response.status_code == 200
        assert marker not in response.content.decode()
    assert marker not in str(list(current_publication().initiatives.values()))


def test_public_decisions_are_shown(client, n2_concept):
    initiative = let_on(n2_concept, "start")
    published()
    content = client.get(reverse("publishing:initiative", args=[initiative.slug])).content.decode()
    assert "Besluttet på mødet." in content


@pytest.mark.parametrize("person", [secretariat, business_manager])
def test_manager_and_secretariat_publish(person):
    InitiativeFactory(product=True)
    assert published(by=person()).initiative_count == 1


def test_others_do_not():
    InitiativeFactory(product=True)
    with pytest.raises(NotAllowed) as refused:
        published(by=UserFactory())
    assert refused.value.codes == ["not_manager"]
    assert not Publication.objects.exists()


def test_nothing_public_is_refused():
    InitiativeFactory()
    with pytest.raises(NotReady) as refused:
        published()
    assert refused.value.codes == ["nothing_public"]


def test_a_snapshot_is_published_once_and_never_an_older_one():
    InitiativeFactory(product=True)
    manager = business_manager()
    older, newer = take_snapshot(by=manager), take_snapshot(by=manager)
    publish(snapshot=newer, by=manager)
    for snapshot, code in ((newer, "already_public"), (older, "older_than_public")):
        with pytest.raises(WrongStage) as refused:
            publish(snapshot=snapshot, by=manager)
        assert refused.value.codes == [code]


def test_the_preview_tells_what_comes_goes_and_changes():
    kept, changed, gone = InitiativeFactory.create_batch(3, product=True)
    published()
    type(gone).objects.filter(pk=gone.pk).update(stage=Stage.WITHDRAWN)
    changed.purpose = "Et nyt formål."
    changed.save()
    new = InitiativeFactory(concept=True)
    found_out = preview(take_snapshot(by=business_manager()))
    assert [item.slug for item in found_out.added] == [new.slug]
    assert [item.slug for item in found_out.removed] == [gone.slug]
    assert [(c.after.slug, c.fields) for c in found_out.changed] == [(changed.slug, ("purpose",))]
    assert found_out.unchanged == 1
    assert kept.slug in {item.slug for item in found_out.items}


def test_the_public_page_does_not_change_before_it_is_published(client):
    product = InitiativeFactory(product=True, name="Gammelt navn")
    published()
    product.name = "Nyt navn"
    product.save()
    address = reverse("publishing:initiative", args=[product.slug])
    assert "Gammelt navn" in client.get(address).content.decode()
    published()
    assert "Nyt navn" in client.get(address).content.decode()


def test_a_public_page_sets_no_cookie_and_can_be_validated(client):
    InitiativeFactory(product=True)
    published()
    first = client.get(reverse("publishing:portfolio"))
    assert not first.cookies
    assert "public" in first["Cache-Control"]
    again = client.get(reverse("publishing:portfolio"), headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_before_the_first_publication_the_page_says_so(client):
    InitiativeFactory(product=True, name="Hemmeligt produkt")
    response = client.get(reverse("publishing:portfolio"))
    assert response.status_code == 200
    assert "Hemmeligt produkt" not in response.content.decode()


@pytest.mark.parametrize("slug", ["findes-ikke", "../../etc"])
def test_an_unknown_initiative_is_404(client, slug):
    InitiativeFactory(product=True)
    published()
    assert client.get(f"/loesninger/{slug}/").status_code == 404


def test_words_filters_and_order_find_what_they_should():
    user = OrganisationFactory(name="Ærø", kind="municipality")
    big = InitiativeFactory(product=True, level=3, name="Stor", purpose="Tilsyn med vandløb")
    AdoptionFactory(initiative=big, organisation=user)
    InitiativeFactory(concept=True, level=1, name="Lille", purpose="Kørebøger")
    publication = published()

    def slugs(**wish):
        return [row.name for row in found(publication, Wish(**wish))]

    assert slugs() == ["Stor", "Lille"]
    assert slugs(sort="name") == ["Lille", "Stor"]
    assert slugs(words="vandløbene") == ["Stor"]
    assert slugs(words="kørebog") == []
    assert slugs(words="ærø") == ["Stor"]
    assert slugs(levels=(1,)) == ["Lille"]
    assert slugs(stages=("product",)) == ["Stor"]
    assert slugs(organisation="Ærø Kommune") == ["Stor"]


@pytest.mark.parametrize(
    "query",
    [
        "?page=999",
        "?page=x",
        "?niveau=9",
        "?niveau=x",
        "?stadie=findes-ikke",
        "?sortering=x",
        "?q=" + "æ" * 500,
        "?vis=x",
    ],
)
def test_strange_addresses_are_answered(client, query):
    InitiativeFactory(product=True)
    published()
    assert client.get("/" + query).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_public_list_asks_the_same_number_of_queries(client, rows, django_assert_num_queries):
    for product in InitiativeFactory.create_batch(rows, product=True):
        AdoptionFactory(initiative=product)
    published()
    with django_assert_num_queries(4):
        client.get("/")


@pytest.mark.parametrize("rows", [1, 3])
def test_publishing_pages_ask_the_same_number_of_queries(client, rows, django_assert_num_queries):
    InitiativeFactory.create_batch(rows, product=True)
    manager = business_manager()
    for _row in range(rows):
        published()
    number = take_snapshot(by=manager).number
    client.force_login(manager)
    client.get(reverse("publishing:publications"))
    for address, queries in (
        (reverse("publishing:publications"), 6),
        (reverse("publishing:publish", args=[number]), 7),
    ):
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200


def test_the_page_publishes_and_a_second_click_is_told(client):
    InitiativeFactory(product=True)
    manager = business_manager()
    address = reverse("publishing:publish", args=[take_snapshot(by=manager).number])
    client.force_login(manager)
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 409
    assert Publication.objects.count() == 1


def test_the_command_publishes_and_refuses(capsys):
    InitiativeFactory(product=True)
    snapshot = take_snapshot(by=business_manager())
    call_command("publish", snapshot=snapshot.number)
    assert Publication.objects.get().snapshot == snapshot
    for number, code in ((snapshot.number, 1), (999, 2)):
        with pytest.raises(SystemExit) as stopped:
            call_command("publish", snapshot=number)
        assert stopped.value.code == code
    assert "999" in capsys.readouterr().err
