"""Pages of bodies and seats: who sits where on a day, reasons against a seat beside its field, two writers at once."""

import pytest

from governance.domain.bodies import INTRODUCED
from governance.models import Body, Membership
from tests.factories import BodyFactory, GroupFactory, InitiativeFactory, MembershipFactory, UserFactory, days
from tests.governance.pages import codes, day_text, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client_as):
    return client_as("business_manager")


# ---------------------------------------------------------------- the page


def test_the_composition_is_that_of_the_day_asked_for(manager):
    body = BodyFactory()
    before = MembershipFactory(body=body, valid_from=days(-100), valid_to=days(-50))
    now = MembershipFactory(body=body, valid_from=days(-49))
    later = MembershipFactory(body=body, valid_from=days(10))
    today = manager.get(url("body", body.slug)).context["composition"]
    assert (today.now, today.past, today.coming) == ([now], [before], [later])
    then = manager.get(url("body", body.slug), {"dato": day_text(days(-50))}).context["composition"]
    assert (then.now, then.past) == ([before], [])


def test_the_chair_stands_first(manager):
    body = BodyFactory()
    MembershipFactory(body=body)
    chair = MembershipFactory(body=body, chair=True)
    assert manager.get(url("body", body.slug)).context["composition"].now[0] == chair


@pytest.mark.parametrize("typed", ["31-02-2027", "i morgen", "01-01-0001", "\x00", "9" * 400])
def test_a_day_that_does_not_exist_is_explained_and_today_is_shown(typed, manager):
    body = BodyFactory()
    response = manager.get(url("body", body.slug), {"dato": typed})
    assert response.status_code == 200
    assert "dato" in response.context["day_filter"].errors
    assert response.context["day"] == days(0)


def test_the_initiatives_of_a_group_are_for_those_who_work_there(client_as):
    group = GroupFactory(initiative=InitiativeFactory(name="Hemmelig løsning"))
    assert "Hemmelig løsning" not in client_as("stranger").get(url("body", group.slug)).content.decode()
    assert "Hemmelig løsning" in client_as("board_member").get(url("body", group.slug)).content.decode()


def test_names_are_for_those_who_work_together(client_as):
    seat = MembershipFactory(person__name="Prøve Prøvesen")
    address = url("body", seat.body.slug)
    assert "Prøve Prøvesen" not in client_as("member_user").get(address).content.decode()
    assert "Prøve Prøvesen" in client_as("secretariat").get(address).content.decode()


def test_a_body_that_does_not_exist_is_not_found(manager):
    assert manager.get(url("body", "findes-ikke")).status_code == 404


# ---------------------------------------------------------------- setting up and changing


def body_form(**changes):
    return {"kind": "expert_group", "name": "Faggruppe for arkitektur", "valid_from": day_text(days(0)), **changes}


def test_a_body_is_set_up_and_the_introduction_goes_into_its_history(manager):
    response = manager.post(url("body-create"), body_form(introduced="on"))
    body = Body.objects.get(name="Faggruppe for arkitektur")
    assert response.headers["Location"] == url("body", body.slug)
    assert body.history.get().history_change_reason == INTRODUCED
    assert manager.get(url("body", body.slug)).context["introduced"] is not None


def test_a_name_that_is_taken_is_refused_beside_the_name(manager):
    BodyFactory(name="faggruppe for Arkitektur")
    response = manager.post(url("body-create"), body_form())
    assert (response.status_code, codes(response)) == (422, ["name_taken"])
    assert response.context["form"].errors.keys() == {"name"}
    assert Body.objects.count() == 1


def test_there_is_one_board(manager):
    BodyFactory(kind="board")
    assert codes(manager.post(url("body-create"), body_form(kind="board"))) == ["only_one"]


@pytest.mark.parametrize("name", ["Nyt", "!!!", "Ø" * 200, "Gruppe - 1"])
def test_every_name_gets_an_address_that_works(name, manager):
    BodyFactory(name="Gruppe 1")
    address = manager.post(url("body-create"), body_form(name=name)).headers["Location"]
    assert manager.get(address).context["body"].name == name


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("name", "x" * 10_000),
        ("name", "en\x00to"),
        ("kind", "præsidium"),
        ("valid_from", "31-02-2027"),
        ("valid_from", "01-01-0001"),
        ("seats_per_organisation", "0"),
        ("seats_per_organisation", "to"),
        ("seats_per_organisation", "9" * 30),
        ("purpose", "x" * 10_000),
    ],
)
def test_bad_input_is_explained_beside_its_field_and_kept(field, typed, manager):
    response = manager.post(url("body-create"), body_form(**{field: typed}))
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}
    assert response.context["form"][field].value() == typed
    assert not Body.objects.exists()


def test_a_body_is_changed_and_keeps_its_address(manager):
    body = BodyFactory(name="Før")
    form = manager.get(url("body-edit", body.slug)).context["form"].initial
    data = {"name": "Efter", "valid_from": day_text(body.valid_from), "version": form["version"]}
    assert manager.post(url("body-edit", body.slug), data).status_code == 302
    assert Body.objects.get(slug=body.slug).name == "Efter"


def test_two_who_change_a_body_at_once_both_see_both_texts_and_the_second_chooses(manager):
    body = BodyFactory(name="Gruppen", purpose="Fra begyndelsen")
    address = url("body-edit", body.slug)
    version = manager.get(address).context["form"].initial["version"]
    data = {"name": "Gruppen", "valid_from": day_text(body.valid_from), "version": version}
    manager.post(address, {**data, "purpose": "Den førstes tekst"})
    response = manager.post(address, {**data, "purpose": "Den andens tekst"})
    assert (response.status_code, codes(response)) == (409, ["stale"])
    (difference,) = response.context["difference"].differences
    assert (difference.theirs, difference.yours) == ("Den førstes tekst", "Den andens tekst")
    assert Body.objects.get(pk=body.pk).purpose == "Den førstes tekst"
    seen = response.context["difference"].version
    again = manager.post(address, {**data, "purpose": "Begges tekst", "seen_version": seen})
    assert again.status_code == 302
    assert Body.objects.get(pk=body.pk).purpose == "Begges tekst"


@pytest.mark.parametrize("version", ["", "x", "-1"])
def test_a_form_without_a_version_is_not_saved(version, manager):
    body = BodyFactory(name="Før")
    data = {"name": "Efter", "valid_from": day_text(body.valid_from), "version": version}
    assert manager.post(url("body-edit", body.slug), data).status_code == 422
    assert Body.objects.get(pk=body.pk).name == "Før"


def test_a_body_cannot_end_before_its_seats(manager):
    seat = MembershipFactory()
    version = manager.get(url("body-edit", seat.body.slug)).context["form"].initial["version"]
    data = {"name": "x", "valid_from": "01-01-2007", "valid_to": day_text(days(0)), "version": version}
    response = manager.post(url("body-edit", seat.body.slug), data)
    assert codes(response) == ["seats_open"]
    assert response.context["form"].errors.keys() == {"valid_to"}


# ---------------------------------------------------------------- seats


def seat_form(**changes):
    return {"function": "member", "has_vote": "on", "valid_from": day_text(days(0)), **changes}


def test_a_seat_is_for_the_persons_own_organisation_unless_another_is_chosen(manager):
    body, person = BodyFactory(), UserFactory()
    assert manager.post(url("seat-give", body.slug), seat_form(person=person.pk)).status_code == 302
    assert body.memberships.get().organisation == person.organisation


def test_a_vacant_seat_says_whose_it_is(manager):
    body = BodyFactory()
    response = manager.post(url("seat-give", body.slug), seat_form())
    assert response.context["form"].errors.keys() == {"organisation"}
    organisation = UserFactory().organisation
    manager.post(url("seat-give", body.slug), seat_form(organisation=organisation.pk))
    assert body.memberships.get().person is None


@pytest.mark.parametrize(
    ("kind", "changes", "code", "field"),
    [
        ("steering_group", {"function": "observer"}, "observer_votes", "has_vote"),
        ("steering_group", {"function": "chair"}, "two_chairs", "function"),
        ("board", {}, "organisation_twice", "organisation"),
    ],
)
def test_a_reason_against_a_seat_stands_beside_the_field_it_is_about(kind, changes, code, field, manager):
    body = BodyFactory(kind=kind)
    chair = MembershipFactory(body=body, chair=True)
    person = UserFactory(organisation=chair.organisation)
    response = manager.post(url("seat-give", body.slug), seat_form(person=person.pk, **changes))
    assert (response.status_code, codes(response)) == (422, [code])
    assert response.context["form"].errors.keys() == {field}
    assert body.memberships.count() == 1


def test_a_double_click_gives_one_seat(manager):
    body, person = BodyFactory(), UserFactory()
    manager.post(url("seat-give", body.slug), seat_form(person=person.pk))
    response = manager.post(url("seat-give", body.slug), seat_form(person=person.pk))
    assert codes(response) == ["seat_taken_by_person"]
    assert body.memberships.count() == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("person", "abc"),
        ("person", "99999999999999999999"),
        ("organisation", "0"),
        ("function", "kejser"),
        ("valid_from", "30-02-2026"),
        ("valid_to", "01-01-1999"),
    ],
)
def test_a_seat_with_bad_input_is_not_given(field, typed, manager):
    body, person = BodyFactory(), UserFactory()
    response = manager.post(url("seat-give", body.slug), seat_form(**{"person": person.pk, field: typed}))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not body.memberships.exists()


def test_a_seat_is_ended_on_its_last_day_and_stays_visible(manager):
    seat = MembershipFactory()
    assert manager.post(url("seat-end", seat.pk), {"on": day_text(days(-1)), "because": "resigned"}).status_code == 302
    assert Membership.objects.get(pk=seat.pk).valid_to == days(-1)
    assert manager.get(url("body", seat.body.slug)).context["composition"].past == [seat]


@pytest.mark.parametrize(
    ("start", "end", "on", "code"), [(0, None, -1, "ends_before_start"), (-9, -5, -4, "already_ended")]
)
def test_a_seat_cannot_end_before_it_began_or_be_made_longer(start, end, on, code, manager):
    seat = MembershipFactory(valid_from=days(start), valid_to=None if end is None else days(end))
    response = manager.post(url("seat-end", seat.pk), {"on": day_text(days(on)), "because": "term"})
    assert codes(response) == [code]
    assert response.context["form"].errors.keys() == {"on"}


# ---------------------------------------------------------------- others


@pytest.mark.parametrize("role", ["stranger", "member_user", "board_member", "board_chair"])
def test_others_read_and_cannot_write_by_forging_a_post(role, client_as):
    seat = MembershipFactory()
    client = client_as(role)
    assert client.get(url("body", seat.body.slug)).status_code == 200
    assert client.post(url("body-create"), body_form()).status_code == 404
    assert client.post(url("seat-give", seat.body.slug), seat_form(person=UserFactory().pk)).status_code == 404
    assert client.post(url("seat-end", seat.pk), {"on": day_text(days(0))}).status_code == 404
    assert Membership.objects.filter(body=seat.body).count() == 1
    assert Membership.objects.get(pk=seat.pk).valid_to is None
