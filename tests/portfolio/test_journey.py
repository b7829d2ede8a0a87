"""The way of an initiative through its stages, read off its record."""

import pytest

from portfolio.journey import journey_of
from portfolio.models import LifecycleEvent
from tests.factories import InitiativeFactory, days

pytestmark = pytest.mark.django_db


def travelled(stage, *moves, kind=LifecycleEvent.Kind.STAGE, **more):
    """An initiative on a stage after moves of (before, after, day)."""
    initiative = InitiativeFactory(stage=stage, level=None if stage == "idea" else 1, **more)
    for before, after, day in moves:
        LifecycleEvent.objects.create(initiative=initiative, kind=kind, before=before, after=after, happened_on=day)
    return journey_of(initiative, LifecycleEvent.objects.filter(initiative=initiative))


def states(journey):
    return [stop.state for stop in journey.stops]


def test_what_was_passed_is_done_with_its_days():
    journey = travelled(
        "project", ("", "idea", days(-30)), ("idea", "concept", days(-20)), ("concept", "project", days(-5))
    )
    assert states(journey) == ["done", "done", "current", "ahead"]
    assert [(stop.since, stop.until) for stop in journey.stops[:3]] == [
        (days(-30), days(-20)),
        (days(-20), days(-5)),
        (days(-5), None),
    ]


def test_what_was_sent_back_from_is_ahead_again():
    journey = travelled("idea", ("", "idea", days(-9)), ("idea", "concept", days(-6)), ("concept", "idea", days(-3)))
    assert states(journey) == ["current", "ahead", "ahead", "ahead"]
    assert journey.stops[0].since == days(-3)
    assert journey.stops[1].since is None


def test_an_admitted_product_skipped_being_a_project():
    journey = travelled(
        "product", ("", "idea", days(-9)), ("idea", "concept", days(-6)), ("concept", "product", days(-3))
    )
    assert states(journey) == ["done", "done", "skipped", "current"]


def test_what_was_there_before_the_portal_says_no_day_it_does_not_know():
    journey = travelled("product", ("", "product", days(-900)), kind=LifecycleEvent.Kind.REGISTERED)
    assert states(journey) == ["before", "before", "before", "current"]
    assert journey.stops[3].since is None
    assert journey.registered is not None


def test_an_ended_one_shows_how_far_it_came_and_when_it_ended():
    journey = travelled(
        "closed",
        ("", "idea", days(-9)),
        ("idea", "concept", days(-6)),
        ("concept", "project", days(-3)),
        ("project", "closed", days(-1)),
    )
    assert states(journey) == ["done", "done", "done", "ahead"]
    assert journey.ended_on == days(-1)


def test_the_plan_is_shown_ahead_and_only_there():
    plan = {"planned_start": days(10), "planned_end": days(90)}
    ahead = travelled("concept", ("", "idea", days(-9)), ("idea", "concept", days(-6)), **plan)
    assert [stop.planned for stop in ahead.stops] == [None, None, days(10), days(90)]
    ended = travelled("withdrawn", ("", "idea", days(-9)), ("idea", "withdrawn", days(-6)), **plan)
    assert [stop.planned for stop in ended.stops] == [None] * 4


@pytest.mark.parametrize("stage", ["rejected", "withdrawn", "closed", "product"])
def test_without_any_record_there_is_still_a_way(stage):
    assert len(travelled(stage).stops) == 4
