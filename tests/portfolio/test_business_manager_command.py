"""The first business manager comes in by a link that the operator hands over; the next ones are invited."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from governance.domain.people import accept_invitation
from governance.models import Invitation, PortalRole, User
from governance.standing import standing_of
from portfolio.domain.registers import load_reference_data
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
EMAIL = "leder@example.org"


@pytest.fixture
def create(capsys):
    """A call that runs the command and gives what it said."""

    def run(*arguments):
        call_command("create_business_manager", *arguments)
        return capsys.readouterr().out

    return run


@pytest.fixture
def refused(capsys):
    """A call that runs the command, which stops, and gives its code; it complains in one line."""

    def run(*arguments):
        with pytest.raises(SystemExit) as stopped:
            call_command("create_business_manager", *arguments)
        assert len(capsys.readouterr().err.splitlines()) == 1
        return stopped.value.code

    return run


def come_in(email):
    invitation = Invitation.objects.filter(person__email=email).latest("pk")
    return accept_invitation(token=invitation.token, password=PASSWORD)


def test_a_link_lets_the_first_one_in(create, settings):
    settings.PUBLIC_BASE_URL = "https://portal.example.org"
    load_reference_data()
    said = create(EMAIL, "--title", "Sekretariatschef")
    invitation = Invitation.objects.get()
    assert f"https://portal.example.org/invitation/{invitation.token}/" in said
    person = come_in(EMAIL)
    assert standing_of(person).is_business_manager
    assert (person.title, person.organisation.name) == ("Sekretariatschef", "Foreningen OS2")


def test_it_works_before_reference_data(create):
    create(EMAIL)
    assert User.objects.get().organisation is None
    assert PortalRole.objects.get().valid_from == timezone.localdate()


def test_again_gives_a_new_link_and_nothing_else(create):
    first, again = create(EMAIL), create(EMAIL.upper())
    assert first != again
    assert (User.objects.count(), PortalRole.objects.count()) == (1, 1)
    assert [invitation.is_open for invitation in Invitation.objects.order_by("pk")] == [False, True]


def test_somebody_who_can_log_in_gets_the_role_but_no_link(create):
    person = UserFactory(email=EMAIL)
    said = create(EMAIL)
    assert "invitation" not in said.casefold().replace(EMAIL, "")
    assert not Invitation.objects.exists()
    assert standing_of(User.objects.get(pk=person.pk)).is_business_manager
    assert create(EMAIL) == said
    assert PortalRole.objects.count() == 1


def test_the_next_one_is_invited_in_the_portal(create, refused):
    create(EMAIL)
    come_in(EMAIL)
    assert refused("anden@example.org") == 1
    assert User.objects.count() == 1


def test_one_that_never_came_in_does_not_lock_the_portal(create):
    create("forkert@example.org")
    assert "anden@example.org" in create("anden@example.org")


@pytest.mark.parametrize(
    "arguments",
    [("ikke-en-adresse",), (EMAIL, "--title", "  "), (EMAIL, "--title", "x" * 201), ("x" * 250 + "@example.org",)],
)
def test_wrong_use_ends_with_2_and_nothing_is_made(refused, arguments):
    assert refused(*arguments) == 2
    assert not User.objects.exists()
