"""What to do instead of what went wrong: our words for the messages that Django and allauth bring along.

Django says "Dette felt er påkrævet."; the design README asks for "Skriv, hvorfor økonomien er gul". A form that has a
better sentence of its own sets it in `error_messages` or raises it, and it is shown as it stands; only messages that
nobody has written for the portal are replaced, and always with the label or the text the user typed.
"""

import re
from collections.abc import Callable

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_LIKE_A_DATE = re.compile(r"\s*\d{1,2}[-./]\d{1,2}[-./ ]+\d{4}\s*$")

_VALIDATORS: dict[str, list] = {
    "max_length": [validators.MaxLengthValidator],
    "min_length": [validators.MinLengthValidator],
    "max_value": [validators.MaxValueValidator],
    "min_value": [validators.MinValueValidator],
    "invalid": [validators.EmailValidator, validators.URLValidator],
    "invalid_extension": [validators.FileExtensionValidator],
}

ACCOUNT = {
    "email_password_mismatch": gettext_lazy(
        "E-mail og adgangskode passer ikke sammen. Prøv igen, eller bestil en ny adgangskode"
    ),
    "too_many_login_attempts": gettext_lazy("Du har prøvet for mange gange. Vent fem minutter, og prøv igen"),
    "rate_limited": gettext_lazy("Du har prøvet for mange gange. Vent fem minutter, og prøv igen"),
    "account_inactive": gettext_lazy("Din adgang er lukket. Skriv til sekretariatet i OS2, hvis den skal åbnes igen"),
    "enter_current_password": gettext_lazy("Den nuværende adgangskode passer ikke. Skriv den igen"),
    "incorrect_password": gettext_lazy("Adgangskoden passer ikke. Skriv den igen"),
}

_REQUIRED: list[tuple[type, str | Promise]] = [
    (forms.EmailField, gettext_lazy("Skriv e-mailadressen")),
    (forms.FileField, gettext_lazy("Vælg en fil under „%(label)s“")),
    (forms.DateField, gettext_lazy("Skriv en dato under „%(label)s“")),
    (forms.CheckboxInput, gettext_lazy("Sæt kryds ved „%(label)s“")),
    (forms.CheckboxSelectMultiple, gettext_lazy("Sæt mindst ét kryds under „%(label)s“")),
    (forms.RadioSelect, gettext_lazy("Vælg under „%(label)s“")),
    (forms.Select, gettext_lazy("Vælg under „%(label)s“")),
    (forms.Field, gettext_lazy("Udfyld „%(label)s“")),
]

_INVALID: list[tuple[type, str | Promise]] = [
    (forms.DateField, gettext_lazy("Skriv dag, måned og år, for eksempel 30-06-2027. „%(typed)s“ er ikke en dato")),
    (forms.DateTimeField, gettext_lazy("Skriv dag og klokkeslæt, for eksempel 30-06-2027 10.30")),
    (forms.TimeField, gettext_lazy("Skriv klokkeslættet, for eksempel 10.30")),
    (forms.FloatField, gettext_lazy("Skriv kun tal, for eksempel 12,5. „%(typed)s“ er ikke et tal")),
    (forms.DecimalField, gettext_lazy("Skriv kun tal, for eksempel 1.234.567,50. „%(typed)s“ er ikke et tal")),
    (forms.IntegerField, gettext_lazy("Skriv et helt tal. „%(typed)s“ er ikke et helt tal")),
    (forms.EmailField, gettext_lazy("Skriv hele e-mailadressen, for eksempel navn@kommune.dk")),
    (forms.URLField, gettext_lazy("Skriv hele adressen, for eksempel https://www.os2.eu")),
    (forms.FileField, gettext_lazy("Filen kom ikke med. Vælg den igen")),
]


def explain(error: ValidationError, field: BoundField | None = None) -> str:
    """One error as a sentence that says what to do. `field` is None for errors of the whole form."""
    own = error.messages[0]
    code = error.code or ""
    if error.message is DefaultAccountAdapter.error_messages.get(code):
        return str(ACCOUNT.get(code, own))
    if field is None or not _is_stock(error, field):
        return own
    writer = _WRITERS.get(code)
    return (writer(field, error.params or {}) if writer else "") or own


def _is_stock(error: ValidationError, field: BoundField) -> bool:
    """Whether the message is the one that Django's field class or validator came with, and not our own."""
    code = error.code or ""
    theirs = [kind for kind in type(field.field).__mro__ if kind.__module__.startswith("django.")]
    stock = [getattr(kind, "default_error_messages", {}).get(code) for kind in theirs]
    stock += [validator.message for validator in _VALIDATORS.get(code, [])]
    return any(error.message is message for message in stock)


def _required(field: BoundField, _params: dict) -> str:
    return str(_pick(_REQUIRED, field)) % {"label": field.label}


def _invalid(field: BoundField, _params: dict) -> str:
    typed = {"typed": str(field.data or "").strip()[:60]}
    if isinstance(field.field, forms.DateField) and _LIKE_A_DATE.match(typed["typed"]):
        return _("Skriv en dato, der findes. %(typed)s findes ikke") % typed
    return str(_pick(_INVALID, field)) % typed


def _pick(texts: list[tuple[type, str | Promise]], field: BoundField) -> str | Promise:
    """The text of the first class that the field or its widget is one of; subclasses stand before what they extend."""
    parts = (field.field, field.field.widget)
    return next((text for kind, text in texts if any(isinstance(part, kind) for part in parts)), "")


def _file_lost(_field: BoundField, _params: dict) -> str:
    return _("Filen kom ikke med. Vælg den igen")


def _choice(_field: BoundField, _params: dict) -> str:
    return _("Valget findes ikke længere. Vælg igen")


def _max_length(field: BoundField, params: dict) -> str:
    if isinstance(field.field, forms.FileField):
        return _("Filens navn er for langt. Giv den et kortere navn, og vælg den igen")
    return _("Forkort teksten. Den har %(show_value)s tegn og må højst have %(limit_value)s") % params


_WRITERS: dict[str, Callable[[BoundField, dict], str]] = {
    "required": _required,
    "invalid": _invalid,
    "invalid_choice": _choice,
    "invalid_list": _choice,
    "invalid_pk_value": _choice,
    "max_length": _max_length,
    "min_length": lambda _f, p: _("Skriv mindst %(limit_value)s tegn. Der er %(show_value)s nu") % p,
    "max_value": lambda _f, p: _("Skriv et tal på højst %(limit_value)s") % p,
    "min_value": lambda _f, p: _("Skriv et tal på mindst %(limit_value)s") % p,
    "empty": lambda _f, _p: _("Filen er tom. Vælg en anden fil"),
    "missing": _file_lost,
    "invalid_extension": lambda _f, p: (
        _("Filer af typen .%(extension)s kan ikke lægges op. Brug %(allowed_extensions)s") % p
    ),
}
