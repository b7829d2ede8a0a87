"""What decisions say of an initiative beside its catalogue: mandatory guidance, the approved description, milestones.

Plain values from the lines that ties.py reads, and what the three layers make of a mandatory point: the initiative's
answer (followed, or explained), no judgement, the board's acceptance.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from governance.refusals import Mend

from .gate_results import GateResult, Result
from .models import PointAnswer, PointDeferral
from .ties import Tie

PREFIX = "V"


@dataclass(frozen=True, slots=True)
class DeferralFact:
    """What the board accepted about a requirement or a mandatory point, the latest word."""

    kind: str
    until: date | None
    decision_number: str
    decided_on: date
    responsible: str


@dataclass(frozen=True, slots=True)
class PointFact:
    """A mandatory point: from which level (None: named for this initiative alone), by which decision, what is said."""

    pk: int
    title: str
    guidance: str
    guidance_slug: str
    decision_number: str
    since: date
    from_level: int | None = None
    value: str = ""
    text: str = ""
    version: int = 0
    deferral: DeferralFact | None = None

    @property
    def code(self) -> str:
        """What a gate, a condition and a report call it."""
        return f"{PREFIX}{self.pk}"

    def concerns(self, level: int | None) -> bool:
        """Whether it is mandatory on a level."""
        return self.from_level is None or (level is not None and level >= self.from_level)


@dataclass(frozen=True, slots=True)
class DescriptionFact:
    """The description as it was approved last."""

    decision_number: str
    approved_on: date
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MilestoneFact:
    """A milestone that a decision passed."""

    name: str
    decision_number: str
    passed_on: date


def point_facts(for_levels: Iterable[Tie], tied: Mapping[str, list[Tie]]) -> tuple[PointFact, ...]:
    """The points that may concern an initiative, each once, with what is said of them."""
    answers = {tie.number: tie for tie in tied.get("point_answer", ())}
    deferrals = {tie.number: tie for tie in tied.get("point_deferral", ())}
    found: dict[int, PointFact] = {}
    # A point that is named for the initiative stands for it on every level.
    for tie in (*for_levels, *tied.get("mandatory", ())):
        answer, granted = answers.get(tie.number), deferrals.get(tie.number)
        known = found.get(tie.number)
        if known is not None and tie.key and int(tie.key) >= (known.from_level or 0):
            continue
        found[tie.number] = PointFact(
            pk=tie.number,
            title=tie.title,
            guidance=tie.label,
            guidance_slug=tie.kind,
            decision_number=tie.note,
            since=tie.day,
            from_level=int(tie.key) if tie.key else None,
            value=answer.key if answer else "",
            text=answer.note if answer else "",
            version=int(answer.label) if answer else 0,
            deferral=_deferral(granted) if granted else None,
        )
    return tuple(found.values())


def _deferral(tie: Tie) -> DeferralFact:
    return DeferralFact(tie.kind, tie.until, tie.label, tie.day, tie.note)


def description_fact(ties: Iterable[Tie]) -> DescriptionFact | None:
    """The latest approval of the description; of several on one day the one that was recorded last."""
    latest = max(enumerate(ties), key=lambda each: (each[1].day, each[0]), default=(0, None))[1]
    return DescriptionFact(latest.label, latest.day, json.loads(latest.note)) if latest else None


def milestone_facts(ties: Iterable[Tie]) -> tuple[MilestoneFact, ...]:
    """The milestones that are passed, in the order they were."""
    return tuple(MilestoneFact(tie.title, tie.label, tie.day) for tie in sorted(ties, key=lambda tie: tie.day))


def result_of_point(point: PointFact, slug: str, on: date) -> GateResult:
    """What a gate says of a mandatory point of the initiative with this address name."""
    row = _answered(point, slug)
    return _deferred(point, row, on) if row.is_missing else row


def _row(point: PointFact, result: str, message: str, carried_by: str, **more) -> GateResult:
    return GateResult(
        code=point.code,
        title=f"{point.guidance}: {point.title}",
        result=result,
        message=message,
        carried_by=carried_by,
        theme="guidance",
        deferrable=True,
        **more,
    )


def _answered(point: PointFact, slug: str) -> GateResult:
    if point.value == PointAnswer.Value.FOLLOWED:
        return _row(point, Result.MET, point.text or _("Punktet følges."), "answer")
    if point.value == PointAnswer.Value.EXPLAINED:
        return _row(point, Result.EXPLAINED, point.text, "answer")
    message = _("Følg punktet, eller forklar hvorfor ikke. Obligatorisk ved beslutning %(number)s.")
    mend = Mend("portfolio:point-answer", {"slug": slug, "point": point.pk}, _("Svar på punktet"))
    return _row(point, Result.MISSING, message % {"number": point.decision_number}, "answer", mend=mend)


def _deferred(point: PointFact, row: GateResult, on: date) -> GateResult:
    """The board's acceptance carries a point without an answer until its date; then it is missing again."""
    granted = point.deferral
    if granted is None:
        return row
    words = {"number": granted.decision_number, "why": row.message}
    if granted.until is None:
        message = _("Afvigelsen er accepteret uden frist, beslutning %(number)s.")
        return _row(point, Result.DEFERRED, message % words, "board")
    words["day"] = date_format(granted.until, "j. F Y")
    if granted.until < on:
        message = _("Fristen udløb %(day)s (beslutning %(number)s). %(why)s")
        return _row(point, Result.MISSING, message % words, "answer", mend=row.mend, until=granted.until)
    if granted.kind == PointDeferral.Kind.DEFERRED:
        message = _("Udskudt til %(day)s, beslutning %(number)s.")
    else:
        message = _("Afvigelsen er accepteret til %(day)s, beslutning %(number)s.")
    return _row(point, Result.DEFERRED, message % words, "board", mend=row.mend, until=granted.until)
