import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portfolio.domain import checklist
from portfolio.models import Evidence
from tests.factories import InitiativeFactory, business_manager
from tests.portfolio.test_views_checklist import given

PDF = b"%PDF-1.7 bevis"


@pytest.fixture
def concept(catalogue):
    return InitiativeFactory(concept=True, described=True, level=1)


@pytest.fixture
def answer(concept):
    return given(concept, "N1-F2")


@pytest.fixture
def stored(answer):
    upload = SimpleUploadedFile("Aftale æøå.pdf", PDF)
    return checklist.add_evidence(answer_id=answer.pk, by=business_manager(), upload=upload)


def file_url(evidence):
    return reverse("portfolio:evidence-file", args=[evidence.pk])


def remove_url(evidence):
    return reverse("portfolio:evidence-remove", args=[evidence.pk])


@pytest.mark.parametrize("role", ["proposer", "board_member", "business_manager"])
def test_whoever_may_see_the_initiative_can_save_the_file(client_as, concept, stored, role):
    response = client_as(role, concept).get(file_url(stored))
    assert b"".join(response.streaming_content) == PDF
    assert response.headers["Content-Disposition"].startswith("attachment; filename")
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("role", ["stranger", "member_user"])
def test_nobody_else_can_tell_that_it_is_there(client_as, concept, stored, role):
    client = client_as(role, concept)
    assert client.get(file_url(stored)).status_code == 404
    assert client.post(remove_url(stored)).status_code == 404
    assert Evidence.objects.exists()


def test_the_anonymous_are_asked_to_log_in(client, stored):
    assert client.get(file_url(stored)).status_code == 302


def test_the_file_is_not_under_any_other_address(client_as, concept, stored, settings):
    client = client_as("business_manager")
    assert stored.file.name.startswith(f"bevis/{concept.pk}/")
    assert "Aftale" not in stored.file.name
    for address in (f"/media/{stored.file.name}", f"/{stored.file.name}", f"{settings.STATIC_URL}{stored.file.name}"):
        assert client.get(address).status_code == 404


def test_a_title_of_ones_own_keeps_the_kind_of_file(client_as, answer):
    upload = SimpleUploadedFile("x.pdf", PDF)
    named = checklist.add_evidence(answer_id=answer.pk, by=business_manager(), upload=upload, title="Aftale")
    response = client_as("business_manager").get(file_url(named))
    assert 'filename="Aftale.pdf"' in response.headers["Content-Disposition"]


def test_a_link_and_a_lost_file_are_not_there_to_be_saved(client_as, answer, stored):
    link = checklist.add_evidence(answer_id=answer.pk, by=business_manager(), url="https://example.org")
    client = client_as("business_manager")
    assert client.get(file_url(link)).status_code == 404
    stored.file.storage.delete(stored.file.name)
    assert client.get(file_url(stored)).status_code == 404


def test_what_was_added_by_mistake_is_removed_with_its_file(
    client_as, concept, stored, django_capture_on_commit_callbacks
):
    client = client_as("proposer", concept)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(remove_url(stored))
    checklist_url = reverse("portfolio:checklist", args=[concept.slug])
    assert response.headers["Location"] == f"{checklist_url}?krav=N1-F2#N1-F2"
    assert not Evidence.objects.exists()
    assert not stored.file.storage.exists(stored.file.name)


def test_only_those_who_answer_remove(client_as, stored):
    assert client_as("board_member").post(remove_url(stored)).status_code == 403
    assert Evidence.objects.exists()


def test_removing_twice_is_not_an_error_but_not_there(client_as, concept, stored):
    client = client_as("proposer", concept)
    client.post(remove_url(stored))
    assert client.post(remove_url(stored)).status_code == 404


def test_removing_asks_for_a_post(client_as, concept, stored):
    assert client_as("proposer", concept).get(remove_url(stored)).status_code == 405
