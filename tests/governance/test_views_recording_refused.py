"""Recording a no, recording twice, recording what cannot be, and recording by others."""

import pytest

from governance.domain import agendas
from governance.models import Decision
from portfolio.models import Stage
from tests.factories import (
    again,
    held_meeting,
    ready_case,
    steering_group,
)
from tests.governance.pages import Point, codes, url

pytestmark = pytest.mark.django_db

OTHER = ("other", {"text": "Handleplanen er godkendt."})
START = ("approve_steering_group", ("approve_budget", {"scope": "project"}), "start")


@pytest.fixture
def manager(client_as):
    return client_as("business_manager")


@pytest.fixture
def point(manager):
    return Point(manager, OTHER)


# ---------------------------------------------------------------- no


@pytest.mark.parametrize(("outcome", "stage"), [("returned", Stage.IDEA), ("rejected", Stage.REJECTED)])
def test_a_no_sends_the_concept_back_or_ends_it(outcome, stage, n2_concept, manager):
    point = Point(manager, *START, initiative=n2_concept)
    (sentence,) = point.post(recalculate="1", outcome=outcome).context["consequences"]
    assert n2_concept.name in sentence
    assert point.post(outcome=outcome, reason="overlap").status_code == 302
    assert again(n2_concept).stage == stage


@pytest.mark.parametrize("outcome", ["returned", "rejected"])
def test_a_no_needs_a_reason_from_the_list(outcome, point):
    assert point.post(outcome=outcome).context["form"].errors.keys() == {"reason"}
    assert point.post(outcome=outcome, reason="lyst").context["form"].errors.keys() == {"reason"}
    assert not Decision.objects.exists()


def test_more_work_is_a_reason_to_return_and_not_to_reject(point):
    response = point.post(outcome="rejected", reason="more_work")
    assert codes(response) == ["reason_only_for_return"]
    assert response.context["form"].errors.keys() == {"reason"}
    assert point.post(outcome="returned", reason="more_work").status_code == 302


def test_a_postponed_case_can_come_back_at_another_meeting(point):
    assert point.post(outcome="postponed").status_code == 302
    later = held_meeting()
    agendas.put_on_agenda(meeting=later, case=point.case)
    data = {"outcome": "approved", "text": "Nu er den god.", "reason": "", "method": "consensus"}
    data |= {f"part_{seat.pk}": "in" for seat in later.body.memberships.all()}
    assert point.client.post(url("decision-record", later.pk, point.case.number), data).status_code == 302
    assert list(Decision.objects.order_by("pk").values_list("outcome", flat=True)) == ["postponed", "approved"]


# ---------------------------------------------------------------- bad input, twice, others


@pytest.mark.parametrize(
    ("field", "typed"),
    [("text", ""), ("text", "x" * 10_001), ("text", "en\x00to"), ("outcome", "måske"), ("outcome", "")],
)
def test_bad_input_is_explained_beside_its_field_and_nothing_is_decided(field, typed, point):
    response = point.post(**{field: typed})
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}
    assert not Decision.objects.exists()


def test_an_empty_post_is_no_error(point):
    assert point.client.post(point.address, {}).status_code == 422
    assert point.client.post(point.address, {"recalculate": "1"}).status_code == 200


def test_a_double_click_decides_once_and_shows_the_decision(point):
    data = point.form()
    point.client.post(point.address, data)
    response = point.client.post(point.address, data)
    assert codes(response) == ["already_decided"]
    decision = Decision.objects.get()
    assert url("decision", decision.number) in response.content.decode()
    assert point.get().headers["Location"] == url("decision", decision.number)


@pytest.mark.parametrize("role", ["stranger", "member_user", "board_chair"])
def test_others_cannot_record_by_forging_a_post(role, client_as):
    point = Point(client_as("business_manager"), OTHER)
    data = point.form()
    client = client_as(role)
    assert client.get(point.address).status_code == 404
    assert client.post(point.address, data).status_code == 404
    assert not Decision.objects.exists()


def test_a_case_that_is_not_on_the_agenda_has_no_page(manager):
    case = ready_case(None, OTHER)
    assert manager.get(url("decision-record", held_meeting().pk, case.number)).status_code == 404


def test_a_withdrawn_point_has_no_page(point):
    agendas.withdraw_item(item=point.item)
    assert point.get().status_code == 404
    assert point.client.post(point.address, {}).status_code == 404


def test_the_chair_of_a_group_records_the_groups_decisions(client, n2_concept):
    group = steering_group(n2_concept)
    point = Point(client, OTHER, meeting=held_meeting(group))
    client.force_login(group.memberships.get(function="chair").person)
    assert point.post().status_code == 302
    assert Decision.objects.get().body == group


def test_its_members_do_not(client, n2_concept):
    group = steering_group(n2_concept)
    point = Point(client, OTHER, meeting=held_meeting(group))
    client.force_login(group.memberships.filter(function="member").first().person)
    assert client.get(point.address).status_code == 404
    assert client.post(point.address, {"outcome": "approved", "text": "Ja", "method": "consensus"}).status_code == 404
    assert not Decision.objects.exists()
