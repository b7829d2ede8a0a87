"""The portfolio frozen at a moment. What it holds is in reporting/frozen.py; how it is taken in domain/snapshots.py."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.codec import from_json
from governance.models import AppendOnlyModel, Meeting
from governance.models.append_only import AppendOnlyQuerySet
from reporting.frozen import SnapshotData


class SnapshotQuerySet(AppendOnlyQuerySet):
    """Snapshots. `data` is large: lists leave it where it is."""

    def without_data(self):
        """For lists and links."""
        return self.defer("data")


class Snapshot(AppendOnlyModel):
    """Everything the overviews contained at one moment, numbered, never changed."""

    number = models.PositiveIntegerField(_("nummer"), unique=True)
    taken_at = models.DateTimeField(_("taget"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("taget af")
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="snapshots", verbose_name=_("møde"), null=True, blank=True
    )
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", verbose_name=_("sammenlignet med"), null=True, blank=True
    )
    data = models.JSONField(_("indhold"))
    data_checksum = models.CharField(_("kontrolsum"), max_length=64)
    catalogue_versions = models.JSONField(_("kravkataloger"), default=list)
    initiative_count = models.PositiveIntegerField(_("initiativer"))

    objects: ClassVar = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("øjebliksbillede")
        verbose_name_plural = _("øjebliksbilleder")
        ordering = ["-number"]

    def __str__(self):
        return f"Øjebliksbillede nr. {self.number}"

    @property
    def content(self) -> SnapshotData:
        """What was frozen, as plain values."""
        return from_json(SnapshotData, self.data)
