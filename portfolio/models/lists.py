"""Short lists that the business manager can edit."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ListEntry(models.Model):
    """A named entry with a place in its list."""

    name = models.CharField(_("navn"), max_length=100, unique=True)
    order = models.PositiveSmallIntegerField(_("rækkefølge"), default=0)

    class Meta:
        abstract = True
        ordering = ["order", "name"]

    def __str__(self):
        return self.name


class SubjectArea(ListEntry):
    """A field of municipal work (fagområde)."""

    class Meta(ListEntry.Meta):
        verbose_name = _("fagområde")
        verbose_name_plural = _("fagområder")


class Phase(ListEntry):
    """Where a project is inside its stage. Not the stage."""

    class Meta(ListEntry.Meta):
        verbose_name = _("projektfase")
        verbose_name_plural = _("projektfaser")


class EconomyCategory(ListEntry):
    """What money is spent on: development, operations, maintenance ..."""

    class Meta(ListEntry.Meta):
        verbose_name = _("økonomikategori")
        verbose_name_plural = _("økonomikategorier")
