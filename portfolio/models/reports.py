"""Status reports in their three shapes (reporting.md). A received report never changes; a correction is a new one."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .initiatives import Initiative
from .levels import Level
from .lists import EconomyCategory, Phase


class StatusReport(models.Model):
    """What a project or a product's coordination group reports to OS2."""

    class Shape(models.TextChoices):
        SMALL_PROJECT = "small_project", _("projekt på niveau 1")
        PROJECT = "project", _("projekt på niveau 2 eller 3")
        PRODUCT = "product", _("produkt")

    class Status(models.TextChoices):
        DRAFT = "draft", _("kladde")
        SUBMITTED = "submitted", _("sendt til godkendelse")
        APPROVED = "approved", _("godkendt")
        RECEIVED = "received", _("modtaget")

    class Sla(models.TextChoices):
        FOLLOWED = "followed", _("overholdt")
        MISSED = "missed", _("ikke overholdt")
        NONE = "none", _("ingen aftale")

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField(_("nummer"), editable=False)
    shape = models.CharField(_("form"), max_length=20, choices=Shape, editable=False)
    level = models.PositiveSmallIntegerField(_("niveau"), choices=Level, null=True, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    period_end = models.DateField(_("status pr."))
    previous = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True, editable=False)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="corrections", null=True, editable=False
    )

    purpose_holds = models.BooleanField(_("forretningsidé og formål gælder stadig"), default=True)
    purpose_note = models.TextField(_("hvad er ændret?"), max_length=2000, blank=True)
    phase = models.ForeignKey(Phase, on_delete=models.PROTECT, verbose_name=_("fase"), null=True, blank=True)
    planned_end = models.DateField(_("planlagt slut"), null=True, blank=True)
    forecast_end = models.DateField(_("forventet slut"), null=True, blank=True)
    progress = models.PositiveSmallIntegerField(
        _("fremdrift i procent"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    hours_estimated = models.PositiveIntegerField(_("timer estimeret"), null=True, blank=True)
    hours_used = models.PositiveIntegerField(_("timer brugt"), null=True, blank=True)
    hours_forecast = models.PositiveIntegerField(_("timer forventet"), null=True, blank=True)
    business_case_holds = models.BooleanField(_("business case og kvalitative mål holder"), default=True)
    business_case_note = models.TextField(_("hvad har ændret sig?"), max_length=2000, blank=True)
    remarks = models.TextField(_("risici, afvigelser og beslutninger, I har brug for"), max_length=4000, blank=True)
    change_progress = models.TextField(_("fremdrift på ændringer og videreudvikling"), max_length=4000, blank=True)
    operating_status = models.CharField(
        _("driftsstatus"), max_length=20, choices=Initiative.OperatingStatus, blank=True
    )
    sla = models.CharField(_("driftsaftale (SLA)"), max_length=10, choices=Sla, blank=True)
    users_new = models.PositiveSmallIntegerField(_("nye anvendere"), null=True, blank=True)
    users_planned = models.PositiveSmallIntegerField(_("planlagte anvendere"), null=True, blank=True)
    users_left = models.PositiveSmallIntegerField(_("anvendere, der er holdt op"), null=True, blank=True)
    benefits_realised = models.TextField(_("realiserede gevinster"), max_length=4000, blank=True)
    n3_organisation = models.CharField(_("organisering"), max_length=300, blank=True)
    n3_operations = models.CharField(_("drift"), max_length=300, blank=True)
    n3_technology = models.CharField(_("teknik"), max_length=300, blank=True)

    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    written_at = models.DateTimeField(_("senest gemt"), auto_now=True)
    submitted_at = models.DateTimeField(_("sendt"), null=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    approved_at = models.DateTimeField(_("godkendt"), null=True, editable=False)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    received_at = models.DateTimeField(_("modtaget"), null=True, editable=False)
    returned_comment = models.TextField(_("sendt tilbage med"), max_length=2000, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("statusrapport")
        verbose_name_plural = _("statusrapporter")
        ordering = ["-period_end", "-number"]
        indexes = [models.Index(fields=["initiative", "status", "-period_end"], name="portfolio_report_latest")]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="portfolio_report_number"),
            models.UniqueConstraint(
                fields=["initiative"],
                condition=Q(status__in=["draft", "submitted", "approved"]),
                name="portfolio_one_report_under_way",
            ),
        ]

    def __str__(self):
        return f"{self.initiative}, statusrapport {self.number}"

    @property
    def is_editable(self) -> bool:
        """Drafts can be changed; what was sent is first sent back."""
        return self.status == self.Status.DRAFT


class ReportLight(models.Model):
    """A status light for one area; when it is not green, with a reason."""

    class Area(models.TextChoices):
        TIME = "time", _("tid")
        RESOURCES = "resources", _("ressourcer")
        ECONOMY = "economy", _("økonomi")
        QUALITY = "quality", _("kvalitet")
        BENEFITS = "benefits", _("gevinster")
        OPERATIONS = "operations", _("drift")
        DEVELOPMENT = "development", _("udvikling")

    class Light(models.TextChoices):
        GREEN = "green", _("grøn")
        YELLOW = "yellow", _("gul")
        RED = "red", _("rød")

    report = models.ForeignKey(StatusReport, on_delete=models.CASCADE, related_name="lights")
    area = models.CharField(_("område"), max_length=20, choices=Area)
    light = models.CharField(_("status"), max_length=10, choices=Light, blank=True)
    reason = models.CharField(_("begrundelse"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("statuslys")
        verbose_name_plural = _("statuslys")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["report", "area"], name="portfolio_light_once")]

    def __str__(self):
        return f"{self.get_area_display()}: {self.get_light_display()}"


class ReportMilestone(models.Model):
    """A milestone as the report states it."""

    report = models.ForeignKey(StatusReport, on_delete=models.CASCADE, related_name="milestones")
    order = models.PositiveSmallIntegerField(_("nummer"))
    name = models.CharField(_("milepæl"), max_length=120)
    planned = models.DateField(_("plan"))
    forecast = models.DateField(_("forventet"), null=True, blank=True)
    done = models.DateField(_("nået"), null=True, blank=True)

    class Meta:
        verbose_name = _("milepæl")
        verbose_name_plural = _("milepæle")
        ordering = ["order"]

    def __str__(self):
        return self.name


class ReportEconomyLine(models.Model):
    """Budget, spent and forecast for a category, in kroner; without a category the total of an N1 project."""

    report = models.ForeignKey(StatusReport, on_delete=models.CASCADE, related_name="economy")
    category = models.ForeignKey(
        EconomyCategory, on_delete=models.PROTECT, verbose_name=_("kategori"), null=True, blank=True
    )
    planned = models.DecimalField(_("budget"), max_digits=14, decimal_places=2, default=0)
    spent = models.DecimalField(_("brugt"), max_digits=14, decimal_places=2, default=0)
    forecast = models.DecimalField(_("forventet"), max_digits=14, decimal_places=2, default=0)

    class Meta:
        verbose_name = _("økonomilinje")
        verbose_name_plural = _("økonomilinjer")
        ordering = ["category__order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned__gte=0) & Q(spent__gte=0) & Q(forecast__gte=0),
                name="portfolio_report_economy_not_negative",
            )
        ]

    def __str__(self):
        return f"{self.category or _('i alt')}: {self.planned}"


class ReportRisk(models.Model):
    """A risk of the register: probability times consequence, both 1 to 5."""

    report = models.ForeignKey(StatusReport, on_delete=models.CASCADE, related_name="risks")
    text = models.CharField(_("risiko"), max_length=300)
    probability = models.PositiveSmallIntegerField(
        _("sandsynlighed"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    consequence = models.PositiveSmallIntegerField(
        _("konsekvens"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    owner = models.CharField(_("ejer"), max_length=120, blank=True)
    action = models.CharField(_("handling"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("risiko")
        verbose_name_plural = _("risici")
        ordering = ["-probability", "-consequence", "pk"]

    def __str__(self):
        return self.text

    @property
    def score(self) -> int:
        """Probability times consequence."""
        return self.probability * self.consequence
