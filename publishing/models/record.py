"""Published decisions and minutes, stored apart from what they were made from. What was withdrawn leaves a trace."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.codec import from_json
from governance.danish import search_terms
from governance.models import AppendOnlyModel, Decision, Meeting, User
from governance.models.append_only import AppendOnlyQuerySet
from publishing.public_record import LoggedDecision, PublicMinutes


class PublishedDecisionQuerySet(AppendOnlyQuerySet):
    """The public log."""

    def current(self):
        """Those that are public now."""
        return self.filter(withdrawal__isnull=True)

    def matching(self, query: str):
        """Those whose public texts hold all the words."""
        found = self
        for term in search_terms(query):
            found = found.filter(search_text__contains=term)
        return found


class PublishedDecision(AppendOnlyModel):
    """A decision as it was made public: what is searched and filtered as columns, the rest as one frozen object."""

    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="publications", verbose_name=_("beslutning")
    )
    number = models.CharField(_("beslutningsnummer"), max_length=12)
    decided_on = models.DateField(_("besluttet den"))
    body = models.CharField(_("organ"), max_length=200)
    outcome = models.CharField(_("udfald"), max_length=30)
    initiative = models.CharField(_("initiativ"), max_length=140, blank=True)
    search_text = models.TextField()
    data = models.JSONField(_("indhold"))
    published_at = models.DateTimeField(_("offentliggjort"))
    published_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("offentliggjort af")
    )

    objects: ClassVar = PublishedDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("offentliggjort beslutning")
        verbose_name_plural = _("offentliggjorte beslutninger")
        ordering = ["-decided_on", "-pk"]
        indexes = [models.Index(fields=["-decided_on", "-id"], name="publishing_log")]

    def __str__(self):
        return self.number

    @property
    def public(self) -> LoggedDecision:
        """The frozen object that pages get."""
        return from_json(LoggedDecision, self.data)


class DecisionWithdrawal(AppendOnlyModel):
    """A published decision was taken back: its number and the day stay in public, its content does not."""

    published = models.OneToOneField(PublishedDecision, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.CharField(_("grund"), max_length=500)
    withdrawn_at = models.DateTimeField(_("trukket tilbage"))
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("trukket tilbage af")
    )

    class Meta:
        verbose_name = _("tilbagetrukket beslutning")
        verbose_name_plural = _("tilbagetrukne beslutninger")

    def __str__(self):
        return f"{self.published}"


class PublishedMinutes(AppendOnlyModel):
    """The public version of approved minutes. A correction or a withdrawal makes a new edition; the newest is shown."""

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="published_minutes", verbose_name=_("møde")
    )
    edition = models.PositiveSmallIntegerField(_("udgave"))
    held_on = models.DateField(_("holdt"))
    body = models.CharField(_("organ"), max_length=200)
    data = models.JSONField(_("indhold"))
    published_at = models.DateTimeField(_("offentliggjort"))
    published_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("offentliggjort af")
    )

    class Meta:
        verbose_name = _("offentliggjort referat")
        verbose_name_plural = _("offentliggjorte referater")
        ordering = ["-held_on", "-edition"]
        constraints = [models.UniqueConstraint(fields=["meeting", "edition"], name="publishing_minutes_edition")]

    def __str__(self):
        return f"{self.meeting}, {self.edition}"

    @property
    def public(self) -> PublicMinutes:
        """The frozen object that pages get."""
        return from_json(PublicMinutes, self.data)


def minutes_path(row: "PublishedMinutesFile", _filename: str) -> str:
    """Where the file lies in the media folder."""
    return f"offentlige-referater/{row.minutes.meeting_id}-{row.minutes.edition}.pdf"


class PublishedMinutesFile(AppendOnlyModel):
    """An edition as PDF, made by the worker after it was published."""

    minutes = models.OneToOneField(PublishedMinutes, on_delete=models.PROTECT, related_name="pdf")
    file = models.FileField(_("fil"), upload_to=minutes_path, max_length=200)

    class Meta:
        verbose_name = _("offentliggjort referat som PDF")
        verbose_name_plural = _("offentliggjorte referater som PDF")

    def __str__(self):
        return f"{self.minutes}"
