"""The checklist as its page shows it: rows per theme in three layers, built of the gate's own results.

Pure functions of an initiative's facts. A row decides nothing: whether a requirement is met is asked of gates.py.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .checks import CHECKS
from .facts import AnswerFact, DeferralFact, InitiativeFacts
from .gates import GateResult, Result, is_stale, result_of, result_of_participant
from .mandatory import PointFact, result_of_point
from .models import Answer, Deferral, Judgement, Level, Requirement

ANSWERS: dict[str, tuple[str, str | Promise]] = {
    Answer.Value.OPEN: ("k-open", gettext_lazy("Ubesvaret")),
    Answer.Value.YES: ("k-met", gettext_lazy("Ja")),
    Answer.Value.NO: ("k-missing", gettext_lazy("Nej")),
    Answer.Value.PLANNED: ("k-open", gettext_lazy("Planlagt")),
    Answer.Value.EXPLAINED: ("k-explained", gettext_lazy("Forklaret")),
    Answer.Value.NOT_RELEVANT: ("k-na", gettext_lazy("Ikke relevant")),
    Answer.Value.UNSURE: ("k-open", gettext_lazy("Ved ikke")),
}
LIGHTS: dict[str, tuple[str, str | Promise]] = {
    Judgement.Light.GREEN: ("s-green", gettext_lazy("Grøn")),
    Judgement.Light.YELLOW: ("s-yellow", gettext_lazy("Gul")),
    Judgement.Light.RED: ("s-red", gettext_lazy("Rød")),
    "": ("s-none", gettext_lazy("Ikke gennemset")),
}
POINT_SYMBOLS = {
    Result.MET: "k-met",
    Result.EXPLAINED: "k-explained",
    Result.DEFERRED: "k-deferred",
    Result.NOT_APPLICABLE: "k-na",
    Result.MISSING: "k-missing",
}
# What the reader can ask to see; each names rows by a mark of theirs.
VIEWS: dict[str, str | Promise] = {
    "": gettext_lazy("Alle"),
    "mangler": gettext_lazy("Mangler"),
    "tilbage": gettext_lazy("Sendt tilbage"),
    "foraeldet": gettext_lazy("Forældet svar"),
    "ikke-gennemset": gettext_lazy("Ikke gennemset"),
    "udskudt": gettext_lazy("Udskudt"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one layer says: a symbol and a word, more words, and what should be noticed about it."""

    symbol: str
    word: str
    text: str = ""
    warning: str = ""
    is_from_portal: bool = False


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What the board accepted: deferred or a deviation, until when; overdue when the day has passed."""

    words: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement, or one participant's part of it. `result` is the gate's; None for what only informs."""

    requirement: Requirement
    key: str
    product: Cell
    result: GateResult | None = None
    secretariat: Cell | None = None
    board: Acceptance | None = None
    answer: AnswerFact | None = None
    organisation_id: int | None = None
    organisation: str = ""
    parts: tuple["Row", ...] = ()
    marks: frozenset[str] = frozenset()
    is_stale: bool = False

    @property
    def code(self) -> str:
        """The requirement's code."""
        return self.requirement.code

    @property
    def is_answered_by_hand(self) -> bool:
        """Whether it opens an editor: not what the portal works out, nor what its participants answer one by one."""
        return self.requirement.is_answered_by_hand and (
            not self.requirement.per_organisation or self.organisation_id is not None
        )


@dataclass(frozen=True, slots=True)
class PointRow:
    """A point of guidance that the board made mandatory. `result` is the gate's."""

    fact: PointFact
    result: GateResult

    @property
    def symbol(self) -> str:
        """The symbol of the result."""
        return POINT_SYMBOLS[Result(self.result.result)]

    @property
    def is_overdue(self) -> bool:
        """Whether a deferral of it has run out."""
        return self.result.is_missing and self.result.until is not None


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of a theme, and how many of them nothing is missing in."""

    key: str
    title: str
    rows: tuple[Row, ...]
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Checklist:
    """All of it: the sections, the sums, and what the next level would add."""

    sections: tuple[Section, ...]
    points: tuple["PointRow", ...]
    counts: Counter[str]
    marks: Counter[str]
    next_level: int | None = None
    next_rows: tuple[Row, ...] = ()
    chosen: str = ""

    @property
    def total(self) -> int:
        """How many requirements there are; notes aside."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """How many nothing is missing in."""
        return self.total - self.counts[Result.MISSING]

    @property
    def shares(self) -> list[tuple[str, int, str]]:
        """Symbol, number and words of each result, for the bar and its legend."""
        return [
            ("k-met", self.counts[Result.MET], _("opfyldt")),
            ("k-explained", self.counts[Result.EXPLAINED], _("forklaret")),
            ("k-deferred", self.counts[Result.DEFERRED], _("udskudt")),
            ("k-na", self.counts[Result.NOT_APPLICABLE], _("ikke relevant")),
            ("k-missing", self.counts[Result.MISSING], _("mangler")),
        ]

    @property
    def views(self) -> list[tuple[str, str, int, bool]]:
        """What the reader can ask to see: value, word, number of rows, whether it is chosen."""
        numbers = {**self.marks, "": self.total}
        return [
            (value, str(word), numbers.get(value, 0), value == self.chosen)
            for value, word in VIEWS.items()
            if numbers.get(value) or value in ("", self.chosen)
        ]

    @property
    def points_done(self) -> int:
        """How many of the mandatory points nothing is missing in."""
        return sum(1 for point in self.points if not point.result.is_missing)

    @property
    def next_missing(self) -> int:
        """How many of the next level's additions are missing."""
        return sum(1 for row in self.next_rows if row.result and row.result.is_missing)

    @property
    def rows_to_answer(self) -> list[Row]:
        """Every row that opens an editor, in the order of the page."""
        rows = [row for section in self.sections for row in section.rows] + list(self.next_rows)
        return [each for row in rows for each in (row, *row.parts) if each.is_answered_by_hand]

    def row(self, key: str) -> Row | None:
        """The row that opens under a key, if it is one that somebody answers."""
        return next((row for row in self.rows_to_answer if row.key == key), None)

    def after(self, row: Row) -> Row | None:
        """The row to answer after this one."""
        rows = self.rows_to_answer
        return next((rows[place + 1] for place, each in enumerate(rows[:-1]) if each.key == row.key), None)


def checklist_of(facts: InitiativeFacts, *, chosen: str = "") -> Checklist:
    """The checklist of an initiative: the requirements in force, and folded below, those the next level adds.

    `chosen` is one of VIEWS and leaves out the other rows; the sums stay those of the whole list.
    """
    chosen = chosen if chosen in VIEWS else ""
    rows = [row_of(requirement, facts) for requirement in facts.requirements]
    points = [PointRow(fact, result_of_point(fact, facts.initiative.slug, facts.on)) for fact in facts.points]
    judged = [*(row.result for row in rows if row.result), *(point.result for point in points)]
    level, added = _next_level(facts)
    return Checklist(
        sections=tuple(
            _section(theme, [row for row in rows if row.requirement.theme == theme], chosen)
            for theme in Requirement.Theme
        ),
        points=tuple(point for point in points if not chosen or chosen in _point_marks(point)),
        counts=Counter(str(result.result) for result in judged),
        marks=Counter(mark for marks in (*(row.marks for row in rows), *map(_point_marks, points)) for mark in marks),
        next_level=level,
        next_rows=tuple(added),
        chosen=chosen,
    )


def _point_marks(point: PointRow) -> frozenset[str]:
    marks = {"mangler": point.result.is_missing, "udskudt": point.result.result == Result.DEFERRED}
    return frozenset(mark for mark, is_so in marks.items() if is_so)


def _section(theme: Requirement.Theme, rows: list[Row], chosen: str) -> Section:
    judged = [row.result for row in rows if row.result]
    return Section(
        key=theme.value,
        title=capfirst(str(theme.label)),
        rows=tuple(row for row in rows if not chosen or chosen in row.marks),
        done=sum(1 for result in judged if not result.is_missing),
        total=len(judged),
    )


def _next_level(facts: InitiativeFacts) -> tuple[int | None, list[Row]]:
    if facts.level is None or facts.level >= Level.N3:
        return None, []
    then = facts.at_level(facts.level + 1)
    present = {requirement.code for requirement in facts.requirements}
    added = [row_of(requirement, then) for requirement in then.requirements if requirement.code not in present]
    return (then.level, added) if added else (None, [])


def row_of(requirement: Requirement, facts: InitiativeFacts) -> Row:
    """The row of one requirement."""
    if requirement.is_note:
        return Row(requirement, requirement.code, Cell("i-info", _("Til oplysning"), text=requirement.guidance))
    result = result_of(requirement, facts, "")
    row = Row(requirement, requirement.code, Cell("k-open", ""), result=result, board=_acceptance(requirement, facts))
    if requirement.response == Requirement.Response.AUTOMATIC:
        row = replace(row, product=_worked_out(requirement, facts))
    elif requirement.per_organisation:
        parts = tuple(_part(requirement, facts, organisation) for organisation in facts.participants)
        row = replace(row, product=_of_participants(parts, result), parts=parts)
    else:
        row = _with_answer(row, facts.answers.get((requirement.code, None)), facts.on)
    return replace(row, marks=_marks(row))


def _part(requirement: Requirement, facts: InitiativeFacts, organisation) -> Row:
    result = result_of_participant(requirement, organisation.pk, facts, "")
    key = f"{requirement.code}-{organisation.pk}"
    row = Row(
        requirement,
        key,
        product=Cell("k-open", ""),
        result=result,
        organisation_id=organisation.pk,
        organisation=organisation.label,
    )
    return _with_answer(row, facts.answers.get((requirement.code, organisation.pk)), facts.on)


def _with_answer(row: Row, answer: AnswerFact | None, on: date) -> Row:
    symbol, word = ANSWERS[answer.value if answer else Answer.Value.OPEN]
    is_answered = answer is not None and answer.value != Answer.Value.OPEN
    warning = row.result.message if is_answered and row.result and row.result.is_missing else ""
    product = Cell(symbol, str(word), text=answer.text if answer else "", warning=warning)
    if not is_answered or answer is None:
        return replace(row, product=product, answer=answer)
    light, light_word = LIGHTS[answer.light]
    stale = is_stale(answer, on)
    noticed = _("Forældet svar") if stale else ""
    if answer.light == Judgement.Light.RED:
        noticed = _("Sendt tilbage")
    secretariat = Cell(light, str(light_word), text=answer.remark, warning=noticed)
    return replace(row, product=product, answer=answer, secretariat=secretariat, is_stale=stale)


def _worked_out(requirement: Requirement, facts: InitiativeFacts) -> Cell:
    finding = CHECKS[requirement.check_name](facts)
    if finding.met:
        return Cell("k-met", _("Ja"), text=finding.message, is_from_portal=True)
    if finding.by_board:
        return Cell("k-board", _("Afgøres af bestyrelsen"), text=finding.message, is_from_portal=True)
    return Cell("k-missing", _("Nej"), text=finding.message, is_from_portal=True)


def _of_participants(parts: tuple[Row, ...], result: GateResult) -> Cell:
    if not parts:
        return Cell("k-open", _("Ubesvaret"), warning=result.message)
    done = sum(1 for part in parts if part.result and not part.result.is_missing)
    words = _("%(done)d af %(all)d deltagere") % {"done": done, "all": len(parts)}
    return Cell("k-met" if done == len(parts) else "k-missing", words)


def _acceptance(requirement: Requirement, facts: InitiativeFacts) -> Acceptance | None:
    granted = facts.deferrals.get(requirement.code)
    if granted is None:
        return None
    return Acceptance(_accepted_words(granted), is_overdue=granted.until is not None and granted.until < facts.on)


def _accepted_words(granted: DeferralFact) -> str:
    if granted.until is None:
        return _("Accepteret uden frist")
    words = {"day": date_format(granted.until, "DATE_FORMAT")}
    if granted.kind == Deferral.Kind.DEFERRED:
        return _("Udskudt til %(day)s") % words
    return _("Accepteret til %(day)s") % words


def _marks(row: Row) -> frozenset[str]:
    result, answers = row.result, [each.answer for each in (row, *row.parts) if each.answer]
    answered = [answer for answer in answers if answer.value != Answer.Value.OPEN]
    holds: dict[str, bool] = {
        "mangler": result is not None and result.is_missing,
        "udskudt": result is not None and result.result == Result.DEFERRED,
        "tilbage": any(answer.light == Judgement.Light.RED for answer in answered),
        "ikke-gennemset": any(not answer.light for answer in answered),
        "foraeldet": any(each.is_stale for each in (row, *row.parts)),
    }
    return frozenset(mark for mark, is_so in holds.items() if is_so)
