"""Writers at once on SQLite: what `transaction_mode` IMMEDIATE (settings/base.py) is worth.

From the repository's root: `.venv/bin/python -m bench.sqlite_writes`. Eight threads take fifty numbers each of one
series, with the portal's own function: read the last number, add one, write it.
"""

import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain

from django.db import OperationalError, connection, connections

from .own_portal import own_portal

THREADS, EACH, YEAR = 8, 50, 2026
MODES = ("IMMEDIATE", "DEFERRED")


def main() -> int:
    """Write with both modes and print what came of it. Ends with 1 if the portal's own mode lost a number."""
    os.environ.pop("DATABASE_URL", None)
    counts = {}
    print("| mode | numbers given | given twice | refused as locked | s |", "|---" * 5 + "|", sep="\n")
    with own_portal():
        from governance.domain.numbers import next_number  # noqa: PLC0415 - when Django has been set up

        for mode in MODES:
            connections.settings["default"]["OPTIONS"]["transaction_mode"] = mode
            began = time.perf_counter()
            take = partial(_take, partial(next_number, series=f"bench {mode}", year=YEAR))
            with ThreadPoolExecutor(THREADS) as pool:
                given = Counter(chain.from_iterable(pool.map(take, range(THREADS))))
            seconds = time.perf_counter() - began
            refused = given.pop(None, 0)
            counts[mode] = given.total(), given.total() - len(given), refused
            print(f"| {mode} | {counts[mode][0]} | {counts[mode][1]} | {refused} | {seconds:.1f} |")
    return 0 if counts["IMMEDIATE"] == (THREADS * EACH, 0, 0) else 1


def _take(next_one: Callable[[], int], _thread: int) -> list[int | None]:
    """Numbers taken by one thread on a connection of its own; None where the database was locked."""
    numbers: list[int | None] = []
    for _turn in range(EACH):
        try:
            numbers.append(next_one())
        except OperationalError:
            numbers.append(None)
    connection.close()
    return numbers


if __name__ == "__main__":
    sys.exit(main())
