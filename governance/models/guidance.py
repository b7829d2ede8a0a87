"""Guidance of expert committees and material of expert groups: numbered versions, points, files (report 4.1.6)."""

import uuid
from pathlib import PurePath

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .addresses import free_address
from .bodies import Body
from .people import User


class Guidance(models.Model):
    """One piece of guidance through all its versions. An expert group's is material, free for everybody to use."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="guidance", verbose_name=_("skrevet af"))
    title = models.CharField(_("titel"), max_length=200)
    slug = models.SlugField(_("adressenavn"), max_length=200, unique=True, editable=False)
    summary = models.TextField(_("kort fortalt"), max_length=2000, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("vejledning")
        verbose_name_plural = _("vejledninger")
        ordering = ["title", "pk"]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        """Give the guidance its address."""
        self.slug = self.slug or free_address(Guidance, self.title)
        super().save(*args, **kwargs)


class GuidanceVersion(models.Model):
    """One version: a draft that is written on, then published, then superseded by the next. Only a draft changes."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("kladde")
        PUBLISHED = "published", _("offentliggjort")
        SUPERSEDED = "superseded", _("afløst")

    guidance = models.ForeignKey(Guidance, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT, editable=False)
    text = models.TextField(_("tekst"), max_length=50000, blank=True)
    valid_from = models.DateField(_("gælder fra"), null=True, blank=True)
    valid_to = models.DateField(_("gælder til og med"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, editable=False)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("version af vejledning")
        verbose_name_plural = _("versioner af vejledning")
        ordering = ["guidance", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["guidance", "number"], name="governance_guidance_version_number"),
            models.UniqueConstraint(
                fields=["guidance"], condition=Q(status="draft"), name="governance_one_draft_of_guidance"
            ),
            models.UniqueConstraint(
                fields=["guidance"], condition=Q(status="published"), name="governance_one_version_in_force"
            ),
        ]

    def __str__(self):
        return f"{self.guidance}, version {self.number}"


class GuidancePoint(models.Model):
    """A numbered point of a version. The board can make it mandatory; then it stands on checklists."""

    version = models.ForeignKey(GuidanceVersion, on_delete=models.PROTECT, related_name="points")
    number = models.PositiveSmallIntegerField(_("punkt"))
    title = models.CharField(_("punktets overskrift"), max_length=200)
    text = models.TextField(_("punktets tekst"), max_length=4000, blank=True)

    class Meta:
        verbose_name = _("punkt i vejledning")
        verbose_name_plural = _("punkter i vejledning")
        ordering = ["version", "number"]
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="governance_guidance_point_number")]

    def __str__(self):
        return f"{self.number}. {self.title}"


def guidance_path(_row: "GuidanceFile", name: str) -> str:
    """Where a file is stored: under a name of ours, with the kind it was checked for."""
    return f"vejledning/{uuid.uuid4().hex}{PurePath(name).suffix.lower()}"


class GuidanceFile(models.Model):
    """A file of a version: a template, a project model, a checklist."""

    version = models.ForeignKey(GuidanceVersion, on_delete=models.PROTECT, related_name="files")
    title = models.CharField(_("titel"), max_length=200)
    file = models.FileField(_("fil"), upload_to=guidance_path, max_length=200)
    size = models.PositiveIntegerField(_("størrelse i bytes"), default=0)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("lagt op"), auto_now_add=True)

    class Meta:
        verbose_name = _("fil til vejledning")
        verbose_name_plural = _("filer til vejledning")
        ordering = ["added_at"]

    def __str__(self):
        return self.title
