"""Inviting people, letting them in, giving and ending portal roles."""

from datetime import timedelta

import pytest
from django.utils import timezone

from governance.domain import people
from governance.models import Invitation, PortalRole, User
from governance.refusals import NotAllowed, NotReady, WrongStage
from governance.standing import standing_of
from tests.factories import (
    ROLES,
    InitiativeFactory,
    OrganisationFactory,
    UserFactory,
    business_manager,
    days,
    person_as,
)

pytestmark = pytest.mark.django_db
NOT_THE_MANAGER = [role for role in ROLES if role != "business_manager"]


def invite(email="ny@example.org", **more):
    fields = {"title": "Konsulent", "organisation": OrganisationFactory(), "by": business_manager()}
    return people.invite(email=email, **{**fields, **more})


def test_an_invited_person_comes_in_with_a_password_of_their_own(client):
    invitation = invite()
    assert not invitation.person.has_usable_password()
    person = people.accept_invitation(token=invitation.token, password="et-nyt-langt-kodeord")
    assert User.objects.get(pk=person.pk).check_password("et-nyt-langt-kodeord")
    assert Invitation.objects.get().accepted_at is not None


def test_an_invitation_lasts_two_weeks():
    assert invite().expires_at - timezone.now() <= timedelta(days=14)
    assert invite("en.anden@example.org").expires_at - timezone.now() > timedelta(days=13, hours=23)


def test_one_who_has_not_come_in_is_invited_again_whatever_the_case_of_the_address():
    first, second = invite("Ny@Example.org"), invite("ny@EXAMPLE.org", title="En anden titel")
    assert first.person == second.person
    assert first.token != second.token
    assert User.objects.filter(email__iexact="ny@example.org").count() == 1


def test_one_who_can_log_in_is_not_invited():
    known = UserFactory()
    with pytest.raises(WrongStage) as refused:
        invite(known.email.upper())
    assert refused.value.codes == ["already_in"]
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("role", NOT_THE_MANAGER)
def test_only_the_business_manager_invites(role, catalogue):
    by = person_as(role, InitiativeFactory(product=True, level=2))
    known = User.objects.count()
    with pytest.raises(NotAllowed) as refused:
        people.invite(email="ny@example.org", title="Konsulent", organisation=None, by=by)
    assert refused.value.codes == ["not_business_manager"]
    assert User.objects.count() == known


def _used(invitation):
    people.accept_invitation(token=invitation.token, password="et-langt-kodeord")


def _expired(invitation):
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() - timedelta(seconds=1))


def _accepted_with_another(invitation):
    other = invite(invitation.person.email)
    people.accept_invitation(token=other.token, password="et-langt-kodeord")


@pytest.mark.parametrize("happened", [_used, _expired, _accepted_with_another])
def test_an_invitation_is_good_once_and_until_it_expires(happened):
    invitation = invite()
    happened(invitation)
    before = User.objects.get(pk=invitation.person_id).password
    with pytest.raises(WrongStage) as refused:
        people.accept_invitation(token=invitation.token, password="et-andet-langt-kodeord")
    assert refused.value.codes == ["invitation_closed"]
    assert User.objects.get(pk=invitation.person_id).password == before


def test_a_guessed_token_is_refused():
    with pytest.raises(WrongStage) as refused:
        people.accept_invitation(token="gæt", password="et-langt-kodeord")
    assert refused.value.codes == ["invitation_closed"]


def test_tokens_are_long_and_differ():
    tokens = {invite(f"person{n}@example.net").token for n in range(5)}
    assert len(tokens) == 5
    assert min(map(len, tokens)) >= 40


def test_the_business_manager_gives_and_ends_a_role():
    person = UserFactory()
    role = people.grant_role(person=person, role="secretariat", by=business_manager(), valid_from=days(-10))
    assert standing_of(person).is_secretariat
    people.end_role(role=role, by=business_manager(), on=days(-1))
    assert not standing_of(User.objects.get(pk=person.pk)).is_secretariat


def test_a_role_does_not_end_before_it_began():
    role = people.grant_role(person=UserFactory(), role="secretariat", by=business_manager(), valid_from=days(0))
    with pytest.raises(NotReady) as refused:
        people.end_role(role=role, by=business_manager(), on=days(-1))
    assert refused.value.codes == ["ends_before_start"]
    assert PortalRole.objects.get(pk=role.pk).valid_to is None


def test_the_first_business_manager_needs_nobody_to_give_the_role():
    person = UserFactory()
    people.grant_role(person=person, role="business_manager", by=None, valid_from=days(0))
    assert standing_of(person).is_business_manager


@pytest.mark.parametrize("role", ["secretariat", "board_chair", "member_user"])
def test_others_neither_give_nor_end_roles(role):
    by, given = (
        person_as(role),
        PortalRole.objects.create(person=UserFactory(), role="secretariat", valid_from=days(-9)),
    )
    for attempt in (
        lambda: people.grant_role(person=by, role="business_manager", by=by, valid_from=days(0)),
        lambda: people.end_role(role=given, by=by, on=days(0)),
    ):
        with pytest.raises(NotAllowed) as refused:
            attempt()
        assert refused.value.codes == ["not_business_manager"]
    assert not PortalRole.objects.filter(person=by, role="business_manager").exists()
    assert PortalRole.objects.get(pk=given.pk).valid_to is None
