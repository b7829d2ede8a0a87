"""The consent item: what all pre-approved is decided together, each item on its own feet."""

import pytest

from governance.domain import agendas, decisions, meetings, reading
from governance.domain.consent import record_consent
from governance.domain.reading import Mark
from governance.domain.voting import Poll
from governance.models import Case, Decision, Meeting
from governance.refusals import NotAllowed, NotReady, WrongStage
from tests.factories import (
    BodyFactory,
    InitiativeFactory,
    MembershipFactory,
    board_with,
    business_manager,
    held_meeting,
    planned_meeting,
    ready_case,
)
from tests.governance.pages import queries_of, url

pytestmark = pytest.mark.django_db
OTHER = ("other", {"text": "Handleplanen er godkendt."})


class Agreed:
    """A held meeting of three with items that all have pre-approved."""

    def __init__(self, *cases, body=None, held=True):
        self.body = body or board_with(3)
        self.meeting = held_meeting(self.body) if held else planned_meeting(self.body)
        Meeting.objects.filter(pk=self.meeting.pk).update(published_at=self.meeting.starts_at, agenda_edition=1)
        self.meeting.refresh_from_db()
        cases = cases or [ready_case(None, OTHER, body=self.body) for _ in range(2)]
        self.items = [agendas.put_on_agenda(meeting=self.meeting, case=case) for case in cases]
        for item in self.items:
            self.mark(item)

    def mark(self, item, kind="pre_approved", who=None, word=""):
        seats = self.body.memberships.select_related("person").order_by("pk")
        for seat in [seats[who]] if who is not None else seats:
            version = Case.objects.get(pk=item.case_id).version
            mark = Mark(item_id=item.pk, kind=kind, word=word, case_version=version)
            assert not reading.mark_items(meeting=self.meeting, marks=[mark], by=seat.person).left

    def record(self, by=None):
        return record_consent(meeting=self.meeting, by=by or business_manager())


@pytest.fixture
def agreed():
    return Agreed()


def refused(agreed, error, **more):
    with pytest.raises(error) as refusal:
        agreed.record(**more)
    assert not Decision.objects.exists()
    return refusal.value.codes


def test_each_item_gets_a_decision_of_its_own(agreed):
    made = agreed.record().decisions
    assert [decision.agenda_item for decision in made] == agreed.items
    assert {(d.method, d.outcome, d.electorate["taking_part"]) for d in made} == {("consent", "approved", 3)}
    assert [effect.result for d in made for effect in d.carried_out.all()] == ["Handleplanen er godkendt."] * 2
    assert all(decision.tally == {} and not decision.votes.exists() for decision in made)


def test_one_flag_takes_an_item_out_and_the_others_stand(agreed):
    agreed.mark(agreed.items[0], "flagged", who=1, word="Økonomien")
    consent = agreed.record()
    assert [decision.agenda_item for decision in consent.decisions] == [agreed.items[1]]
    assert Case.objects.get(pk=agreed.items[0].case_id).status == Case.Status.READY


def test_an_item_whose_effects_refuse_is_left_out_with_its_reasons():
    body = board_with(3)
    concept = InitiativeFactory(concept=True)
    agreed = Agreed(
        ready_case(None, OTHER, body=body),
        ready_case(concept, OTHER, "resume", body=body),
        ready_case(None, OTHER, body=body),
        body=body,
    )
    consent = agreed.record()
    assert [decision.agenda_item for decision in consent.decisions] == [agreed.items[0], agreed.items[2]]
    (left,) = consent.left_out
    assert left.item == agreed.items[1]
    assert [refusal.code for refusal in left.refusals] == ["wrong_stage"]
    # What the item had done before it refused is undone, and its case is as it was.
    assert Case.objects.get(pk=agreed.items[1].case_id).status == Case.Status.READY
    assert Decision.objects.count() == 2
    assert [decision.number[-2:] for decision in consent.decisions] == ["01", "02"]


def test_nothing_is_agreed_when_one_has_not_answered():
    agreed = Agreed()
    MembershipFactory(body=agreed.body)
    assert refused(agreed, WrongStage) == ["nothing_agreed"]


def test_it_is_decided_once(agreed):
    agreed.record()
    with pytest.raises(WrongStage) as refusal:
        agreed.record()
    assert refusal.value.codes == ["nothing_agreed"]
    assert Decision.objects.count() == 2


def test_attendance_comes_first():
    assert refused(Agreed(held=False), NotReady) == ["attendance_missing"]


def test_it_asks_for_quorum():
    body = board_with(4)
    agreed = Agreed(ready_case(None, OTHER, body=body), body=body)
    seat = body.memberships.first()
    agreed.meeting = meetings.record_attendance(meeting=agreed.meeting, statuses={seat.pk: "present"})
    assert refused(agreed, NotReady) == ["no_quorum"]


def test_others_do_not_decide_it(agreed):
    assert refused(agreed, NotAllowed, by=agreed.body.memberships.first().person) == ["not_recorder"]


def test_a_groups_chair_decides_its_own():
    body = BodyFactory()
    chair = MembershipFactory(body=body, chair=True)
    agreed = Agreed(ready_case(None, OTHER, body=body), body=body)
    assert len(agreed.record(by=chair.person).decisions) == 1


def test_one_item_is_not_decided_by_consent_with_another_outcome(agreed):
    item = agreed.items[0]
    with pytest.raises(NotReady) as refusal:
        decisions.record_decision(
            case=item.case,
            meeting=agreed.meeting,
            item=item,
            outcome="noted",
            text="Nej.",
            by=business_manager(),
            poll=Poll(method="consent"),
        )
    assert refusal.value.codes == ["consent_broken"]


# ---------------------------------------------------------------- the page


@pytest.fixture
def manager(client_as):
    return client_as("business_manager")


def test_the_page_shows_what_will_happen_and_then_it_does(manager, agreed):
    page = manager.get(url("consent", agreed.meeting.pk))
    assert [point["item"] for point in page.context["points"]] == agreed.items
    assert page.content.decode().count("Handleplanen er godkendt.") == 2
    response = manager.post(url("consent", agreed.meeting.pk))
    assert response.headers["Location"] == url("meeting-run", agreed.meeting.pk)
    assert Decision.objects.count() == 2


def test_the_second_press_is_told_that_nothing_is_left(manager, agreed):
    manager.post(url("consent", agreed.meeting.pk))
    response = manager.post(url("consent", agreed.meeting.pk))
    assert response.status_code == 422
    assert [refusal.code for refusal in response.context["refusals"]] == ["nothing_agreed"]


def test_what_was_left_out_is_told(manager):
    body = board_with(3)
    agreed = Agreed(
        ready_case(None, OTHER, body=body), ready_case(InitiativeFactory(concept=True), "resume", body=body), body=body
    )
    answer = manager.post(url("consent", agreed.meeting.pk), follow=True)
    assert sorted(message.level_tag for message in answer.context["messages"]) == ["success", "warning"]


def test_the_page_of_the_meeting_in_progress_leads_through_it(manager, agreed):
    address = url("meeting-run", agreed.meeting.pk)
    loose = agendas.put_on_agenda(meeting=agreed.meeting, case=ready_case(None, OTHER, body=agreed.body))
    run = manager.get(address).context["run"]
    assert [row.item for row in run.agreed] == agreed.items
    # What is agreed on is decided together, so the first item up is one that is not.
    assert (run.up.item, run.waiting, run.after) == (loose, 3, None)
    assert run.before.item == agreed.items[1]
    assert manager.get(address, {"punkt": "1"}).context["run"].up.item == agreed.items[0]
    assert manager.get(address, {"punkt": "nix"}).context["run"].up.item == loose


def test_a_decision_from_the_running_meeting_leads_on_with_it(manager, agreed):
    item = agreed.items[0]
    address = url("decision-record", agreed.meeting.pk, item.case.number) + "?afhold"
    form = manager.get(address).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    response = manager.post(address, {**typed, "text": "Godkendt.", "is_public": "on"})
    assert response.headers["Location"] == url("meeting-run", agreed.meeting.pk)


def test_the_running_meeting_asks_for_attendance_first(manager):
    meeting = planned_meeting()
    agendas.put_on_agenda(meeting=meeting, case=ready_case(None, OTHER))
    page = manager.get(url("meeting-run", meeting.pk))
    assert [refusal.code for refusal in page.context["waiting"]] == ["attendance_missing"]
    assert url("attendance", meeting.pk) in page.content.decode()
    assert "?afhold" not in page.content.decode()


def test_an_empty_agenda_can_be_run(manager):
    assert manager.get(url("meeting-run", planned_meeting().pk)).context["run"].up is None


def test_running_takes_as_many_queries_with_three_cases(manager):
    meeting = held_meeting()
    agendas.put_on_agenda(meeting=meeting, case=ready_case(None, OTHER))
    few = queries_of(manager, url("meeting-run", meeting.pk))
    for _ in range(2):
        agendas.put_on_agenda(meeting=meeting, case=ready_case(None, OTHER))
    assert queries_of(manager, url("meeting-run", meeting.pk)) == few
