"""Two people record the same item in the same moment: one decision, and the other is told and led to it."""

import pytest
from django.test import Client

from governance.domain import ballots
from governance.models import Ballot, CarriedOutEffect, Case, Decision, Vote
from governance.refusals import Refused
from portfolio.models import LifecycleEvent, Stage
from tests.at_once import at_once, make_saves_hesitate
from tests.factories import again, business_manager, secretariat
from tests.governance.pages import Point, codes, url
from tests.governance.written import Written

pytestmark = pytest.mark.django_db(transaction=True)
START = ("approve_steering_group", ("approve_budget", {"scope": "project"}), "start")


@pytest.fixture(autouse=True)
def _hesitant_saves(monkeypatch, catalogue):
    make_saves_hesitate(monkeypatch)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def called(point, choice):
    return {
        "method": "roll_call",
        **{name: choice for name in point.get().context["form"].fields if name.startswith("vote_")},
    }


def test_the_second_secretary_is_told_and_led_to_the_decision(n2_concept):
    first, second = signed_in(business_manager()), signed_in(secretariat())
    point = Point(first, *START, initiative=n2_concept)
    forms = [
        {**point.form(), **called(point, "for"), "outcome": "approved"},
        {**point.form(), **called(point, "against"), "outcome": "rejected", "reason": "overlap"},
    ]
    answers = at_once(
        *(
            lambda client=client, form=form: client.post(point.address, form)
            for client, form in zip((first, second), forms, strict=True)
        )
    )
    (won,) = [answer for answer in answers if answer.status_code == 302]
    (lost,) = [answer for answer in answers if answer.status_code != 302]
    decision = Decision.objects.get()
    assert won.headers["Location"] == url("decision", decision.number)
    assert (lost.status_code, codes(lost)) == (422, ["already_decided"])
    assert url("decision", decision.number) in lost.content.decode()
    # The record is the winner's alone.
    stage, choice = {"approved": (Stage.PROJECT, "for"), "rejected": (Stage.REJECTED, "against")}[decision.outcome]
    assert again(n2_concept).stage == stage
    assert set(Vote.objects.values_list("decision", "choice")) == {(decision.pk, choice)}
    assert LifecycleEvent.objects.get(kind="stage").decision == decision
    assert set(CarriedOutEffect.objects.values_list("decision", flat=True)) == {decision.pk}


def attempt(act):
    def carried_out():
        try:
            return act()
        except Refused as refused:
            return refused.codes

    return carried_out


def test_a_vote_in_the_last_moment_counts_or_is_refused():
    written = Written(3).all_vote("for", "for", "against")
    seat, version = written.seats[2], Case.objects.get().version
    voted, recorded = at_once(
        attempt(lambda: ballots.cast_ballot(item=written.item, choice="for", case_version=version, by=seat.person)),
        attempt(written.record),
    )
    choice = Vote.objects.get(membership=seat).choice
    assert isinstance(recorded, Decision)
    assert choice == ("against" if voted == ["not_open"] else "for")
    assert Ballot.objects.get(membership=seat).choice == choice
