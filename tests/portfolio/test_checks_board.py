"""Automatic checks about what the board was told and approved."""

import pytest

from governance.models import Decision
from tests.factories import (
    days,
    decide,
    general_assembly,
    held_meeting,
    inform_board,
    steering_group,
)
from tests.portfolio.checking import found, met, project

pytestmark = pytest.mark.django_db


# ---------------------------------------------------------------- N1-G4 board_informed


def test_the_board_is_informed_by_a_case_on_a_meeting():
    initiative = project(level=1)
    assert not met(initiative, "board_informed")
    inform_board(initiative)
    assert met(initiative, "board_informed")


@pytest.mark.parametrize(("outcome", "is_met"), [("postponed", False), ("noted", True)])
def test_a_postponed_case_informs_nobody(outcome, is_met):
    initiative = project(level=1)
    decide(initiative, "other", outcome=outcome)
    assert met(initiative, "board_informed") is is_met


@pytest.mark.parametrize(("on", "is_met"), [(-5, True), (-6, False)])
def test_the_board_is_informed_from_the_day_of_the_meeting(on, is_met):
    initiative = project(level=1)
    decide(initiative, "other", on=days(-5))
    assert met(initiative, "board_informed", on=days(on)) is is_met


def test_a_steering_groups_meeting_does_not_inform_the_board():
    initiative = project(level=1)
    decide(initiative, "other", body=steering_group(initiative))
    assert not met(initiative, "board_informed")


def test_the_general_assembly_informs_the_board():
    initiative = project(level=1)
    decide(initiative, "other", body=general_assembly())
    assert met(initiative, "board_informed")


def test_a_case_about_another_initiative_informs_of_that_one_only():
    initiative = project(level=1)
    decide(project(level=1), "other")
    assert not met(initiative, "board_informed")


@pytest.mark.parametrize(("days_before", "is_met"), [(0, True), (1, False)])
def test_the_portfolio_laid_before_the_board_informs_of_what_was_in_it(days_before, is_met):
    meeting = held_meeting()
    initiative = project(level=1)
    frozen_at = initiative.created_at - (days(days_before) - days(0))
    meeting.presentations.create(frozen_at=frozen_at)
    assert met(initiative, "board_informed") is is_met


@pytest.mark.parametrize(("on", "is_met"), [(0, True), (-1, False)])
def test_a_portfolio_informs_from_the_day_of_its_meeting(on, is_met):
    initiative = project(level=1)
    held_meeting().presentations.create(frozen_at=initiative.created_at)
    assert met(initiative, "board_informed", on=days(on)) is is_met


# ---------------------------------------------------------------- N2-G2 approved_by_board


def approve(initiative, effect="other", **more):
    """A case whose effects are listed after it was decided: only what the decision says is looked at, not done."""
    decision = decide(initiative, "other", **more)
    decision.case.effects.update(kind=effect)
    return decision


@pytest.mark.parametrize("effect", ["start", "admit", "launch", "change_level"])
def test_the_board_has_approved_when_it_let_the_initiative_on(effect):
    initiative = project()
    finding = found(initiative, "approved_by_board")
    assert (finding.met, finding.by_board) == (False, True)
    approve(initiative, effect)
    assert met(initiative, "approved_by_board")


@pytest.mark.parametrize("effect", ["approve_budget", "set_priority", "reopen", "other"])
def test_other_approvals_do_not_let_it_on(effect):
    initiative = project()
    approve(initiative, effect)
    assert not met(initiative, "approved_by_board")


@pytest.mark.parametrize(
    ("outcome", "is_met"),
    [
        (Decision.Outcome.APPROVED, True),
        (Decision.Outcome.RETURNED, False),
        (Decision.Outcome.REJECTED, False),
        (Decision.Outcome.POSTPONED, False),
        (Decision.Outcome.NOTED, False),
    ],
)
def test_only_a_yes_is_an_approval(outcome, is_met):
    initiative = project()
    approve(initiative, "start", outcome=outcome, reason="value")
    assert met(initiative, "approved_by_board") is is_met


def test_a_steering_groups_approval_is_not_the_boards():
    initiative = project()
    approve(initiative, "start", body=steering_group(initiative))
    assert not met(initiative, "approved_by_board")


def test_the_general_assemblys_approval_is_the_boards():
    initiative = project()
    approve(initiative, "start", body=general_assembly())
    assert met(initiative, "approved_by_board")


def test_an_approval_of_another_initiative_does_not_count():
    initiative = project()
    approve(project(), "start")
    assert not met(initiative, "approved_by_board")


@pytest.mark.parametrize(("on", "is_met"), [(-5, True), (-6, False)])
def test_an_approval_counts_from_its_day(on, is_met):
    initiative = project()
    approve(initiative, "start", on=days(-5))
    assert met(initiative, "approved_by_board", on=days(on)) is is_met


@pytest.mark.parametrize(("assumed", "is_met"), [(["start"], True), (["launch"], True), (["approve_budget"], False)])
def test_the_decision_under_way_counts(assumed, is_met):
    assert met(project(), "approved_by_board", assumed=assumed) is is_met
