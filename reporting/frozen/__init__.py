"""What a snapshot holds: plain frozen values, written once, read by the board report and by publishing.

Nothing here knows a model or a database. People appear as functions only ("Formand, Kalundborg Kommune"); notes from
talks, contacts and drafts are never taken along. Codes are the models' own values; words are worked out when shown.
"""

from .meetings import CaseState, Changes, EventState, GateRow, LightChange, MeetingState, MetCondition, PlaceCount
from .parts import (
    AdoptionState,
    ApprovalState,
    BudgetLineState,
    BudgetState,
    ConditionState,
    DecisionState,
    DeviationState,
    GroupState,
    OrganisationState,
    ParticipantState,
    RelationState,
    RequirementState,
    RoleState,
    StatedState,
)
from .reports import EconomyLineState, LightState, MilestoneState, ReportState, RiskState
from .snapshots import LIVE, CatalogueState, Limits, RequirementWords, SnapshotData, SnapshotInitiative

__all__ = [
    "LIVE",
    "AdoptionState",
    "ApprovalState",
    "BudgetLineState",
    "BudgetState",
    "CaseState",
    "CatalogueState",
    "Changes",
    "ConditionState",
    "DecisionState",
    "DeviationState",
    "EconomyLineState",
    "EventState",
    "GateRow",
    "GroupState",
    "LightChange",
    "LightState",
    "Limits",
    "MeetingState",
    "MetCondition",
    "MilestoneState",
    "OrganisationState",
    "ParticipantState",
    "PlaceCount",
    "RelationState",
    "ReportState",
    "RequirementState",
    "RequirementWords",
    "RiskState",
    "RoleState",
    "SnapshotData",
    "SnapshotInitiative",
    "StatedState",
]
