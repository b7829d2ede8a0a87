"""What every form of the house must be like."""

import importlib
import inspect
import pkgutil

import pytest
from django import forms

from governance.forms.fields import DayField

APPS = ("governance", "portfolio", "reporting", "publishing")


def _forms():
    for app in APPS:
        package = importlib.import_module(f"{app}.forms")
        for found in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{app}.forms.{found.name}")
            for each in vars(module).values():
                if inspect.isclass(each) and issubclass(each, forms.BaseForm) and each.__module__ == module.__name__:
                    yield each


@pytest.mark.parametrize("form", list(_forms()), ids=lambda form: f"{form.__module__}.{form.__name__}")
def test_a_day_is_a_day_field(form):
    """Others take the year 0026, which no rule can work with."""
    days = {name for name, field in form.base_fields.items() if isinstance(field, forms.DateField)}
    assert {name for name in days if not isinstance(form.base_fields[name], DayField)} == set()
