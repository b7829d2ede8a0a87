"""Constituting a group on one page, and the seats' pages that ask to be confirmed when a rule breaks."""

import pytest
from django.urls import reverse

from governance.models import Body, Membership
from tests.factories import (
    InitiativeFactory,
    OrganisationFactory,
    UserFactory,
    board_people,
    board_with,
    days,
    decide,
    steering_group,
)
from tests.governance.pages import codes, day_text, url

pytestmark = pytest.mark.django_db
MAJORITY = "board_majority_in_steering_group"
APPOINTED = "steering_group_appointed_by_board"


@pytest.fixture
def manager(client_as):
    return client_as("business_manager")


@pytest.fixture
def n3(catalogue):
    board_with(6)
    return InitiativeFactory(project=True, level=3)


def address(initiative):
    return reverse("portfolio:group-create", args=[initiative.slug])


def form(*rows, **changes):
    data = {"kind": "steering_group", "name": "Styregruppen for prøven", "valid_from": day_text(days(0)), **changes}
    data |= {"pladser-TOTAL_FORMS": len(rows), "pladser-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        data |= {f"pladser-{number}-{name}": value for name, value in {"function": "member", **row}.items()}
    return data


def people(board, others):
    rows = [{"person": person.pk} for person in [*board_people()[:board], *UserFactory.create_batch(others)]]
    return [{**rows[0], "function": "chair"}, *rows[1:]]


def test_a_group_is_constituted_in_one_go(manager):
    initiative = InitiativeFactory(project=True, level=1)
    vacant = OrganisationFactory()
    rows = [*people(0, 2), {"organisation": vacant.pk}, {"person": UserFactory().pk, "function": "deputy"}, {}]
    response = manager.post(address(initiative), form(*rows, introduced="on", frame="Op til 100.000 kr. om året."))
    body = initiative.bodies.get()
    assert response.headers["Location"] == url("body", body.slug)
    seats = body.memberships.order_by("pk")
    assert [(seat.function, seat.has_vote) for seat in seats] == [
        ("chair", True),
        ("member", True),
        ("member", True),
        ("deputy", False),
    ]
    assert [seat.organisation for seat in seats][2] == vacant
    page = manager.get(url("body", body.slug))
    assert page.context["introduced"] is not None
    assert "Op til 100.000 kr. om året." in page.content.decode()


def test_a_group_may_be_set_up_before_anybody_is_found(manager):
    initiative = InitiativeFactory(project=True, level=1)
    assert manager.post(address(initiative), form({}, {})).status_code == 302
    assert not initiative.bodies.get().memberships.exists()


def test_nothing_is_set_up_when_one_seat_is_refused(manager):
    initiative = InitiativeFactory(project=True, level=1)
    rows = [{"person": UserFactory().pk, "function": "chair"}, {"person": UserFactory().pk, "function": "chair"}]
    response = manager.post(address(initiative), form(*rows))
    assert (response.status_code, codes(response)) == (422, ["two_chairs"])
    assert (Body.objects.count(), Membership.objects.count()) == (0, 0)
    assert response.context["formset"].forms[1]["person"].value() == str(rows[1]["person"])


def test_a_row_says_whose_seat_it_is(manager):
    initiative = InitiativeFactory(project=True, level=1)
    response = manager.post(address(initiative), form({"function": "observer"}))
    assert response.status_code == 422
    assert response.context["formset"].forms[0].errors.keys() == {"organisation"}


def test_more_rows_keep_what_was_typed(manager):
    initiative = InitiativeFactory(project=True, level=1)
    person = UserFactory()
    response = manager.post(address(initiative), form({"person": person.pk}, name="Kladden", flere="1"))
    assert response.status_code == 200
    assert response.context["form"]["name"].value() == "Kladden"
    rows = response.context["formset"].forms
    assert (rows[0]["person"].value(), len(rows)) == (str(person.pk), 5)
    assert not Body.objects.exists()


def test_a_composition_without_the_majority_is_told_with_its_figures(manager, n3):
    response = manager.post(address(n3), form(*people(3, 4), confirmed="on"))
    assert codes(response) == [MAJORITY]
    assert "3 af 7" in response.content.decode()
    assert not n3.bodies.exists()


def test_what_waits_for_the_board_is_confirmed(manager, n3):
    rows = people(4, 3)
    response = manager.post(address(n3), form(*rows))
    assert codes(response) == [APPOINTED]
    assert 'type="checkbox" name="confirmed"' in response.content.decode()
    assert not n3.bodies.exists()
    assert manager.post(address(n3), form(*rows, confirmed="on")).status_code == 302


def test_the_decision_that_appointed_them_stands_on_each_seat(manager, n3):
    decision = decide(n3, "other")
    manager.post(address(n3), form(*people(4, 3), decision=decision.pk, is_appointment="appointed"))
    assert set(n3.bodies.get().memberships.values_list("appointed_by", flat=True)) == {decision.pk}


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("kind", "board"),
        ("name", ""),
        ("valid_from", "31-02-2027"),
        ("seats_per_organisation", "nul"),
        ("decision", "x"),
    ],
)
def test_bad_input_is_explained_beside_its_field(manager, field, typed):
    initiative = InitiativeFactory(project=True, level=1)
    response = manager.post(address(initiative), form(**{field: typed}))
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}


# ---------------------------------------------------------------- the seats' pages on N3


@pytest.fixture
def group(n3):
    body = steering_group(n3, board=4, others=3)
    body.memberships.update(appointed_by=decide(n3, "other"))
    return body


def test_a_seat_that_breaks_the_majority_cannot_be_given(manager, group):
    data = {"person": UserFactory().pk, "function": "member", "has_vote": "on", "valid_from": day_text(days(0))}
    response = manager.post(url("seat-give", group.slug), {**data, "confirmed": "on"})
    assert MAJORITY in codes(response)
    assert group.memberships.count() == 7


def test_ending_a_board_members_seat_shows_the_figures_and_is_confirmed(manager, group):
    seat = group.memberships.get(person=board_people()[3])
    end = {"on": day_text(days(0)), "because": "resigned"}
    response = manager.post(url("seat-end", seat.pk), end)
    assert (response.status_code, codes(response)) == (422, [MAJORITY])
    assert "3 af 6" in response.content.decode()
    assert response.context["form"].errors.keys() == {"confirmed"}
    assert Membership.objects.get(pk=seat.pk).valid_to is None
    assert manager.post(url("seat-end", seat.pk), {**end, "confirmed": "on"}).status_code == 302
    assert Membership.objects.get(pk=seat.pk).ended_because == "resigned"
    page = manager.get(url("body", group.slug))
    assert [breach.code for breach in page.context["breaches"]] == [MAJORITY]


def test_a_board_member_takes_over_from_another(manager, group):
    seat = group.memberships.get(person=board_people()[3])
    newcomer = board_people()[4]
    take_over = {"person": newcomer.pk, "on": day_text(days(0))}
    assert codes(manager.post(url("seat-take-over", seat.pk), {**take_over, "person": UserFactory().pk})) == [MAJORITY]
    response = manager.post(url("seat-take-over", seat.pk), take_over)
    assert codes(response) == [APPOINTED]
    assert manager.post(url("seat-take-over", seat.pk), {**take_over, "confirmed": "on"}).status_code == 302
    assert group.memberships.on(days(0)).filter(person=newcomer).exists()


# ---------------------------------------------------------------- trying a change


def tried(client, body, **asked):
    return client.get(url("seat-trial", body.slug), {"dato": day_text(days(0)), **asked}).context["outcome"]


def test_a_trial_shows_the_figures_before_and_after_and_saves_nothing(manager, group):
    before = list(Membership.objects.order_by("pk").values())
    seat = group.memberships.get(person=board_people()[3])
    outcome = tried(manager, group, ud=seat.pk, ind_1=UserFactory().pk, andre="1")
    (row,) = outcome.rows
    assert (row.before.votes, row.before.majority, row.before.quorum, row.before.from_board) == (7, 4, 4, 4)
    assert (row.after.votes, row.after.majority, row.after.quorum, row.after.from_board) == (8, 5, 4, 3)
    assert MAJORITY in [breach.code for breach in outcome.breaches]
    assert list(Membership.objects.order_by("pk").values()) == before


def test_a_change_of_the_board_is_tried_on_all_groups_it_touches(manager, group):
    board = Body.objects.get(kind="board")
    seat = board.memberships.get(person=board_people()[3])
    outcome = tried(manager, board, ud=seat.pk)
    assert [row.body for row in outcome.rows] == [board, group]
    assert (outcome.rows[0].before.quorum, outcome.rows[0].after.quorum) == (3, 3)
    assert (outcome.rows[1].before.from_board, outcome.rows[1].after.from_board) == (4, 3)
    assert [(breach.code, breach.on) for breach in outcome.breaches] == [(MAJORITY, days(0))]
    stays = board.memberships.get(person=board_people()[5])
    assert tried(manager, board, ud=stays.pk).breaches == ()


def test_nothing_is_tried_before_it_is_asked_for_or_when_it_cannot_be_read(manager, group):
    assert manager.get(url("seat-trial", group.slug)).context["outcome"] is None
    for asked in ({"dato": "31-02-2027"}, {"andre": "mange"}, {"andre": "-1"}, {"ud": "x"}, {"ind_1": "9" * 30}):
        assert tried(manager, group, **asked) is None
