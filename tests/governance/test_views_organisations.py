"""Pages of organisations and their ties to OS2."""

import pytest

from governance.models import Affiliation, Organisation
from tests.factories import AffiliationFactory, OrganisationFactory, UserFactory, days
from tests.governance.pages import codes, day_text, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client_as):
    return client_as("secretariat")


def form(**changes):
    return {"name": "Prøvestad", "kind": "municipality", "valid_from": "01-01-2007", **changes}


def test_an_organisation_is_registered(manager):
    response = manager.post(url("organisation-create"), form(code="0999", website="prøvestad.example", cvr="12345678"))
    made = Organisation.objects.get(name="Prøvestad")
    assert response.headers["Location"] == url("organisation", made.slug)
    assert (made.code, made.cvr, made.website) == ("0999", "12345678", "https://prøvestad.example")


def test_organisations_without_a_code_do_not_stand_in_each_others_way(manager):
    manager.post(url("organisation-create"), form(name="Den ene", code=""))
    manager.post(url("organisation-create"), form(name="Den anden", code=""))
    assert set(Organisation.objects.values_list("code", flat=True)) == {None}


@pytest.mark.parametrize(
    ("changes", "code", "field"), [({}, "name_taken", "name"), ({"name": "Ny"}, "code_taken", "code")]
)
def test_what_is_taken_is_refused_beside_its_field(changes, code, field, manager):
    OrganisationFactory(name="prøvestad", code="0999")
    response = manager.post(
        url("organisation-create"), form(**({"code": "0999"} if field == "code" else {}), **changes)
    )
    assert (response.status_code, codes(response)) == (422, [code])
    assert response.context["form"].errors.keys() == {field}


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", "x" * 10_000),
        ("kind", "rige"),
        ("code", "99"),
        ("code", "abcd"),
        ("cvr", "1234567"),
        ("role_email", "ikke en adresse"),
        ("website", "javascript:alert(1)"),
        ("valid_from", "00-00-0000"),
        ("address", "x" * 10_000),
    ],
)
def test_bad_input_is_explained_beside_its_field_and_kept(field, typed, manager):
    response = manager.post(url("organisation-create"), form(**{field: typed}))
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}
    assert response.context["form"][field].value() == typed
    assert not Organisation.objects.filter(name__startswith="Prøvestad").exists()


def test_a_slip_in_another_name_does_not_change_the_address(manager):
    organisation = OrganisationFactory(name="Prøvestad")
    address = url("organisation-edit", organisation.slug)
    version = manager.get(address).context["form"].initial["version"]
    manager.post(address, form(name="Prøvestaden", version=version))
    changed = Organisation.objects.get(pk=organisation.pk)
    assert (changed.name, changed.slug) == ("Prøvestaden", organisation.slug)


def test_somebody_elses_newer_text_is_not_overwritten(manager):
    organisation = OrganisationFactory(name="Prøvestad")
    address = url("organisation-edit", organisation.slug)
    version = manager.get(address).context["form"].initial["version"]
    manager.post(address, form(version=version, address="Torvet 1"))
    response = manager.post(address, form(version=version, address="Gaden 2"))
    assert (response.status_code, codes(response)) == (409, ["stale"])
    assert [(d.theirs, d.yours) for d in response.context["difference"].differences] == [("Torvet 1", "Gaden 2")]
    assert Organisation.objects.get(pk=organisation.pk).address == "Torvet 1"


def test_the_page_shows_people_by_function_and_names_only_to_those_who_run_the_portal(client_as):
    person = UserFactory(title="Digitaliseringschef", name="Prøve Prøvesen")
    address = url("organisation", person.organisation.slug)
    page = client_as("member_user").get(address).content.decode()
    assert "Digitaliseringschef" in page
    assert "Prøve Prøvesen" not in page
    assert person.email not in page
    assert "Prøve Prøvesen" in client_as("secretariat").get(address).content.decode()


def test_an_organisation_becomes_a_member_once(manager):
    organisation = OrganisationFactory()
    address, data = url("affiliation-give", organisation.slug), {"kind": "member", "valid_from": day_text(days(0))}
    assert manager.post(address, data).status_code == 302
    response = manager.post(address, data)
    assert codes(response) == ["already_affiliated"]
    assert response.context["form"].errors.keys() == {"kind"}
    assert organisation.affiliations.count() == 1


def test_a_membership_that_ended_can_begin_again(manager):
    tie = AffiliationFactory(valid_to=days(-1))
    data = {"kind": "member", "valid_from": day_text(days(0))}
    assert manager.post(url("affiliation-give", tie.organisation.slug), data).status_code == 302


def test_a_tie_is_ended(manager):
    tie = AffiliationFactory()
    assert manager.post(url("affiliation-end", tie.pk), {"on": day_text(days(3))}).status_code == 302
    assert Affiliation.objects.get(pk=tie.pk).valid_to == days(3)
    assert codes(manager.post(url("affiliation-end", tie.pk), {"on": day_text(days(4))})) == ["already_ended"]
    assert codes(manager.post(url("affiliation-end", tie.pk), {"on": "01-01-2000"})) == ["ends_before_start"]


@pytest.mark.parametrize("role", ["stranger", "board_chair"])
def test_others_cannot_write_by_forging_a_post(role, client_as):
    tie = AffiliationFactory()
    client = client_as(role)
    assert client.post(url("organisation-create"), form()).status_code == 404
    assert client.post(url("organisation-edit", tie.organisation.slug), form(version=0)).status_code == 404
    assert client.post(url("affiliation-end", tie.pk), {"on": day_text(days(0))}).status_code == 404
    assert not Organisation.objects.filter(name="Prøvestad").exists()
    assert Affiliation.objects.get(pk=tie.pk).valid_to is None
