"""Is it ready? A gate is a pure function of an initiative's facts and a transition; it returns reasons, never just no.

A page, a PDF, the command line and a refused transition show the same results, from `gate_for`.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from governance.refusals import Mend

from .checks import CHECKS
from .conditions import CONDITIONS
from .facts import AnswerFact, InitiativeFacts, facts_of
from .gate_results import GateResult, Result
from .mandatory import result_of_point
from .models import Answer, Deferral, Initiative, Requirement


@dataclass(frozen=True, slots=True)
class Gate:
    """The results of one transition of one initiative on a day."""

    initiative: str
    transition: str
    level: int | None
    catalogue: str
    on: date
    results: tuple[GateResult, ...]

    @property
    def is_open(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing

    @property
    def missing(self) -> tuple[GateResult, ...]:
        """The rows that keep it closed."""
        return tuple(row for row in self.results if row.is_missing)

    @property
    def counts(self) -> Counter[str]:
        """How many rows per result."""
        return Counter(str(row.result) for row in self.results)

    def codes(self, result: str) -> list[str]:
        """The codes with a result, in the catalogue's order."""
        return [row.code for row in self.results if row.result == result]

    def frozen(self) -> dict[str, Any]:
        """The gate as the record keeps it."""
        return {
            "transition": self.transition,
            "level": self.level,
            "catalogue": self.catalogue,
            "on": self.on,
            "open": self.is_open,
            "results": [row.frozen() for row in self.results],
        }


# Which requirements a transition looks at. `launch` looks at all start requirements again; a finished product that is
# handed over meets both, project-only ones aside. Raising a level asks what reaching the present stage asked.
LOOKS_AT = {
    "start": (Requirement.Due.START,),
    "launch": (Requirement.Due.START, Requirement.Due.LAUNCH),
    "admit": (Requirement.Due.START, Requirement.Due.LAUNCH),
}
# Requirements about carrying out a project have nothing to say of a product that was made elsewhere.
PROJECT_ONLY = frozenset({"N2-F1", "N2-F2"})
STALE_BLOCKS = frozenset({"launch", "admit", "raise_level"})


def gate_for(
    initiative: Initiative, transition: str, *, on: date, level: int | None = None, assumed: Iterable[str] = ()
) -> Gate:
    """The gate of a transition on a day. `assumed` names effects taken as decided, to look at a case beforehand."""
    return gate_from(facts_of(initiative, on, level=level, assumed=assumed), transition)


def gate_from(facts: InitiativeFacts, transition: str) -> Gate:
    """The gate of a transition, from facts that are loaded already. Touches no database."""
    initiative = facts.initiative
    looked_through = transition
    if transition == "raise_level":
        looked_through = "launch" if initiative.stage == "product" else "start"
    rows = [condition(facts) for condition in CONDITIONS.get(transition, ())]
    results = [
        GateResult(
            code=row.code,
            title=row.title,
            result=Result.MET if row.met else Result.MISSING,
            message=row.message,
            carried_by="portal",
            mend=row.mend,
        )
        for row in rows
    ]
    due = LOOKS_AT.get(looked_through, ())
    results += [result_of(r, facts, transition) for r in facts.requirements if r.due in due and not r.is_note]
    if due:
        results += [result_of_point(point, initiative.slug, facts.on) for point in facts.points]
    return Gate(
        initiative=initiative.slug,
        transition=transition,
        level=facts.level,
        catalogue=initiative.catalogue.version if initiative.catalogue else "",
        on=facts.on,
        results=tuple(results),
    )


def result_of(requirement: Requirement, facts: InitiativeFacts, transition: str) -> GateResult:
    """What the three layers make of one requirement: the product's answer, the judgement, the board's acceptance."""
    if transition == "admit" and requirement.code in PROJECT_ONLY:
        message = _("Gælder kun projekter. Produktet er færdigt.")
        row = _row(requirement, Result.NOT_APPLICABLE, message, "portal")
    elif requirement.response == Requirement.Response.AUTOMATIC:
        finding = CHECKS[requirement.check_name](facts)
        result = Result.MET if finding.met else Result.MISSING
        row = _row(requirement, result, finding.message, "portal", mend=finding.mend, by_board=finding.by_board)
    elif requirement.per_organisation:
        row = _per_organisation(requirement, facts, transition)
    else:
        row = _answered(requirement, facts.answers.get((requirement.code, None)), facts, transition)
    return _deferred(requirement, facts, row) if row.is_missing else row


def result_of_participant(
    requirement: Requirement, organisation_id: int, facts: InitiativeFacts, transition: str
) -> GateResult:
    """What the first two layers make of one participant's answer to a requirement that each of them answers."""
    return _answered(requirement, facts.answers.get((requirement.code, organisation_id)), facts, transition)


def _row(requirement: Requirement, result: str, message: str, carried_by: str, **more) -> GateResult:
    return GateResult(
        code=requirement.code,
        title=requirement.title,
        result=result,
        message=message,
        carried_by=carried_by,
        theme=requirement.theme,
        level=requirement.level,
        deferrable=requirement.deferrable,
        **more,
    )


def _answer_link(requirement: Requirement, facts: InitiativeFacts, label: str) -> Mend:
    return Mend("portfolio:answer", {"slug": facts.initiative.slug, "code": requirement.code}, label)


def is_stale(answer: AnswerFact, on: date) -> bool:
    """Whether an answer is older than its catalogue's limit: two evaluation rounds, a year (evaluation.md)."""
    return answer.answered_on < on - timedelta(days=settings.ANSWER_MAX_AGE_DAYS)


def may_explain(requirement: Requirement, level: int | None) -> bool:
    """Whether an explained deviation is accepted at a level (report 5.3.2, 5.7)."""
    if requirement.response != Requirement.Response.COMPLY_OR_EXPLAIN:
        return False
    return requirement.until_level is None or level is None or level <= requirement.until_level


def _answered(
    requirement: Requirement, answer: AnswerFact | None, facts: InitiativeFacts, transition: str
) -> GateResult:
    """What answer and judgement make of it; an old answer is marked, and blocks where it must be confirmed first."""
    row = _as_it_stands(requirement, answer, facts)
    if answer is None or row.is_missing or not is_stale(answer, facts.on):
        return row
    if transition not in STALE_BLOCKS:
        return replace(row, is_stale=True)
    message = _("Svaret er fra %(day)s. Bekræft, at det stadig holder.")
    return _row(
        requirement,
        Result.MISSING,
        message % {"day": date_format(answer.answered_on, "j. F Y")},
        "answer",
        mend=_answer_link(requirement, facts, _("Bekræft svaret")),
        is_stale=True,
    )


def _as_it_stands(requirement: Requirement, answer: AnswerFact | None, facts: InitiativeFacts) -> GateResult:
    """The table of lifecycle.md: how answer and judgement open a gate, however old they are."""
    fill_in = _answer_link(requirement, facts, _("Besvar kravet"))
    value = answer.value if answer else Answer.Value.OPEN
    if answer is None or value == Answer.Value.OPEN:
        return _row(requirement, Result.MISSING, requirement.guidance, "answer", mend=fill_in)
    if value == Answer.Value.YES:
        return _said_yes(requirement, answer, facts)
    if value == Answer.Value.EXPLAINED:
        return _explained(requirement, answer, facts)
    if value == Answer.Value.NOT_RELEVANT:
        if answer.text.strip() and answer.light == "green":
            return _row(requirement, Result.NOT_APPLICABLE, answer.text, "judgement", remark=answer.remark)
        message = _("Svaret er „ikke relevant“. Sekretariatet har ikke accepteret det.")
        return _row(requirement, Result.MISSING, message, "judgement", mend=fill_in, is_reviewed=bool(answer.light))
    said = {
        Answer.Value.NO: _("Svaret er nej. Opfyld kravet, eller bed bestyrelsen udskyde det."),
        Answer.Value.PLANNED: _("Kravet er planlagt, men ikke opfyldt endnu."),
        Answer.Value.UNSURE: _("Svaret er „ved ikke“. Afklar det med sekretariatet."),
    }
    return _row(requirement, Result.MISSING, said[Answer.Value(value)], "answer", mend=fill_in)


def _said_yes(requirement: Requirement, answer: AnswerFact, facts: InitiativeFacts) -> GateResult:
    fill_in = _answer_link(requirement, facts, _("Uddyb svaret"))
    if not answer.text.strip() and not answer.has_evidence:
        message = _("Svaret er ja, men uden tekst eller bevis. Tilføj det ene.")
        return _row(requirement, Result.MISSING, message, "answer", mend=fill_in)
    if answer.light == "red":
        message = _("Sekretariatet vurderer det rødt: %(remark)s") % {"remark": answer.remark}
        return _row(requirement, Result.MISSING, message, "judgement", mend=fill_in, remark=answer.remark)
    carried_by = "judgement" if answer.light else "answer"
    return _row(
        requirement,
        Result.MET,
        answer.text or _("Bevis er lagt op."),
        carried_by,
        is_reviewed=bool(answer.light),
        remark=answer.remark if answer.light == "yellow" else "",
    )


def _explained(requirement: Requirement, answer: AnswerFact, facts: InitiativeFacts) -> GateResult:
    fill_in = _answer_link(requirement, facts, _("Ret svaret"))
    if not may_explain(requirement, facts.level):
        if requirement.until_level is not None:
            message = _("En forklaring accepteres kun til og med niveau %(level)d.") % {
                "level": requirement.until_level
            }
        else:
            message = _("Kravet skal opfyldes. En forklaring er ikke nok.")
        return _row(requirement, Result.MISSING, message, "answer", mend=fill_in)
    if not answer.text.strip():
        message = _("Skriv forklaringen: hvad afviger I fra, og hvorfor?")
        return _row(requirement, Result.MISSING, message, "answer", mend=fill_in)
    if answer.light == "red":
        message = _("Sekretariatet kan ikke godtage forklaringen: %(remark)s") % {"remark": answer.remark}
        return _row(requirement, Result.MISSING, message, "judgement", mend=fill_in, remark=answer.remark)
    return _row(requirement, Result.EXPLAINED, answer.text, "answer", is_reviewed=bool(answer.light))


def _per_organisation(requirement: Requirement, facts: InitiativeFacts, transition: str) -> GateResult:
    """One answer for each participant; a new participant opens the requirement again."""
    if not facts.participants:
        mend = Mend("portfolio:organisation", {"slug": facts.initiative.slug}, _("Registrér deltagerne"))
        message = _("Kravet besvares for hver deltager, og ingen er registreret endnu.")
        return _row(requirement, Result.MISSING, message, "answer", mend=mend)
    rows = [
        (organisation, result_of_participant(requirement, organisation.pk, facts, transition))
        for organisation in facts.participants
    ]
    open_ones = [organisation.label for organisation, row in rows if row.is_missing]
    values = {"done": len(rows) - len(open_ones), "all": len(rows)}
    if open_ones:
        message = _("%(done)d af %(all)d deltagere har svaret. Mangler: %(list)s.")
        return _row(
            requirement,
            Result.MISSING,
            message % {**values, "list": ", ".join(open_ones)},
            "answer",
            mend=_answer_link(requirement, facts, _("Svar for deltagerne")),
        )
    result = Result.NOT_APPLICABLE if all(r.result == Result.NOT_APPLICABLE for _o, r in rows) else Result.MET
    reviewed = all(row.is_reviewed for _o, row in rows)
    message = _("%(done)d af %(all)d deltagere har svaret.") % values
    return _row(requirement, result, message, "answer", is_reviewed=reviewed)


def _deferred(requirement: Requirement, facts: InitiativeFacts, row: GateResult) -> GateResult:
    """The board's acceptance carries what the other layers do not, until its date; then it is missing again."""
    accepted = facts.deferrals.get(requirement.code)
    if accepted is None:
        return row
    values = {"number": accepted.decision_number}
    if accepted.until is not None and accepted.until < facts.on:
        values["day"] = date_format(accepted.until, "j. F Y")
        message = _("Fristen udløb %(day)s (beslutning %(number)s). %(why)s") % {**values, "why": row.message}
        return _row(requirement, Result.MISSING, message, row.carried_by, mend=row.mend, until=accepted.until)
    if accepted.until is not None:
        values["day"] = date_format(accepted.until, "j. F Y")
        is_deferral = accepted.kind == Deferral.Kind.DEFERRED
        message = (
            _("Udskudt til %(day)s, beslutning %(number)s.")
            if is_deferral
            else _("Afvigelsen er accepteret til %(day)s, beslutning %(number)s.")
        )
    else:
        message = _("Afvigelsen er accepteret uden frist, beslutning %(number)s.")
    return _row(requirement, Result.DEFERRED, message % values, "board", mend=row.mend, until=accepted.until)
