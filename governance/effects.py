"""What decisions do. Governance knows the kinds and the order; what each does is registered by the app that owns it.

Portfolio registers its effects when it starts (portfolio/effects.py). Governance never imports portfolio.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from governance.agenda_sources import AgendaSource, CaseSubjects
from governance.models import Body, Case, CaseEffect, Decision, EffectKind, User
from governance.refusals import Mend, NotAllowed, Refusal, raise_if
from governance.standing import Standing


@dataclass(frozen=True, slots=True)
class Condition:
    """A requirement that an approval leaves open until a date (inclusive), and who sees to it.

    `title` is the requirement's as it reads now; the decision keeps it, because a later catalogue may say it otherwise.
    """

    code: str
    until: date | None
    responsible: str = ""
    accepted: bool = False
    title: str = ""

    def frozen(self) -> dict[str, Any]:
        """The condition as it is stored with the decision."""
        return {
            "code": self.code,
            "title": self.title,
            "until": self.until,
            "responsible": self.responsible,
            "accepted": self.accepted,
        }


@dataclass(frozen=True, slots=True)
class EffectContext:
    """What an effect is carried out with, inside the decision's transaction."""

    decision: Decision
    case: Case
    kind: str
    parameters: dict[str, Any]
    by: User
    on: date


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something that would stop the effects, and whether the decision may defer it.

    `until`, `responsible` and `accepted` are what the recommendation (or else the portal) proposes for the condition.
    """

    code: str
    title: str
    message: str
    deferrable: bool
    mend: Mend | None = None
    until: date | None = None
    responsible: str = ""
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What carrying out a case's effects would do on a day, and what a no would do instead, without doing it."""

    sentences: tuple[str, ...] = ()
    when_returned: tuple[str, ...] = ()
    when_rejected: tuple[str, ...] = ()
    open_points: tuple[OpenPoint, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    @property
    def can_approve(self) -> bool:
        """Whether the body can approve without conditions."""
        return not self.open_points and not self.refusals

    @property
    def can_defer(self) -> bool:
        """Whether approval with conditions is possible: everything open may be deferred."""
        return bool(self.open_points) and not self.refusals and all(p.deferrable for p in self.open_points)


CarryOut = Callable[[EffectContext], str]


def _no_cases(_standing: Standing) -> QuerySet[Any]:
    return Case.objects.none().values("pk")


@dataclass(frozen=True, slots=True)
class Deciders:
    """The kinds of bodies that can decide something (domain.md section 3), and the words for all others."""

    kinds: frozenset[str]
    code: str
    message: str | Promise

    def reasons_against(self, body: Body) -> list[Refusal]:
        """Why a body cannot decide it."""
        return [] if body.kind in self.kinds else [Refusal(self.code, str(self.message))]


_BOARD = frozenset(Body.BOARD_KINDS)
_STEERING = _BOARD | {Body.Kind.STEERING_GROUP}
BY_BOARD = Deciders(_BOARD, "not_board", _("Det afgør kun bestyrelsen."))
BY_ASSEMBLY = Deciders(frozenset({Body.Kind.GENERAL_ASSEMBLY}), "not_assembly", _("Det afgør kun generalforsamlingen."))
BY_STEERING_GROUP = Deciders(_STEERING, "not_steering_group", _("Det afgør styregruppen eller bestyrelsen."))
BY_GROUP = Deciders(
    _STEERING | {Body.Kind.COORDINATION_GROUP},
    "not_group",
    _("Det afgør koordinationsgruppen, styregruppen eller bestyrelsen."),
)
BY_ANYBODY = Deciders(frozenset(Body.Kind.values), "nobody", "")


@dataclass(frozen=True, slots=True)
class Effect:
    """One kind of effect: what carries it out, who can decide it, and what a "no" to it carries out instead.

    `label` says it in words with its parameters, as it stands in the case.
    """

    kind: str
    carry_out: CarryOut
    when_returned: str = ""
    when_rejected: str = ""
    deciders: Deciders = BY_BOARD
    label: Callable[[dict[str, Any]], str] | None = None


@dataclass(slots=True)
class Registry:
    """The effects, and the app's answers about a case as a whole."""

    effects: dict[str, Effect] = field(default_factory=dict)
    preview: Callable[[Case, date], Preview] = lambda _case, _on: Preview()
    grant: Callable[[EffectContext, tuple[Condition, ...]], list[str]] = lambda _context, _conditions: []
    facts_template: str = ""
    facts: Callable[[Case, date], dict[str, Any]] = lambda _case, _on: {}
    # What depends on who reads, e.g. similar initiatives among those the reader may see.
    facts_for_reader: Callable[[Case, Standing], dict[str, Any]] = lambda _case, _standing: {}
    label: Callable[[CaseEffect], str] = lambda effect: str(effect.get_kind_display())
    # The cases that concern what a person works on, as a subquery of their ids.
    concerning: Callable[[Standing], QuerySet[Any]] = _no_cases
    # By the kind of an agenda item that fills itself: its lines for a body on the meeting's day.
    agenda_lines: dict[str, AgendaSource] = field(default_factory=dict)
    case_subjects: CaseSubjects = lambda _cases, _on: {}
    # What else speaks against a body deciding in a case, e.g. that the initiative is another group's.
    objections: list[Callable[[Case, Body], list[Refusal]]] = field(default_factory=list)
    # The bodies above the one that has a case, the nearest first; and what a copy of a case takes along.
    bodies_above: Callable[[Case], QuerySet[Body]] = lambda _case: Body.objects.none()
    tie_copy: Callable[[Case, Case], None] = lambda _case, _copy: None

    def register(self, effect: Effect) -> None:
        """Take in an effect. A kind has exactly one owner."""
        if effect.kind in self.effects:
            raise ValueError(f"{effect.kind} is registered already")
        self.effects[effect.kind] = effect

    def reasons_against_body(self, case: Case, body: Body, kinds: list[str]) -> list[Refusal]:
        """Why a body cannot decide these effects of a case; each reason once."""
        found = [refusal for kind in kinds for refusal in self.effects[kind].deciders.reasons_against(body)]
        if any(kind != EffectKind.OTHER for kind in kinds):
            found += [refusal for objection in self.objections for refusal in objection(case, body)]
        return list({refusal.code: refusal for refusal in found}.values())

    def carry_out(self, context: EffectContext) -> str:
        """Carry out one effect and return in words what it did. Raises Refused; the caller's transaction rolls back."""
        raise_if(NotAllowed, self.reasons_against_body(context.case, context.decision.body, [context.kind]))
        return self.effects[context.kind].carry_out(context)

    def words(self, effect: CaseEffect) -> str:
        """An effect in words, as its owner says it with its parameters; empty without more to say than its kind."""
        in_words = self.effects[effect.kind].label
        return in_words(effect.parameters) if in_words else ""


registry = Registry()


def _nothing_to_do(context: EffectContext) -> str:
    return str(context.parameters.get("text") or EffectKind(context.kind).label)


registry.register(Effect(EffectKind.OTHER, _nothing_to_do, deciders=BY_ANYBODY))
