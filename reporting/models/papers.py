"""Papers of a meeting that somebody asked for: the frozen values, and the file once the worker has made it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models import Meeting


def paper_path(paper: "MeetingPaper", _filename: str) -> str:
    """Where the file lies in the media folder, which is never served directly."""
    return f"papirer/{paper.meeting_id}-{paper.kind}-{paper.checksum[:16]}.pdf"


class MeetingPaper(models.Model):
    """One version of the agenda or the minutes as PDF. The same content is made once."""

    class Kind(models.TextChoices):
        AGENDA = "agenda", _("dagsorden")
        MINUTES = "minutes", _("referat")

    class Status(models.TextChoices):
        QUEUED = "queued", _("venter")
        DONE = "done", _("færdig")
        FAILED = "failed", _("ikke lavet")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="papers", verbose_name=_("møde"))
    kind = models.CharField(_("art"), max_length=10, choices=Kind)
    content = models.JSONField(_("indhold"))
    checksum = models.CharField(_("indholdets kontrolsum"), max_length=64)
    # Made before the agenda was sent or the minutes were released: only for the one who asked for it.
    is_draft = models.BooleanField(_("kladde"), default=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.QUEUED)
    file = models.FileField(_("fil"), upload_to=paper_path, max_length=200, blank=True)
    pages = models.PositiveIntegerField(_("sider"), default=0)
    error = models.TextField(_("hvad gik galt"), max_length=2000, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("bestilt af")
    )
    asked_at = models.DateTimeField(_("bestilt"))

    class Meta:
        verbose_name = _("mødepapir")
        verbose_name_plural = _("mødepapirer")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "kind", "checksum", "is_draft", "asked_by"], name="reporting_paper_made_once"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.meeting}"

    @property
    def is_done(self) -> bool:
        """Whether the file is there."""
        return self.status == self.Status.DONE

    @property
    def has_failed(self) -> bool:
        """Whether it has to be asked for again."""
        return self.status == self.Status.FAILED
