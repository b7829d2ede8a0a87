"""One seat after another: taking over, electing a chair, joining and leaving, who runs a group."""

import pytest

from governance.domain.bodies import constitute, note_introduction, set_up_body, was_introduced
from governance.domain.facilitation import end_facilitation, set_facilitator
from governance.domain.joining import join, leave
from governance.domain.seats import Place
from governance.domain.succession import change_function, elect_chair, replace_seat
from governance.models import Body, Membership
from governance.refusals import NotAllowed, NotReady, WrongStage
from tests.factories import (
    AdoptionFactory,
    BodyFactory,
    GroupFactory,
    InitiativeFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipationFactory,
    UserFactory,
    board_with,
    business_manager,
    days,
    decide,
    person_as,
    secretariat,
)

pytestmark = pytest.mark.django_db
Function, Ending = Membership.Function, Membership.Ending


def codes_of(error, attempt, **more):
    before = list(Membership.objects.order_by("pk").values())
    with pytest.raises(error) as refused:
        attempt(**more)
    assert list(Membership.objects.order_by("pk").values()) == before
    return refused.value.codes


def chair_on(body, day):
    return body.memberships.on(day).get(function=Function.CHAIR)


# ---------------------------------------------------------------- electing a chair


def test_the_new_chair_begins_the_day_after_the_old_ended_and_both_go_on():
    old = MembershipFactory(chair=True)
    new = MembershipFactory(body=old.body)
    elect_chair(seat=new, on=days(0), by=secretariat())
    assert chair_on(old.body, days(-1)).person == old.person
    assert chair_on(old.body, days(0)).person == new.person
    assert {seat.person: seat.function for seat in old.body.memberships.on(days(0))} == {
        old.person: Function.MEMBER,
        new.person: Function.CHAIR,
    }
    ended = Membership.objects.filter(pk__in=[old.pk, new.pk])
    assert {(seat.valid_to, seat.ended_because) for seat in ended} == {(days(-1), Ending.CHANGED)}


def test_term_vote_and_decision_follow_into_the_new_seat():
    decision = decide(None, "other")
    seat = MembershipFactory(appointed_by=decision, valid_to=days(100), mandate=Membership.Mandate.DELEGATED)
    chair = elect_chair(seat=seat, on=days(5), by=business_manager())
    kept = (chair.appointed_by, chair.valid_to, chair.mandate, chair.has_vote)
    assert kept == (decision, days(100), Membership.Mandate.DELEGATED, True)


def test_a_group_that_begins_today_elects_its_chair_today():
    seat = MembershipFactory(valid_from=days(0))
    assert elect_chair(seat=seat, on=days(0), by=secretariat()).pk == seat.pk
    assert seat.body.memberships.get().function == Function.CHAIR


@pytest.mark.parametrize(
    ("seat", "on", "code"),
    [
        ({"chair": True}, 0, "already_chair"),
        ({"vacant": True}, 0, "not_in_force"),
        ({"valid_to": days(-1)}, 0, "not_in_force"),
        ({"valid_from": days(1)}, 0, "not_in_force"),
        ({"deputy": True}, 0, "not_a_member"),
        ({"observer": True}, 0, "not_a_member"),
        ({"secretary": True}, 0, "not_a_member"),
    ],
)
def test_only_a_member_of_the_day_is_elected(seat, on, code):
    body = BodyFactory()
    row = MembershipFactory(body=body, **seat)
    assert codes_of(NotReady, elect_chair, seat=row, on=days(on), by=secretariat()) == [code]


@pytest.mark.parametrize(("begins", "refused"), [(0, False), (1, True)])
def test_a_chair_who_begins_later_stands_in_the_way(begins, refused):
    later = MembershipFactory(chair=True, valid_from=days(begins))
    election = {"seat": MembershipFactory(body=later.body), "on": days(0), "by": secretariat()}
    if refused:
        assert codes_of(NotReady, elect_chair, **election) == ["later_chair"]
    else:
        assert elect_chair(**election)


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("steering_chair", True),
        ("steering_member", False),
        ("steering_observer", False),
        ("board_chair", False),
        ("lead", False),
        ("secretariat", True),
        ("business_manager", True),
    ],
)
def test_the_group_itself_and_the_secretariat_register_the_election(role, allowed):
    initiative = InitiativeFactory(project=True, level=1)
    group = GroupFactory(initiative=initiative)
    election = {"seat": MembershipFactory(body=group), "on": days(0), "by": person_as(role, initiative)}
    if allowed:
        assert elect_chair(**election)
    else:
        assert codes_of(NotAllowed, elect_chair, **election) == ["not_own_group"]


def test_the_groups_secretary_registers_the_election():
    seat = MembershipFactory()
    secretary = MembershipFactory(body=seat.body, secretary=True).person
    assert elect_chair(seat=seat, on=days(0), by=secretary)


def test_the_boards_chair_is_registered_by_the_secretariat_only():
    board = board_with(3)
    chair, member, _other = board.memberships.order_by("pk")
    assert codes_of(NotAllowed, elect_chair, seat=member, on=days(0), by=chair.person) == ["not_own_group"]
    assert elect_chair(seat=member, on=days(0), by=secretariat())


# ---------------------------------------------------------------- taking over


def take_over(seat, person=None, **more):
    person = person or UserFactory()
    return replace_seat(**{"seat": seat, "person": person, "organisation": person.organisation, "on": days(0), **more})


def test_a_successor_has_the_same_seat_from_the_day_after():
    seat = MembershipFactory(function=Function.VICE_CHAIR, valid_to=days(200))
    successor = take_over(seat)
    seat.refresh_from_db()
    assert (seat.valid_to, seat.ended_because) == (days(-1), Ending.REPLACED)
    assert (successor.function, successor.valid_from, successor.valid_to) == (seat.function, days(0), days(200))


def test_a_chair_is_taken_over_without_a_day_between():
    seat = MembershipFactory(chair=True)
    successor = take_over(seat)
    assert chair_on(seat.body, days(0)) == successor


def test_a_board_member_may_come_from_the_same_organisation_as_the_last():
    seat = board_with(2).memberships.last()
    assert take_over(seat, UserFactory(organisation=seat.organisation))
    other = take_over
    colleague = UserFactory(organisation=seat.body.memberships.first().organisation)
    current = seat.body.memberships.on(days(0)).last()
    assert codes_of(NotReady, other, seat=current, person=colleague, on=days(1)) == ["organisation_twice"]


@pytest.mark.parametrize("begins", [-5, 0])
def test_a_vacant_seat_is_filled(begins):
    body, organisation = BodyFactory(), OrganisationFactory()
    vacant = Membership.objects.create(body=body, organisation=organisation, valid_from=days(begins))
    filled = take_over(vacant)
    assert list(body.memberships.on(days(0)).filled()) == [filled]
    assert body.memberships.on(days(0)).count() == 1


@pytest.mark.parametrize(
    ("seat", "on", "code"),
    [
        ({"valid_from": days(0)}, 0, "began_that_day"),
        ({"valid_to": days(-1)}, 0, "not_in_force"),
        ({"valid_from": days(1)}, 0, "not_in_force"),
    ],
)
def test_a_seat_is_taken_over_while_it_lasts(seat, on, code):
    assert codes_of(NotReady, take_over, seat=MembershipFactory(**seat), on=days(on)) == [code]


def test_whoever_sits_there_already_takes_over_nothing():
    seat = MembershipFactory()
    colleague = MembershipFactory(body=seat.body).person
    assert codes_of(NotReady, take_over, seat=seat, person=colleague) == ["seat_taken_by_person"]


# ---------------------------------------------------------------- another function


def change(seat, function=Function.VICE_CHAIR, **more):
    return change_function(**{"seat": seat, "function": function, "has_vote": True, "on": days(0), **more})


def test_somebody_goes_on_as_something_else():
    decision = decide(None, "other")
    seat = MembershipFactory(approved_by=decision, valid_to=days(50))
    after = change(seat)
    seat.refresh_from_db()
    assert (seat.valid_to, seat.ended_because) == (days(-1), Ending.CHANGED)
    kept = (after.person, after.function, after.approved_by, after.valid_from, after.valid_to)
    assert kept == (seat.person, Function.VICE_CHAIR, decision, days(0), days(50))


def test_a_seat_that_began_today_is_changed_itself():
    seat = MembershipFactory(valid_from=days(0))
    after = change(seat, Function.OBSERVER, has_vote=False)
    assert (after.pk, after.has_vote, seat.body.memberships.count()) == (seat.pk, False, 1)


@pytest.mark.parametrize(
    ("seat", "function", "code"),
    [
        ({}, Function.CHAIR, "chair_is_elected"),
        ({"chair": True}, Function.MEMBER, "chair_is_elected"),
        ({}, Function.MEMBER, "same_function"),
        ({"vacant": True}, Function.DEPUTY, "not_in_force"),
        ({"valid_to": days(-1)}, Function.DEPUTY, "not_in_force"),
        ({"valid_from": days(1)}, Function.DEPUTY, "not_in_force"),
        ({}, Function.OBSERVER, "observer_votes"),
    ],
)
def test_a_function_that_cannot_be_changed_to(seat, function, code):
    body = BodyFactory()
    row = MembershipFactory(body=body, **seat)
    assert codes_of(NotReady, change, seat=row, function=function) == [code]


# ---------------------------------------------------------------- constituting


def place(function=Function.MEMBER, **more):
    person = UserFactory()
    return Place(person, more.pop("organisation", person.organisation), function, **more)


def test_a_group_gets_all_its_seats_at_once():
    body = set_up_body(kind="expert_group", name="Arkitekter", valid_from=days(0), frame="Op til 50.000 kr.")
    constitute(
        body=body, places=[place(Function.CHAIR), place(), place("observer", has_vote=False)], valid_from=days(0)
    )
    assert [seat.function for seat in body.memberships.order_by("pk")] == ["chair", "member", "observer"]
    assert body.frame == "Op til 50.000 kr."


def test_all_seats_or_none_with_each_reason_named():
    body = BodyFactory(valid_from=days(-1))
    composition = [place(Function.CHAIR), place(Function.CHAIR), place("observer", has_vote=True)]
    refusal = {"body": body, "places": composition, "valid_from": days(0)}
    assert codes_of(NotReady, constitute, **refusal) == ["two_chairs", "observer_votes"]
    with pytest.raises(NotReady) as refused:
        constitute(**refusal)
    assert str(composition[1].person) in str(refused.value.refusals[0].message)


@pytest.mark.parametrize("function", ["secretary", "observer", "deputy"])
def test_a_group_consists_of_members(function):
    body = BodyFactory()
    composition = [place(function, has_vote=False), Place(None, OrganisationFactory())]
    refusal = {"body": body, "places": composition, "valid_from": days(0)}
    assert codes_of(NotReady, constitute, **refusal) == ["no_members"]


def test_the_introduction_goes_on_record_once():
    body = BodyFactory()
    assert not was_introduced(body)
    note_introduction(body=body)
    assert was_introduced(body)
    assert codes_of(WrongStage, note_introduction, body=body) == ["introduced_before"]


# ---------------------------------------------------------------- joining and leaving


@pytest.fixture
def users_group():
    initiative = InitiativeFactory(product=True, level=2)
    return GroupFactory(initiative=initiative, kind=Body.Kind.COORDINATION_GROUP)


def user_of(group, **more):
    initiative = group.initiatives.get()
    return UserFactory(organisation=AdoptionFactory(initiative=initiative, **more).organisation)


def test_whoever_uses_the_product_joins_and_leaves(users_group):
    person = user_of(users_group)
    seat = join(body=users_group, by=person, on=days(0))
    assert (seat.organisation, seat.has_vote, seat.function) == (person.organisation, True, Function.MEMBER)
    ended = leave(body=users_group, by=person, on=days(3))
    assert (ended.valid_to, ended.ended_because) == (days(3), Ending.RESIGNED)


@pytest.mark.parametrize(("last", "joins"), [(None, True), (0, True), (-1, False)])
def test_only_as_long_as_it_is_used(last, joins, users_group):
    person = user_of(users_group, valid_to=None if last is None else days(last))
    if joins:
        assert join(body=users_group, by=person, on=days(0))
    else:
        assert codes_of(NotAllowed, join, body=users_group, by=person, on=days(0)) == ["not_a_user"]


def test_others_do_not_join(users_group):
    for person in (UserFactory(), UserFactory(organisation=None)):
        assert codes_of(NotAllowed, join, body=users_group, by=person, on=days(0)) == ["not_a_user"]


def test_nobody_joins_a_steering_group_alone(users_group):
    person = user_of(users_group)
    steering = GroupFactory(initiative=users_group.initiatives.get())
    assert codes_of(NotAllowed, join, body=steering, by=person, on=days(0)) == ["not_open"]


def test_the_groups_own_limit_holds_for_those_who_join(users_group):
    person = user_of(users_group)
    Body.objects.filter(pk=users_group.pk).update(seats_per_organisation=1)
    join(body=users_group, by=person, on=days(0))
    colleague = UserFactory(organisation=person.organisation)
    assert codes_of(NotReady, join, body=users_group, by=colleague, on=days(0)) == ["organisation_limit"]


def test_one_leaves_only_ones_own_seat_in_a_coordination_group(users_group):
    assert codes_of(NotAllowed, leave, body=users_group, by=user_of(users_group), on=days(0)) == ["no_own_seat"]
    seat = MembershipFactory()
    assert codes_of(NotAllowed, leave, body=seat.body, by=seat.person, on=days(0)) == ["no_own_seat"]


# ---------------------------------------------------------------- a vendor that runs the group


@pytest.fixture
def vendor(users_group):
    delivering = ParticipationFactory(
        initiative=users_group.initiatives.get(), role="vendor", organisation=OrganisationFactory(company=True)
    )
    return delivering.organisation


def facilitate(body, organisation, **more):
    return set_facilitator(
        **{"body": body, "organisation": organisation, "basis": "hired", "valid_from": days(0), **more}
    )


def test_a_hired_vendor_with_a_tie_to_the_product_needs_a_written_reason(users_group, vendor):
    assert codes_of(NotReady, facilitate, body=users_group, organisation=vendor) == ["conflict_of_interest"]
    assert codes_of(NotReady, facilitate, body=users_group, organisation=vendor, conflict_reason=" ") == [
        "conflict_of_interest"
    ]
    assert facilitate(users_group, vendor, conflict_reason="Ingen andre kender feltet.").conflict_reason


@pytest.mark.parametrize("ended", [0, -1])
def test_the_tie_counts_to_its_last_day(ended, users_group, vendor):
    vendor.participations.update(valid_to=days(ended))
    if ended == 0:
        assert codes_of(NotReady, facilitate, body=users_group, organisation=vendor) == ["conflict_of_interest"]
    else:
        assert facilitate(users_group, vendor)


def test_within_the_operations_contract_there_is_no_conflict(users_group, vendor):
    assert facilitate(users_group, vendor, basis="operations")
    assert facilitate(users_group, OrganisationFactory(company=True), valid_from=days(1))


def test_the_next_facilitator_follows_the_last(users_group):
    first = facilitate(users_group, OrganisationFactory(company=True), valid_from=days(-9))
    again = {"body": users_group, "organisation": OrganisationFactory(company=True)}
    assert codes_of(NotReady, facilitate, **again, valid_from=days(-9)) == ["starts_before_present"]
    second = facilitate(**again)
    first.refresh_from_db()
    assert (first.valid_to, second.valid_to) == (days(-1), None)


def test_only_a_coordination_group_is_run_by_a_vendor():
    refusal = {"body": BodyFactory(), "organisation": OrganisationFactory(company=True)}
    assert codes_of(NotReady, facilitate, **refusal) == ["not_coordination_group"]


def test_facilitation_ends_once_and_not_before_it_began(users_group):
    row = facilitate(users_group, OrganisationFactory(company=True))
    assert codes_of(NotReady, end_facilitation, facilitation=row, on=days(-1)) == ["ends_before_start"]
    assert end_facilitation(facilitation=row, on=days(0)).valid_to == days(0)
    assert codes_of(NotReady, end_facilitation, facilitation=row, on=days(0)) == ["already_ended"]
