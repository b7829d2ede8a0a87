"""Requirement catalogues: versioned data, never edited after adoption (evaluation.md)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models import Decision

from .levels import Level


class RequirementCatalogue(models.Model):
    """One version of the requirements. Until the board has adopted it for a day it is a draft that nobody follows."""

    version = models.CharField(_("version"), max_length=20, unique=True)
    title = models.CharField(_("titel"), max_length=200)
    valid_from = models.DateField(_("gælder fra"), null=True, blank=True)
    adopted_by = models.ForeignKey(
        Decision,
        on_delete=models.PROTECT,
        related_name="adopted_catalogues",
        verbose_name=_("vedtaget ved"),
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("kravkatalog")
        verbose_name_plural = _("kravkataloger")
        ordering = ["-valid_from"]

    def __str__(self):
        return f"{self.title}"

    @property
    def is_draft(self) -> bool:
        """Whether it is not adopted yet."""
        return self.valid_from is None


class Requirement(models.Model):
    """One requirement of a catalogue."""

    class Theme(models.TextChoices):
        RELEVANCE = "relevance", _("relevans")
        FORMAL = "formal", _("formkrav")
        GOVERNANCE = "governance", _("governance")
        STRATEGY = "strategy", _("strategisk sammenhæng")

    class Response(models.TextChoices):
        FULFIL = "fulfil", _("skal opfyldes")
        COMPLY_OR_EXPLAIN = "comply_or_explain", _("følg eller forklar")
        AUTOMATIC = "automatic", _("regnes ud af portalen")
        NOTE = "note", _("til oplysning")

    class Due(models.TextChoices):
        START = "start", _("ved igangsættelse")
        LAUNCH = "launch", _("ved idriftsættelse")

    catalogue = models.ForeignKey(RequirementCatalogue, on_delete=models.PROTECT, related_name="requirements")
    code = models.CharField(_("kode"), max_length=12)
    order = models.PositiveSmallIntegerField(_("rækkefølge"))
    level = models.PositiveSmallIntegerField(_("fra niveau"), choices=Level)
    until_level = models.PositiveSmallIntegerField(
        _("forklaring accepteres til og med niveau"), choices=Level, null=True, blank=True
    )
    theme = models.CharField(_("tema"), max_length=20, choices=Theme)
    response = models.CharField(_("svarform"), max_length=20, choices=Response)
    due = models.CharField(_("frist"), max_length=10, choices=Due, blank=True)
    check_name = models.CharField(_("regel"), max_length=60, blank=True)
    deferrable = models.BooleanField(_("kan udskydes"), default=True)
    per_organisation = models.BooleanField(_("besvares af hver deltager"), default=False)
    replaces = models.JSONField(_("afløser"), default=list, blank=True)
    title = models.CharField(_("krav"), max_length=200)
    guidance = models.TextField(_("sådan svarer I"), max_length=2000)
    source = models.CharField(_("kilde"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("krav")
        verbose_name_plural = _("krav")
        ordering = ["catalogue", "order"]
        constraints = [models.UniqueConstraint(fields=["catalogue", "code"], name="portfolio_requirement_code")]

    def __str__(self):
        return f"{self.code} {self.title}"

    @property
    def is_note(self) -> bool:
        """Whether it only states a freedom and never blocks."""
        return self.response == self.Response.NOTE

    @property
    def is_answered_by_hand(self) -> bool:
        """Whether somebody answers it, rather than the portal working it out."""
        return self.response in (self.Response.FULFIL, self.Response.COMPLY_OR_EXPLAIN)
