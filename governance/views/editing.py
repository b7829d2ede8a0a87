"""Changing a row that somebody else may be changing, too: nothing is overwritten unseen, nothing typed is lost."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _

from governance.domain.versions import version_of
from governance.forms.fields import in_words
from governance.refusals import Refused, Stale

from .base import ActionFormView


@dataclass(frozen=True, slots=True)
class Difference:
    """One field where the two texts differ."""

    label: str
    theirs: str
    yours: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody saved first: who and when, their version, and what differs."""

    who: str
    at: datetime | None
    version: int
    differences: tuple[Difference, ...]


class EditView(ActionFormView):
    """A form for a row that exists; it carries the version it began with.

    Subclasses give `row`, and `values_of` where the form's fields are not the row's own.
    """

    row: models.Model

    def values_of(self, row: Any) -> dict[str, Any]:
        """What the form shows for a row, by field."""
        return forms.model_to_dict(row, fields=list(self.get_form_class().base_fields))

    def version_of(self, row: Any) -> int:
        """Which version the row is."""
        return version_of(row)

    def get_initial(self) -> dict[str, Any]:
        """The row as it is now."""
        return {**self.values_of(self.row), "version": self.version_of(self.row)}

    def form_refused(self, form, refused: Refused):
        """Show both texts when somebody else saved first."""
        if isinstance(refused, Stale) and refused.current is not None:
            self.extra_context = {"difference": self._conflict(form, refused.current)}
        return super().form_refused(form, refused)

    def _conflict(self, form, current: Any) -> Conflict:
        latest = current.history.select_related("history_user__organisation").order_by("-history_id").first()
        theirs = self.values_of(current)
        differences = []
        for name, field in form.fields.items():
            if name not in theirs or isinstance(field.widget, forms.HiddenInput):
                continue
            pair = in_words(field, theirs[name]), in_words(field, form.cleaned_data.get(name))
            if pair[0] != pair[1]:
                differences.append(Difference(str(field.label), *pair))
        return Conflict(
            who=str(latest.history_user) if latest and latest.history_user else _("En anden"),
            at=latest.history_date if latest else None,
            version=self.version_of(current),
            differences=tuple(differences),
        )
