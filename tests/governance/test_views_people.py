"""Pages of people: invitations and their letters, coming in, portal roles."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from governance.models import Invitation, PortalRole, User
from governance.tasks import send_invitation
from tests.factories import OrganisationFactory, PortalRoleFactory, UserFactory, business_manager, days
from tests.governance.pages import codes, day_text, url

pytestmark = pytest.mark.django_db

PASSWORD = "fire-små-kloge-grise"


@pytest.fixture
def manager(client_as):
    return client_as("business_manager")


def form(**changes):
    return {"email": "Ny.Person@example.org", "title": "Digitaliseringschef", **changes}


@pytest.fixture
def invitation(manager):
    manager.post(url("person-invite"), form())
    return Invitation.objects.get()


# ---------------------------------------------------------------- inviting


def test_an_invitation_makes_the_person_and_sends_the_letter_after_commit(
    manager, settings, django_capture_on_commit_callbacks
):
    settings.PUBLIC_BASE_URL = "https://portefolje.example/"
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        response = manager.post(url("person-invite"), form(organisation=OrganisationFactory().pk))
    invitation = Invitation.objects.select_related("person").get()
    assert response.headers["Location"] == url("person", invitation.person.pk)
    assert (invitation.person.email, invitation.person.has_usable_password()) == ("ny.person@example.org", False)
    assert len(callbacks) == DBTaskResult.objects.count() == 1
    assert not mail.outbox

    send_invitation.call(invitation_id=invitation.pk)
    (letter,) = mail.outbox
    assert letter.to == ["ny.person@example.org"]
    assert f"https://portefolje.example/invitation/{invitation.token}/" in letter.body
    assert letter.subject == letter.subject.strip()


def test_the_token_is_not_in_the_queue(manager, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        manager.post(url("person-invite"), form())
    assert Invitation.objects.get().token not in str(DBTaskResult.objects.get().args_kwargs)


@pytest.mark.parametrize("change", [{"accepted_at": timezone.now()}, {"expires_at": timezone.now() - timedelta(1)}])
def test_a_letter_whose_invitation_is_closed_meanwhile_is_not_sent(change, invitation):
    Invitation.objects.update(**change)
    send_invitation.call(invitation_id=invitation.pk)
    assert not mail.outbox


def test_one_who_can_log_in_is_not_invited(manager):
    person = UserFactory(email="ny.person@example.org")
    response = manager.post(url("person-invite"), form())
    assert (response.status_code, codes(response)) == (422, ["already_in"])
    assert response.context["form"].errors.keys() == {"email"}
    assert not person.invitations.exists()


def test_a_new_invitation_takes_the_place_of_the_old_one(manager, invitation):
    manager.post(url("person-reinvite", invitation.person_id))
    newest = Invitation.objects.order_by("-pk").first()
    assert newest != invitation
    assert manager.get(url("invitation", invitation.token)).status_code == 410
    assert manager.get(url("invitation", newest.token)).status_code == 200


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("email", "ikke en adresse"),
        ("email", "x" * 300 + "@example.org"),
        ("title", ""),
        ("title", "x" * 10_000),
        ("organisation", "abc"),
        ("name", "en\x00to"),
    ],
)
def test_bad_input_is_explained_beside_its_field_and_nobody_is_invited(field, typed, manager):
    response = manager.post(url("person-invite"), form(**{field: typed}))
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}
    assert not Invitation.objects.exists()


# ---------------------------------------------------------------- coming in


def test_the_invited_person_chooses_a_password_and_is_in(client, invitation):
    client.logout()
    address = url("invitation", invitation.token)
    assert client.get(address).status_code == 200
    response = client.post(address, {"password": PASSWORD, "again": PASSWORD})
    assert response.status_code == 302
    person = User.objects.get(pk=invitation.person_id)
    assert person.check_password(PASSWORD)
    assert client.session["_auth_user_id"] == str(person.pk)


def test_an_invitation_is_used_once(client, invitation):
    client.logout()
    address = url("invitation", invitation.token)
    client.post(address, {"password": PASSWORD, "again": PASSWORD})
    client.logout()
    again = client.post(address, {"password": "en-helt-anden-lang-en", "again": "en-helt-anden-lang-en"})
    assert again.status_code == 410
    assert User.objects.get(pk=invitation.person_id).check_password(PASSWORD)


@pytest.mark.parametrize(
    ("password", "again", "field"),
    [
        ("kort", "kort", "password"),
        ("password1234", "password1234", "password"),
        ("ny.person@example.org", "ny.person@example.org", "password"),
        (PASSWORD, "noget-helt-andet", "again"),
        ("", "", "password"),
        ("x" * 10_000, "x" * 10_000, "password"),
    ],
)
def test_a_weak_or_mistyped_password_is_explained(password, again, field, client, invitation):
    client.logout()
    response = client.post(url("invitation", invitation.token), {"password": password, "again": again})
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not User.objects.get(pk=invitation.person_id).has_usable_password()


def test_an_expired_and_an_unknown_invitation_get_the_same_answer(client, invitation):
    client.logout()
    Invitation.objects.update(expires_at=timezone.now())
    expired, unknown = client.get(url("invitation", invitation.token)), client.get(url("invitation", "findes-ikke"))
    assert expired.status_code == unknown.status_code == 410
    assert "csrf" not in expired.content.decode()


def test_the_page_of_an_invitation_is_kept_by_no_cache(client, invitation):
    assert "no-store" in client.get(url("invitation", invitation.token)).headers["Cache-Control"]


def test_an_invitation_opens_nothing_for_one_whose_way_in_is_closed(client, invitation):
    client.logout()
    User.objects.filter(pk=invitation.person_id).update(is_active=False)
    response = client.post(url("invitation", invitation.token), {"password": PASSWORD, "again": PASSWORD})
    assert response.status_code == 410
    assert not User.objects.get(pk=invitation.person_id).has_usable_password()


# ---------------------------------------------------------------- changing


def edit_form(client, person, **changes):
    version = client.get(url("person-edit", person.pk)).context["form"].initial["version"]
    return {"title": person.title, "is_active": "on", "version": version, **changes}


def test_a_person_gets_another_function_and_keeps_the_address(manager):
    person, place = UserFactory(), OrganisationFactory()
    data = edit_form(manager, person, title="It-chef", organisation=place.pk)
    assert manager.post(url("person-edit", person.pk), data).status_code == 302
    changed = User.objects.get(pk=person.pk)
    assert (changed.title, changed.organisation, changed.email) == ("It-chef", place, person.email)
    assert changed.has_usable_password()


def test_a_closed_way_in_ends_the_session(manager, client_as, client):
    person = UserFactory()
    data = edit_form(manager, person)
    del data["is_active"]
    assert manager.post(url("person-edit", person.pk), data).status_code == 302
    client.force_login(person)
    assert client.get(url("bodies")).status_code == 302


def test_nobody_closes_their_own_way_in(manager):
    own = business_manager()
    data = edit_form(manager, own)
    del data["is_active"]
    response = manager.post(url("person-edit", own.pk), data)
    assert codes(response) == ["own_way_in"]
    assert response.context["form"].errors.keys() == {"is_active"}
    assert User.objects.get(pk=own.pk).is_active


def test_somebody_elses_newer_text_about_a_person_is_not_overwritten(manager):
    person = UserFactory()
    data = edit_form(manager, person)
    manager.post(url("person-edit", person.pk), {**data, "title": "Først"})
    response = manager.post(url("person-edit", person.pk), {**data, "title": "Sidst"})
    assert (response.status_code, codes(response)) == (409, ["stale"])
    assert User.objects.get(pk=person.pk).title == "Først"


# ---------------------------------------------------------------- roles


def test_a_role_is_given_once_at_a_time(manager):
    person = UserFactory()
    data = {"role": "secretariat", "valid_from": day_text(days(0))}
    assert manager.post(url("role-grant", person.pk), data).status_code == 302
    response = manager.post(url("role-grant", person.pk), data)
    assert codes(response) == ["role_held"]
    assert response.context["form"].errors.keys() == {"role"}
    assert person.portal_roles.count() == 1


def test_a_role_is_ended_and_can_be_given_again(manager):
    role = PortalRoleFactory(role="secretariat")
    assert manager.post(url("role-end", role.pk), {"on": day_text(days(0))}).status_code == 302
    assert PortalRole.objects.get(pk=role.pk).valid_to == days(0)
    data = {"role": "secretariat", "valid_from": day_text(days(1))}
    assert manager.post(url("role-grant", role.person_id), data).status_code == 302


@pytest.mark.parametrize(("on", "code"), [(-10, "ends_before_start"), (1, "already_ended")])
def test_a_role_cannot_end_outside_its_time(on, code, manager):
    role = PortalRoleFactory(role="secretariat", valid_from=days(-5), valid_to=days(0))
    response = manager.post(url("role-end", role.pk), {"on": day_text(days(on))})
    assert codes(response) == [code]


def test_the_last_business_manager_stays_until_there_is_another(manager):
    own = business_manager().portal_roles.get()
    response = manager.post(url("role-end", own.pk), {"on": day_text(days(0))})
    assert codes(response) == ["last_business_manager"]
    assert PortalRole.objects.get(pk=own.pk).valid_to is None
    PortalRoleFactory(valid_from=days(1))
    assert manager.post(url("role-end", own.pk), {"on": day_text(days(0))}).status_code == 302


@pytest.mark.parametrize("on", ["", "32-01-2026", "01-01-9999"])
def test_a_day_that_cannot_be_read_ends_nothing(on, manager):
    role = PortalRoleFactory(role="secretariat")
    assert manager.post(url("role-end", role.pk), {"on": on}).status_code == 422
    assert PortalRole.objects.get(pk=role.pk).valid_to is None


# ---------------------------------------------------------------- others


def test_the_secretariat_sees_people_and_invites_nobody(client_as, invitation):
    client = client_as("secretariat")
    page = client.get(url("person", invitation.person_id))
    assert page.status_code == 200
    assert url("person-reinvite", invitation.person_id) not in page.content.decode()
    assert client.post(url("person-invite"), form(email="en.anden@example.org")).status_code == 404
    assert client.post(url("person-reinvite", invitation.person_id)).status_code == 404
    assert client.post(url("person-edit", invitation.person_id), {"title": "x", "version": 0}).status_code == 404
    assert client.post(url("role-grant", invitation.person_id), {"role": "business_manager"}).status_code == 404
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("role", ["stranger", "member_user", "board_chair"])
def test_people_do_not_exist_for_others(role, client_as):
    client, person = client_as(role), UserFactory()
    assert client.get(url("people")).status_code == 404
    assert client.get(url("person", person.pk)).status_code == 404


def test_a_person_that_does_not_exist_is_not_found(manager):
    assert manager.get(url("person", 99999999999999999999)).status_code == 404
