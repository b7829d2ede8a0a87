"""What a body's decision says of an initiative's description and milestones. Written once, never changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.models import AppendOnlyModel, Decision

from .initiatives import Initiative


class DescriptionApproval(AppendOnlyModel):
    """The description as a body approved it. `texts` are its parts that day, so that a later change can be told."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="description_approvals")
    texts = models.JSONField(_("beskrivelsen, som den var"))
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="description_approvals", verbose_name=_("godkendt ved")
    )

    class Meta:
        verbose_name = _("godkendt beskrivelse")
        verbose_name_plural = _("godkendte beskrivelser")
        ordering = ["-decision__decided_on", "-pk"]

    def __str__(self):
        return f"{self.initiative}: {self.decision.number}"


class MilestonePassed(AppendOnlyModel):
    """A milestone of the status reports, by its name, that the steering group's decision passed."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="milestones_passed")
    name = models.CharField(_("milepæl"), max_length=120)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="milestones_passed", verbose_name=_("passeret ved")
    )

    class Meta:
        verbose_name = _("passeret milepæl")
        verbose_name_plural = _("passerede milepæle")
        ordering = ["decision__decided_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["initiative", "name"], name="portfolio_milestone_passed_once")]

    def __str__(self):
        return self.name
