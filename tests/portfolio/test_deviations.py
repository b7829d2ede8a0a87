from datetime import date, timedelta
from decimal import Decimal

import pytest

from portfolio import deviations

PLAN = date(2027, 3, 31)


@pytest.mark.parametrize(
    ("forecast", "marked"),
    [("90", False), ("110.00", False), ("110.01", True), ("113.2", True), (None, False)],
)
def test_more_than_ten_percent_over_the_approved_budget(forecast, marked):
    found = deviations.overspent(approved=Decimal(100), forecast=Decimal(forecast) if forecast else None)
    assert bool(found) == marked


def test_the_percent_told_is_never_the_limit_itself():
    found = deviations.overspent(approved=Decimal(100_000), forecast=Decimal("110000.10"))
    assert (found.value, found.limit) == (Decimal("10.1"), Decimal(10))


@pytest.mark.parametrize("approved", [None, Decimal(0)])
def test_without_an_approved_budget_nothing_is_over_it(approved):
    assert deviations.overspent(approved=approved, forecast=Decimal(10)) is None


@pytest.mark.parametrize(("days", "marked"), [(-30, False), (0, False), (60, False), (61, True)])
def test_more_than_sixty_days_late(days, marked):
    found = deviations.slow(planned_end=PLAN, forecast_end=PLAN + timedelta(days))
    assert bool(found) == marked
    assert not marked or found.value == days


def test_the_limits_are_settings(settings):
    settings.SLOW_END_DAYS, settings.OVERSPEND_PERCENT = 5, 1
    assert deviations.slow(planned_end=PLAN, forecast_end=PLAN + timedelta(6)).limit == 5
    assert deviations.overspent(approved=Decimal(100), forecast=Decimal(102)).limit == 1


@pytest.mark.parametrize("days", [{"planned_end": None}, {"forecast_end": None}])
def test_without_both_dates_nothing_is_late(days):
    assert deviations.slow(**{"planned_end": PLAN, "forecast_end": PLAN + timedelta(99), **days}) is None


@pytest.mark.parametrize(
    ("now", "before", "codes"),
    [
        ({"time"}, {"time"}, ["red_twice_time"]),
        ({"time"}, {"economy"}, []),
        ({"time"}, set(), []),
        (set(), {"time"}, []),
        ({"time", "quality"}, {"quality", "time"}, ["red_twice_time", "red_twice_quality"]),
    ],
)
def test_red_twice_is_the_same_area_in_two_reports(now, before, codes):
    assert [found.code for found in deviations.red_twice(now=now, before=before)] == codes


@pytest.mark.parametrize(("sla", "marked"), [("missed", True), ("followed", False), ("none", False), ("", False)])
def test_a_missed_sla(sla, marked):
    assert bool(deviations.sla_missed(sla=sla)) == marked


@pytest.mark.parametrize(("users", "marked"), [(0, True), (1, True), (2, False), (None, False)])
def test_fewer_than_two_users_when_it_is_known(users, marked):
    assert bool(deviations.few_users(users=users)) == marked


@pytest.mark.parametrize(
    ("has_group", "level", "marked"),
    [(False, 2, True), (False, 3, True), (True, 3, False), (False, 1, False), (False, 0, False), (False, None, False)],
)
def test_a_steering_group_is_needed_from_n2(has_group, level, marked):
    assert bool(deviations.no_steering_group(has_group=has_group, level=level)) == marked


@pytest.mark.parametrize(("holds", "marked"), [(False, True), (True, False), (None, False)])
def test_no_business_value(holds, marked):
    assert bool(deviations.no_value(holds=holds)) == marked


def test_only_a_products_operations_count_as_red_twice():
    found = deviations.of_product(
        level=1,
        has_steering_group=False,
        users=None,
        sla="",
        value_holds=None,
        red_now={"economy", "operations"},
        red_before={"economy", "operations"},
    )
    assert [each.code for each in found] == ["red_twice_operations"]


def test_a_project_can_be_marked_for_several_reasons():
    found = deviations.of_project(
        approved=Decimal(100),
        forecast=Decimal(120),
        planned_end=PLAN,
        forecast_end=PLAN + timedelta(91),
        red_now={"time"},
        red_before={"time"},
    )
    assert [each.code for each in found] == ["overspent", "slow", "red_twice_time"]
    assert all(each.label and each.sentence for each in found)
