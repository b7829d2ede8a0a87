"""Votes: those of a meeting frozen with the decision, those of a written procedure until its deadline."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .append_only import AppendOnlyModel
from .bodies import Membership
from .decisions import Decision
from .meetings import AgendaItem, Meeting
from .organisations import Organisation
from .people import User


class Choice(models.TextChoices):
    """What can be answered when somebody's name is called: for or against the recommendation, or neither."""

    FOR = "for", _("for")
    AGAINST = "against", _("imod")
    ABSTAINS = "abstains", _("stemmer ikke")


class Vote(AppendOnlyModel):
    """One seat's vote on a decision, as it was called."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="votes")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="votes")
    choice = models.CharField(_("stemme"), max_length=10, choices=Choice)

    class Meta:
        verbose_name = _("stemme")
        verbose_name_plural = _("stemmer")
        ordering = ["decision", "pk"]
        constraints = [models.UniqueConstraint(fields=["decision", "membership"], name="governance_one_vote_per_seat")]

    def __str__(self):
        return f"{self.membership}: {self.get_choice_display()}"


class Ballot(models.Model):
    """A seat's vote in a written procedure. It can be changed until the deadline; the decision freezes it as a Vote."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="ballots", verbose_name=_("punkt"))
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="ballots")
    choice = models.CharField(_("stemme"), max_length=10, choices=Choice)
    case_version = models.PositiveIntegerField(default=0)
    cast_at = models.DateTimeField(_("afgivet"), auto_now=True)
    cast_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("skriftlig stemme")
        verbose_name_plural = _("skriftlige stemmer")
        constraints = [models.UniqueConstraint(fields=["item", "membership"], name="governance_one_ballot_per_seat")]

    def __str__(self):
        return f"{self.membership}: {self.get_choice_display()}"


class Representation(models.Model):
    """A member organisation is represented at a general assembly, and so has its one vote there."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="representations")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="representations", verbose_name=_("medlem")
    )

    class Meta:
        verbose_name = _("repræsenteret medlem")
        verbose_name_plural = _("repræsenterede medlemmer")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "organisation"], name="governance_one_vote_per_member")
        ]

    def __str__(self):
        return f"{self.meeting}: {self.organisation}"
