from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.utils import formats, translation


class Typed(forms.Form):
    day = forms.DateField()
    amount = forms.DecimalField(localize=True)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("typed", ["01-12-2026", "1-12-2026", "1.12.2026", "1/12/2026", "1/12 2026", "2026-12-01"])
def test_a_day_is_read_day_before_month_in_both_languages(language, typed):
    with translation.override(language):
        form = Typed({"day": typed, "amount": "1"})
        assert form.is_valid(), form.errors
        assert form.cleaned_data["day"] == date(2026, 12, 1)


@pytest.mark.parametrize("typed", ["12-31-2026", "31-02-2027", "1-12-26", "i morgen", "2026"])
def test_what_is_no_day_is_refused(typed):
    assert "day" in Typed({"day": typed, "amount": "1"}).errors


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("1.234.567,50", "1234567.50"), ("1234567,50", "1234567.50"), ("1.234", "1234"), ("12,5", "12.5"), ("-7", "-7")],
)
def test_danish_amounts_are_read(typed, amount):
    form = Typed({"day": "01-12-2026", "amount": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["amount"] == Decimal(amount)


@pytest.mark.parametrize("typed", ["tolv", "1,2,3", "12 kr", "NaN", "1e9x"])
def test_what_is_no_amount_is_refused(typed):
    assert "amount" in Typed({"day": "01-12-2026", "amount": typed}).errors


def test_fields_show_what_they_read():
    form = Typed(initial={"day": date(2026, 12, 1), "amount": Decimal("1234567.50")})
    assert 'value="01-12-2026"' in str(form["day"])
    assert 'value="1.234.567,50"' in str(form["amount"])


def test_the_formats_module_is_the_one_in_use():
    assert formats.get_format("LONG_DATE_FORMAT", "da") != "LONG_DATE_FORMAT"
    assert formats.get_format("LONG_DATE_FORMAT", "en") != "LONG_DATE_FORMAT"
