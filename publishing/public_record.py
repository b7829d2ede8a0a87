"""What the public may know of decisions and minutes, as frozen plain values: functions of people, never names.

Made by publishing/record_selection.py, stored apart (models/record.py), and read back as these. Add a field here, in
the selection and on the page, and nowhere else.
"""

from dataclasses import dataclass
from datetime import date

from governance.models import Body, Decision, Meeting


@dataclass(frozen=True, slots=True)
class LoggedDecision:
    """A decision in the public log: who decided what, when, on what basis, and where it stands."""

    number: str
    decided_on: date
    body: str
    body_kind: str
    title: str
    outcome: str
    text: str
    reason: str = ""
    conditions: tuple[str, ...] = ()
    meeting: str = ""
    initiative: str = ""
    initiative_name: str = ""

    @property
    def outcome_label(self) -> str:
        """The outcome in words."""
        return str(Decision.Outcome(self.outcome).label)

    # governance/_outcome.html is written for decisions as rows.
    get_outcome_display = outcome_label

    @property
    def reason_label(self) -> str:
        """Why it was returned or rejected, in words; empty otherwise."""
        return str(Decision.Reason(self.reason).label) if self.reason else ""


@dataclass(frozen=True, slots=True)
class PublicItem:
    """One point of public minutes. Of a closed one there is nothing but its number."""

    number: int
    heading: str = ""
    text: str = ""
    settled: tuple[str, ...] = ()
    decisions: tuple[LoggedDecision, ...] = ()
    is_withdrawn: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether only the number may be known."""
        return not self.heading and not self.is_withdrawn


@dataclass(frozen=True, slots=True)
class PublicCorrection:
    """What was added to the minutes later. `item` is the number of the point, None for all of it."""

    text: str
    written_on: date
    item: int | None = None


@dataclass(frozen=True, slots=True)
class PublicMinutes:
    """The public version of approved minutes."""

    body: str
    body_kind: str
    procedure: str
    year: int
    number: int
    held_on: date
    approved_on: date
    attended: tuple[str, ...] = ()
    items: tuple[PublicItem, ...] = ()
    corrections: tuple[PublicCorrection, ...] = ()

    @property
    def procedure_label(self) -> str:
        """Meeting or written procedure, in words."""
        return str(Meeting.Procedure(self.procedure).label)

    @property
    def is_boards(self) -> bool:
        """Whether it is the board's or the general assembly's."""
        return self.body_kind in Body.BOARD_KINDS
