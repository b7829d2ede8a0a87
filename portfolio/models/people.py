"""Who is behind an initiative: participants, appointed people, bodies, and the dialogue with the secretariat."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from governance.models import Body, DatedModel, Decision, Organisation

from .initiatives import Initiative


class Participation(DatedModel):
    """An organisation that takes part in an initiative, or delivers to it."""

    class Role(models.TextChoices):
        LEAD = "lead", _("initiativtager")
        PARTICIPANT = "participant", _("deltager")
        VENDOR = "vendor", _("leverandør")

    TAKES_PART = (Role.LEAD, Role.PARTICIPANT)

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="participations")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="participations", verbose_name=_("organisation")
    )
    role = models.CharField(_("rolle"), max_length=20, choices=Role, default=Role.PARTICIPANT)

    history = HistoricalRecords()

    class Meta(DatedModel.Meta):
        verbose_name = _("deltagelse")
        verbose_name_plural = _("deltagelser")
        ordering = ["role", "organisation__sort_key"]
        constraints = [
            *DatedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["initiative", "organisation", "role"],
                condition=Q(valid_to__isnull=True),
                name="portfolio_participation_open_once",
            ),
        ]

    def __str__(self):
        return f"{self.organisation} ({self.get_role_display()})"


class Appointment(DatedModel):
    """A person (or, for a coordinator, an organisation) in a role on one initiative."""

    class Role(models.TextChoices):
        PROJECT_OWNER = "project_owner", _("projektejer")
        PROJECT_LEAD = "project_lead", _("projektleder")
        COORDINATOR = "coordinator", _("koordinator")
        SYSTEM_OWNER = "system_owner", _("systemejer")
        SHEPHERD = "shepherd", _("kontakt i bestyrelsen")

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(_("rolle"), max_length=20, choices=Role)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="appointments",
        verbose_name=_("person"),
        null=True,
        blank=True,
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="appointments",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        help_text=_("Kun for en koordinator, der ikke er en bestemt person."),
    )
    decision = models.ForeignKey(
        Decision,
        on_delete=models.PROTECT,
        related_name="appointments",
        verbose_name=_("udpeget ved"),
        null=True,
        blank=True,
    )

    history = HistoricalRecords()

    class Meta(DatedModel.Meta):
        verbose_name = _("udpegning")
        verbose_name_plural = _("udpegninger")
        ordering = ["role", "-valid_from"]
        constraints = [
            *DatedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["initiative", "role"], condition=Q(valid_to__isnull=True), name="portfolio_one_open_appointment"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(role="coordinator", organisation__isnull=False),
                name="portfolio_appointment_names_somebody",
            ),
        ]

    def __str__(self):
        return f"{capfirst(self.get_role_display())}: {self.person or self.organisation}"


class InitiativeBody(models.Model):
    """Ties a steering group, coordination group or expert group to an initiative."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="body_links")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="initiative_links", verbose_name=_("organ"))

    class Meta:
        verbose_name = _("initiativets organ")
        verbose_name_plural = _("initiativets organer")
        constraints = [models.UniqueConstraint(fields=["initiative", "body"], name="portfolio_body_once")]

    def __str__(self):
        return f"{self.initiative}: {self.body}"


class DialogueNote(models.Model):
    """A talk between the secretariat and the initiative. Never public."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="dialogues")
    held_on = models.DateField(_("dato"))
    with_whom = models.CharField(_("talt med"), max_length=200)
    about_requirements = models.BooleanField(_("handlede om formkravene"), default=False)
    text = models.TextField(_("notat"), max_length=4000)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("dialog")
        verbose_name_plural = _("dialoger")
        ordering = ["-held_on", "-pk"]

    def __str__(self):
        return f"{self.initiative}, {self.held_on:%d-%m-%Y}"
