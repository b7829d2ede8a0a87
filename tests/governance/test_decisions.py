"""Recording a decision: by the right body, with its quorum, all effects or none. What effects do is in test_effects."""

import pytest

from governance.domain import agendas, decisions, meetings
from governance.effects import Condition
from governance.models import (
    Attendance,
    CarriedOutEffect,
    Case,
    Decision,
    HistoryIsNeverRewrittenError,
    NumberSeries,
)
from governance.refusals import NotAllowed, NotReady, WrongStage
from tests.factories import (
    BodyFactory,
    InitiativeFactory,
    MembershipFactory,
    board_with,
    business_manager,
    days,
    decide,
    general_assembly,
    held_meeting,
    person_as,
    planned_meeting,
    ready_case,
    steering_group,
    the_board,
)

pytestmark = pytest.mark.django_db
Outcome = Decision.Outcome
Present = Attendance.Status.PRESENT


def record(case=None, meeting=None, **more):
    case = case or ready_case(None, "other")
    fields = {"outcome": Outcome.APPROVED, "text": "Besluttet.", "by": business_manager()}
    return decisions.record_decision(case=case, meeting=meeting or held_meeting(case.body), **{**fields, **more})


def refused(error, case=None, meeting=None, **more):
    """The codes of a refused attempt, after seeing that it wrote nothing."""
    case = case or ready_case(None, "other")
    meeting = meeting or held_meeting(case.body)
    more.setdefault("by", business_manager())
    before = (Decision.objects.count(), CarriedOutEffect.objects.count(), Case.objects.get(pk=case.pk).status)
    numbers = list(NumberSeries.objects.filter(name="decision").values_list("last", flat=True))
    with pytest.raises(error) as refusal:
        record(case, meeting, **more)
    after = (Decision.objects.count(), CarriedOutEffect.objects.count(), Case.objects.get(pk=case.pk).status)
    assert after == before
    assert list(NumberSeries.objects.filter(name="decision").values_list("last", flat=True)) == numbers
    return refusal.value.codes


# ---------------------------------------------------------------- what is recorded


def test_a_decision_is_recorded_with_its_day_number_and_electorate():
    meeting = held_meeting(board_with(6), on=days(-3), present=4)
    decision = decide(None, "other", meeting=meeting, text="Godkendt, fordi behovet er stort.")
    stored = Decision.objects.get(pk=decision.pk)
    assert stored.decided_on == days(-3)
    assert stored.number == f"{days(-3).year}-01"
    assert stored.body == meeting.body
    assert stored.agenda_item.meeting == meeting
    assert stored.recorded_by == business_manager()
    assert stored.electorate["voting_seats"] == 6
    assert stored.electorate["taking_part"] == 4
    assert stored.case.status == Case.Status.DECIDED


def test_the_electorate_is_that_of_the_meetings_day():
    board = board_with(3)
    MembershipFactory(body=board, valid_to=days(-4))
    newcomer = MembershipFactory(body=board, valid_from=days(-2))
    decision = decide(None, "other", meeting=held_meeting(board, on=days(-3)))
    assert decision.electorate["voting_seats"] == 3
    assert newcomer.pk not in {row["membership"] for row in decision.electorate["electors"]}


def test_numbers_have_no_gaps_when_an_attempt_was_refused():
    refused(NotReady, text=" ")
    first = record()
    refused(NotReady, text="")
    assert (first.number, record().number) == (f"{days(0).year}-01", f"{days(0).year}-02")


def test_decisions_and_what_they_did_are_never_rewritten():
    decision = decide(None, "other")
    effect = decision.carried_out.get()
    for attempt in (
        decision.save,
        decision.delete,
        effect.save,
        effect.delete,
        lambda: Decision.objects.filter(pk=decision.pk).update(text="Noget andet"),
        lambda: Decision.objects.filter(pk=decision.pk).delete(),
        lambda: CarriedOutEffect.objects.all().delete(),
    ):
        with pytest.raises(HistoryIsNeverRewrittenError):
            attempt()
    assert Decision.objects.get().text == "Besluttet på mødet."


@pytest.mark.parametrize(
    ("case_public", "asked", "is_public"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_a_decision_is_no_more_public_than_its_case(case_public, asked, is_public):
    case = ready_case(None, "other", is_public=case_public)
    assert record(case, is_public=asked).is_public is is_public


# ---------------------------------------------------------------- which case, which body, which meeting


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (Case.Status.DRAFT, "case_not_ready"),
        (Case.Status.WITHDRAWN, "case_not_ready"),
        (Case.Status.DECIDED, "already_decided"),
    ],
)
def test_only_a_ready_case_is_decided(status, code):
    case = ready_case(None, "other")
    Case.objects.filter(pk=case.pk).update(status=status)
    assert refused(WrongStage, case) == [code]


def test_a_case_is_decided_once():
    decision = decide(None, "other")
    assert refused(WrongStage, decision.case, held_meeting()) == ["already_decided"]


def test_another_body_cannot_decide_a_case():
    group = MembershipFactory(chair=True).body
    assert refused(NotReady, ready_case(None, "other"), held_meeting(group)) == ["wrong_body"]
    assert refused(NotReady, ready_case(None, "other", body=group), held_meeting(the_board())) == ["wrong_body"]


def test_two_steering_groups_do_not_decide_for_each_other():
    one, other = (steering_group(InitiativeFactory(project=True)) for _ in range(2))
    assert refused(NotReady, ready_case(None, "other", body=one), held_meeting(other)) == ["wrong_body"]


def test_the_general_assembly_decides_the_boards_cases():
    assembly = general_assembly()
    decision = record(ready_case(None, "other", body=the_board()), held_meeting(assembly))
    assert decision.body == assembly
    assert decision.electorate["represented_organisations"] == 4


def _other_case(meeting, case):
    return agendas.put_on_agenda(meeting=meeting, case=ready_case(None, "other"))


def _other_meeting(meeting, case):
    return agendas.put_on_agenda(meeting=planned_meeting(), case=case)


def _withdrawn(meeting, case):
    return agendas.withdraw_item(item=agendas.put_on_agenda(meeting=meeting, case=case))


@pytest.mark.parametrize("item_of", [_other_case, _other_meeting, _withdrawn])
def test_the_item_is_the_cases_own_on_this_agenda(item_of):
    case, meeting = ready_case(None, "other"), held_meeting()
    assert refused(NotReady, case, meeting, item=item_of(meeting, case)) == ["not_on_agenda"]


@pytest.mark.parametrize(("on", "codes"), [(1, ["meeting_not_held"]), (0, None), (-400, None)])
def test_a_decision_waits_until_the_meeting_is_held(on, codes):
    meeting = held_meeting(on=days(on))
    if codes:
        assert refused(NotReady, meeting=meeting) == codes
    else:
        assert record(meeting=meeting).decided_on == days(on)


def test_attendance_comes_first():
    assert refused(NotReady, meeting=planned_meeting()) == ["attendance_missing"]


# ---------------------------------------------------------------- quorum


@pytest.mark.parametrize(
    ("members", "present", "can_decide"), [(6, 3, True), (6, 2, False), (7, 4, True), (7, 3, False)]
)
def test_half_of_the_board_must_be_present(members, present, can_decide):
    meeting = held_meeting(board_with(members), present=present)
    if can_decide:
        assert record(meeting=meeting).electorate["taking_part"] == present
    else:
        assert refused(NotReady, meeting=meeting) == ["no_quorum"]


def test_a_disqualified_member_is_not_counted():
    meeting = held_meeting(board_with(6), present=3)
    seat = meeting.attendances.first().membership
    assert refused(NotReady, meeting=meeting, disqualified={seat.pk: "Ansat hos leverandøren."}) == ["no_quorum"]
    assert record(meeting=meeting).electorate["taking_part"] == 3


def test_a_disqualified_member_is_named_in_the_electorate():
    meeting = held_meeting(board_with(6), present=4)
    seat = meeting.attendances.first().membership
    decision = record(meeting=meeting, disqualified={seat.pk: "Ansat hos leverandøren."})
    elector = next(row for row in decision.electorate["electors"] if row["membership"] == seat.pk)
    assert elector["disqualified"] == "Ansat hos leverandøren."
    assert decision.electorate["taking_part"] == 3


@pytest.mark.parametrize(("stands_in", "codes"), [(True, None), (False, ["no_quorum"])])
def test_a_deputy_fills_the_seat_stood_in_for(stands_in, codes):
    board = board_with(6)
    seats = list(board.memberships.order_by("pk"))
    deputy = MembershipFactory(body=board, deputy=True)
    meeting = meetings.record_attendance(
        meeting=planned_meeting(board),
        statuses={seat.pk: Present for seat in (*seats[:2], deputy)},
        stands_in_for={deputy.pk: seats[5].pk} if stands_in else None,
    )
    if codes:
        assert refused(NotReady, meeting=meeting) == codes
    else:
        assert record(meeting=meeting).electorate["taking_part"] == 3


@pytest.mark.parametrize(("last", "voting"), [(-3, 4), (-4, 3)])
def test_a_term_counts_to_its_last_day(last, voting):
    board = board_with(3)
    MembershipFactory(body=board, valid_to=days(last))
    meeting = held_meeting(board, on=days(-3), present=2)
    assert decide(None, "other", meeting=meeting).electorate["voting_seats"] == voting


def test_a_board_without_seats_cannot_decide():
    assert refused(NotReady, meeting=held_meeting(board_with(0))) == ["no_voting_seats"]


def test_an_assembly_with_nobody_represented_cannot_decide():
    meeting = meetings.record_attendance(meeting=planned_meeting(general_assembly()), statuses={})
    assert refused(NotReady, meeting=meeting) == ["assembly_empty"]


# ---------------------------------------------------------------- what must be said


def test_a_decision_has_a_text():
    assert refused(NotReady, text=" ") == ["text_missing"]


@pytest.mark.parametrize("outcome", [Outcome.RETURNED, Outcome.REJECTED])
def test_a_no_has_a_reason_from_the_list(outcome):
    assert refused(NotReady, outcome=outcome) == ["reason_missing"]


@pytest.mark.parametrize("outcome", [Outcome.APPROVED_WITH_CONDITIONS, Outcome.APPROVED_PENDING])
def test_conditional_approval_has_conditions(outcome):
    assert refused(NotReady, outcome=outcome) == ["conditions_missing"]


@pytest.mark.parametrize("outcome", [Outcome.APPROVED, Outcome.RETURNED, Outcome.POSTPONED, Outcome.NOTED])
def test_other_outcomes_have_none(outcome):
    more = {"reason": "more_work", "conditions": [Condition(code="N1-R1", until=days(30))]}
    assert refused(NotReady, outcome=outcome, **more) == ["conditions_unexpected"]


@pytest.mark.parametrize("purpose", ["information", "discussion"])
@pytest.mark.parametrize("outcome", Decision.APPROVALS)
def test_a_case_for_information_is_not_approved(purpose, outcome):
    case = ready_case(None, purpose=purpose)
    conditions = [Condition(code="N1-R1", until=days(30))]
    assert refused(NotReady, case, outcome=outcome, conditions=conditions) == ["not_for_decision"]


def test_a_case_for_information_is_noted():
    decision = record(ready_case(None, purpose="information"), outcome=Outcome.NOTED)
    assert not decision.is_approval
    assert decision.case.status == Case.Status.DECIDED


def test_every_reason_is_given_at_once():
    group = BodyFactory()
    meeting = planned_meeting(group, on=days(1))
    codes = refused(NotReady, ready_case(None, purpose="information"), meeting, text="")
    assert codes == ["wrong_body", "meeting_not_held", "attendance_missing", "text_missing", "not_for_decision"]


# ---------------------------------------------------------------- effects, as far as governance knows them


def test_effects_are_carried_out_in_order():
    decision = decide(None, ("other", {"text": "Først"}), ("other", {"text": "Så"}), ("other", {"text": "Sidst"}))
    assert [(e.order, e.kind, e.result) for e in decision.carried_out.all()] == [
        (1, "other", "Først"),
        (2, "other", "Så"),
        (3, "other", "Sidst"),
    ]


@pytest.mark.parametrize(
    ("outcome", "reason"), [(Outcome.RETURNED, "more_work"), (Outcome.REJECTED, "value"), (Outcome.NOTED, "")]
)
def test_other_outcomes_do_not_carry_the_effects_out(outcome, reason):
    decision = decide(None, "other", outcome=outcome, reason=reason)
    assert not decision.carried_out.exists()
    assert decision.case.status == Case.Status.DECIDED


def test_a_postponed_case_stays_ready_and_is_decided_at_a_later_meeting():
    case = ready_case(None, "other")
    postponed = record(case, outcome=Outcome.POSTPONED)
    assert Case.objects.get(pk=case.pk).status == Case.Status.READY
    assert not postponed.carried_out.exists()
    assert record(case).carried_out.count() == 1
    assert [d.outcome for d in case.decisions.order_by("pk")] == [Outcome.POSTPONED, Outcome.APPROVED]


def test_an_effect_that_refuses_takes_the_whole_decision_with_it():
    case = ready_case(None, ("other", {"text": "Først"}), "start")
    assert refused(NotReady, case) == ["no_initiative"]


def pending(*effects):
    return decide(
        None,
        *(effects or ["other"]),
        outcome=Outcome.APPROVED_PENDING,
        conditions=[Condition(code="N1-R1", until=days(30), responsible="Projektlederen")],
    )


def test_a_pending_approval_waits_to_be_carried_out():
    decision = pending()
    assert not decision.carried_out.exists()
    assert decision.is_approval
    (stored,) = Decision.objects.get().conditions
    assert (stored["code"], stored["until"], stored["responsible"]) == ("N1-R1", days(30).isoformat(), "Projektlederen")
    decisions.carry_out_pending(decision=decision, by=business_manager())
    assert decision.carried_out.count() == 1


def test_a_pending_approval_is_carried_out_once():
    decision = pending()
    decisions.carry_out_pending(decision=decision, by=business_manager())
    with pytest.raises(WrongStage) as refusal:
        decisions.carry_out_pending(decision=decision, by=business_manager())
    assert refusal.value.codes == ["nothing_pending"]
    assert decision.carried_out.count() == 1


def test_an_approval_without_conditions_waits_for_nothing():
    with pytest.raises(WrongStage) as refusal:
        decisions.carry_out_pending(decision=decide(None, "other"), by=business_manager())
    assert refusal.value.codes == ["nothing_pending"]


@pytest.mark.parametrize("role", ["board_chair", "board_member", "member_user"])
def test_others_do_not_carry_out_what_is_pending(role):
    decision = pending()
    with pytest.raises(NotAllowed) as refusal:
        decisions.carry_out_pending(decision=decision, by=person_as(role))
    assert refusal.value.codes == ["not_recorder"]
    assert not decision.carried_out.exists()
