"""Meetings, who came, and what was on the agenda."""

from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .append_only import AppendOnlyModel
from .bodies import Body, Membership
from .people import User


class Meeting(models.Model):
    """A meeting of a body, or a written procedure between meetings (skriftlig procedure)."""

    class Procedure(models.TextChoices):
        MEETING = "meeting", _("møde")
        WRITTEN = "written", _("skriftlig procedure")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings", verbose_name=_("organ"))
    procedure = models.CharField(_("form"), max_length=10, choices=Procedure, default=Procedure.MEETING)
    year = models.PositiveSmallIntegerField(_("år"), editable=False)
    number = models.PositiveSmallIntegerField(_("nummer i året"), editable=False)
    starts_at = models.DateTimeField(_("begynder"))
    ends_at = models.DateTimeField(_("slutter"), help_text=_("Ved skriftlig procedure: fristen for at svare."))
    place = models.CharField(_("sted eller link"), max_length=200, blank=True)
    agenda_due = models.DateField(_("dagsordenen sendes ud"), null=True, blank=True)
    minute_taker = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("referent"), null=True, blank=True
    )
    # How often the agenda was sent to the members; 0 while it is only planned. Calendars tell versions apart by it.
    agenda_edition = models.PositiveSmallIntegerField(default=0, editable=False)
    published_at = models.DateTimeField(_("dagsorden sendt"), null=True, editable=False)
    attendance_recorded_at = models.DateTimeField(null=True, editable=False)
    represented_organisations = models.PositiveSmallIntegerField(
        _("repræsenterede medlemmer"), null=True, blank=True, help_text=_("Kun ved generalforsamlingen.")
    )
    minutes_released_at = models.DateTimeField(_("referat frigivet"), null=True, editable=False)
    minutes_released_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, editable=False)
    minutes_approved_at = models.DateTimeField(_("referat godkendt"), null=True, editable=False)
    minutes_approved_on = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="approves_minutes_of", null=True, editable=False
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("møde")
        verbose_name_plural = _("møder")
        ordering = ["-starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "number"], name="governance_meeting_number"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="governance_meeting_ends_later"
            ),
        ]

    def __str__(self):
        return f"{self.body}, {self.get_procedure_display()} {self.number}/{self.year}"

    @property
    def date(self):
        """The local day that decisions of the meeting carry; for a written procedure the day of its deadline."""
        moment = self.ends_at if self.procedure == self.Procedure.WRITTEN else self.starts_at
        return timezone.localdate(moment)


class Attendance(models.Model):
    """Whether the holder of a seat took part in a meeting; a deputy says for whom."""

    class Status(models.TextChoices):
        PRESENT = "present", _("til stede")
        APOLOGIES = "apologies", _("afbud")
        ABSENT = "absent", _("udeblevet")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="attendances")
    status = models.CharField(_("fremmøde"), max_length=10, choices=Status)
    stands_in_for = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("i stedet for")
    )

    class Meta:
        verbose_name = _("fremmøde")
        verbose_name_plural = _("fremmøde")
        constraints = [models.UniqueConstraint(fields=["meeting", "membership"], name="governance_attendance_once")]

    def __str__(self):
        return f"{self.membership}: {self.get_status_display()}"


class AgendaItem(models.Model):
    """A point on an agenda: a case, or what the portal fills in. Its number stays when it is withdrawn."""

    class Kind(models.TextChoices):
        CASE = "case", _("sag")
        MINUTES = "minutes", _("godkendelse af referat")
        PORTFOLIO = "portfolio", _("porteføljen")
        INITIATIVE = "initiative", _("initiativ, som et medlem vil drøfte")
        CONDITIONS = "conditions", _("vilkår, der er overskredet")
        DEVIATIONS = "deviations", _("afvigelser")
        REPORTS = "reports", _("modtagne statusrapporter")
        ACTIONS = "actions", _("opgaver fra tidligere møder")
        STANDING = "standing", _("fast punkt")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items", verbose_name=_("møde"))
    kind = models.CharField(_("art"), max_length=12, choices=Kind, default=Kind.CASE, editable=False)
    case = models.ForeignKey(
        "governance.Case",
        on_delete=models.PROTECT,
        related_name="agenda_items",
        verbose_name=_("sag"),
        null=True,
        blank=True,
    )
    title = models.CharField(_("overskrift"), max_length=200, blank=True)
    # The address name of the initiative that a member wants to talk about.
    subject = models.SlugField(_("om"), max_length=200, blank=True, editable=False)
    is_closed = models.BooleanField(_("lukket punkt"), default=False)
    number = models.PositiveSmallIntegerField(_("punkt"))
    minutes = models.PositiveSmallIntegerField(_("minutter"), default=15)
    is_late = models.BooleanField(_("kom efter fristen"), default=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("dagsordenspunkt")
        verbose_name_plural = _("dagsordenspunkter")
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="governance_item_number"),
            models.UniqueConstraint(fields=["meeting", "case"], name="governance_case_once_per_meeting"),
            models.UniqueConstraint(
                fields=["meeting", "subject"],
                condition=~models.Q(subject="") & models.Q(withdrawn_at__isnull=True),
                name="governance_subject_once_per_meeting",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="case", case__isnull=False)
                | (~models.Q(kind="case") & models.Q(case__isnull=True)),
                name="governance_item_of_a_case_has_one",
            ),
        ]

    def __str__(self):
        return f"{self.meeting}, punkt {self.number}"

    @property
    def heading(self) -> str:
        """What the point is called: the case's title, its own, or what its kind is called."""
        return self.case.title if self.case else self.title or capfirst(str(self.get_kind_display()))

    @property
    def is_public(self) -> bool:
        """Whether more than its number may be known outside: neither closed itself nor about a closed case."""
        return not self.is_closed and (self.case is None or self.case.is_public)


class AgendaEdition(AppendOnlyModel):
    """An agenda as it was sent to the members: when and where, and its items. What changed since is told with the next.

    `content` is what domain/agenda_editions.py freezes.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="editions", verbose_name=_("møde"))
    number = models.PositiveSmallIntegerField(_("udgave"))
    content = models.JSONField(_("indhold"))
    changes = models.JSONField(_("ændret siden sidste udgave"), default=list)
    sent_at = models.DateTimeField(_("sendt"), auto_now_add=True)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("sendt af"))

    class Meta:
        verbose_name = _("udsendt dagsorden")
        verbose_name_plural = _("udsendte dagsordener")
        ordering = ["meeting", "number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="governance_edition_once")]

    def __str__(self):
        return f"{self.meeting}, udgave {self.number}"
