"""How the portal says no: with reasons, each with a code that tests assert on and a sentence that says what to do."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Mend:
    """Where to go to mend what is missing: a URL name, its arguments, and the words of the link."""

    url_name: str
    kwargs: dict[str, Any] = field(default_factory=dict)
    label: str = ""
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why something cannot be done."""

    code: str
    message: str
    mend: Mend | None = None


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """Something cannot be done. Carries every reason; nothing has been written."""

    def __init__(self, *refusals: Refusal):
        """Take the reasons, the most important first."""
        super().__init__("; ".join(str(r.message) for r in refusals))
        self.refusals = refusals

    @property
    def codes(self) -> list[str]:
        """The reasons' codes, in order."""
        return [refusal.code for refusal in self.refusals]


class WrongStage(Refused):
    """The initiative, case or report is not where this can happen."""


class NotAllowed(Refused):
    """It can happen, but not by this person or this body."""


class NotReady(Refused):
    """It can happen, by this person, but not yet."""


class Unconfirmed(NotReady):
    """It can happen, but it breaks a rule that reality may break: the figures are shown, and it must be confirmed."""


class Stale(Refused):
    """Somebody else saved first. Nothing was overwritten; `current` is their version."""

    def __init__(self, *refusals: Refusal, current: Any = None):
        """Take the reasons and the version that somebody else saved."""
        super().__init__(*refusals)
        self.current = current


def raise_if(error: type[Refused], refusals: list[Refusal]) -> None:
    """Raise the error with all the refusals, if there are any."""
    if refusals:
        raise error(*refusals)
