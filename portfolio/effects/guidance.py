"""The board makes points of guidance mandatory, for levels or for named initiatives, from a day."""

from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.effects import EffectContext
from governance.models import GuidancePoint
from portfolio.domain import guidance
from portfolio.models import Level

from .subject import initiative_of, written


def make_mandatory(context: EffectContext) -> str:
    """The parameters are {"points": [numbers], "from_level" or "initiatives": [numbers], "valid_from": "2027-01-01"}.

    In a case about an initiative without either, it is that initiative; without a day it is the decision's.
    """
    said, subject = context.parameters, initiative_of(context.case)
    level, named = said.get("from_level"), said.get("initiatives") or []
    if level is None and not named and subject is not None:
        named = [subject.pk]
    rows = guidance.make_mandatory(
        points=said.get("points") or [],
        from_level=None if level is None else int(level),
        initiatives=named,
        valid_from=parse_date(str(said.get("valid_from") or "")) or context.on,
        decision=context.decision,
        on=context.on,
    )
    points = len({row.point_id for row in rows})
    words = {"count": points, "day": written(rows[0].valid_from)}
    return (
        ngettext(
            "%(count)d punkt er obligatorisk fra %(day)s.", "%(count)d punkter er obligatoriske fra %(day)s.", points
        )
        % words
    )


def in_words(said: dict[str, Any]) -> str:
    """What the case asks for."""
    points = GuidancePoint.objects.filter(pk__in=said.get("points") or []).select_related("version__guidance")
    if not points:
        return ""
    day = parse_date(str(said.get("valid_from") or ""))
    words: dict[str, Any] = {
        "guidance": points[0].version.guidance.title,
        "points": ", ".join(str(point.number) for point in points),
        "since": _("fra %(day)s") % {"day": written(day)} if day else _("fra beslutningens dag"),
    }
    if said.get("from_level") is not None:
        words["level"] = Level(int(said["from_level"])).label
        return _("Gør punkt %(points)s i „%(guidance)s“ obligatorisk fra og med %(level)s, %(since)s") % words
    return _("Gør punkt %(points)s i „%(guidance)s“ obligatorisk for de nævnte initiativer, %(since)s") % words
