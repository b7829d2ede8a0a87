"""Facts that hold from one day to another, both inclusive."""

from datetime import date
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class DatedQuerySet(models.QuerySet):
    """Rows with `valid_from` and `valid_to`; an empty end means until further notice."""

    def on(self, day: date):
        """The rows in force on the day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


class DatedModel(models.Model):
    """Base of seats, roles, memberships, appointments. Ended by a date, never removed."""

    valid_from = models.DateField(_("fra og med"))
    valid_to = models.DateField(_("til og med"), null=True, blank=True)

    objects: ClassVar = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="%(app_label)s_%(class)s_ends_after_start",
            )
        ]

    def clean(self):
        """Refuse an end before the start."""
        super().clean()
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("Slutdatoen ligger før startdatoen. Skriv en dato fra og med den.")})

    def holds_on(self, day: date) -> bool:
        """Whether the fact is in force on the day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
