"""What the board has made mandatory of an expert committee's guidance, and what initiatives answer to it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from governance.models import AppendOnlyModel, DatedModel, Decision, GuidancePoint

from .initiatives import Initiative


class MandatoryPoint(DatedModel):
    """A point of guidance that the board made mandatory from a day, from a level up or for one initiative."""

    point = models.ForeignKey(GuidancePoint, on_delete=models.PROTECT, related_name="mandatory")
    from_level = models.PositiveSmallIntegerField(_("fra og med niveau"), null=True, blank=True)
    initiative = models.ForeignKey(
        Initiative, on_delete=models.PROTECT, related_name="mandatory_points", null=True, blank=True
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="mandatory_points", verbose_name=_("besluttet ved")
    )

    class Meta(DatedModel.Meta):
        verbose_name = _("obligatorisk punkt")
        verbose_name_plural = _("obligatoriske punkter")
        ordering = ["point", "pk"]
        constraints = [
            *DatedModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(from_level__isnull=False, initiative__isnull=True)
                | Q(from_level__isnull=True, initiative__isnull=False),
                name="portfolio_mandatory_for_level_or_one",
            ),
        ]

    def __str__(self):
        return str(self.point)


class PointAnswer(models.Model):
    """What an initiative says about a mandatory point: followed, or explained why not."""

    class Value(models.TextChoices):
        FOLLOWED = "followed", _("følges")
        EXPLAINED = "explained", _("forklaret")

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="point_answers")
    point = models.ForeignKey(GuidancePoint, on_delete=models.PROTECT, related_name="answers")
    value = models.CharField(_("svar"), max_length=10, choices=Value)
    text = models.TextField(_("uddybning"), max_length=4000, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    answered_at = models.DateTimeField(_("besvaret"), editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("svar på et punkt")
        verbose_name_plural = _("svar på punkter")
        ordering = ["point"]
        constraints = [models.UniqueConstraint(fields=["initiative", "point"], name="portfolio_point_answered_once")]

    def __str__(self):
        return f"{self.initiative}: {self.point}"


class PointDeferral(AppendOnlyModel):
    """What the board accepted about a mandatory point: deferred to a date, or not followed, for a time or for good."""

    class Kind(models.TextChoices):
        DEFERRED = "deferred", _("udskudt")
        ACCEPTED = "accepted", _("afvigelse accepteret")

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="point_deferrals")
    point = models.ForeignKey(GuidancePoint, on_delete=models.PROTECT, related_name="deferrals")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="point_deferrals")
    kind = models.CharField(_("art"), max_length=10, choices=Kind, default=Kind.DEFERRED)
    until = models.DateField(_("til og med"), null=True, blank=True)
    responsible = models.CharField(_("ansvarlig"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("vilkår om et punkt")
        verbose_name_plural = _("vilkår om punkter")
        ordering = ["until", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="accepted") | Q(until__isnull=False), name="portfolio_point_deferral_has_date"
            ),
        ]

    def __str__(self):
        return f"{self.initiative}: {self.point}"
