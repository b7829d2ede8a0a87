"""How the three layers open a gate: every row of lifecycle.md's table. Pure, so nothing here touches the database."""

from datetime import date, timedelta

import pytest

from portfolio.facts import AnswerFact, DeferralFact, InitiativeFacts, OrganisationFact
from portfolio.gates import Result, gate_from, is_stale, may_explain, result_of
from portfolio.models import Answer, Deferral, Initiative, Requirement, Stage

ON = date(2030, 6, 15)
Value = Answer.Value
Response = Requirement.Response
FULFIL, EXPLAIN = Response.FULFIL, Response.COMPLY_OR_EXPLAIN
GATED = ("start", "launch", "admit", "raise_level")


def requirement(**more):
    fields = {"code": "X-1", "response": FULFIL, "due": "start", "level": 1, "title": "Et krav", "guidance": "Gør det."}
    return Requirement(**{**fields, **more})


def answered(value, text="Sådan er det.", *, evidence=False, light="", on=ON):
    return AnswerFact(value=value, text=text, has_evidence=evidence, answered_on=on, light=light, remark="Fordi.")


def facts(answer=None, *, level=1, deferral=None, stage=Stage.CONCEPT, **more):
    return InitiativeFacts(
        initiative=Initiative(slug="prove", stage=stage),
        on=ON,
        level=level,
        answers={("X-1", None): answer} if answer else {},
        deferrals={"X-1": deferral} if deferral else {},
        **more,
    )


def deferred(until, kind=Deferral.Kind.DEFERRED):
    return DeferralFact(kind, until, "2030-07", ON - timedelta(days=30), "Projektlederen")


def in_days(count):
    return ON + timedelta(days=count)


# ---------------------------------------------------------------- the table, row by row


@pytest.mark.parametrize(
    ("response", "answer", "result", "carried_by"),
    [
        # yes, with text or evidence
        (FULFIL, answered(Value.YES), Result.MET, "answer"),
        (FULFIL, answered(Value.YES, "", evidence=True), Result.MET, "answer"),
        (FULFIL, answered(Value.YES, light="green"), Result.MET, "judgement"),
        (FULFIL, answered(Value.YES, light="yellow"), Result.MET, "judgement"),
        (FULFIL, answered(Value.YES, light="red"), Result.MISSING, "judgement"),
        (EXPLAIN, answered(Value.YES), Result.MET, "answer"),
        (EXPLAIN, answered(Value.YES, light="red"), Result.MISSING, "judgement"),
        # yes, with neither
        (FULFIL, answered(Value.YES, " "), Result.MISSING, "answer"),
        (FULFIL, answered(Value.YES, "", light="green"), Result.MISSING, "answer"),
        # explained, where allowed
        (EXPLAIN, answered(Value.EXPLAINED), Result.EXPLAINED, "answer"),
        (EXPLAIN, answered(Value.EXPLAINED, light="green"), Result.EXPLAINED, "answer"),
        (EXPLAIN, answered(Value.EXPLAINED, light="yellow"), Result.EXPLAINED, "answer"),
        (EXPLAIN, answered(Value.EXPLAINED, light="red"), Result.MISSING, "judgement"),
        (EXPLAIN, answered(Value.EXPLAINED, " ", evidence=True), Result.MISSING, "answer"),
        # explained, where not allowed
        (FULFIL, answered(Value.EXPLAINED), Result.MISSING, "answer"),
        (FULFIL, answered(Value.EXPLAINED, light="green"), Result.MISSING, "answer"),
        # not relevant
        (FULFIL, answered(Value.NOT_RELEVANT, light="green"), Result.NOT_APPLICABLE, "judgement"),
        (FULFIL, answered(Value.NOT_RELEVANT), Result.MISSING, "judgement"),
        (FULFIL, answered(Value.NOT_RELEVANT, light="yellow"), Result.MISSING, "judgement"),
        (FULFIL, answered(Value.NOT_RELEVANT, light="red"), Result.MISSING, "judgement"),
        (FULFIL, answered(Value.NOT_RELEVANT, " ", light="green"), Result.MISSING, "judgement"),
        # no answer that opens anything, whatever the judgement
        (FULFIL, None, Result.MISSING, "answer"),
        (FULFIL, answered(Value.OPEN, light="green"), Result.MISSING, "answer"),
        (FULFIL, answered(Value.NO, light="green"), Result.MISSING, "answer"),
        (FULFIL, answered(Value.PLANNED, light="green"), Result.MISSING, "answer"),
        (FULFIL, answered(Value.UNSURE, light="green"), Result.MISSING, "answer"),
        (EXPLAIN, answered(Value.NO, evidence=True), Result.MISSING, "answer"),
    ],
)
@pytest.mark.parametrize("transition", GATED)
def test_answer_and_judgement(response, answer, result, carried_by, transition):
    row = result_of(requirement(response=response), facts(answer), transition)
    assert (row.result, row.carried_by) == (result, carried_by)
    assert row.message


NOT_MET = [
    None,
    answered(Value.OPEN),
    answered(Value.NO),
    answered(Value.PLANNED),
    answered(Value.UNSURE),
    answered(Value.YES, ""),
    answered(Value.YES, light="red"),
    answered(Value.EXPLAINED),
    answered(Value.NOT_RELEVANT),
]


@pytest.mark.parametrize("answer", NOT_MET)
@pytest.mark.parametrize(
    ("deferral", "result"),
    [
        (deferred(in_days(1)), Result.DEFERRED),
        (deferred(in_days(0)), Result.DEFERRED),
        (deferred(in_days(-1)), Result.MISSING),
        (deferred(in_days(0), Deferral.Kind.ACCEPTED), Result.DEFERRED),
        (deferred(in_days(-1), Deferral.Kind.ACCEPTED), Result.MISSING),
        (deferred(None, Deferral.Kind.ACCEPTED), Result.DEFERRED),
    ],
)
def test_what_the_board_accepted_carries_to_its_date_and_no_longer(answer, deferral, result):
    row = result_of(requirement(), facts(answer, deferral=deferral), "start")
    assert row.result == result
    assert row.until == deferral.until
    assert (row.carried_by == "board") is (result == Result.DEFERRED)


@pytest.mark.parametrize("until", [1, -1])
def test_what_is_met_needs_no_deferral(until):
    row = result_of(requirement(), facts(answered(Value.YES), deferral=deferred(in_days(until))), "start")
    assert (row.result, row.carried_by, row.until) == (Result.MET, "answer", None)


def test_an_answer_nobody_has_looked_at_is_marked():
    assert not result_of(requirement(), facts(answered(Value.YES)), "start").is_reviewed
    assert result_of(requirement(), facts(answered(Value.YES, light="green")), "start").is_reviewed


@pytest.mark.parametrize(("light", "remark"), [("yellow", "Fordi."), ("green", ""), ("red", "Fordi.")])
def test_a_remark_is_shown_with_yellow_and_red(light, remark):
    assert result_of(requirement(), facts(answered(Value.YES, light=light)), "start").remark == remark


@pytest.mark.parametrize(
    ("until_level", "level", "allowed"), [(None, 3, True), (2, 1, True), (2, 2, True), (2, 3, False)]
)
def test_an_explanation_is_accepted_up_to_a_level(until_level, level, allowed):
    asked = requirement(response=EXPLAIN, until_level=until_level)
    row = result_of(asked, facts(answered(Value.EXPLAINED), level=level), "start")
    assert may_explain(asked, level) is allowed
    assert row.result == (Result.EXPLAINED if allowed else Result.MISSING)


def test_above_that_level_the_requirement_can_still_be_met():
    asked = requirement(response=EXPLAIN, until_level=2)
    assert result_of(asked, facts(answered(Value.YES), level=3), "start").result == Result.MET


# ---------------------------------------------------------------- old answers

STANDS = [
    (FULFIL, {"value": Value.YES}, Result.MET),
    (EXPLAIN, {"value": Value.EXPLAINED}, Result.EXPLAINED),
    (FULFIL, {"value": Value.NOT_RELEVANT, "light": "green"}, Result.NOT_APPLICABLE),
]


@pytest.mark.parametrize(("response", "said", "result"), STANDS)
@pytest.mark.parametrize(
    ("transition", "blocks"), [("start", False), ("launch", True), ("admit", True), ("raise_level", True)]
)
def test_a_stale_answer_is_marked_and_blocks_only_some_transitions(response, said, result, transition, blocks):
    stale = answered(**said, on=in_days(-366))
    row = result_of(requirement(response=response), facts(stale), transition)
    assert row.is_stale
    assert row.result == (Result.MISSING if blocks else result)


@pytest.mark.parametrize(("response", "said", "result"), STANDS)
def test_an_answer_is_not_stale_for_a_year(response, said, result):
    row = result_of(requirement(response=response), facts(answered(**said, on=in_days(-365))), "launch")
    assert (row.result, row.is_stale) == (result, False)


def test_the_limit_of_an_answers_age_can_be_changed(settings):
    settings.ANSWER_MAX_AGE_DAYS = 10
    assert is_stale(answered(Value.YES, on=in_days(-11)), ON)
    assert not is_stale(answered(Value.YES, on=in_days(-10)), ON)


def test_a_stale_answer_can_be_deferred():
    old = facts(answered(Value.YES, on=in_days(-400)), deferral=deferred(in_days(5)))
    assert result_of(requirement(), old, "launch").result == Result.DEFERRED


@pytest.mark.parametrize(
    "answer", [answered(Value.NO, on=in_days(-400)), answered(Value.YES, light="red", on=in_days(-400))]
)
def test_age_makes_nothing_better(answer):
    assert result_of(requirement(), facts(answer), "start").result == Result.MISSING


# ---------------------------------------------------------------- one answer for each participant

ONE, TWO = OrganisationFact(1, "Aarhus Kommune", True), OrganisationFact(2, "Odense Kommune", True)


def each(*given, participants=(ONE, TWO), **more):
    answers = {("X-1", number): answer for number, answer in given}
    return InitiativeFacts(
        initiative=Initiative(slug="prove", stage=Stage.CONCEPT),
        on=ON,
        level=1,
        participants=participants,
        answers=answers,
        **more,
    )


YES, SKIP = answered(Value.YES), answered(Value.NOT_RELEVANT, light="green")


@pytest.mark.parametrize(
    ("given", "result"),
    [
        ([], Result.MISSING),
        ([(1, YES)], Result.MISSING),
        ([(1, YES), (2, YES)], Result.MET),
        ([(1, YES), (2, SKIP)], Result.MET),
        ([(1, SKIP), (2, SKIP)], Result.NOT_APPLICABLE),
        ([(1, YES), (2, answered(Value.NO))], Result.MISSING),
        ([(1, YES), (2, answered(Value.YES, light="red"))], Result.MISSING),
        ([(1, YES), (2, answered(Value.YES, ""))], Result.MISSING),
        ([(1, YES), (3, YES)], Result.MISSING),
        ([(None, YES)], Result.MISSING),
    ],
)
def test_every_participant_answers(given, result):
    assert result_of(requirement(per_organisation=True), each(*given), "start").result == result


def test_a_new_participant_opens_the_requirement_again():
    asked, new = requirement(per_organisation=True), OrganisationFact(3, "Vejle Kommune", True)
    given = [(1, YES), (2, YES)]
    assert result_of(asked, each(*given), "start").result == Result.MET
    row = result_of(asked, each(*given, participants=(ONE, TWO, new)), "start")
    assert row.result == Result.MISSING
    assert new.label in row.message
    assert ONE.label not in row.message


def test_one_who_left_is_no_longer_asked():
    assert (
        result_of(requirement(per_organisation=True), each((1, YES), participants=(ONE,)), "start").result == Result.MET
    )


def test_nobody_to_answer_leaves_it_missing():
    assert result_of(requirement(per_organisation=True), each(participants=()), "start").result == Result.MISSING


def test_it_is_looked_at_when_all_answers_are():
    green = answered(Value.YES, light="green")
    asked = requirement(per_organisation=True)
    assert not result_of(asked, each((1, green), (2, YES)), "start").is_reviewed
    assert result_of(asked, each((1, green), (2, green)), "start").is_reviewed


def test_one_stale_answer_among_the_participants_blocks_the_launch():
    given = [(1, YES), (2, answered(Value.YES, on=in_days(-366)))]
    assert result_of(requirement(per_organisation=True), each(*given), "launch").result == Result.MISSING
    assert result_of(requirement(per_organisation=True), each(*given), "start").result == Result.MET


def test_the_board_defers_for_all_participants_at_once():
    asked = requirement(per_organisation=True)
    waiting = each((1, YES), deferrals={"X-1": deferred(in_days(9))})
    assert result_of(asked, waiting, "start").result == Result.DEFERRED


# ---------------------------------------------------------------- which rows a gate has


def gate(transition, *asked, stage=Stage.CONCEPT, level=1):
    found = InitiativeFacts(initiative=Initiative(slug="prove", stage=stage), on=ON, level=level, requirements=asked)
    return gate_from(found, transition)


START, LAUNCH = requirement(code="S"), requirement(code="L", due="launch")
NOTE = requirement(code="N", response=Response.NOTE, due="")


@pytest.mark.parametrize(
    ("transition", "stage", "codes"),
    [
        ("start", Stage.CONCEPT, ["S"]),
        ("launch", Stage.PROJECT, ["S", "L"]),
        ("admit", Stage.CONCEPT, ["S", "L"]),
        ("raise_level", Stage.PROJECT, ["S"]),
        ("raise_level", Stage.PRODUCT, ["S", "L"]),
        ("lower_level", Stage.PRODUCT, []),
    ],
)
def test_each_transition_looks_at_what_is_due(transition, stage, codes):
    assert [
        code for code in gate(transition, START, LAUNCH, NOTE, stage=stage).codes(Result.MISSING) if code in "SLN"
    ] == codes


@pytest.mark.parametrize("code", ["N2-F1", "N2-F2"])
def test_what_concerns_only_projects_is_not_asked_of_a_finished_product(code):
    asked = requirement(code=code, level=2)
    assert gate("admit", asked, level=2).codes(Result.NOT_APPLICABLE) == [code]
    assert gate("start", asked, level=2).codes(Result.MISSING) == [code]


def test_a_gate_is_open_when_nothing_is_missing():
    assert gate("start").is_open
    closed = gate("start", START)
    assert not closed.is_open
    assert closed.counts == {Result.MISSING: 1}


def test_a_frozen_gate_says_what_it_saw():
    frozen = gate("start", START).frozen()
    assert (frozen["transition"], frozen["level"], frozen["on"], frozen["open"]) == ("start", 1, ON, False)
    (row,) = frozen["results"]
    assert (row["code"], row["result"], row["carried_by"], row["until"]) == ("S", "missing", "answer", None)


@pytest.mark.parametrize("answer", NOT_MET)
def test_a_missing_answer_says_where_to_give_it(answer):
    row = result_of(requirement(), facts(answer), "start")
    assert row.mend.url_name == "portfolio:answer"
    assert row.mend.kwargs == {"slug": "prove", "code": "X-1"}
