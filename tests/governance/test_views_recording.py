"""Recording a decision: what can be chosen, what will happen, what is refused where, and that nothing is half saved."""

import pytest

from governance.domain import meetings
from governance.models import Decision
from portfolio.models import Answer, Deferral, Stage
from tests.factories import (
    InitiativeFactory,
    MembershipFactory,
    again,
    board_with,
    business_manager,
    days,
    general_assembly,
    group_of,
    held_meeting,
    planned_meeting,
    steering_group,
)
from tests.governance.pages import Point, codes, day_text, url

pytestmark = pytest.mark.django_db

OTHER = ("other", {"text": "Handleplanen er godkendt."})
START = ("approve_steering_group", ("approve_budget", {"scope": "project"}), "start")


@pytest.fixture
def manager(client_as):
    return client_as("business_manager")


@pytest.fixture
def point(manager):
    return Point(manager, OTHER)


def seats(meeting):
    return list(meeting.body.memberships.order_by("pk"))


# ---------------------------------------------------------------- a decision that can be made


def test_a_decision_is_recorded_and_shown(point):
    response = point.post()
    decision = Decision.objects.get()
    assert response.headers["Location"] == url("decision", decision.number)
    assert (decision.outcome, decision.agenda_item, decision.decided_on) == ("approved", point.item, point.meeting.date)
    assert [effect.result for effect in decision.carried_out.all()] == ["Handleplanen er godkendt."]


def test_the_board_starts_a_project(n2_concept, manager):
    response = Point(manager, *START, initiative=n2_concept).post()
    assert response.status_code == 302
    assert again(n2_concept).stage == Stage.PROJECT


def test_the_page_says_what_will_happen(n2_concept, manager):
    page = Point(manager, *START, initiative=n2_concept).get()
    assert len(page.context["consequences"]) == 3
    assert n2_concept.name in page.context["consequences"][2]


def test_the_assembly_decides_for_the_represented_members(manager):
    point = Point(manager, OTHER, meeting=held_meeting(general_assembly()))
    assert point.post().status_code == 302
    assert Decision.objects.get().electorate["represented_organisations"] == 4


def test_a_decision_may_be_kept_from_the_public(point):
    data = point.form()
    del data["is_public"]
    point.client.post(point.address, data)
    assert not Decision.objects.get().is_public


# ---------------------------------------------------------------- which outcomes can be chosen


def choices(page):
    return [value for value, _label in page.context["form"].fields["outcome"].choices]


def locked(page):
    return [option.outcome for option in page.context["locked"]]


def test_when_nothing_is_missing_there_are_no_conditions_to_set(point):
    page = point.get()
    assert choices(page) == ["approved", "returned", "rejected", "postponed"]
    assert locked(page) == ["approved_with_conditions", "approved_pending"]


@pytest.mark.parametrize("purpose", ["information", "discussion"])
def test_a_case_for_reading_is_noted_or_postponed(purpose, manager):
    page = Point(manager, purpose=purpose).get()
    assert (choices(page), locked(page)) == (["noted", "postponed"], [])


@pytest.fixture
def incomplete(n2_concept):
    """A concept that lacks the answer to a requirement that may be deferred."""
    Answer.objects.filter(initiative=n2_concept, requirement__code="N2-S2").delete()
    return n2_concept


def test_when_something_is_missing_it_can_only_be_a_condition(incomplete, manager):
    page = Point(manager, *START, initiative=incomplete).get()
    assert choices(page) == ["approved_with_conditions", "approved_pending", "returned", "rejected", "postponed"]
    (option,) = page.context["locked"]
    assert option.outcome == "approved"
    assert "N2-S2" in option.locked


def test_what_no_decision_can_defer_locks_the_approval_with_conditions(catalogue, manager):
    concept = InitiativeFactory(concept=True, described=True, level=2)
    steering_group(concept)
    page = Point(manager, *START, initiative=concept).get()
    assert "N1-G3" in [point.code for point in page.context["form"].points if not point.deferrable]
    assert locked(page) == ["approved", "approved_with_conditions"]
    assert "N1-G3" in page.context["locked"][1].locked


def test_an_outcome_that_is_locked_is_refused_when_forged(incomplete, manager):
    point = Point(manager, *START, initiative=incomplete)
    response = point.post(outcome="approved")
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"outcome"}
    assert again(incomplete).stage == Stage.CONCEPT


# ---------------------------------------------------------------- conditions


def test_conditions_are_proposed_with_a_day_and_somebody_responsible(incomplete, manager):
    form = Point(manager, *START, initiative=incomplete).get().context["form"]
    assert form["until_N2-S2"].value() > days(27)
    assert form["who_N2-S2"].value()


def test_an_approval_with_conditions_defers_them_and_keeps_their_titles(incomplete, manager):
    point = Point(manager, *START, initiative=incomplete)
    response = point.post(**{"until_N2-S2": day_text(days(60)), "who_N2-S2": "Projektlederen"})
    assert response.status_code == 302
    deferral = Deferral.objects.get(initiative=incomplete)
    assert (deferral.requirement.code, deferral.until, deferral.responsible) == ("N2-S2", days(60), "Projektlederen")
    assert again(incomplete).stage == Stage.PROJECT
    kept = Decision.objects.get().conditions[0]
    assert (kept["code"], kept["title"]) == ("N2-S2", deferral.requirement.title)
    assert kept["title"] in manager.get(response.headers["Location"]).content.decode()


def test_a_deviation_can_be_accepted_without_a_day(incomplete, manager):
    point = Point(manager, *START, initiative=incomplete)
    assert point.post(**{"how_N2-S2": "accepted", "until_N2-S2": ""}).status_code == 302
    assert Deferral.objects.get().kind == Deferral.Kind.ACCEPTED


@pytest.mark.parametrize("typed", ["", "31-02-2027", "01-01-0001", "snart"])
def test_a_condition_needs_a_day_that_exists(typed, incomplete, manager):
    response = Point(manager, *START, initiative=incomplete).post(**{"until_N2-S2": typed})
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"until_N2-S2"}
    assert response.context["form"]["until_N2-S2"].value() == typed
    assert not Decision.objects.exists()


def test_a_condition_is_due_after_the_meeting(incomplete, manager):
    response = Point(manager, *START, initiative=incomplete).post(**{"until_N2-S2": day_text(days(0))})
    assert response.context["form"].errors.keys() == {"until_N2-S2"}


def test_a_missing_requirement_that_is_left_out_closes_the_gate_and_undoes_everything(incomplete, manager):
    point = Point(manager, *START, initiative=incomplete)
    response = point.post(**{"how_N2-S2": "out"})
    assert codes(response) == ["conditions_missing"]
    assert not Decision.objects.exists()
    assert not group_of(incomplete).memberships.filter(approved_by__isnull=False).exists()


def test_an_approval_that_waits_is_carried_out_when_its_conditions_are_met(incomplete, manager):
    point = Point(manager, *START, initiative=incomplete)
    address = point.post(outcome="approved_pending", **{"until_N2-S2": ""}).headers["Location"]
    page = manager.get(address)
    assert page.context["waits"]
    assert [open_point.code for open_point in page.context["preview"].open_points] == ["N2-S2"]
    carry_out = address + "gennemfoer/"
    assert carry_out not in page.content.decode()
    manager.post(carry_out)
    assert again(incomplete).stage == Stage.CONCEPT

    requirement = incomplete.catalogue.requirements.get(code="N2-S2")
    incomplete.answers.create(
        requirement=requirement,
        value="yes",
        text="Beskrevet.",
        answered_by=business_manager(),
        answered_at=point.meeting.starts_at,
    )
    assert carry_out in manager.get(address).content.decode()
    assert manager.post(carry_out).status_code == 302
    assert again(incomplete).stage == Stage.PROJECT
    assert not manager.get(address).context["waits"]
    manager.post(carry_out)
    assert Decision.objects.get().carried_out.count() == 3


# ---------------------------------------------------------------- who takes part


def test_one_who_is_disqualified_does_not_count_and_the_reason_is_kept(point):
    seat = seats(point.meeting)[2]
    point.post(**{f"part_{seat.pk}": "out", f"why_{seat.pk}": "Leder projektet"})
    kept = Decision.objects.get().electorate
    assert kept["taking_part"] == 5
    assert [row["disqualified"] for row in kept["electors"] if row["membership"] == seat.pk] == ["Leder projektet"]


def test_a_disqualification_needs_a_reason(point):
    seat = seats(point.meeting)[0]
    response = point.post(**{f"part_{seat.pk}": "out"})
    assert response.context["form"].errors.keys() == {f"why_{seat.pk}"}
    assert not Decision.objects.exists()


def test_without_quorum_the_text_is_kept_and_the_button_explains_itself(manager):
    point = Point(manager, OTHER, meeting=held_meeting(present=3))
    seat = seats(point.meeting)[0]
    changes = {f"part_{seat.pk}": "out", f"why_{seat.pk}": "Leder projektet", "text": "En lang begrundelse."}
    assert [refusal.code for refusal in point.get().context["blockers"]] == []
    response = point.post(**changes)
    assert (response.status_code, codes(response)) == (422, ["no_quorum"])
    assert [refusal.code for refusal in response.context["blockers"]] == ["no_quorum"]
    assert "En lang begrundelse." in response.content.decode()
    assert not Decision.objects.exists()


def test_work_it_out_again_shows_the_figures_and_saves_nothing(manager):
    point = Point(manager, OTHER, meeting=held_meeting(present=3))
    seat = seats(point.meeting)[0]
    response = point.post(recalculate="1", **{f"part_{seat.pk}": "out", "text": "", "outcome": "rejected"})
    assert response.status_code == 200
    assert not response.context["form"].errors
    assert response.context["form"]["outcome"].value() == "rejected"
    assert (response.context["electorate"].taking_part, response.context["disqualified"]) == (2, 1)
    assert [refusal.code for refusal in response.context["blockers"]] == ["no_quorum"]
    assert not Decision.objects.exists()


def test_a_deputy_takes_the_place_of_one_who_is_disqualified(manager):
    board = board_with(3)
    deputy = MembershipFactory(body=board, deputy=True)
    meeting, (first, *_others) = planned_meeting(board), board.memberships.order_by("pk")
    meeting = meetings.record_attendance(
        meeting=meeting,
        statuses={seat.pk: "present" for seat in board.memberships.all()},
        stands_in_for={deputy.pk: first.pk},
    )
    point = Point(manager, OTHER, meeting=meeting)
    assert point.get().context["electorate"].taking_part == 3
    point.post(**{f"part_{first.pk}": "out", f"why_{first.pk}": "Leder projektet"})
    kept = Decision.objects.get().electorate
    assert [row["has_vote"] for row in kept["electors"] if row["membership"] == deputy.pk] == [True]
    assert kept["taking_part"] == 3


def test_before_attendance_is_recorded_the_page_leads_there(manager):
    point = Point(manager, OTHER, meeting=planned_meeting())
    page = point.get()
    assert [refusal.code for refusal in page.context["blockers"]] == ["attendance_missing"]
    assert url("attendance", point.meeting.pk) in page.content.decode()
    assert codes(point.post()) == ["attendance_missing"]


def test_a_meeting_to_come_decides_nothing_yet(manager):
    point = Point(manager, OTHER, meeting=held_meeting(on=days(3)))
    assert codes(point.post()) == ["meeting_not_held"]
    assert not Decision.objects.exists()
