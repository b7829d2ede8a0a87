"""Cases: matters put before a body, in six parts, with the effects the recommendation asks for, in order."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .bodies import Body
from .people import User


class Case(models.Model):
    """A matter put before a body (sagsoplæg)."""

    class Purpose(models.TextChoices):
        INFORMATION = "information", _("orientering")
        DISCUSSION = "discussion", _("drøftelse")
        DECISION = "decision", _("beslutning")

    class Status(models.TextChoices):
        DRAFT = "draft", _("kladde")
        READY = "ready", _("klar")
        DECIDED = "decided", _("afgjort")
        WITHDRAWN = "withdrawn", _("trukket")
        LIFTED = "lifted", _("løftet til et andet organ")

    PARTS = ("about", "background", "analysis", "recommendation", "consequences", "conclusion")

    number = models.CharField(_("sagsnummer"), max_length=12, unique=True, editable=False)
    title = models.CharField(_("titel"), max_length=200)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="cases", verbose_name=_("organ"))
    purpose = models.CharField(_("behandling"), max_length=20, choices=Purpose, default=Purpose.DECISION)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    responsible = models.ForeignKey(User, on_delete=models.PROTECT, related_name="cases", verbose_name=_("ansvarlig"))
    recommendation_line = models.CharField(
        _("indstillingen i én linje"), max_length=60, blank=True, help_text=_("Højst 60 tegn. Står på mødets oversigt.")
    )
    about = models.TextField(_("formål"), max_length=10000, blank=True)
    background = models.TextField(_("baggrund"), max_length=10000, blank=True)
    analysis = models.TextField(_("analyse"), max_length=10000, blank=True)
    recommendation = models.TextField(_("indstilling"), max_length=10000, blank=True)
    consequences = models.TextField(_("konsekvenser"), max_length=10000, blank=True)
    conclusion = models.TextField(
        _("konklusion"),
        max_length=10000,
        blank=True,
        help_text=_("Hvad skal besluttes, af hvem, og hvad er næste skridt?"),
    )
    is_public = models.BooleanField(_("må offentliggøres"), default=True)
    # A conflict that a group could not settle goes on to the body above it as a case of that body's.
    lifted_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="lifted_to", null=True, blank=True, editable=False
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(_("oprettet"), auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("sag")
        verbose_name_plural = _("sager")
        ordering = ["-created_at"]

    def __str__(self):
        return f"{self.number} {self.title}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed and decided."""
        return self.status in (self.Status.DRAFT, self.Status.READY)


class EffectKind(models.TextChoices):
    """What a decision can do by itself. Each kind is carried out by what is registered in effects.py."""

    START = "start", _("igangsæt projektet")
    ADMIT = "admit", _("optag som færdigt produkt")
    LAUNCH = "launch", _("godkend som OS2-produkt")
    RETURN_TO_IDEA = "return_to_idea", _("send tilbage til idé")
    RETURN_TO_CONCEPT = "return_to_concept", _("send tilbage til koncept")
    REJECT = "reject", _("afvis")
    CLOSE = "close", _("luk")
    REOPEN = "reopen", _("genåbn")
    PAUSE = "pause", _("sæt på pause")
    RESUME = "resume", _("genoptag")
    CHANGE_LEVEL = "change_level", _("skift niveau")
    SET_PRIORITY = "set_priority", _("prioritér")
    APPROVE_STEERING_GROUP = "approve_steering_group", _("godkend styregruppen")
    APPOINT_STEERING_GROUP = "appoint_steering_group", _("udpeg styregruppen")
    APPROVE_BUDGET = "approve_budget", _("godkend budgettet")
    APPOINT_ROLE = "appoint_role", _("udpeg en person til en rolle")
    DEFER_REQUIREMENTS = "defer_requirements", _("udskyd krav eller acceptér afvigelser")
    APPROVE_DESCRIPTION = "approve_description", _("godkend projektbeskrivelsen")
    PASS_MILESTONE = "pass_milestone", _("passér en milepæl")
    MAKE_GUIDANCE_MANDATORY = "make_guidance_mandatory", _("gør vejledning obligatorisk")
    ADOPT_STRATEGY = "adopt_strategy", _("vedtag strategi")
    ADOPT_PRINCIPLES = "adopt_principles", _("vedtag principper")
    ADOPT_ACTION_PLAN = "adopt_action_plan", _("vedtag handleplan")
    ADOPT_ECONOMY = "adopt_economy", _("vedtag foreningens økonomi")
    ADOPT_CATALOGUE = "adopt_catalogue", _("vedtag kravkatalog")
    SETTLE_CONFLICT = "settle_conflict", _("afgør en konflikt")
    PURCHASE = "purchase", _("køb ind")
    OTHER = "other", _("andet, uden virkning i portalen")


class CaseEffect(models.Model):
    """One effect that the recommendation asks for. They are carried out in order."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="effects", verbose_name=_("sag"))
    order = models.PositiveSmallIntegerField(_("rækkefølge"))
    kind = models.CharField(_("virkning"), max_length=30, choices=EffectKind)
    parameters = models.JSONField(_("nærmere"), default=dict, blank=True)

    class Meta:
        verbose_name = _("virkning")
        verbose_name_plural = _("virkninger")
        ordering = ["case", "order"]
        constraints = [models.UniqueConstraint(fields=["case", "order"], name="governance_effect_order")]

    def __str__(self):
        return f"{self.order}. {self.get_kind_display()}"
