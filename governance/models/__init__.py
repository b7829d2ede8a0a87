"""Rows of the association: fields, constraints, querysets, cheap properties. No rule and no write to another row."""

from .adopted import Adopted, Purchase, Settlement
from .append_only import AppendOnlyModel, HistoryIsNeverRewrittenError
from .bodies import Body, Facilitation, Membership
from .cases import Case, CaseEffect, EffectKind
from .dated import DatedModel, DatedQuerySet
from .decisions import CarriedOutEffect, Decision
from .guidance import Guidance, GuidanceFile, GuidancePoint, GuidanceVersion
from .meetings import AgendaEdition, AgendaItem, Attendance, Meeting
from .minutes import ActionItem, ApprovedMinutes, MinutesEntry, MinutesNote
from .numbers import NumberSeries
from .organisations import Affiliation, Organisation, OrganisationPart
from .people import Invitation, PortalRole, User
from .reading import ItemRead, Position, Remark
from .votes import Ballot, Choice, Representation, Vote

__all__ = [
    "ActionItem",
    "Adopted",
    "Affiliation",
    "AgendaEdition",
    "AgendaItem",
    "AppendOnlyModel",
    "ApprovedMinutes",
    "Attendance",
    "Ballot",
    "Body",
    "CarriedOutEffect",
    "Case",
    "CaseEffect",
    "Choice",
    "DatedModel",
    "DatedQuerySet",
    "Decision",
    "EffectKind",
    "Facilitation",
    "Guidance",
    "GuidanceFile",
    "GuidancePoint",
    "GuidanceVersion",
    "HistoryIsNeverRewrittenError",
    "Invitation",
    "ItemRead",
    "Meeting",
    "Membership",
    "MinutesEntry",
    "MinutesNote",
    "NumberSeries",
    "Organisation",
    "OrganisationPart",
    "PortalRole",
    "Position",
    "Purchase",
    "Remark",
    "Representation",
    "Settlement",
    "User",
    "Vote",
]
