"""The three layers of a requirement: the product's answer, the secretariat's judgement, the board's acceptance."""

import uuid
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from governance.models import AppendOnlyModel, Decision, Organisation

from .catalogues import Requirement
from .initiatives import Initiative


class Answer(models.Model):
    """What the product answers to a requirement; one per participant where the requirement is `per organisation`."""

    class Value(models.TextChoices):
        OPEN = "open", _("ubesvaret")
        YES = "yes", _("ja")
        NO = "no", _("nej")
        PLANNED = "planned", _("planlagt")
        EXPLAINED = "explained", _("forklaret")
        NOT_RELEVANT = "not_relevant", _("ikke relevant")
        UNSURE = "unsure", _("ved ikke")

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="answers")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="answers")
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="answers",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
    )
    value = models.CharField(_("svar"), max_length=20, choices=Value, default=Value.OPEN)
    text = models.TextField(_("uddybning"), max_length=4000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    answered_at = models.DateTimeField(_("besvaret"), editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("svar")
        verbose_name_plural = _("svar")
        ordering = ["requirement__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "requirement"],
                condition=Q(organisation__isnull=True),
                name="portfolio_answer_once",
            ),
            models.UniqueConstraint(
                fields=["initiative", "requirement", "organisation"], name="portfolio_answer_once_per_organisation"
            ),
        ]

    def __str__(self):
        return f"{self.initiative} {self.requirement.code}: {self.get_value_display()}"


def evidence_path(evidence, filename: str) -> str:
    """A name nobody can guess, with the kind of file kept."""
    return f"bevis/{evidence.answer.initiative_id}/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()}"


class Evidence(models.Model):
    """A link or a file that shows what an answer says."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="evidence")
    title = models.CharField(_("navn"), max_length=200)
    url = models.URLField(_("link"), max_length=500, blank=True)
    file = models.FileField(_("fil"), upload_to=evidence_path, blank=True, max_length=200)
    size = models.PositiveIntegerField(_("størrelse i bytes"), default=0)
    is_public = models.BooleanField(_("må offentliggøres"), default=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("lagt op"), auto_now_add=True)

    class Meta:
        verbose_name = _("bevis")
        verbose_name_plural = _("beviser")
        ordering = ["added_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(url="") | ~Q(file=""), name="portfolio_evidence_points_somewhere"),
        ]

    def __str__(self):
        return self.title


class Judgement(AppendOnlyModel):
    """What the secretariat thinks of one version of an answer. The latest counts, for the version it was given on."""

    class Light(models.TextChoices):
        GREEN = "green", _("grøn")
        YELLOW = "yellow", _("gul")
        RED = "red", _("rød")

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="judgements")
    answer_version = models.PositiveIntegerField()
    light = models.CharField(_("vurdering"), max_length=10, choices=Light)
    remark = models.TextField(_("bemærkning"), max_length=4000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("vurderet"), auto_now_add=True)

    class Meta:
        verbose_name = _("vurdering")
        verbose_name_plural = _("vurderinger")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.answer}: {self.get_light_display()}"


class Deferral(AppendOnlyModel):
    """What the board accepted: a requirement deferred to a date, or a deviation accepted, until a date or for good."""

    class Kind(models.TextChoices):
        DEFERRED = "deferred", _("udskudt")
        ACCEPTED = "accepted", _("afvigelse accepteret")

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="deferrals")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="deferrals")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="deferrals")
    kind = models.CharField(_("art"), max_length=10, choices=Kind, default=Kind.DEFERRED)
    until = models.DateField(_("til og med"), null=True, blank=True)
    responsible = models.CharField(_("ansvarlig"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("vilkår")
        verbose_name_plural = _("vilkår")
        ordering = ["until", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="accepted") | Q(until__isnull=False), name="portfolio_deferral_has_date"
            ),
        ]

    def __str__(self):
        return f"{self.initiative} {self.requirement.code}: {self.get_kind_display()}"
