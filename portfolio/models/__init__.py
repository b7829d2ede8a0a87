"""Rows of the portfolio: fields, constraints, querysets, cheap properties. No rule and no write to another row."""

from .adoption import Adoption
from .approvals import DescriptionApproval, MilestonePassed
from .catalogues import Requirement, RequirementCatalogue
from .checklist import Answer, Deferral, Evidence, Judgement
from .economy import Budget, BudgetApproval, BudgetLine
from .guidance import MandatoryPoint, PointAnswer, PointDeferral
from .initiatives import Initiative
from .levels import BOARD_DECIDES_FROM, END_STAGES, LIVE_STAGES, Level, Stage
from .lists import EconomyCategory, Phase, SubjectArea
from .people import Appointment, DialogueNote, InitiativeBody, Participation
from .record import InitiativeCase, LifecycleEvent, PortfolioPresentation, Relation, StatedFact
from .reports import ReportEconomyLine, ReportLight, ReportMilestone, ReportRisk, StatusReport

__all__ = [
    "BOARD_DECIDES_FROM",
    "END_STAGES",
    "LIVE_STAGES",
    "Adoption",
    "Answer",
    "Appointment",
    "Budget",
    "BudgetApproval",
    "BudgetLine",
    "Deferral",
    "DescriptionApproval",
    "DialogueNote",
    "EconomyCategory",
    "Evidence",
    "Initiative",
    "InitiativeBody",
    "InitiativeCase",
    "Judgement",
    "Level",
    "LifecycleEvent",
    "MandatoryPoint",
    "MilestonePassed",
    "Participation",
    "Phase",
    "PointAnswer",
    "PointDeferral",
    "PortfolioPresentation",
    "Relation",
    "ReportEconomyLine",
    "ReportLight",
    "ReportMilestone",
    "ReportRisk",
    "Requirement",
    "RequirementCatalogue",
    "Stage",
    "StatedFact",
    "StatusReport",
    "SubjectArea",
]
