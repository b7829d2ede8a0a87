"""Stages and levels: the two words everything else hangs on (lifecycle.md)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """Where an initiative is in its life."""

    IDEA = "idea", _("idé")
    CONCEPT = "concept", _("koncept")
    PROJECT = "project", _("projekt")
    PRODUCT = "product", _("produkt")
    WITHDRAWN = "withdrawn", _("trukket tilbage")
    REJECTED = "rejected", _("afvist")
    CLOSED = "closed", _("lukket")


LIVE_STAGES = (Stage.IDEA, Stage.CONCEPT, Stage.PROJECT, Stage.PRODUCT)
END_STAGES = (Stage.WITHDRAWN, Stage.REJECTED, Stage.CLOSED)


class Level(models.IntegerChoices):
    """How much is required; cumulative. Level 0 (sandkasse) exists only in the newer catalogues."""

    SANDBOX = 0, _("sandkasse")
    N1 = 1, _("niveau 1")
    N2 = 2, _("niveau 2")
    N3 = 3, _("niveau 3")


# One rule for all catalogues: the business manager decides up to here, the board from N2 (lifecycle.md).
BOARD_DECIDES_FROM = Level.N2
