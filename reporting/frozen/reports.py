"""A received status report."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class LightState:
    """A status light: green, yellow or red, why, and what it was in the report before."""

    area: str
    light: str
    reason: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class MilestoneState:
    """A milestone of the latest report."""

    number: int
    name: str
    planned: date
    forecast: date | None = None
    done: date | None = None


@dataclass(frozen=True, slots=True)
class EconomyLineState:
    """Budget, spent and forecast of a category; an N1 project has one line without a category."""

    category: str
    planned: Decimal
    spent: Decimal
    forecast: Decimal


@dataclass(frozen=True, slots=True)
class RiskState:
    """A risk, probability and consequence from 1 to 5."""

    text: str
    probability: int
    consequence: int
    owner: str = ""
    action: str = ""

    @property
    def score(self) -> int:
        """Probability times consequence."""
        return self.probability * self.consequence


@dataclass(frozen=True, slots=True)
class ReportState:
    """The latest received status report. `approved_by` is a function."""

    number: int
    shape: str
    period_end: date
    received_on: date | None = None
    approved_by: str = ""
    previous_period_end: date | None = None
    lights: tuple[LightState, ...] = ()
    purpose_holds: bool = True
    purpose_note: str = ""
    planned_end: date | None = None
    forecast_end: date | None = None
    progress: int | None = None
    hours_estimated: int | None = None
    hours_used: int | None = None
    hours_forecast: int | None = None
    business_case_holds: bool = True
    business_case_note: str = ""
    remarks: str = ""
    change_progress: str = ""
    operating_status: str = ""
    sla: str = ""
    users_new: int | None = None
    users_planned: int | None = None
    users_left: int | None = None
    benefits_realised: str = ""
    n3_organisation: str = ""
    n3_operations: str = ""
    n3_technology: str = ""
    milestones: tuple[MilestoneState, ...] = ()
    economy: tuple[EconomyLineState, ...] = ()
    risks: tuple[RiskState, ...] = ()

    def light(self, area: str) -> LightState | None:
        """The light of an area, if the report has one."""
        return next((light for light in self.lights if light.area == area), None)
