"""Amounts and numbers as Danes write them: 1.234,50. Anything else is refused, never guessed at."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

# Points part thousands in groups of three, or are left out; a comma begins the øre.
_AMOUNT = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d+)(,\d{1,2})?")
_AROUND = re.compile(r"\s|\u00a0|kr\.?$|,-$", re.IGNORECASE)


def _read(typed: Any) -> str:
    """The figures as Python writes them. Raises ValueError for what is not a Danish number."""
    bare = _AROUND.sub("", str(typed).strip())
    if not _AMOUNT.fullmatch(bare):
        raise ValueError(typed)
    return bare.replace(".", "").replace(",", ".")


class KronerField(forms.DecimalField):
    """Danish kroner, exact to the øre. Understands 1.234,50; refuses 1,234.50 and letters, and says how to write it."""

    widget = forms.TextInput

    def __init__(self, **kwargs):
        """Never negative, and as long as the columns are."""
        super().__init__(**{"max_digits": 14, "decimal_places": 2, "min_value": 0, **kwargs})
        self.error_messages |= {
            "min_value": _("Skriv et beløb, der ikke er negativt"),
            "max_digits": _("Beløbet er for stort"),
            "max_whole_digits": _("Beløbet er for stort"),
        }

    def to_python(self, value):
        """A Decimal, or None for an empty field."""
        if value in self.empty_values or isinstance(value, Decimal | int):
            return None if value in self.empty_values else Decimal(value)
        try:
            return super().to_python(_read(value))
        except ValueError:
            message = _("Skriv beløbet som 1.234,50. „%(typed)s“ er ikke et beløb")
            raise ValidationError(message, code="amount", params={"typed": str(value).strip()[:40]}) from None

    def prepare_value(self, value):
        """Figures as the reader would type them: øre only where there are some."""
        if isinstance(value, Decimal | int):
            return number_format(value, 0 if value == int(value) else 2, use_l10n=True, force_grouping=True)
        return value


class WholeField(forms.IntegerField):
    """A whole number, e.g. of hours; 2.860 is two thousand and some."""

    widget = forms.TextInput

    def __init__(self, **kwargs):
        """Never negative, and no larger than the databases' integers."""
        super().__init__(**{"min_value": 0, "max_value": 2_000_000_000, **kwargs})
        self.error_messages |= {
            "min_value": _("Skriv et tal, der ikke er negativt"),
            "max_value": _("Tallet er for stort"),
        }

    def to_python(self, value):
        """An int, or None for an empty field."""
        if value in self.empty_values or isinstance(value, int):
            return None if value in self.empty_values else value
        try:
            return int(_read(value))
        except ValueError:
            message = _("Skriv et helt tal. „%(typed)s“ er ikke et helt tal")
            raise ValidationError(message, code="whole", params={"typed": str(value).strip()[:40]}) from None

    def prepare_value(self, value):
        """Figures in groups of three."""
        return number_format(value, 0, use_l10n=True, force_grouping=True) if isinstance(value, int) else value
