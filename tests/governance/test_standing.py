"""What a person is on a day: portal roles and seats, from their first day to their last, both included."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from governance.models import Body, Membership, PortalRole
from governance.standing import standing_of
from tests.factories import (
    AffiliationFactory,
    BodyFactory,
    MembershipFactory,
    PortalRoleFactory,
    UserFactory,
    days,
)

pytestmark = pytest.mark.django_db
Function = Membership.Function


def test_a_visitor_who_is_not_signed_in_is_nothing():
    standing = standing_of(AnonymousUser())
    assert (standing.user_id, standing.sees_all, standing.is_member_user, standing.seats) == (None, False, False, ())


@pytest.mark.parametrize(
    ("role", "is_manager", "is_secretariat"),
    [(PortalRole.Role.BUSINESS_MANAGER, True, False), (PortalRole.Role.SECRETARIAT, False, True)],
)
def test_portal_roles_manage_and_see_all(role, is_manager, is_secretariat):
    standing = standing_of(PortalRoleFactory(role=role).person)
    assert (standing.is_business_manager, standing.is_secretariat) == (is_manager, is_secretariat)
    assert standing.manages
    assert standing.sees_all


@pytest.mark.parametrize(("first", "last", "holds"), [(0, 0, True), (-9, -1, False), (1, 9, False), (-9, None, True)])
def test_a_role_holds_from_its_first_day_to_its_last(first, last, holds):
    role = PortalRoleFactory(valid_from=days(first), valid_to=None if last is None else days(last))
    assert standing_of(role.person).is_business_manager is holds


@pytest.mark.parametrize(("first", "last", "holds"), [(0, 0, True), (-9, -1, False), (1, 9, False), (-9, None, True)])
def test_a_seat_holds_from_its_first_day_to_its_last(first, last, holds):
    seat = MembershipFactory(valid_from=days(first), valid_to=None if last is None else days(last))
    assert (seat.body_id in standing_of(seat.person).body_ids) is holds


@pytest.mark.parametrize(
    ("function", "is_member"),
    [
        (Function.CHAIR, True),
        (Function.VICE_CHAIR, True),
        (Function.MEMBER, True),
        (Function.DEPUTY, True),
        (Function.SECRETARY, False),
        (Function.OBSERVER, False),
    ],
)
def test_who_on_the_board_sees_all(function, is_member):
    votes = function not in Membership.NEVER_VOTES
    seat = MembershipFactory(body__kind=Body.Kind.BOARD, function=function, has_vote=votes)
    standing = standing_of(seat.person)
    assert standing.is_board_member is is_member
    assert standing.sees_all is is_member
    assert standing.is_board_chair is (function == Function.CHAIR)
    assert not standing.manages


@pytest.mark.parametrize("kind", [kind for kind in Body.Kind if kind != Body.Kind.BOARD])
def test_a_seat_in_another_body_does_not_see_all(kind):
    seat = MembershipFactory(body__kind=kind, chair=True)
    standing = standing_of(seat.person)
    assert not standing.sees_all
    assert not standing.is_board_chair
    assert standing.chairs(seat.body_id)


def test_one_chairs_only_the_body_one_chairs():
    person = UserFactory()
    chaired = MembershipFactory(person=person, chair=True).body_id
    other = MembershipFactory(person=person).body_id
    standing = standing_of(person)
    assert standing.body_ids == {chaired, other}
    assert standing.chairs(chaired)
    assert not standing.chairs(other)


@pytest.mark.parametrize(("first", "last", "holds"), [(0, 0, True), (-9, -1, False), (1, None, False)])
def test_one_is_a_member_user_while_the_organisation_is_a_member(first, last, holds):
    person = UserFactory()
    AffiliationFactory(
        organisation=person.organisation, valid_from=days(first), valid_to=None if last is None else days(last)
    )
    assert standing_of(person).is_member_user is holds


def test_a_vendor_partner_is_no_member():
    person = UserFactory(organisation__company=True)
    AffiliationFactory(organisation=person.organisation, kind="vendor_partner")
    assert not standing_of(person).is_member_user


def test_a_standing_can_be_asked_for_another_day():
    seat = MembershipFactory(valid_from=days(-30), valid_to=days(-10))
    assert standing_of(seat.person, on=days(-10)).body_ids == {seat.body_id}
    assert standing_of(seat.person).body_ids == frozenset()


def test_a_request_asks_the_database_once(django_assert_num_queries):
    person = MembershipFactory(chair=True).person
    with django_assert_num_queries(1):
        standing_of(person)
        standing_of(person)
    assert standing_of(person).day == timezone.localdate()


def test_past_and_vacant_seats_belong_to_a_body_but_to_nobody_today():
    body = BodyFactory()
    MembershipFactory(body=body, vacant=True)
    ended = MembershipFactory(body=body, valid_to=days(-1))
    assert standing_of(ended.person).seats == ()
    assert body.memberships.count() == 2
