"""Which version of a row somebody started from, read from its field history. Cases carry a version of their own."""

from django.db import models
from django.utils.translation import gettext as _

from governance.refusals import Refusal, Stale


def version_of(row: models.Model) -> int:
    """The number of the row's latest edit; 0 when it was loaded from a list and nobody has changed it."""
    edits = row.history  # type: ignore[attr-defined]  # simple-history adds it
    latest = edits.order_by("-history_id").values_list("history_id", flat=True).first()
    return latest or 0


def refuse_if_stale(row: models.Model, version: int) -> None:
    """Raise Stale when somebody has saved the (locked) row since `version`."""
    if version_of(row) != version:
        message = _("En anden gemte, mens du skrev. Din tekst er ikke gemt. Sammenlign og vælg.")
        raise Stale(Refusal("stale", message), current=row)
