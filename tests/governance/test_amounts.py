from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from governance.forms.amounts import KronerField, WholeField


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1.234,50", "1234.50"),
        ("1234,5", "1234.5"),
        ("1234", "1234"),
        ("1.234.567", "1234567"),
        (" 1 234,50 kr. ", "1234.50"),
        ("1.234\u00a0kr", "1234"),
        ("500,-", "500"),
        ("0", "0"),
        ("999.999.999.999,99", "999999999999.99"),
    ],
)
def test_amounts_as_danes_write_them(typed, amount):
    assert KronerField().clean(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed",
    [
        "1,234.50",
        "1234.50",
        "1.5",
        "12.34",
        "1.2345",
        "1,234,5",
        "1,505",
        "ti kroner",
        "1e5",
        "NaN",
        "12x",
        "--1",
        "kr.",
    ],
)
def test_anything_else_is_refused_and_not_guessed_at(typed):
    with pytest.raises(ValidationError) as caught:
        KronerField().clean(typed)
    assert caught.value.error_list[0].code == "amount"


@pytest.mark.parametrize(("typed", "code"), [("-1", "min_value"), ("1.000.000.000.000", "max_whole_digits")])
def test_amounts_outside_the_column_are_refused(typed, code):
    with pytest.raises(ValidationError) as caught:
        KronerField().clean(typed)
    assert code in [error.code for error in caught.value.error_list]


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (Decimal("1234.50"), "1.234,50"),
        (Decimal("1234.00"), "1.234"),
        (Decimal(0), "0"),
        ("1,23x", "1,23x"),
        (None, None),
    ],
)
def test_a_field_shows_what_one_would_type(amount, shown):
    assert KronerField().prepare_value(amount) == shown


def test_what_a_field_shows_is_read_back_as_the_same():
    for amount in (Decimal("1234.50"), Decimal("1000000.00"), Decimal("0.01")):
        assert KronerField().clean(KronerField().prepare_value(amount)) == amount


@pytest.mark.parametrize(("typed", "number"), [("2.860", 2860), ("12", 12), ("", None)])
def test_whole_numbers(typed, number):
    assert WholeField(required=False).clean(typed) == number


@pytest.mark.parametrize(
    ("typed", "code"), [("2,5", "whole"), ("tolv", "whole"), ("2.86", "whole"), ("-3", "min_value")]
)
def test_what_is_not_a_whole_number_is_refused(typed, code):
    with pytest.raises(ValidationError) as caught:
        WholeField().clean(typed)
    assert caught.value.error_list[0].code == code
