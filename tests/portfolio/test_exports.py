from datetime import date
from decimal import Decimal

import pytest

from portfolio.exports import BYTE_ORDER_MARK, as_text, csv_of


@pytest.mark.parametrize(
    "typed", ["=1+1", "+45 12", "-cmd", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "\u00a0=1", "|calc", "%0a", "\n=1"]
)
def test_what_begins_like_a_formula_is_text(typed):
    assert as_text(typed) == f"'{typed}"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("OS2mo", "OS2mo"),
        ("1 = 1", "1 = 1"),
        (Decimal("1234567.5"), "1234567,50"),
        (Decimal(-5), "-5,00"),
        (date(2026, 12, 1), "01-12-2026"),
        (35, "35"),
        (None, ""),
        ("", ""),
    ],
)
def test_everything_else_stands_as_it_is(cell, text):
    assert as_text(cell) == text


def test_the_file_opens_in_a_danish_spreadsheet():
    assert csv_of(["Navn", "Beløb"], [["a;b", Decimal(1)], ['c"d', None], ["e\nf", 2]]) == (
        f'{BYTE_ORDER_MARK}Navn;Beløb\r\n"a;b";1,00\r\n"c""d";\r\n"e\nf";2\r\n'
    )
