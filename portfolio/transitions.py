"""The transitions of lifecycle.md as one readable table: from where, who decides, what must be said.

The stages themselves are on the model (models/initiatives.py); what must hold is in gates.py and conditions.py.
"""

from dataclasses import dataclass
from enum import StrEnum, auto

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import BOARD_DECIDES_FROM, Initiative, Level, Stage


class Authority(StrEnum):
    """Who can carry a transition out."""

    MANAGER = auto()
    PROPOSER_OR_MANAGER = auto()
    MANAGER_OR_BOARD = auto()
    BOARD = auto()


@dataclass(frozen=True, slots=True)
class TransitionRule:
    """One row of the table."""

    name: str
    label: Promise | str
    sources: frozenset[str]
    target: str
    needs_reason: bool = False
    needs_reason_code: bool = False

    def authority(self, initiative: Initiative) -> Authority:
        """Who carries it out for this initiative (lifecycle.md, column "who")."""
        level = initiative.level
        if self.name in ("start", "launch", "admit"):
            return Authority.BOARD if level is not None and level >= BOARD_DECIDES_FROM else Authority.MANAGER
        if self.name == "reopen":
            return Authority.MANAGER_OR_BOARD if initiative.stage == Stage.WITHDRAWN else Authority.BOARD
        if self.name == "close":
            small = initiative.stage == Stage.PROJECT and level is not None and level <= Level.N1
            return Authority.MANAGER_OR_BOARD if small else Authority.BOARD
        return {
            "shape": Authority.MANAGER,
            "return_to_idea": Authority.MANAGER_OR_BOARD,
            "withdraw": Authority.PROPOSER_OR_MANAGER,
        }.get(self.name, Authority.BOARD)


def _rule(name: str, label, sources: tuple[str, ...], target: str, **more) -> TransitionRule:
    return TransitionRule(name=name, label=label, sources=frozenset(sources), target=target, **more)


TRANSITIONS: dict[str, TransitionRule] = {
    rule.name: rule
    for rule in (
        _rule("shape", _("Form til koncept"), (Stage.IDEA,), Stage.CONCEPT),
        _rule("start", _("Igangsæt projektet"), (Stage.CONCEPT,), Stage.PROJECT),
        _rule("admit", _("Optag som færdigt produkt"), (Stage.CONCEPT,), Stage.PRODUCT),
        _rule("launch", _("Sæt i drift som produkt"), (Stage.PROJECT,), Stage.PRODUCT),
        _rule("return_to_idea", _("Send tilbage til idé"), (Stage.CONCEPT,), Stage.IDEA, needs_reason=True),
        _rule("return_to_concept", _("Send tilbage til koncept"), (Stage.PROJECT,), Stage.CONCEPT, needs_reason=True),
        _rule("withdraw", _("Træk tilbage"), (Stage.IDEA, Stage.CONCEPT), Stage.WITHDRAWN, needs_reason=True),
        _rule(
            "reject", _("Afvis"), (Stage.IDEA, Stage.CONCEPT), Stage.REJECTED, needs_reason=True, needs_reason_code=True
        ),
        _rule(
            "close", _("Luk"), (Stage.PROJECT, Stage.PRODUCT), Stage.CLOSED, needs_reason=True, needs_reason_code=True
        ),
        _rule("reopen", _("Genåbn"), (Stage.REJECTED, Stage.WITHDRAWN, Stage.CLOSED), Stage.IDEA, needs_reason=True),
    )
}
