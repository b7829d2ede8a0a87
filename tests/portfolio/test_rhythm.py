from datetime import date

import pytest

from portfolio.rhythm import months_between, next_report_due, shape_of


@pytest.mark.parametrize(
    ("stage", "level", "shape", "months"),
    [
        ("project", 0, "small_project", 6),
        ("project", 1, "small_project", 6),
        ("project", None, "small_project", 6),
        ("project", 2, "project", 3),
        ("project", 3, "project", 1),
        ("product", None, "product", 6),
        ("product", 1, "product", 6),
        ("product", 2, "product", 6),
        ("product", 3, "product", 3),
        ("idea", None, None, None),
        ("concept", 2, None, None),
        ("closed", 2, None, None),
    ],
)
def test_shape_and_rhythm(stage, level, shape, months):
    assert (shape_of(stage, level), months_between(stage, level)) == (shape, months)


@pytest.mark.parametrize(
    ("stage", "level", "since", "due"),
    [
        ("project", 2, date(2026, 9, 30), date(2026, 12, 30)),
        ("project", 3, date(2026, 1, 31), date(2026, 2, 28)),
        ("project", 3, date(2028, 1, 31), date(2028, 2, 29)),
        ("product", 1, date(2026, 8, 31), date(2027, 2, 28)),
        ("product", 3, date(2026, 11, 15), date(2027, 2, 15)),
        ("project", 2, None, None),
        ("concept", 2, date(2026, 1, 1), None),
    ],
)
def test_when_the_next_one_is_due(stage, level, since, due):
    assert next_report_due(stage, level, since=since) == due
