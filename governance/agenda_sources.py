"""Points of an agenda that fill themselves. Governance asks by kind; the app that knows the facts answers."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from governance.models import Body


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One line under a point that fills itself: what it is about, why it is here, and where to read on.

    `subject` is the address name of the initiative. `due` is the day it had to be done by, `since` the day it came.
    """

    name: str
    text: str
    url: str
    subject: str = ""
    due: date | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class CaseSubject:
    """What a case is about: the initiative, where it is, and who on the board follows it (empty when nobody does)."""

    name: str
    url: str
    contact: str = ""


AgendaSource = Callable[[Body, date], list[AgendaLine]]
# By the ids of cases: what each is about, for those that are about an initiative.
CaseSubjects = Callable[[Collection[int], date], dict[int, CaseSubject]]
