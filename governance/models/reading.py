"""What members do before a meeting: read, remark and ask, agree in advance, flag (meetings.md)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .append_only import AppendOnlyModel
from .bodies import Membership
from .meetings import AgendaItem
from .people import User


class ItemRead(models.Model):
    """A person has read an item, in the version it had then: what was changed since is unread again."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="reads")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    case_version = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(_("læst"), auto_now=True)

    class Meta:
        verbose_name = _("læst punkt")
        verbose_name_plural = _("læste punkter")
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="governance_item_read_once")]

    def __str__(self):
        return f"{self.item}: {self.person}"


class Position(models.Model):
    """Where the holder of a voting seat stands on an item before the meeting.

    It holds for the version of the case that was read; when the case changes it falls away, and stays as a trace.
    """

    class Kind(models.TextChoices):
        PRE_APPROVED = "pre_approved", _("forhåndsgodkendt")
        FLAGGED = "flagged", _("skal drøftes")

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="positions", verbose_name=_("punkt"))
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="positions")
    kind = models.CharField(_("markering"), max_length=15, choices=Kind)
    word = models.CharField(_("hvorfor"), max_length=200, blank=True)
    case_version = models.PositiveIntegerField(default=0)
    taken_at = models.DateTimeField(_("markeret"), auto_now_add=True)
    fell_away_at = models.DateTimeField(_("bortfaldet"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("markering")
        verbose_name_plural = _("markeringer")
        ordering = ["taken_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "membership"],
                condition=Q(fell_away_at__isnull=True),
                name="governance_one_position_at_a_time",
            ),
            models.CheckConstraint(condition=Q(kind="pre_approved") | ~Q(word=""), name="governance_flag_says_why"),
        ]

    def __str__(self):
        return f"{self.membership}: {self.get_kind_display()}"


class Remark(AppendOnlyModel):
    """A comment or a question about an item before the meeting, or a reply to one."""

    class Kind(models.TextChoices):
        COMMENT = "comment", _("kommentar")
        QUESTION = "question", _("spørgsmål")
        REPLY = "reply", _("svar")

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="remarks", verbose_name=_("punkt"))
    # On the standing item about the portfolio: the address name of the initiative that the remark is about.
    subject = models.SlugField(_("om"), max_length=200, blank=True)
    kind = models.CharField(_("art"), max_length=10, choices=Kind, default=Kind.COMMENT)
    reply_to = models.ForeignKey("self", on_delete=models.PROTECT, related_name="replies", null=True, blank=True)
    text = models.TextField(_("tekst"), max_length=4000)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("skrevet af"))
    written_at = models.DateTimeField(_("skrevet"), auto_now_add=True)

    class Meta:
        verbose_name = _("bemærkning")
        verbose_name_plural = _("bemærkninger")
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="reply", reply_to__isnull=False) | (~Q(kind="reply") & Q(reply_to__isnull=True)),
                name="governance_reply_has_question",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.author}"
