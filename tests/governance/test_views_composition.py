"""Pages about the composition of bodies: its changes, ending terms, own seats, and what a group does itself."""

import pytest

from governance.domain.bodies import was_introduced
from governance.domain.joining import join
from governance.domain.seats import end_seat, give_seat
from governance.domain.succession import elect_chair, replace_seat
from governance.models import Body, Facilitation, Membership
from tests.factories import (
    AdoptionFactory,
    AppointmentFactory,
    BodyFactory,
    GroupFactory,
    InitiativeFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipationFactory,
    UserFactory,
    days,
    decide,
    person_as,
    secretariat,
    steering_group,
    the_board,
)
from tests.governance.pages import codes, day_text, queries_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client_as):
    return client_as("business_manager")


@pytest.fixture
def users_group():
    return GroupFactory(initiative=InitiativeFactory(product=True, level=2), kind=Body.Kind.COORDINATION_GROUP)


def user_of(group):
    return UserFactory(organisation=AdoptionFactory(initiative=group.initiatives.get()).organisation)


# ---------------------------------------------------------------- the changes of a body


def changes(client, body):
    rows = client.get(url("body-changes", body.slug)).context["changes"]
    return [(row.day, row.kind, row.who, row.decision) for row in rows]


def test_every_change_stands_with_its_day_and_decision_the_latest_first(manager):
    body, decision = BodyFactory(), decide(None, "other")
    chair = MembershipFactory(body=body, chair=True, valid_from=days(-100), appointed_by=decision)
    member = MembershipFactory(body=body, valid_from=days(-90), approved_by=decision)
    leaver = MembershipFactory(body=body, valid_from=days(-80))
    end_seat(seat=leaver, on=days(-20), because=Membership.Ending.RESIGNED)
    elect_chair(seat=member, on=days(-10), by=secretariat())
    assert changes(manager, body) == [
        (days(-10), "changed", str(chair.person), decision),
        (days(-10), "changed", str(member.person), decision),
        (days(-20), "ended resigned", str(leaver.person), None),
        (days(-80), "began", str(leaver.person), None),
        (days(-90), "began", str(member.person), decision),
        (days(-100), "began", str(chair.person), decision),
    ]


def test_a_seat_that_was_taken_over_or_stood_empty_is_told_so(manager):
    body, newcomer, organisation = BodyFactory(), UserFactory(), OrganisationFactory()
    old = MembershipFactory(body=body, valid_from=days(-9))
    give_seat(body=body, person=None, organisation=organisation, valid_from=days(-5))
    replace_seat(seat=old, person=newcomer, organisation=newcomer.organisation, on=days(0))
    assert [row[:3] for row in changes(manager, body)] == [
        (days(0), "began", str(newcomer)),
        (days(-1), "ended replaced", str(old.person)),
        (days(-5), "vacant", str(organisation)),
        (days(-9), "began", str(old.person)),
    ]


def test_the_composition_of_a_day_is_one_link_away(manager):
    seat = MembershipFactory(valid_from=days(-10))
    page = manager.get(url("body-changes", seat.body.slug)).content.decode()
    assert f'href="{url("body", seat.body.slug)}?dato={day_text(days(-10))}"' in page


@pytest.mark.parametrize("name", ["body-changes", "body"])
def test_the_pages_of_a_body_take_the_same_queries_for_one_seat_and_three(manager, name):
    body, decision = BodyFactory(), decide(None, "other")
    MembershipFactory(body=body, appointed_by=decision)
    one = queries_of(manager, url(name, body.slug))
    for _each in range(2):
        MembershipFactory(body=body, appointed_by=decision)
    assert queries_of(manager, url(name, body.slug)) == one


# ---------------------------------------------------------------- terms that end


def test_terms_that_end_are_listed_with_what_breaks(manager, catalogue):
    the_board()
    initiative = InitiativeFactory(project=True, level=2)
    group = steering_group(initiative)
    group.memberships.update(approved_by=decide(initiative, "other"))
    group.memberships.filter(function="chair").update(valid_to=days(30))
    later = MembershipFactory(valid_to=days(91))
    page = manager.get(url("ending-terms"))
    (term,) = page.context["terms"]
    assert (term.seat.body, [breach.code for breach in term.breaches]) == (group, ["steering_group_approved"])
    assert [breach.on for breach in page.context["breaches"]] == [days(31)]
    assert later.body.name not in page.content.decode()


def test_the_list_of_ending_terms_takes_the_same_queries_for_one_and_three(manager, catalogue):
    MembershipFactory(valid_to=days(30))
    one = queries_of(manager, url("ending-terms"))
    for number in range(2):
        MembershipFactory(valid_to=days(30 + number))
    assert queries_of(manager, url("ending-terms")) == one


def test_an_empty_list_says_so(manager):
    page = manager.get(url("ending-terms"))
    assert (page.context["terms"], page.context["breaches"]) == ([], [])
    assert "Ingen pladser slutter i den tid." in page.content.decode()


# ---------------------------------------------------------------- one's own seats


def test_own_seats_and_roles_tell_what_they_entail(client):
    seat = MembershipFactory(chair=True)
    MembershipFactory(person=seat.person, valid_to=days(-1))
    MembershipFactory(person=seat.person, valid_from=days(1))
    initiative = InitiativeFactory(project=True, name="Affaldskalenderen")
    AppointmentFactory(initiative=initiative, role="project_owner", person=seat.person)
    AppointmentFactory(role="project_owner", person=seat.person, valid_to=days(-1))
    client.force_login(seat.person)
    page = client.get(url("own-seats"))
    own = page.context["own"]
    assert [(row.seat, len(row.entails)) for row in own.now] == [(seat, 2)]
    assert (len(own.past), len(own.coming)) == (1, 1)
    assert [(duty.subject, duty.role) for duty in own.duties] == [("Affaldskalenderen", "Projektejer")]
    assert own.duties[0].entails in page.content.decode()


@pytest.mark.parametrize("kind", Body.Kind.values)
@pytest.mark.parametrize("function", Membership.Function.values)
def test_every_function_in_every_body_entails_something(client, kind, function):
    seat = MembershipFactory(body__kind=kind, function=function, has_vote=function not in Membership.NEVER_VOTES)
    client.force_login(seat.person)
    (row,) = client.get(url("own-seats")).context["own"].now
    assert all(row.entails)


@pytest.mark.parametrize("role", ["business_manager", "secretariat"])
def test_a_portal_role_is_among_what_one_is(client_as, role):
    (row,) = client_as(role).get(url("own-seats")).context["own"].roles
    assert row.role.role == role


@pytest.mark.parametrize("role", ["project_owner", "project_lead", "coordinator", "system_owner", "shepherd"])
def test_every_role_on_an_initiative_entails_something(client, role):
    person = AppointmentFactory(role=role).person
    client.force_login(person)
    (duty,) = client.get(url("own-seats")).context["own"].duties
    assert duty.entails


def test_own_seats_take_the_same_queries_for_one_and_three(client):
    person = MembershipFactory().person
    AppointmentFactory(person=person)
    client.force_login(person)
    one = queries_of(client, url("own-seats"))
    for _each in range(2):
        MembershipFactory(person=person)
        AppointmentFactory(person=person)
    assert queries_of(client, url("own-seats")) == one


def test_an_organisations_seats_stand_apart_now_and_before(manager):
    organisation = OrganisationFactory()
    now = MembershipFactory(organisation=organisation)
    past = MembershipFactory(organisation=organisation, valid_to=days(-1))
    coming = MembershipFactory(organisation=organisation, valid_from=days(1))
    seats = manager.get(url("organisation", organisation.slug)).context["seats"]
    assert (seats.now, seats.past, seats.coming) == ([now], [past], [coming])


def test_a_function_is_changed_on_its_page(manager):
    seat = MembershipFactory()
    page = manager.get(url("seat-function", seat.pk))
    assert page.context["form"].initial == {"function": "member", "has_vote": True}
    data = {"function": "observer", "has_vote": "on", "on": day_text(days(0))}
    response = manager.post(url("seat-function", seat.pk), data)
    assert codes(response) == ["observer_votes"]
    assert response.context["form"].errors.keys() == {"has_vote"}
    del data["has_vote"]
    assert manager.post(url("seat-function", seat.pk), data).status_code == 302
    assert seat.body.memberships.on(days(0)).get().function == "observer"


# ---------------------------------------------------------------- what a group does itself


def test_the_chair_registers_that_another_was_elected(client):
    chair = MembershipFactory(chair=True)
    member = MembershipFactory(body=chair.body)
    client.force_login(chair.person)
    assert "Registrér valget af formand" in client.get(url("body", chair.body.slug)).content.decode()
    data = {"seat": member.pk, "on": day_text(days(0))}
    assert client.post(url("chair-elect", chair.body.slug), data).status_code == 302
    assert chair.body.memberships.on(days(0)).get(function="chair").person == member.person
    # Whoever is no longer chair has no longer the page.
    assert client.get(url("chair-elect", chair.body.slug)).status_code == 404


def test_only_a_member_can_be_chosen(manager):
    seat = MembershipFactory(observer=True)
    response = manager.post(url("chair-elect", seat.body.slug), {"seat": seat.pk, "on": day_text(days(0))})
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"seat"}


def test_a_member_who_has_not_begun_that_day_is_refused_beside_the_field(manager):
    seat = MembershipFactory(valid_from=days(-3))
    response = manager.post(url("chair-elect", seat.body.slug), {"seat": seat.pk, "on": day_text(days(-4))})
    assert codes(response) == ["not_in_force"]
    assert response.context["form"].errors.keys() == {"seat"}


def test_whoever_uses_the_product_joins_and_leaves_on_the_groups_page(client, users_group):
    person = user_of(users_group)
    client.force_login(person)
    page = client.get(url("body", users_group.slug))
    assert (page.context["may_join"], page.context["may_leave"]) == (True, False)
    assert client.post(url("group-join", users_group.slug)).status_code == 302
    page = client.get(url("body", users_group.slug))
    assert (page.context["may_join"], page.context["may_leave"]) == (False, True)
    assert client.post(url("group-leave", users_group.slug)).status_code == 302
    assert users_group.memberships.get().valid_to == days(0)


def test_others_see_no_way_in_and_are_turned_away(client, users_group):
    client.force_login(UserFactory())
    assert not client.get(url("body", users_group.slug)).context["may_join"]
    assert client.post(url("group-join", users_group.slug)).status_code == 403
    assert client.get(url("group-leave", users_group.slug)).status_code == 404
    assert not users_group.memberships.exists()


def test_the_board_member_who_leaves_a_products_group_on_n3_confirms(client, catalogue):
    the_board()
    initiative = InitiativeFactory(product=True, level=3)
    group = GroupFactory(initiative=initiative, kind=Body.Kind.COORDINATION_GROUP)
    person = person_as("board_member")
    AdoptionFactory(initiative=initiative, organisation=person.organisation)
    join(body=group, by=person, on=days(-1))
    client.force_login(person)
    assert codes(client.post(url("group-leave", group.slug))) == ["board_member_in_coordination_group"]
    assert group.memberships.get().valid_to is None
    assert client.post(url("group-leave", group.slug), {"confirmed": "on"}).status_code == 302


def test_a_hired_vendor_with_a_conflict_needs_a_reason_beside_its_field(manager, users_group):
    vendor = ParticipationFactory(
        initiative=users_group.initiatives.get(), role="vendor", organisation=OrganisationFactory(company=True)
    ).organisation
    data = {"organisation": vendor.pk, "basis": "hired", "valid_from": day_text(days(0))}
    response = manager.post(url("facilitator-set", users_group.slug), data)
    assert codes(response) == ["conflict_of_interest"]
    assert response.context["form"].errors.keys() == {"conflict_reason"}
    assert manager.post(url("facilitator-set", users_group.slug), {**data, "conflict_reason": "Den eneste."})
    row = Facilitation.objects.get()
    assert str(vendor) in manager.get(url("body", users_group.slug)).content.decode()
    assert manager.post(url("facilitation-end", row.pk), {"on": day_text(days(0))}).status_code == 302
    assert Facilitation.objects.get().valid_to == days(0)


def test_no_vendor_facilitates_a_steering_group(manager):
    assert manager.get(url("facilitator-set", BodyFactory().slug)).status_code == 404


def test_the_introduction_is_put_on_record_from_the_page(manager):
    body = BodyFactory()
    manager.post(url("introduction-note", body.slug))
    assert was_introduced(body)
    assert "introduced" in manager.get(url("body", body.slug)).context
    told = manager.post(url("introduction-note", body.slug), follow=True).content.decode()
    assert "Introduktionen er registreret i forvejen." in told
