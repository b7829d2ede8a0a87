"""A table as CSV that Danish spreadsheets open as it is: semicolons, decimal comma, UTF-8 with its mark.

What people wrote can begin like a formula; a spreadsheet would run it. Such a cell gets an apostrophe in front. Numbers
and dates are written here and keep their sign.
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO

from django.http import HttpResponse
from django.utils.formats import date_format

Cell = str | int | Decimal | date | None
BYTE_ORDER_MARK = "\ufeff"
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def as_text(cell: Cell) -> str:
    """A cell as the file has it."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:.2f}".replace(".", ",")
    if isinstance(cell, date):
        return date_format(cell, "SHORT_DATE_FORMAT")
    if isinstance(cell, int):
        return str(cell)
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(FORMULA_BEGINS) else cell


def csv_of(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The table as text."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([as_text(cell) for cell in row] for row in rows)
    return BYTE_ORDER_MARK + out.getvalue()


def csv_answer(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """The table as a file to save."""
    return HttpResponse(
        csv_of(head, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
    )
