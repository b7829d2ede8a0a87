"""Two change seats at once: each alone would keep the board's majority, both would not. The second is told."""

import pytest

from governance.domain.seats import end_seat, give_seat
from governance.domain.succession import elect_chair, replace_seat
from governance.refusals import NotReady, Refused, Unconfirmed
from tests.at_once import at_once, make_saves_hesitate
from tests.factories import (
    InitiativeFactory,
    UserFactory,
    board_people,
    days,
    decide,
    secretariat,
    steering_group,
    the_board,
)

pytestmark = pytest.mark.django_db(transaction=True)
MAJORITY = "board_majority_in_steering_group"


@pytest.fixture(autouse=True)
def _together(monkeypatch, catalogue):
    make_saves_hesitate(monkeypatch)


@pytest.fixture
def group(catalogue):
    """Five of eight votes lie with the board: there is room for one more from outside, or for one less."""
    the_board()
    initiative = InitiativeFactory(project=True, level=3)
    body = steering_group(initiative, board=5, others=3)
    body.memberships.update(appointed_by=decide(initiative, "other"))
    return body


def outsider(body):
    person = UserFactory()
    place = {"person": person, "organisation": person.organisation, "valid_from": days(0), "confirmed": True}
    return lambda: give_seat(body=body, **place)


def refusable(attempt):
    def act():
        try:
            return attempt()
        except Refused as refused:
            return refused

    return act


def parted(*attempts):
    """Those that won, and the refusals of the others."""
    results = at_once(*map(refusable, attempts))
    return [r for r in results if not isinstance(r, Refused)], [r for r in results if isinstance(r, Refused)]


def test_two_appointments_at_once_do_not_cost_the_majority_together(group):
    won, lost = parted(outsider(group), outsider(group))
    assert [type(refused) for refused in lost] == [NotReady]
    assert lost[0].codes == [MAJORITY]
    assert set(group.memberships.order_by("pk")[8:]) == set(won)


def test_a_board_term_that_ends_and_an_appointment_do_not_slip_past_each_other(group):
    """The board's own seats are another body: whoever comes second still sees what the first did."""
    seat = the_board().memberships.get(person=board_people()[0])
    # Five of seven: one more from outside makes it five of eight, one less from the board four of seven; not both.
    group.memberships.exclude(person__in=board_people()).first().delete()
    won, lost = parted(outsider(group), lambda: end_seat(seat=seat, on=days(-1)))
    assert len(won) == len(lost) == 1
    assert lost[0].codes == [MAJORITY]
    assert isinstance(lost[0], NotReady | Unconfirmed)


def test_a_seat_is_taken_over_by_one(group):
    seat = group.memberships.exclude(person__in=board_people()).first()

    def take_over(person):
        return lambda: replace_seat(
            seat=seat, person=person, organisation=person.organisation, on=days(0), confirmed=True
        )

    won, lost = parted(*map(take_over, UserFactory.create_batch(2)))
    assert [refused.codes for refused in lost] == [["not_in_force"]]
    assert group.memberships.on(days(0)).count() == 8
    assert group.memberships.on(days(0)).get(pk=won[0].pk)


def test_two_elections_at_once_leave_one_chair(group):
    members = group.memberships.filter(function="member")[:2]
    by = secretariat()
    at_once(*[lambda seat=seat: elect_chair(seat=seat, on=days(0), by=by) for seat in members])
    assert group.memberships.on(days(0)).filter(function="chair").count() == 1
    assert group.memberships.on(days(0)).count() == 8
