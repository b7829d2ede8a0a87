"""The decision log of the workspace: what the choices at its top leave, for the page and for the files made of it."""

from typing import Any

from django.db.models import QuerySet

from governance.models import Decision
from governance.queries import matching


def chosen_decisions(rows: QuerySet[Decision], chosen: dict[str, Any]) -> QuerySet[Decision]:
    """The decisions that are chosen, the latest first."""
    rows = matching(rows, chosen["q"], "case__title", "text", "number", "case__number")
    # The tie from a case to its initiative is portfolio's row; its name is all that is asked for here.
    rows = matching(rows, chosen["initiative"], "case__initiative_link__initiative__name")
    if chosen["year"]:
        rows = rows.filter(decided_on__year=chosen["year"])
    if chosen["body"]:
        rows = rows.filter(body=chosen["body"])
    if chosen["outcome"]:
        rows = rows.filter(outcome=chosen["outcome"])
    if chosen["open"]:
        rows = rows.filter(is_public=chosen["open"] == "public")
    return rows.order_by("-decided_on", "-pk")
