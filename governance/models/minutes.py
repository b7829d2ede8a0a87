"""Minutes per item, what is added to them afterwards, and what somebody promised to do."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .append_only import AppendOnlyModel
from .bodies import Body
from .meetings import AgendaItem, Meeting
from .people import User


class MinutesEntry(models.Model):
    """What the minutes say about one item. Written until the minutes are approved; then locked."""

    item = models.OneToOneField(
        AgendaItem, on_delete=models.PROTECT, related_name="minutes_entry", verbose_name=_("punkt")
    )
    text = models.TextField(_("referat"), max_length=10000, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)
    written_at = models.DateTimeField(_("senest gemt"), auto_now=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("referat af et punkt")
        verbose_name_plural = _("referater af punkter")

    def __str__(self):
        return f"{self.item}"


class ApprovedMinutes(AppendOnlyModel):
    """The whole minutes as they read when they were approved (governance/minutes.py). Nothing changes them since."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="approved_minutes")
    content = models.JSONField(_("indhold"), encoder=DjangoJSONEncoder)
    checksum = models.CharField(_("kontrolsum"), max_length=64)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("registreret af"))
    recorded_at = models.DateTimeField(_("registreret"), auto_now_add=True)

    class Meta:
        verbose_name = _("godkendt referat")
        verbose_name_plural = _("godkendte referater")

    def __str__(self):
        return f"{self.meeting}"


class MinutesNote(AppendOnlyModel):
    """A correction of approved minutes: the text stays, the note is added with author and day."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes_notes")
    item = models.ForeignKey(
        AgendaItem,
        on_delete=models.PROTECT,
        related_name="minutes_notes",
        verbose_name=_("punkt"),
        null=True,
        blank=True,
    )
    text = models.TextField(_("rettelse"), max_length=4000)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("skrevet af"))
    written_at = models.DateTimeField(_("skrevet"), auto_now_add=True)

    class Meta:
        verbose_name = _("rettelse til referatet")
        verbose_name_plural = _("rettelser til referatet")
        ordering = ["written_at", "pk"]

    def __str__(self):
        return f"{self.meeting}: {self.text[:40]}"


class ActionItem(models.Model):
    """What somebody does by when. On the agenda of the body's next meeting until it is done."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="action_items", verbose_name=_("organ"))
    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        related_name="action_items",
        verbose_name=_("aftalt på"),
        null=True,
        blank=True,
    )
    item = models.ForeignKey(
        AgendaItem,
        on_delete=models.PROTECT,
        related_name="action_items",
        verbose_name=_("punkt"),
        null=True,
        blank=True,
    )
    what = models.CharField(_("opgave"), max_length=300)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="action_items", verbose_name=_("ansvarlig"))
    due = models.DateField(_("senest"))
    done_on = models.DateField(_("gjort den"), null=True, blank=True)
    outcome = models.CharField(_("resultat"), max_length=500, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)
    reminded_on = models.DateField(_("mindet om"), null=True, blank=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("opgave")
        verbose_name_plural = _("opgaver")
        ordering = ["due", "pk"]

    def __str__(self):
        return self.what
