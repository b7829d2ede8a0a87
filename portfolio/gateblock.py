"""A gate as a page shows it: its rows grouped by who acts, and the one thing that can be done about it.

Built from a Step, so that the block, the button and the refusal of a forged request are the same answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .facts import InitiativeFacts
from .gates import Gate, GateResult, Result, gate_from
from .initiative_cases import CaseLine
from .models import Initiative, Stage
from .offers import may_follow
from .rules import Action
from .steps import Step

MET = (Result.MET, Result.NOT_APPLICABLE)
CARRIED = (Result.DEFERRED, Result.EXPLAINED)


@dataclass(frozen=True, slots=True)
class GateBlock:
    """The rows of a gate by who acts, and what the reader can do now.

    `act` is one of: do (a button), case (a case is under way), recommend, recommend_with_conditions, prepare (a
    recommendation can be written, but not decided yet), wait (nothing that the reader could do).
    """

    gate: Gate
    name: str
    heading: str
    missing: tuple[GateResult, ...]
    by_board: tuple[GateResult, ...]
    carried: tuple[GateResult, ...]
    met: tuple[GateResult, ...]
    act: str = ""
    label: str = ""
    locked: str = ""
    case: CaseLine | None = None

    @property
    def total(self) -> int:
        """How many rows there are."""
        return len(self.gate.results)

    @property
    def not_reviewed(self) -> int:
        """How many of the rows that hold nobody in the secretariat has looked at."""
        return sum(1 for row in (*self.met, *self.carried) if not row.is_reviewed)

    @property
    def undeferrable(self) -> tuple[GateResult, ...]:
        """The missing rows that no decision can defer."""
        return tuple(row for row in self.missing if not row.deferrable)

    @property
    def shares(self) -> list[tuple[str, int, str]]:
        """Symbol, number and words of each share, in the order of the bar and its legend."""
        results = [row.result for row in (*self.met, *self.carried)]
        return [
            ("k-met", results.count(Result.MET), _("opfyldt")),
            ("k-explained", results.count(Result.EXPLAINED), _("forklaret")),
            ("k-deferred", results.count(Result.DEFERRED), _("udskudt")),
            ("k-na", results.count(Result.NOT_APPLICABLE), _("ikke relevant")),
            ("k-board", len(self.by_board), _("afgøres af bestyrelsen")),
            ("k-missing", len(self.missing), _("mangler")),
        ]

    @property
    def summary(self) -> str:
        """What is missing, in one sentence with numbers."""
        if not self.missing:
            return _("Intet krav mangler.")
        words = {"n": len(self.missing), "all": self.total}
        return ngettext("%(n)d af %(all)d krav mangler.", "%(n)d af %(all)d krav mangler.", words["n"]) % words

    @property
    def bar_label(self) -> str:
        """The bar in words."""
        return ", ".join(f"{count} {words}" for _symbol, count, words in self.shares if count)


def block_of(step: Step, *, may_recommend: bool, cases: Sequence[CaseLine] = ()) -> GateBlock:
    """The block of a step that has a gate."""
    gate = step.gate
    if gate is None:
        raise ValueError(f"{step.name} has no gate")
    block = _grouped(gate, after=step.gate_after_board, name=step.name, heading=_heading(step))
    case = next((case for case in cases if case.is_open and step.name in case.kinds), None)
    return replace(
        block,
        act=_act(step, block, may_recommend=may_recommend, case=case),
        label=step.label,
        locked=str(step.refusal.message) if step.refusal else "",
        case=case,
    )


def block_of_gate(gate: Gate, *, heading: str, after: Gate | None = None) -> GateBlock:
    """A gate that is only looked at: another level's, or a product's compliance."""
    return _grouped(gate, after=after, name=gate.transition, heading=heading)


def compliance_of(facts: InitiativeFacts) -> GateBlock | None:
    """How a product stands with every requirement of its level; None before it is one, or without a catalogue."""
    if facts.initiative.stage != Stage.PRODUCT or not facts.requirements:
        return None
    return block_of_gate(gate_from(facts, "launch"), heading=_("Lever produktet op til kravene?"))


def for_reader(block: GateBlock, initiative: Initiative, actions: frozenset[Action]) -> GateBlock:
    """The block without the links that would not open for the reader."""

    def followed(rows: tuple[GateResult, ...]) -> tuple[GateResult, ...]:
        return tuple(
            row if row.mend is None or may_follow(row.mend, initiative, actions) else replace(row, mend=None)
            for row in rows
        )

    return replace(
        block, missing=followed(block.missing), by_board=followed(block.by_board), carried=followed(block.carried)
    )


def _grouped(gate: Gate, *, after: Gate | None, name: str, heading: str) -> GateBlock:
    held_after = {row.code for row in after.results if not row.is_missing} if after else set()
    missing: list[GateResult] = []
    by_board: list[GateResult] = []
    for row in gate.missing:
        (by_board if row.by_board or row.code in held_after else missing).append(row)
    return GateBlock(
        gate=gate,
        name=name,
        heading=heading,
        missing=tuple(missing),
        by_board=tuple(by_board),
        carried=_with(gate.results, CARRIED),
        met=_with(gate.results, MET),
    )


def _with(rows: Iterable[GateResult], results: Sequence[str]) -> tuple[GateResult, ...]:
    return tuple(row for row in rows if row.result in results)


def _act(step: Step, block: GateBlock, *, may_recommend: bool, case: CaseLine | None) -> str:
    if step.is_possible:
        return "do"
    if case is not None:
        return "case"
    if not (step.goes_to_board and may_recommend):
        return "wait"
    if not block.missing:
        return "recommend"
    return "prepare" if block.undeferrable else "recommend_with_conditions"


def _heading(step: Step) -> str:
    if step.goes_to_board:
        headings = {
            "start": _("Hvad mangler, før bestyrelsen kan igangsætte projektet?"),
            "admit": _("Hvad mangler, før bestyrelsen kan optage løsningen som produkt?"),
            "launch": _("Hvad mangler, før bestyrelsen kan godkende produktet?"),
        }
        return headings[step.name]
    headings = {
        "shape": _("Hvad mangler, før idéen kan blive til et koncept?"),
        "start": _("Hvad mangler, før projektet kan igangsættes?"),
        "admit": _("Hvad mangler, før løsningen kan optages som produkt?"),
        "launch": _("Hvad mangler, før projektet kan sættes i drift som produkt?"),
    }
    return headings[step.name]


@dataclass(frozen=True, slots=True)
class FrozenGroup:
    """The rows of a gate on record that had one result: its symbol, words, and the rows as they were kept."""

    symbol: str
    label: str
    rows: tuple[dict[str, Any], ...]


SYMBOLS = {
    Result.MISSING: "k-missing",
    Result.DEFERRED: "k-deferred",
    Result.EXPLAINED: "k-explained",
    Result.MET: "k-met",
    Result.NOT_APPLICABLE: "k-na",
}


def frozen_groups(gate: dict[str, Any] | None) -> list[FrozenGroup]:
    """A gate as the record keeps it (Gate.frozen), grouped by result; what mattered most first."""
    rows = gate["results"] if gate else []
    groups = [
        FrozenGroup(symbol, capfirst(str(result.label)), tuple(row for row in rows if row["result"] == result))
        for result, symbol in SYMBOLS.items()
    ]
    return [group for group in groups if group.rows]
