"""What can happen next to an initiative, as the page shows it and as the refusal says it: one source.

Three questions, three answers: wrong stage, not allowed, not ready. The button, its explanation and the error that a
forged request gets are the same object.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from governance.models import Decision, EffectKind
from governance.refusals import Mend, NotAllowed, NotReady, Refusal, WrongStage
from governance.standing import Standing

from .facts import InitiativeFacts, facts_of
from .gates import Gate, gate_from
from .models import Initiative, Stage
from .rules import Relation, Role, relations_of, roles_of
from .transitions import TRANSITIONS, Authority, TransitionRule

# Effects that the board usually decides together with letting an initiative on; to show a gate "after the decision".
COMES_WITH = {
    "start": (
        EffectKind.APPROVE_STEERING_GROUP,
        EffectKind.APPOINT_STEERING_GROUP,
        EffectKind.APPROVE_BUDGET,
        EffectKind.START,
    ),
    "admit": (
        EffectKind.APPROVE_STEERING_GROUP,
        EffectKind.APPOINT_STEERING_GROUP,
        EffectKind.APPROVE_BUDGET,
        EffectKind.ADMIT,
    ),
    "launch": (EffectKind.APPROVE_STEERING_GROUP, EffectKind.APPROVE_BUDGET, EffectKind.LAUNCH),
}
GATED = frozenset({"shape", "start", "admit", "launch"})


class GateClosed(NotReady):
    """The gate is closed. `gate` holds every row, also those that are met."""

    def __init__(self, gate: Gate):
        """Take one refusal from each missing row."""
        super().__init__(*(Refusal(row.code, f"{row.title}: {row.message}", row.mend) for row in gate.missing))
        self.gate = gate


@dataclass(frozen=True, slots=True)
class Step:
    """One transition as it stands for one person: what it is called, whether it can be done, and why not."""

    rule: TransitionRule
    wrong_stage: Refusal | None = None
    not_allowed: Refusal | None = None
    gate: Gate | None = None
    gate_after_board: Gate | None = None
    goes_to_board: bool = False

    @property
    def name(self) -> str:
        """The transition."""
        return self.rule.name

    @property
    def label(self) -> str:
        """What the button says."""
        return str(self.rule.label)

    @property
    def is_possible(self) -> bool:
        """Whether this person can do it now."""
        return self.refusal is None

    @property
    def refusal(self) -> Refusal | None:
        """The one sentence that stands where the button would be."""
        if self.wrong_stage or self.not_allowed:
            return self.wrong_stage or self.not_allowed
        if self.gate is not None and not self.gate.is_open:
            count = len(self.gate.missing)
            message = _("%(missing)d af %(all)d krav mangler.") % {"missing": count, "all": len(self.gate.results)}
            return Refusal("gate_closed", message)
        return None

    def raise_if_refused(self) -> None:
        """Raise WrongStage, NotAllowed or GateClosed, in that order; return when it can be done."""
        if self.wrong_stage:
            raise WrongStage(self.wrong_stage)
        if self.not_allowed:
            raise NotAllowed(self.not_allowed)
        if self.gate is not None and not self.gate.is_open:
            raise GateClosed(self.gate)


def find(
    initiative: Initiative, transition: str, *, standing: Standing, on: date, decision: Decision | None = None
) -> Step:
    """The step of one transition for one person, or for a decision of a body. Loads what its gate needs."""
    rule = TRANSITIONS[transition]
    if initiative.stage not in rule.sources:
        return Step(rule=rule, wrong_stage=_wrong_stage(rule, initiative))
    not_allowed = _not_allowed(rule, initiative, standing, decision)
    gate = gate_from(facts_of(initiative, on), transition) if transition in GATED else None
    return Step(rule=rule, not_allowed=not_allowed, gate=gate)


def steps_for(
    initiative: Initiative,
    *,
    standing: Standing,
    facts: InitiativeFacts,
    relations: frozenset[Relation] | None = None,
) -> list[Step]:
    """Every transition that leaves the present stage, for the initiative's page. Takes what is loaded already."""
    roles = roles_of(standing)
    relations = relations_of(standing, initiative) if relations is None else relations
    found = []
    for rule in TRANSITIONS.values():
        if initiative.stage not in rule.sources:
            continue
        gate = gate_from(facts, rule.name) if rule.name in GATED else None
        goes_to_board = rule.authority(initiative) == Authority.BOARD
        after = None
        if gate is not None and goes_to_board:
            after = gate_from(_assuming(facts, COMES_WITH[rule.name]), rule.name)
        found.append(
            Step(
                rule=rule,
                not_allowed=_refused_person(rule, initiative, roles, relations),
                gate=gate,
                gate_after_board=after,
                goes_to_board=goes_to_board,
            )
        )
    return found


def _assuming(facts: InitiativeFacts, kinds: Iterable[str]) -> InitiativeFacts:
    return replace(facts, assumed=facts.assumed | set(kinds))


def _wrong_stage(rule: TransitionRule, initiative: Initiative) -> Refusal:
    needed = " / ".join(str(Stage(source).label) for source in sorted(rule.sources))
    message = _("%(label)s kan ikke vælges. Initiativet er %(now)s, og det kræver %(needed)s.")
    values = {"label": rule.label, "now": Stage(initiative.stage).label, "needed": needed}
    return Refusal("wrong_stage", message % values)


def _not_allowed(
    rule: TransitionRule, initiative: Initiative, standing: Standing, decision: Decision | None
) -> Refusal | None:
    if decision is None:
        return _refused_person(rule, initiative, roles_of(standing), relations_of(standing, initiative))
    if not decision.body.decides_as_board:
        return Refusal("not_board", _("%(label)s kræver en beslutning i bestyrelsen.") % {"label": rule.label})
    authority = rule.authority(initiative)
    if authority in (Authority.BOARD, Authority.MANAGER_OR_BOARD) or rule.name in GATED:
        return None
    return Refusal("not_by_decision", _("%(label)s følger ikke af en beslutning.") % {"label": rule.label})


def _refused_person(rule: TransitionRule, initiative: Initiative, roles, relations) -> Refusal | None:
    authority = rule.authority(initiative)
    manages = bool(roles & {Role.BUSINESS_MANAGER, Role.SECRETARIAT})
    if authority == Authority.BOARD:
        return _board_decides(rule, initiative)
    if manages or (authority == Authority.PROPOSER_OR_MANAGER and Relation.PROPOSER in relations):
        return None
    message = _("%(label)s kan ikke vælges. Det gør forretningslederen.") % {"label": rule.label}
    return Refusal("not_manager", message)


def _board_decides(rule: TransitionRule, initiative: Initiative) -> Refusal:
    mend = Mend("portfolio:recommend", {"slug": initiative.slug}, _("Skriv en indstilling"))
    if rule.name in ("start", "launch", "admit"):
        message = _("%(label)s kan ikke vælges. På niveau %(level)d følger det af bestyrelsens beslutning.")
        return Refusal("board_decides", message % {"label": rule.label, "level": initiative.level}, mend)
    message = _("%(label)s kan ikke vælges. Det følger af bestyrelsens beslutning.")
    return Refusal("board_decides", message % {"label": rule.label}, mend)
