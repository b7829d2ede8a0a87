"""Queries, time and size of pages, with few and with many initiatives.

From the repository's root: `.venv/bin/python -m bench.pages`. Prints tables. Ends with 1 if a page takes
more queries than it may (most: 15), or more of them with many initiatives than with few.
"""

import argparse
import sys
import time
from collections.abc import Iterable, Iterator

from .own_portal import load_demo, own_portal

SIZES = (3, 5000)


def main() -> int:
    """Measure, print, and say whether the pages are as cheap as they must be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs=2, default=SIZES, metavar="N", help="synthetic initiatives")
    parser.add_argument("--only", default="", metavar="TEXT", help="only pages with this in their name")
    chosen = parser.parse_args()
    with own_portal():
        from . import visits  # noqa: PLC0415 - models can only be imported when Django has been set up

        pages = [page for page in visits.PAGES if chosen.only.lower() in page.name.lower()]
        found = []
        for size in chosen.sizes:
            began = time.perf_counter()
            load_demo(initiatives=size)
            loaded = f"loading {time.perf_counter() - began:.1f} s"
            print(f"- {size:,} synthetic initiatives: {loaded}, {visits.make_public()}", flush=True)
            found.append([visits.measured(page) for page in pages])
    rows = list(zip(pages, *found, strict=True))
    print("", *_table(chosen.sizes, rows), sep="\n")
    broken = list(_broken(rows))
    print("", *broken, sep="\n")
    return 1 if broken else 0


def _table(sizes: Iterable[int], rows: list) -> Iterator[str]:
    yield "| page | " + " | ".join(f"{what}, {n:,}" for what in ("queries", "ms CPU", "ms", "kB") for n in sizes) + " |"
    yield "|---" * 9 + "|"
    for page, few, many in rows:
        cells = few.queries, many.queries, few.cpu, many.cpu, few.time, many.time
        sizes_kb = f"{few.size / 1000:.0f}", f"{many.size / 1000:.0f}"
        yield f"| {page.name} | " + " | ".join(str(cell) for cell in (*cells, *sizes_kb)) + " |"


def _broken(rows: list) -> Iterator[str]:
    for page, few, many in rows:
        if page.most_queries and (few.queries != many.queries or many.queries > page.most_queries):
            yield f"Too dear: {page.name}, {few.queries} queries with few initiatives and {many.queries} with many"


if __name__ == "__main__":
    sys.exit(main())
