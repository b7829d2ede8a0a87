"""Reading ahead while others work: the agenda is sent again, a case is changed, a point is taken off.

Real threads with connections of their own, as in tests/portfolio/test_concurrency.py; every save hesitates.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, current_thread, main_thread

import pytest
from django.db import connection, connections
from django.db.models import Model

from governance.agenda_letters import send_agenda, tell_of_changed_case
from governance.domain import agenda_editions, agendas, cases, reading
from governance.domain.reading import Mark
from governance.models import AgendaEdition, Case, Meeting, Position, User
from governance.refusals import Refused
from tests.factories import board_people, business_manager, days, planned_meeting, ready_case
from tests.governance.reading_ahead import queued

pytestmark = pytest.mark.django_db(transaction=True)
HESITATION = 0.05


@pytest.fixture(autouse=True)
def _hesitant_saves(monkeypatch):
    save = Model.save

    def hesitate(self, *args, **kwargs):
        if current_thread() is not main_thread():
            time.sleep(HESITATION)
        return save(self, *args, **kwargs)

    monkeypatch.setattr(Model, "save", hesitate)


def at_once(*attempts):
    """Let everybody act in the same moment; what each got, or was refused with."""
    line = Barrier(len(attempts))

    def act(attempt):
        connection.ensure_connection()
        line.wait(timeout=30)
        try:
            return attempt()
        except Refused as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(attempts)) as threads:
        return [future.result(timeout=120) for future in [threads.submit(act, attempt) for attempt in attempts]]


@pytest.fixture
def meeting():
    """A meeting whose agenda of two cases is sent."""
    planned = planned_meeting(on=days(7))
    for _ in range(2):
        agendas.put_on_agenda(meeting=planned, case=ready_case(None, "other"))
    agenda_editions.publish_agenda(meeting=planned, by=business_manager())
    return Meeting.objects.get(pk=planned.pk)


def approve(meeting, person):
    marks = [Mark(item.pk, Position.Kind.PRE_APPROVED, case_version=1) for item in meeting.items.order_by("number")]
    person = User.objects.get(pk=person.pk)
    return lambda: reading.mark_items(meeting=meeting, marks=marks, by=person)


def holding():
    return Position.objects.filter(fell_away_at__isnull=True)


def test_the_agenda_is_sent_again_while_members_pre_approve(meeting):
    manager = business_manager()
    late = ready_case(None, "other")

    def send_again():
        agendas.put_on_agenda(meeting=meeting, case=late)
        return agenda_editions.publish_agenda(meeting=meeting, by=manager)

    members = board_people()[:3]
    edition, *marked = at_once(send_again, *(approve(meeting, person) for person in members))
    assert isinstance(edition, AgendaEdition)
    assert (edition.number, len(edition.changes)) == (2, 1)
    assert [len(each.taken) for each in marked] == [2, 2, 2]
    assert [each.left for each in marked] == [{}, {}, {}]
    assert holding().count() == 6
    meeting = Meeting.objects.get(pk=meeting.pk)
    assert meeting.agenda_edition == 2
    assert list(meeting.items.order_by("number").values_list("number", "is_late")) == [
        (1, False),
        (2, False),
        (3, True),
    ]
    assert len(queued(send_agenda)) == 12


def test_two_who_send_at_once_make_two_editions_and_no_gap(meeting):
    manager = business_manager()
    send = [lambda: agenda_editions.publish_agenda(meeting=meeting, by=manager)] * 2
    assert sorted(edition.number for edition in at_once(*send)) == [2, 3]
    assert Meeting.objects.get(pk=meeting.pk).agenda_edition == 3


def test_a_case_changes_while_members_pre_approve_it(meeting):
    """Whoever came first had the mark taken and then lapsed, and is told; whoever came after was told at once."""
    item = meeting.items.order_by("number").first()
    case = Case.objects.get(pk=item.case_id)
    members = board_people()[:3]
    _case, *marked = at_once(
        lambda: cases.edit_case(case=case, version=1, about="Mere."), *(approve(meeting, person) for person in members)
    )
    assert not holding().filter(item=item).exists()
    assert holding().count() == 3
    taken = [each for each in marked if item.pk in each.taken]
    refused = [each for each in marked if item.pk in each.left]
    assert len(taken) + len(refused) == 3
    assert {each.left[item.pk].code for each in refused} <= {"case_changed"}
    assert len(queued(tell_of_changed_case)) == len(taken)


def test_a_point_is_taken_off_while_it_is_marked(meeting):
    item = meeting.items.order_by("number").first()
    withdrawn, marked = at_once(lambda: agendas.withdraw_item(item=item), approve(meeting, board_people()[0]))
    assert withdrawn.withdrawn_at is not None
    came_first = item.pk in marked.taken
    assert came_first or marked.left[item.pk].code == "withdrawn"
    assert holding().filter(item=item).exists() == came_first


def test_one_member_in_two_windows_has_one_mark_on_each_point(meeting):
    person = board_people()[0]
    at_once(*(approve(meeting, person) for _ in range(3)))
    assert holding().count() == 2


def test_two_who_put_points_on_at_once_get_a_number_each(meeting):
    add = [lambda title=title: agendas.add_point(meeting=meeting, title=title) for title in "ABC"]
    at_once(*add)
    assert list(meeting.items.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5]
