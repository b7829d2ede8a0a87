"""Time and memory of the board report, made as an operator makes it: one process from snapshot to file.

From the repository's root: `.venv/bin/python -m bench.board_report`. Prints a table with the fastest of three.
"""

import argparse
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from .own_portal import ROOT, load_demo, own_portal

RUNS = 3
SIZES = (0, 200)


@dataclass(frozen=True, order=True)
class Made:
    """A report: seconds by the clock and of work, the most memory its process held, and what came out."""

    seconds: float
    cpu_seconds: float
    peak_mb: float
    pages: int
    kb: float


def main() -> int:
    """Make the reports and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="synthetic initiatives")
    print(
        "| synthetic initiatives beside the demo | pages | s | s CPU | peak MB | PDF kB |", "|---" * 6 + "|", sep="\n"
    )
    with own_portal() as folder:
        for size in parser.parse_args().sizes:
            load_demo(initiatives=size)
            best = min(_made(folder / f"{size}-{run}.pdf") for run in range(RUNS))
            took = f"{best.seconds:.1f} | {best.cpu_seconds:.1f}"
            print(f"| {size} | {best.pages} | {took} | {best.peak_mb:.0f} | {best.kb:.0f} |", flush=True)
    return 0


def _made(file: Path) -> Made:
    """A new snapshot and its report, in a process of its own."""
    command = [sys.executable, str(ROOT / "manage.py"), "board_report", "--new", "--output", str(file)]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit("The report was not made (see above)")
    with pikepdf.open(file) as pdf:
        kb, cpu_seconds = file.stat().st_size / 1000, used.ru_utime + used.ru_stime
        return Made(seconds, cpu_seconds, used.ru_maxrss / 1024, len(pdf.pages), kb)


if __name__ == "__main__":
    sys.exit(main())
