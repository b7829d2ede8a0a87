"""The guard over N3: what would break the board's majority is refused, or told with its figures and its day."""

import pytest

from governance.domain.seats import end_seat, give_seat
from governance.domain.succession import change_function, replace_seat
from governance.domain.terms import SeatChange, term_of_seat
from governance.models import Body, Membership
from governance.refusals import NotReady, Unconfirmed
from portfolio.guard import breaches_of, forecast, watched
from portfolio.steps import GateClosed
from tests.factories import (
    BodyFactory,
    InitiativeFactory,
    MembershipFactory,
    UserFactory,
    board_people,
    coordination_group,
    days,
    decide,
    group_of,
    launched,
    started,
    steering_group,
    the_board,
)

pytestmark = pytest.mark.django_db
Ending = Membership.Ending
MAJORITY = "board_majority_in_steering_group"
COORDINATION = "board_member_in_coordination_group"
APPOINTED = "steering_group_appointed_by_board"
APPROVED = "steering_group_approved"


@pytest.fixture(autouse=True)
def _catalogue(catalogue):
    """The rules are the catalogue's."""


def n3(stage="project", *, board=4, others=3, **more):
    """An initiative on N3 whose steering group the board has appointed."""
    the_board()
    initiative = InitiativeFactory(stage=stage, level=3, **more)
    group = steering_group(initiative, board=board, others=others)
    decision = decide(initiative, "appoint_steering_group")
    # It is not the day of the meeting that is looked at here.
    group.memberships.update(appointed_by=decision)
    return initiative, group


def outsider(group, **more):
    person = UserFactory()
    return give_seat(body=group, person=person, organisation=person.organisation, **{"valid_from": days(0), **more})


def codes_of(error, attempt, *args, **more):
    before = list(Membership.objects.order_by("pk").values())
    with pytest.raises(error) as refused:
        attempt(*args, **more)
    assert list(Membership.objects.order_by("pk").values()) == before
    return refused.value.codes


def seat_of(body, person):
    return body.memberships.get(person=person)


def told(breaches):
    return [(breach.code, breach.on) for breach in breaches]


# ---------------------------------------------------------------- an appointment


@pytest.mark.parametrize(
    ("board", "others", "refused"),
    [
        (4, 3, True),  # 4 of 7, then 4 of 8
        (4, 2, False),  # 4 of 6, then 4 of 7
        (5, 3, False),  # 5 of 8, then 5 of 9
        (2, 1, True),  # 2 of 3, then 2 of 4
        (1, 0, True),  # 1 of 1, then 1 of 2
        (2, 0, False),  # 2 of 2, then 2 of 3
        (3, 4, False),  # broken already, so this does not break it
    ],
)
@pytest.mark.parametrize("stage", ["project", "product"])
def test_an_appointment_that_ends_the_majority_is_refused(stage, board, others, refused):
    _initiative, group = n3(stage, board=board, others=others)
    if refused:
        assert MAJORITY in codes_of(NotReady, outsider, group, confirmed=True)
    else:
        assert outsider(group, confirmed=True)


def test_the_refusal_tells_the_figures():
    _initiative, group = n3(name="OS2prøve")
    with pytest.raises(NotReady) as refused:
        outsider(group)
    message = str(refused.value.refusals[0].message)
    assert message == "OS2prøve: 4 af 8 stemmer ligger hos bestyrelsesmedlemmer; der skal mindst 5 til."


def test_it_is_refused_on_the_day_it_would_begin():
    _initiative, group = n3(board=4, others=3)
    assert MAJORITY in codes_of(NotReady, outsider, group, valid_from=days(30), confirmed=True)
    # From the day after one of the others has left, there is room.
    leaver = group.memberships.exclude(person__in=board_people()).first()
    end_seat(seat=leaver, on=days(29), confirmed=True)
    assert MAJORITY in codes_of(NotReady, outsider, group, valid_from=days(29), confirmed=True)
    assert outsider(group, valid_from=days(30), confirmed=True)


@pytest.mark.parametrize(
    "seat",
    [
        {"function": "deputy", "has_vote": False},
        {"function": "deputy", "has_vote": True},
        {"function": "observer", "has_vote": False},
        {"function": "secretary", "has_vote": False},
        {"has_vote": False},
    ],
)
def test_a_seat_without_a_vote_of_its_own_breaks_no_majority(seat):
    _initiative, group = n3()
    assert outsider(group, confirmed=True, **seat)


def test_a_vacant_seat_does_not_count_until_it_is_filled():
    _initiative, group = n3()
    seat = give_seat(body=group, person=None, organisation=UserFactory().organisation, valid_from=days(0))
    person = UserFactory()
    fill = {"seat": seat, "person": person, "organisation": person.organisation, "on": days(1), "confirmed": True}
    assert MAJORITY in codes_of(NotReady, replace_seat, **fill)


def test_a_majority_lost_later_by_an_appointment_is_confirmed_not_refused():
    _initiative, group = n3(board=4, others=2)
    end_seat(seat=seat_of(group, board_people()[3]), on=days(60), because=Ending.TERM, confirmed=True)
    # From the 61st day 3 of 5; with one more from outside 3 of 6.
    assert codes_of(Unconfirmed, outsider, group)[-1] == MAJORITY
    assert outsider(group, confirmed=True)


@pytest.mark.parametrize(("level", "stage"), [(2, "project"), (1, "project"), (3, "concept"), (3, "closed")])
def test_the_majority_is_asked_of_projects_and_products_on_n3_only(level, stage):
    the_board()
    initiative = InitiativeFactory(stage=stage, level=level)
    assert outsider(steering_group(initiative, board=4, others=3), confirmed=True)


def test_an_initiative_without_a_catalogue_is_measured_by_the_one_in_force():
    initiative, group = n3("product")
    type(initiative).objects.filter(pk=initiative.pk).update(catalogue=None)
    assert MAJORITY in codes_of(NotReady, outsider, group, confirmed=True)


def test_whoever_takes_over_a_board_members_seat_is_from_the_board():
    _initiative, group = n3()
    seat, newcomer, board_member = seat_of(group, board_people()[3]), UserFactory(), board_people()[4]
    take_over = {"seat": seat, "on": days(0), "confirmed": True}
    outside = {"person": newcomer, "organisation": newcomer.organisation}
    assert MAJORITY in codes_of(NotReady, replace_seat, **take_over, **outside)
    inside = {"person": board_member, "organisation": board_member.organisation}
    assert replace_seat(**take_over, **inside).person == board_member


def test_an_observer_who_gets_a_vote_is_an_appointment_too():
    _initiative, group = n3()
    seat = outsider(group, function="observer", has_vote=False)
    change = {"seat": seat, "function": "member", "on": days(1), "confirmed": True}
    assert MAJORITY in codes_of(NotReady, change_function, has_vote=True, **change)
    assert change_function(has_vote=False, **change)


def test_a_board_member_who_gives_up_the_vote_is_confirmed():
    _initiative, group = n3()
    change = {"seat": seat_of(group, board_people()[3]), "function": "observer", "has_vote": False, "on": days(0)}
    assert codes_of(Unconfirmed, change_function, **change) == [MAJORITY]
    assert change_function(**change, confirmed=True)


# ---------------------------------------------------------------- the board's own approval comes after


@pytest.mark.parametrize(("level", "code"), [(2, APPROVED), (3, APPOINTED)])
def test_a_new_member_waits_for_the_boards_decision_and_that_is_confirmed(level, code):
    the_board()
    initiative = InitiativeFactory(project=True, level=level)
    group = steering_group(initiative, board=4, others=0)
    kind = "approve_steering_group" if level == 2 else "appoint_steering_group"
    decision = decide(initiative, kind)
    assert codes_of(Unconfirmed, outsider, group) == [code]
    assert outsider(group, decision=decision, is_appointment=level == 3)
    assert outsider(group, confirmed=True)


# ---------------------------------------------------------------- somebody leaves


@pytest.mark.parametrize("because", [Ending.RESIGNED, Ending.TERM])
def test_whoever_resigns_cannot_be_refused_but_the_figures_are_shown(because):
    _initiative, group = n3()
    seat = seat_of(group, board_people()[3])
    end = {"seat": seat, "on": days(10), "because": because}
    with pytest.raises(Unconfirmed) as refused:
        end_seat(**end)
    assert refused.value.codes == [MAJORITY]
    assert "3 af 6" in str(refused.value.refusals[0].message)
    ended = end_seat(**end, confirmed=True)
    assert (ended.valid_to, ended.ended_because) == (days(10), because)


def test_one_from_outside_may_leave_without_a_word():
    _initiative, group = n3()
    assert end_seat(seat=group.memberships.exclude(person__in=board_people()).first(), on=days(0))


@pytest.mark.parametrize(("board", "others", "breaks"), [(4, 3, True), (5, 3, True), (5, 2, False)])
def test_a_board_member_who_leaves_the_board_leaves_the_majority(board, others, breaks):
    _initiative, _group = n3(board=board, others=others)
    end = {"seat": seat_of(the_board(), board_people()[3]), "on": days(20)}
    if breaks:
        assert codes_of(Unconfirmed, end_seat, **end) == [MAJORITY]
    assert end_seat(**end, confirmed=breaks)


def test_the_breach_is_from_the_day_after_the_last():
    initiative, group = n3(board=4, others=3)
    board_seat = seat_of(the_board(), board_people()[3])
    change = SeatChange(ending={board_seat.pk: days(20)})
    (breach,) = breaches_of(change, frozenset({the_board().pk}))
    assert (breach.code, breach.on, breach.subject) == (MAJORITY, days(21), initiative.name)
    assert breach.body_ids == {group.pk}


def test_a_seat_that_ends_as_planned_anyway_breaks_nothing_more():
    _initiative, group = n3()
    Membership.objects.filter(pk=seat_of(group, board_people()[3]).pk).update(valid_to=days(40))
    board_seat = seat_of(the_board(), board_people()[3])
    assert told(breaches_of(SeatChange(ending={board_seat.pk: days(40)}), frozenset({the_board().pk}))) == []
    earlier = breaches_of(SeatChange(ending={board_seat.pk: days(39)}), frozenset({the_board().pk}))
    assert told(earlier) == [(MAJORITY, days(40))]


def test_every_initiative_that_loses_its_majority_is_named():
    first, _group = n3(name="A")
    second, _other = n3("product", name="B")
    end = {"seat": seat_of(the_board(), board_people()[3]), "on": days(20)}
    with pytest.raises(Unconfirmed) as refused:
        end_seat(**end)
    assert [first.name in str(refused.value.refusals[0].message), second.name in str(refused.value.refusals[1].message)]
    assert refused.value.codes == [MAJORITY, MAJORITY]


def test_a_product_on_n3_keeps_a_board_member_in_its_coordination_group():
    initiative, _group = n3("product")
    group = coordination_group(initiative, board=1)
    end = {"seat": group.memberships.get(person__in=board_people()), "on": days(5)}
    assert codes_of(Unconfirmed, end_seat, **end) == [COORDINATION]
    project, _steering = n3("project", board=5, others=3)
    other = coordination_group(project, board=1)
    assert end_seat(seat=other.memberships.get(person__in=board_people()), on=days(5))


# ---------------------------------------------------------------- what is coming


@pytest.mark.parametrize("whose", ["group", "board"])
def test_a_term_that_will_end_is_told_with_the_day_it_breaks(whose):
    initiative, group = n3()
    body = group if whose == "group" else the_board()
    Membership.objects.filter(pk=seat_of(body, board_people()[3]).pk).update(valid_to=days(80))
    (breach,) = forecast(days(0), days(365))
    assert (breach.code, breach.on, breach.is_now) == (MAJORITY, days(81), False)
    assert breach.subject == initiative.name
    assert told(forecast(days(0), days(81))) == [(MAJORITY, days(81))]
    assert forecast(days(0), days(80)) == []


def test_what_is_broken_today_is_told_as_of_today():
    n3(board=3, others=4)
    (breach,) = forecast(days(0), days(365))
    assert (breach.on, breach.is_now) == (days(0), True)


def test_a_successor_who_begins_the_day_after_heals_the_gap():
    _initiative, group = n3()
    Membership.objects.filter(pk=seat_of(group, board_people()[3]).pk).update(valid_to=days(80))
    decision = group.memberships.first().appointed_by
    newcomer = {"body": group, "person": board_people()[4], "appointed_by": decision}
    successor = MembershipFactory(**newcomer, valid_from=days(82))
    assert told(forecast(days(0), days(365))) == [(MAJORITY, days(81))]
    Membership.objects.filter(pk=successor.pk).update(valid_from=days(81))
    assert forecast(days(0), days(365)) == []


def test_a_board_term_that_is_renewed_breaks_nothing():
    n3()
    seat = seat_of(the_board(), board_people()[3])
    Membership.objects.filter(pk=seat.pk).update(valid_to=days(80))
    MembershipFactory(body=the_board(), person=seat.person, valid_from=days(81))
    assert forecast(days(0), days(365)) == []


def test_a_chair_whose_term_ends_leaves_the_group_without_one():
    the_board()
    initiative = InitiativeFactory(project=True, level=2)
    group = steering_group(initiative)
    decide(initiative, "approve_steering_group")
    group.memberships.filter(function="chair").update(valid_to=days(10))
    assert told(forecast(days(0), days(365))) == [(APPROVED, days(11))]


@pytest.mark.parametrize("rows", [1, 3])
def test_looking_ahead_takes_the_same_queries_however_many_there_are(rows, django_assert_num_queries):
    for _each in range(rows):
        n3()
    with django_assert_num_queries(3):
        forecast(days(0), days(365))


def test_a_group_that_is_over_is_not_looked_at():
    initiative, group = n3()
    assert [row.initiative for row in watched(days(0))] == [initiative]
    Body.objects.filter(pk=group.pk).update(valid_to=days(-1))
    assert [breach.code for breach in forecast(days(0), days(1))] == [APPOINTED, MAJORITY]


def test_a_change_of_nothing_breaks_nothing():
    assert breaches_of(SeatChange(), frozenset({the_board().pk})) == []


def test_a_change_in_a_body_without_an_initiative_breaks_nothing():
    n3()
    seat = MembershipFactory(body=BodyFactory())
    assert breaches_of(SeatChange(ending={seat.pk: days(0)}), frozenset({seat.body_id})) == []


def test_a_seat_taken_as_never_given_is_left_out():
    seat = MembershipFactory(valid_from=days(0))
    assert SeatChange(ending={seat.pk: days(-1)}).applied_to([term_of_seat(seat)]) == []


# ---------------------------------------------------------------- a level change and a start


def test_no_change_to_n3_without_the_majority():
    project = started(InitiativeFactory(concept=True, described=True, level=2))
    with pytest.raises(GateClosed) as closed:
        decide(project, "appoint_steering_group", ("change_level", {"level": 3}))
    (row,) = [row for row in closed.value.gate.missing if row.code == "N3-G2"]
    assert "0 af 3" in row.message
    assert group_of(project).memberships.filter(appointed_by__isnull=False).count() == 0


def test_a_product_on_n3_goes_on_as_it_was_launched():
    product = launched(InitiativeFactory(concept=True, described=True, level=3))
    assert forecast(days(0), days(365)) == []
    assert MAJORITY in codes_of(NotReady, outsider, group_of(product), confirmed=True)
