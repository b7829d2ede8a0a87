"""The record of an initiative: every move, written once, with the gate as it stood; and the decisions behind it."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models import AppendOnlyModel, Case, Decision, Meeting

from .initiatives import Initiative


class LifecycleEvent(AppendOnlyModel):
    """One move of an initiative: of stage, level, catalogue, pause or priority, or its entry from before the portal."""

    class Kind(models.TextChoices):
        STAGE = "stage", _("stadie")
        LEVEL = "level", _("niveau")
        CATALOGUE = "catalogue", _("kravkatalog")
        PAUSE = "pause", _("pause")
        RESUME = "resume", _("genoptaget")
        PRIORITY = "priority", _("prioritet")
        REGISTERED = "registered", _("registreret fra før portalen")

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("art"), max_length=20, choices=Kind)
    transition = models.CharField(_("overgang"), max_length=30, blank=True)
    before = models.CharField(_("før"), max_length=60, blank=True)
    after = models.CharField(_("efter"), max_length=60, blank=True)
    happened_on = models.DateField(_("dato"), null=True, blank=True)
    reason = models.TextField(_("begrundelse"), max_length=4000, blank=True)
    source = models.CharField(_("kilde"), max_length=500, blank=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="events", verbose_name=_("beslutning"), null=True, blank=True
    )
    gate = models.JSONField(_("kravene, som de var"), null=True, encoder=DjangoJSONEncoder)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("af"),
        null=True,
        blank=True,
    )
    recorded_at = models.DateTimeField(_("registreret"), auto_now_add=True)

    class Meta:
        verbose_name = _("hændelse")
        verbose_name_plural = _("hændelser")
        ordering = ["-recorded_at", "-pk"]
        indexes = [models.Index(fields=["initiative", "kind"], name="portfolio_event_kind")]

    def __str__(self):
        return f"{self.initiative}: {self.get_kind_display()} {self.before} → {self.after}"


class InitiativeCase(models.Model):
    """Ties a case to the initiative it is about."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="initiative_link", primary_key=True)
    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="case_links")

    class Meta:
        verbose_name = _("initiativets sag")
        verbose_name_plural = _("initiativets sager")

    def __str__(self):
        return f"{self.case}: {self.initiative}"


class StatedFact(models.Model):
    """What a source says of an initiative's past: users, money, agreements. Always with its source."""

    class Kind(models.TextChoices):
        USERS = "users", _("anvendelse")
        ECONOMY = "economy", _("økonomi")
        AGREEMENT = "agreement", _("tilslutningsaftale")
        STAGE = "stage", _("status")
        LEVEL = "level", _("niveau")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="stated_facts")
    kind = models.CharField(_("art"), max_length=20, choices=Kind)
    text = models.CharField(_("oplysning"), max_length=300)
    amount = models.DecimalField(_("beløb i kr."), max_digits=14, decimal_places=2, null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("år"), null=True, blank=True)
    stated_on = models.DateField(_("dato"), null=True, blank=True)
    source = models.CharField(_("kilde"), max_length=500)

    class Meta:
        verbose_name = _("oplysning fra før portalen")
        verbose_name_plural = _("oplysninger fra før portalen")
        ordering = ["initiative", "kind", "-year", "pk"]

    def __str__(self):
        return f"{self.initiative}: {self.text}"


class Relation(models.Model):
    """A typed link between two initiatives."""

    class Kind(models.TextChoices):
        OVERLAPS = "overlaps", _("overlapper")
        DEPENDS_ON = "depends_on", _("afhænger af")
        INTEGRATES = "integrates", _("integrerer med")
        BUILDS_ON = "builds_on", _("bygger på")
        REPLACES = "replaces", _("afløser")
        PILOT_FOR = "pilot_for", _("er pilot for")
        CONFLICTS = "conflicts", _("er i modstrid med")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="relations")
    other = models.ForeignKey(
        Initiative, on_delete=models.CASCADE, related_name="relations_to", verbose_name=_("andet initiativ")
    )
    kind = models.CharField(_("sammenhæng"), max_length=20, choices=Kind)
    note = models.CharField(_("vurdering"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("sammenhæng")
        verbose_name_plural = _("sammenhænge")
        ordering = ["kind", "other__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "other", "kind"], name="portfolio_relation_once"),
            models.CheckConstraint(
                condition=~models.Q(initiative=models.F("other")), name="portfolio_relation_to_another"
            ),
        ]

    def __str__(self):
        return f"{self.initiative} {self.get_kind_display()} {self.other}"


class PortfolioPresentation(AppendOnlyModel):
    """The portfolio was laid before a board meeting as it was at a moment. That informs the board of what was in it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="presentations", verbose_name=_("møde"))
    frozen_at = models.DateTimeField(_("frosset"))

    class Meta:
        verbose_name = _("fremlagt portefølje")
        verbose_name_plural = _("fremlagte porteføljer")
        ordering = ["-frozen_at"]

    def __str__(self):
        return f"{self.meeting}"
