"""Reads of action items: which ones a person may see, and the list in the chosen order."""

from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from governance.models import ActionItem
from governance.queries import matching
from governance.standing import Standing


def actions_for(standing: Standing) -> QuerySet[ActionItem]:
    """The action items a person may read: all; or those of own bodies and one's own."""
    rows = ActionItem.objects.select_related("body", "owner__organisation", "meeting__body", "item__case")
    if standing.sees_all:
        return rows
    return rows.filter(Q(body__in=standing.body_ids) | Q(owner=standing.user_id or 0))


def chosen_actions(rows: QuerySet[ActionItem], chosen: dict[str, Any], standing: Standing) -> QuerySet[ActionItem]:
    """What the choices at the top of the list leave: open ones by day, done ones the latest first."""
    rows = matching(rows, chosen["q"], "what", "outcome")
    if chosen["body"]:
        rows = rows.filter(body=chosen["body"])
    if chosen["mine"]:
        rows = rows.filter(owner=standing.user_id)
    if chosen["state"] == "all":
        return rows.order_by(F("done_on").desc(nulls_first=True), "due", "pk")
    if chosen["state"] == "done":
        return rows.filter(done_on__isnull=False).order_by("-done_on", "-pk")
    rows = rows.filter(done_on__isnull=True)
    if chosen["state"] == "late":
        rows = rows.filter(due__lt=standing.day)
    return rows.order_by("due", "pk")


def own_open_actions(standing: Standing, until: date | None = None) -> QuerySet[ActionItem]:
    """What the person has promised and not done, the earliest first; with `until` only what is due by then."""
    rows = ActionItem.objects.filter(owner=standing.user_id or 0, done_on__isnull=True).select_related("body")
    return (rows.filter(due__lte=until) if until else rows).order_by("due", "pk")
