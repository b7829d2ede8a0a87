"""The cases about an initiative and what came of them. Reads only; who may read which case is governance's to say."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from governance.models import Case, Decision, EffectKind, Purchase
from governance.queries import cases_for, decisions_for
from governance.standing import Standing

from .models import Initiative, InitiativeCase


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """What a body decided in a case."""

    number: str
    outcome: str
    decided_on: date

    @property
    def outcome_label(self) -> str:
        """The outcome in words."""
        return str(Decision.Outcome(self.outcome).label)


@dataclass(slots=True)
class CaseLine:
    """A case about the initiative, with the words of its effects and its decisions, newest first."""

    number: str
    title: str
    status: str
    body: str
    recommendation_line: str
    kinds: list[str] = field(default_factory=list)
    decisions: list[DecisionLine] = field(default_factory=list)
    meeting_on: date | None = None
    item_number: int | None = None

    @property
    def effects(self) -> str:
        """What it asks for, in words."""
        return ", ".join(str(EffectKind(kind).label) for kind in self.kinds)

    @property
    def status_label(self) -> str:
        """The status in words."""
        return str(Case.Status(self.status).label)

    @property
    def is_open(self) -> bool:
        """Whether it can still be decided."""
        return self.status in (Case.Status.DRAFT, Case.Status.READY)


def cases_about(initiative: Initiative, standing: Standing) -> list[CaseLine]:
    """The cases about the initiative that a person may read, newest first, in one query."""
    found: dict[int, CaseLine] = {}
    seen: dict[int, set[str]] = defaultdict(set)
    lines = (
        InitiativeCase.objects.filter(initiative=initiative, case__in=cases_for(standing).values("pk"))
        .order_by("-case__created_at", "case__effects__order", "-case__decisions__pk", "case__agenda_items__pk")
        .values_list(
            "case_id",
            "case__number",
            "case__title",
            "case__status",
            "case__body__name",
            "case__recommendation_line",
            "case__effects__kind",
            "case__decisions__number",
            "case__decisions__outcome",
            "case__decisions__decided_on",
            "case__agenda_items__number",
            "case__agenda_items__withdrawn_at",
            "case__agenda_items__meeting__starts_at",
        )
    )
    for pk, number, title, status, body, line, kind, decision, outcome, decided_on, item, withdrawn, starts_at in lines:
        case = found.setdefault(pk, CaseLine(number, title, status, body, line))
        if kind and kind not in case.kinds:
            case.kinds.append(kind)
        if decision and decision not in seen[pk]:
            seen[pk].add(decision)
            case.decisions.append(DecisionLine(decision, outcome, decided_on))
        if item and withdrawn is None:
            # The meetings come in the order they were planned for the case; the last one is where it stands.
            case.meeting_on, case.item_number = timezone.localdate(starts_at), item
    return list(found.values())


def purchases_of(initiative: Initiative, standing: Standing) -> list[Purchase]:
    """The purchases that bodies have decided for the initiative, as far as the reader may read the decisions."""
    rows = Purchase.objects.filter(
        decision__case__initiative_link__initiative=initiative,
        decision__in=decisions_for(standing).order_by().values("pk"),
    )
    return list(rows.select_related("decision__body"))
