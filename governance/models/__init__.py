"""Rows of the association: fields, constraints, querysets, cheap properties. No rule and no write to another row."""

from .append_only import AppendOnlyModel, HistoryIsNeverRewrittenError
from .bodies import Body, Membership
from .cases import Case, CaseEffect, EffectKind
from .dated import DatedModel, DatedQuerySet
from .decisions import CarriedOutEffect, Decision
from .meetings import AgendaItem, Attendance, Meeting
from .numbers import NumberSeries
from .organisations import Affiliation, Organisation, OrganisationPart
from .people import Invitation, PortalRole, User

__all__ = [
    "Affiliation",
    "AgendaItem",
    "AppendOnlyModel",
    "Attendance",
    "Body",
    "CarriedOutEffect",
    "Case",
    "CaseEffect",
    "DatedModel",
    "DatedQuerySet",
    "Decision",
    "EffectKind",
    "HistoryIsNeverRewrittenError",
    "Invitation",
    "Meeting",
    "Membership",
    "NumberSeries",
    "Organisation",
    "OrganisationPart",
    "PortalRole",
    "User",
]
