import json
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest

from governance.codec import UnreadableDataError, checksum, from_json, to_json
from reporting.frozen import BudgetLineState, SnapshotData, SnapshotInitiative

from .content import CONTENT, EMPTY


@pytest.mark.parametrize("content", [CONTENT, EMPTY], ids=["full", "empty"])
def test_what_is_written_is_read_back(content):
    assert from_json(SnapshotData, json.loads(json.dumps(to_json(content)))) == content


def test_amounts_keep_every_oere_and_days_stay_days():
    line = BudgetLineState(2027, "Drift", "local", Decimal("1234567.10"))
    assert to_json(line)["planned"] == "1234567.10"
    assert to_json(CONTENT.meeting)["held_on"] == "2026-12-10"


def test_what_has_its_default_is_left_out():
    bare = SnapshotInitiative("a", "1", "A", "1", "software", "idea")
    assert set(to_json(bare)) == {"slug", "reference", "name", "sort_key", "kind", "stage"}


def test_the_checksum_does_not_depend_on_the_order_of_keys():
    data = to_json(CONTENT)
    assert checksum(dict(reversed(data.items()))) == checksum(data)


def test_the_checksum_changes_with_any_value():
    assert checksum(to_json(replace(CONTENT, number=15))) != checksum(to_json(CONTENT))


@pytest.mark.parametrize(
    "change",
    [{"version": 99}, {"unheard_of": 1}, {"limits": {"end_days": 60}}],
    ids=["another version", "unknown field", "missing field"],
)
def test_data_of_another_shape_is_refused(change):
    with pytest.raises(UnreadableDataError):
        from_json(SnapshotData, {**to_json(EMPTY), **change})


@dataclass(frozen=True)
class Optional:
    day: date | None = None
    amount: Decimal | None = None


@pytest.mark.parametrize("value", [Optional(), Optional(date(2026, 1, 1), Decimal("0.50"))])
def test_what_may_be_unknown_comes_back_as_it_was(value):
    assert from_json(Optional, to_json(value)) == value
