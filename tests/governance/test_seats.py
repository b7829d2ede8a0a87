"""Who may hold a seat, from which day to which; and what the database refuses by itself."""

import pytest
from django.db import IntegrityError, transaction

from governance.domain.seats import end_seat, give_seat
from governance.models import Body, Membership
from governance.refusals import NotReady
from tests.factories import (
    LONG_AGO,
    AppointmentFactory,
    BodyFactory,
    GroupFactory,
    InitiativeFactory,
    MembershipFactory,
    OrganisationFactory,
    PortalRoleFactory,
    UserFactory,
    board_with,
    business_manager,
    days,
    decide,
    secretariat,
)

pytestmark = pytest.mark.django_db
Function = Membership.Function


def give(body, person=None, *, valid_from=None, **more):
    person = person or UserFactory()
    organisation = more.pop("organisation", None) or person.organisation
    return give_seat(body=body, person=person, organisation=organisation, valid_from=valid_from or days(0), **more)


def refusal_of(body, person=None, **more):
    seats = Membership.objects.count()
    with pytest.raises(NotReady) as refused:
        give(body, person, **more)
    assert Membership.objects.count() == seats
    return refused.value.codes


def test_a_seat_is_given():
    body, person = BodyFactory(), UserFactory()
    seat = give(body, person, function=Function.CHAIR, mandate=Membership.Mandate.DELEGATED, valid_to=days(10))
    stored = Membership.objects.get(pk=seat.pk)
    assert (stored.person, stored.function, stored.valid_from, stored.valid_to) == (
        person,
        Function.CHAIR,
        days(0),
        days(10),
    )


def test_a_vacant_seat_is_given_to_an_organisation():
    body, organisation = BodyFactory(), OrganisationFactory()
    seat = give_seat(body=body, person=None, organisation=organisation, valid_from=days(0))
    assert seat.organisation == organisation
    assert not body.memberships.filled().exists()


@pytest.mark.parametrize("function", Membership.NEVER_VOTES)
def test_secretary_and_observer_have_no_vote(function):
    assert refusal_of(BodyFactory(), function=function, has_vote=True) == ["observer_votes"]
    assert give(BodyFactory(), function=function, has_vote=False).function == function


def test_nobody_holds_two_seats_in_one_body():
    seat = MembershipFactory()
    assert refusal_of(seat.body, seat.person) == ["seat_taken_by_person"]


def test_there_is_one_chair():
    seat = MembershipFactory(chair=True)
    assert refusal_of(seat.body, function=Function.CHAIR) == ["two_chairs"]


@pytest.mark.parametrize("function", [Function.CHAIR, Function.MEMBER])
def test_the_next_one_begins_the_day_after_the_last_ended(function):
    seat = MembershipFactory(function=function, valid_to=days(-1))
    assert give(seat.body, seat.person, function=function, valid_from=days(0))


@pytest.mark.parametrize("function", [Function.CHAIR, Function.MEMBER])
def test_the_next_one_does_not_begin_on_the_day_the_last_ends(function):
    seat = MembershipFactory(function=function, valid_to=days(0))
    assert "seat_taken_by_person" in refusal_of(seat.body, seat.person, function=function, valid_from=days(0))


@pytest.mark.parametrize(("last", "overlaps"), [(-11, False), (-10, True), (None, True)])
def test_a_seat_in_the_past_meets_only_the_seats_of_its_time(last, overlaps):
    seat = MembershipFactory(chair=True, valid_from=days(-10))
    more = {"function": Function.CHAIR, "valid_from": days(-90), "valid_to": None if last is None else days(last)}
    if overlaps:
        assert refusal_of(seat.body, **more) == ["two_chairs"]
    else:
        assert give(seat.body, **more)


@pytest.mark.parametrize("function", [Function.CHAIR, Function.VICE_CHAIR, Function.MEMBER])
def test_an_organisation_has_one_member_on_the_board(function):
    board = board_with(2)
    colleague = UserFactory(organisation=board.memberships.last().organisation)
    codes = refusal_of(board, colleague, function=function)
    assert "organisation_twice" in codes


@pytest.mark.parametrize("function", [Function.DEPUTY, Function.SECRETARY, Function.OBSERVER])
def test_the_members_organisation_may_have_a_deputy_or_secretary_beside(function):
    board = board_with(2)
    colleague = UserFactory(organisation=board.memberships.last().organisation)
    assert give(board, colleague, function=function, has_vote=False)


def test_two_from_an_organisation_may_sit_in_a_steering_group():
    seat = MembershipFactory()
    assert give(seat.body, UserFactory(organisation=seat.organisation))


@pytest.mark.parametrize(("limit", "refused"), [(1, True), (2, False), (None, False)])
def test_a_group_may_limit_seats_for_each_organisation(limit, refused):
    body = BodyFactory(kind=Body.Kind.COORDINATION_GROUP, seats_per_organisation=limit)
    seat = MembershipFactory(body=body)
    colleague = UserFactory(organisation=seat.organisation)
    if refused:
        assert refusal_of(body, colleague) == ["organisation_limit"]
    else:
        assert give(body, colleague)


@pytest.mark.parametrize("function", [Function.CHAIR, Function.MEMBER, Function.DEPUTY])
def test_the_project_lead_is_no_member_of_the_steering_group(function):
    initiative = InitiativeFactory(project=True)
    lead = AppointmentFactory(initiative=initiative, role="project_lead").person
    group = GroupFactory(initiative=initiative)
    assert refusal_of(group, lead, function=function) == ["lead_in_steering_group"]


def test_the_project_lead_is_the_steering_groups_secretary():
    initiative = InitiativeFactory(project=True)
    lead = AppointmentFactory(initiative=initiative, role="project_lead").person
    assert give(GroupFactory(initiative=initiative), lead, function=Function.SECRETARY, has_vote=False)


def test_the_project_lead_may_sit_in_another_initiatives_steering_group():
    lead = AppointmentFactory(role="project_lead").person
    assert give(GroupFactory(initiative=InitiativeFactory(project=True)), lead)


@pytest.mark.parametrize("function", [Function.CHAIR, Function.MEMBER, Function.DEPUTY])
def test_the_business_manager_takes_active_part_in_a_steering_group_only_as_agreed(function):
    manager = business_manager()
    seat = {"function": function, "organisation": OrganisationFactory()}
    assert refusal_of(BodyFactory(), manager, **seat) == ["agreement_missing"]
    assert refusal_of(BodyFactory(), manager, **seat, agreement="  ") == ["agreement_missing"]
    assert give(BodyFactory(), manager, **seat, agreement="Aftalt 1. maj, fordi projektet mangler en formand.")


@pytest.mark.parametrize("function", Membership.NEVER_VOTES)
def test_the_business_manager_looks_on_without_an_agreement(function):
    assert give(
        BodyFactory(), business_manager(), organisation=OrganisationFactory(), function=function, has_vote=False
    )


def test_the_agreement_is_about_steering_groups_and_the_present_manager():
    organisation = OrganisationFactory()
    group = BodyFactory(kind=Body.Kind.COORDINATION_GROUP)
    assert give(group, business_manager(), organisation=organisation)
    assert give(BodyFactory(), secretariat(), organisation=organisation)
    former = PortalRoleFactory(valid_to=days(-1)).person
    assert give(BodyFactory(), former)
    assert "agreement_missing" in refusal_of(BodyFactory(), former, valid_from=days(-1))


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [(-10, 10, False), (-11, 10, True), (-10, 11, True), (-10, None, True)],
)
def test_a_seat_lasts_no_longer_than_its_body(first, last, refused):
    body = BodyFactory(valid_from=days(-10), valid_to=days(10))
    more = {"valid_from": days(first), "valid_to": None if last is None else days(last)}
    if refused:
        assert refusal_of(body, **more) == ["outside_body"]
    else:
        assert give(body, **more)


def test_the_decision_that_put_somebody_there_stands_on_the_seat():
    decision = decide(None, "other")
    assert give(BodyFactory(), decision=decision).approved_by == decision
    assert give(BodyFactory(), decision=decision, is_appointment=True).appointed_by == decision


def test_a_decision_that_said_no_puts_nobody_anywhere():
    decision = decide(None, "other", outcome="rejected", reason="value")
    assert refusal_of(BodyFactory(), decision=decision) == ["decision_said_no"]


def test_only_the_board_approves_a_steering_group():
    groups = [BodyFactory(kind=kind) for kind in ("steering_group", "coordination_group")]
    MembershipFactory(body=groups[0], chair=True)
    decision = decide(None, "other", body=groups[0])
    assert refusal_of(BodyFactory(), decision=decision) == ["not_board"]
    assert give(groups[1], decision=decision).approved_by == decision


def test_why_a_seat_ended_is_kept():
    seat = end_seat(seat=MembershipFactory(), on=days(0), because=Membership.Ending.RESIGNED)
    assert Membership.objects.get(pk=seat.pk).ended_because == "resigned"


def test_every_reason_is_given_at_once():
    seat = MembershipFactory(chair=True)
    codes = refusal_of(seat.body, seat.person, function=Function.CHAIR)
    assert codes == ["seat_taken_by_person", "two_chairs"]


def test_a_seat_ends_on_the_day_given_and_the_past_stays():
    seat = MembershipFactory(valid_from=days(-30))
    end_seat(seat=seat, on=days(-3))
    assert list(seat.body.memberships.on(days(-3))) == [seat]
    assert not seat.body.memberships.on(days(-2)).exists()


def test_a_seat_may_end_on_its_first_day_but_not_before():
    seat = MembershipFactory(valid_from=days(-5))
    with pytest.raises(NotReady) as refused:
        end_seat(seat=seat, on=days(-6))
    assert refused.value.codes == ["ends_before_start"]
    assert Membership.objects.get().valid_to is None
    assert end_seat(seat=seat, on=days(-5)).valid_to == days(-5)


def test_who_votes():
    body = BodyFactory()
    votes = [MembershipFactory(body=body, chair=True), MembershipFactory(body=body)]
    MembershipFactory(body=body, deputy=True)
    MembershipFactory(body=body, function=Function.DEPUTY, has_vote=True)
    MembershipFactory(body=body, observer=True)
    MembershipFactory(body=body, vacant=True)
    MembershipFactory(body=body, has_vote=False)
    MembershipFactory(body=body, valid_to=days(-1))
    assert list(body.memberships.on(days(0)).voting()) == votes


@pytest.mark.parametrize(("last", "counts"), [(None, True), (0, True), (-1, False)])
def test_a_board_member_counts_to_the_last_day_of_the_term(last, counts):
    seat = board_with(1).memberships.get()
    Membership.objects.filter(pk=seat.pk).update(valid_to=None if last is None else days(last))
    group = MembershipFactory(person=seat.person).body
    assert group.memberships.held_by_board_members(days(0)).exists() is counts


@pytest.mark.parametrize("trait", ["deputy", "observer", "secretary"])
def test_only_voting_members_of_the_board_count_as_board_members(trait):
    seat = MembershipFactory(body=board_with(1), **{trait: True})
    group = MembershipFactory(person=seat.person).body
    assert not group.memberships.held_by_board_members(days(0)).exists()


def test_the_database_refuses_what_must_never_be():
    seat = MembershipFactory(chair=True)
    attempts = [
        {"body": seat.body, "function": Function.CHAIR},
        {"body": seat.body, "person": seat.person},
        {"function": Function.OBSERVER, "has_vote": True},
        {"valid_from": days(0), "valid_to": days(-1)},
    ]
    for fields in attempts:
        with pytest.raises(IntegrityError), transaction.atomic():
            MembershipFactory(**fields)
    board_with(0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Body.objects.create(kind=Body.Kind.BOARD, name="En anden bestyrelse", valid_from=LONG_AGO)
