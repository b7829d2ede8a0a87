"""The board report of a snapshot: how far its making has come, and the stored file."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models.append_only import HistoryIsNeverRewrittenError

from .snapshots import Snapshot


def pdf_path(report: "BoardReport", _filename: str) -> str:
    """Where the file lies in the media folder, which is never served directly."""
    return f"bestyrelsesrapporter/oejebliksbillede-{report.snapshot.number}.pdf"


class BoardReportQuerySet(models.QuerySet):
    """Board reports. Progress is written with `under_way().update(...)`, so that a finished one cannot be touched."""

    def under_way(self):
        """Waiting for the worker, or being made."""
        return self.filter(status__in=[BoardReport.Status.QUEUED, BoardReport.Status.RUNNING])


class BoardReport(models.Model):
    """One per snapshot. Once it is done it never changes: asking again gives the stored file."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("venter")
        RUNNING = "running", _("under udarbejdelse")
        DONE = "done", _("færdig")
        FAILED = "failed", _("ikke lavet")

    snapshot = models.OneToOneField(
        Snapshot, on_delete=models.PROTECT, related_name="board_report", verbose_name=_("øjebliksbillede")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.QUEUED)
    step = models.CharField(_("i gang med"), max_length=200, blank=True)
    done = models.PositiveIntegerField(_("færdige sider"), default=0)
    total = models.PositiveIntegerField(_("sider i alt"), default=0)
    file = models.FileField(_("fil"), upload_to=pdf_path, max_length=200, blank=True)
    size = models.PositiveIntegerField(_("størrelse i bytes"), default=0)
    pdf_checksum = models.CharField(_("kontrolsum"), max_length=64, blank=True)
    error = models.TextField(_("hvad gik galt"), max_length=2000, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("bestilt af")
    )
    changed_at = models.DateTimeField(_("seneste livstegn"), auto_now=True)
    asked_at = models.DateTimeField(_("bestilt"))
    made_at = models.DateTimeField(_("færdig"), null=True, blank=True)

    objects: ClassVar = BoardReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("bestyrelsesrapport")
        verbose_name_plural = _("bestyrelsesrapporter")
        ordering = ["-snapshot__number"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="done") | (~models.Q(file="") & ~models.Q(pdf_checksum="")),
                name="reporting_done_has_file",
            )
        ]

    def __str__(self):
        return f"Bestyrelsesrapport, øjebliksbillede nr. {self.snapshot.number}"

    def save(self, *args, **kwargs):
        """Refuse to write over a finished report."""
        if not self._state.adding and self._is_stored_as_done():
            raise HistoryIsNeverRewrittenError(type(self).__name__)
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """Refuse to remove a finished report."""
        if self._is_stored_as_done():
            raise HistoryIsNeverRewrittenError(type(self).__name__)
        return super().delete(*args, **kwargs)

    def _is_stored_as_done(self) -> bool:
        return BoardReport.objects.filter(pk=self.pk, status=self.Status.DONE).exists()

    @property
    def is_done(self) -> bool:
        """Whether the file is there."""
        return self.status == self.Status.DONE

    @property
    def shares(self) -> list[tuple[str, int]]:
        """Pages that are laid out and pages that are left, for a bar."""
        return [("done", self.done), ("rest", max(self.total - self.done, 0))]

    @property
    def progress_label(self) -> str:
        """The same in words."""
        return str(_("%(done)d af %(total)d sider er sat op")) % {"done": self.done, "total": self.total}

    @property
    def is_under_way(self) -> bool:
        """Whether somebody should wait for it."""
        return self.status in (self.Status.QUEUED, self.Status.RUNNING)
