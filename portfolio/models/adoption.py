"""Which organisations use a product, since when, with what experience."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from governance.models import DatedModel, Organisation

from .initiatives import Initiative


class Adoption(DatedModel):
    """An organisation, member or not, that uses the product from one day to another."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="adoptions")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="adoptions", verbose_name=_("organisation")
    )
    experience = models.TextField(
        _("erfaringer"),
        max_length=4000,
        blank=True,
        help_text=_("Hvad bør de næste vide, før de tager løsningen i brug?"),
    )
    source = models.CharField(_("kilde"), max_length=500, blank=True)

    history = HistoricalRecords()

    class Meta(DatedModel.Meta):
        verbose_name = _("ibrugtagning")
        verbose_name_plural = _("ibrugtagninger")
        ordering = ["organisation__sort_key"]
        constraints = [
            *DatedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["initiative", "organisation"],
                condition=models.Q(valid_to__isnull=True),
                name="portfolio_adoption_open_once",
            ),
        ]

    def __str__(self):
        return f"{self.organisation}: {self.initiative}"
