"""Decisions: the record of what a body decided. Written once, in the same transaction as what they carry out."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from .append_only import AppendOnlyModel
from .bodies import Body
from .cases import Case, CaseEffect
from .meetings import AgendaItem, Meeting
from .people import User


class Decision(AppendOnlyModel):
    """What a body decided in a case, on which day, by whom present, in which words."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("godkendt")
        APPROVED_WITH_CONDITIONS = "approved_with_conditions", _("godkendt med vilkår")
        APPROVED_PENDING = "approved_pending", _("godkendt, får virkning når vilkårene er opfyldt")
        RETURNED = "returned", _("sendt tilbage")
        REJECTED = "rejected", _("afvist")
        POSTPONED = "postponed", _("udsat")
        NOTED = "noted", _("taget til efterretning")

    APPROVALS = (Outcome.APPROVED, Outcome.APPROVED_WITH_CONDITIONS, Outcome.APPROVED_PENDING)

    class Reason(models.TextChoices):
        """Reasons to return, reject or close (lifecycle.md)."""

        CODE = "code", _("bryder OS2's kodeks (ejerskab til koden, åbenhed)")
        STRATEGY = "strategy", _("passer ikke med OS2's strategi")
        DEVIATES = "deviates", _("afviger betragteligt fra sit grundlag")
        REQUIREMENTS = "requirements", _("krav til udbud, lov, licens eller arkitektur er ikke opfyldt")
        OVERLAP = "overlap", _("overlapper en løsning, der findes")
        FRAME = "frame", _("kan ikke realiseres inden for økonomi eller rammer")
        VALUE = "value", _("skaber ikke længere forretningsmæssig værdi")
        MORE_WORK = "more_work", _("kræver mere arbejde")

    class Method(models.TextChoices):
        """How the body came to its decision."""

        CONSENSUS = "consensus", _("enighed")
        CONSENT = "consent", _("samlet godkendelse")
        ROLL_CALL = "roll_call", _("afstemning ved navneopråb")
        WRITTEN = "written", _("skriftlig procedure")
        COUNT = "count", _("optælling")

    number = models.CharField(_("beslutningsnummer"), max_length=12, unique=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("sag"))
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("organ"))
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("møde"))
    agenda_item = models.ForeignKey(
        AgendaItem,
        on_delete=models.PROTECT,
        related_name="decisions",
        verbose_name=_("dagsordenspunkt"),
        null=True,
        blank=True,
    )
    decided_on = models.DateField(_("besluttet den"))
    outcome = models.CharField(_("udfald"), max_length=30, choices=Outcome)
    reason = models.CharField(_("grund"), max_length=20, choices=Reason, blank=True)
    text = models.TextField(_("beslutning og begrundelse"), max_length=10000)
    conditions = models.JSONField(_("vilkår"), default=list, encoder=DjangoJSONEncoder)
    method = models.CharField(_("afgjort ved"), max_length=10, choices=Method, default=Method.CONSENSUS)
    # The sum of the votes: for, against, abstained, and whether the chair's vote broke a tie. Empty without a vote.
    tally = models.JSONField(_("stemmetal"), default=dict)
    electorate = models.JSONField(_("hvem der kunne stemme"), default=dict, encoder=DjangoJSONEncoder)
    is_public = models.BooleanField(_("må offentliggøres"), default=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("registreret af"))
    recorded_at = models.DateTimeField(_("registreret"), auto_now_add=True)

    class Meta:
        verbose_name = _("beslutning")
        verbose_name_plural = _("beslutninger")
        ordering = ["-decided_on", "-pk"]

    def __str__(self):
        return f"{self.number} {self.case.title}"

    @property
    def is_approval(self) -> bool:
        """Whether the body said yes, with conditions or without."""
        return self.outcome in self.APPROVALS


class CarriedOutEffect(AppendOnlyModel):
    """One effect of a decision, carried out. `result` says in words what it did."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="carried_out")
    effect = models.ForeignKey(CaseEffect, on_delete=models.PROTECT, related_name="carried_out", null=True, blank=True)
    kind = models.CharField(_("virkning"), max_length=30)
    order = models.PositiveSmallIntegerField(_("rækkefølge"))
    result = models.CharField(_("det skete"), max_length=500)
    at = models.DateTimeField(_("tidspunkt"), auto_now_add=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("gennemført virkning")
        verbose_name_plural = _("gennemførte virkninger")
        ordering = ["decision", "order"]
        constraints = [models.UniqueConstraint(fields=["decision", "order"], name="governance_effect_carried_out_once")]

    def __str__(self):
        return self.result
