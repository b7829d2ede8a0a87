"""What is said ahead of a meeting: comments, questions, replies, flags on initiatives, and all of it in one go."""

import pytest

from governance.domain import agendas, remarks
from governance.domain.reading import Mark
from governance.domain.remarks import Said
from governance.models import AgendaItem, HistoryIsNeverRewrittenError, Position, Remark
from governance.refusals import NotAllowed, NotReady, WrongStage
from tests.factories import (
    MembershipFactory,
    UserFactory,
    board_people,
    business_manager,
    days,
    planned_meeting,
    ready_case,
    secretariat,
    the_board,
)
from tests.governance.reading_ahead import sent

pytestmark = pytest.mark.django_db
Kind = Remark.Kind


@pytest.fixture
def meeting():
    return sent(planned_meeting(on=days(7)))


@pytest.fixture
def item(meeting):
    return agendas.put_on_agenda(meeting=meeting, case=ready_case(None, "other"))


def say(item, by, text="Hvad koster det?", **more):
    return remarks.make_remark(said=Said(item_id=item.pk, text=text, **more), by=by)


# ---------------------------------------------------------------- who and when


@pytest.mark.parametrize("trait", [{}, {"deputy": True}, {"observer": True}, {"secretary": True}])
def test_whoever_has_a_seat_writes(item, trait):
    assert say(item, MembershipFactory(body=the_board(), **trait).person).kind == Kind.COMMENT


def test_the_office_writes(item):
    assert say(item, business_manager()).author == business_manager()
    assert say(item, secretariat())


def test_others_do_not_write(item):
    for stranger in (UserFactory(), MembershipFactory(chair=True).person):
        with pytest.raises(NotAllowed) as refused:
            say(item, stranger)
        assert refused.value.codes == ["no_seat"]
    assert not Remark.objects.exists()


def test_nothing_is_written_before_the_agenda_is_sent_or_after_the_meeting():
    unsent = planned_meeting(on=days(7))
    over = sent(planned_meeting(on=days(-1)))
    for meeting, code in ((unsent, "agenda_not_sent"), (over, "meeting_over")):
        point = agendas.add_point(meeting=meeting, title="Økonomi")
        with pytest.raises(WrongStage) as refused:
            say(point, board_people()[0])
        assert refused.value.codes == [code]


# ---------------------------------------------------------------- what


def test_a_question_is_answered(item):
    question = say(item, board_people()[0], kind=Kind.QUESTION)
    reply = say(item, business_manager(), "38 kr.", kind=Kind.REPLY, reply_to=question.pk)
    assert list(question.replies.all()) == [reply]
    with pytest.raises(HistoryIsNeverRewrittenError):
        reply.save()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"text": "  "}, "text_missing"),
        ({"kind": Kind.REPLY}, "reply_to_what"),
        ({"kind": Kind.COMMENT, "reply_to": 0}, "reply_to_what"),
        ({"kind": Kind.REPLY, "reply_to": 0}, "reply_elsewhere"),
        ({"subject": "os2mo"}, "subject_elsewhere"),
    ],
)
def test_what_makes_no_sense_is_refused(item, said, code):
    with pytest.raises(NotReady) as refused:
        say(item, board_people()[0], **said)
    assert refused.value.codes == [code]


def test_a_reply_is_not_replied_to_and_answers_its_own_item(meeting, item):
    question = say(item, board_people()[0], kind=Kind.QUESTION)
    reply = say(item, business_manager(), kind=Kind.REPLY, reply_to=question.pk)
    other = agendas.add_point(meeting=meeting, title="Økonomi")
    for point, answered in ((item, reply), (other, question)):
        with pytest.raises(NotReady) as refused:
            say(point, business_manager(), kind=Kind.REPLY, reply_to=answered.pk)
        assert refused.value.codes == ["reply_elsewhere"]


def test_nothing_is_said_of_a_withdrawn_item(item):
    agendas.withdraw_item(item=item)
    with pytest.raises(NotReady) as refused:
        say(item, board_people()[0])
    assert refused.value.codes == ["withdrawn"]


def test_on_the_portfolios_point_one_writes_of_an_initiative(meeting):
    (point,) = agendas.lay_agenda(meeting=meeting)
    assert say(point, board_people()[0], subject="os2mo").subject == "os2mo"


# ---------------------------------------------------------------- in one go


def test_marks_and_remarks_are_handed_in_together_and_what_is_gone_is_left(meeting, item):
    gone = agendas.put_on_agenda(meeting=meeting, case=ready_case(None, "other"))
    agendas.withdraw_item(item=gone)
    by = board_people()[0]
    marked = remarks.hand_in(
        meeting=meeting,
        marks=[Mark(item.pk, "pre_approved", case_version=1), Mark(gone.pk, "flagged", "Hvorfor?", 1)],
        remarks=[Said(item.pk, "Fint."), Said(gone.pk, "Ærgerligt.")],
        by=by,
    )
    assert marked.taken == (item.pk,)
    assert {pk: reason.code for pk, reason in marked.left.items()} == {gone.pk: "withdrawn"}
    assert [remark.text for remark in Remark.objects.all()] == ["Fint."]


def test_the_manager_hands_in_remarks_without_marks_but_no_marks(meeting, item):
    said = [Said(item.pk, "Overslaget kommer.")]
    assert remarks.hand_in(meeting=meeting, marks=[], remarks=said, by=business_manager()).left == {}
    with pytest.raises(NotAllowed) as refused:
        remarks.hand_in(meeting=meeting, marks=[Mark(item.pk)], remarks=said, by=business_manager())
    assert refused.value.codes == ["no_voting_seat"]
    assert Remark.objects.count() == 1


# ---------------------------------------------------------------- initiatives


def test_a_flag_makes_an_initiative_a_late_point_that_others_may_flag_too(meeting):
    agendas.lay_agenda(meeting=meeting)
    flag = {"meeting": meeting, "subject": "os2mo", "title": "OS2mo"}
    first = remarks.flag_initiative(**flag, word="Slutdatoen", by=board_people()[0])
    second = remarks.flag_initiative(**flag, word="Økonomien", by=board_people()[1])
    assert first == second
    assert (first.kind, first.heading, first.is_late) == (AgendaItem.Kind.INITIATIVE, "OS2mo", True)
    assert sorted(Position.objects.values_list("word", flat=True)) == ["Slutdatoen", "Økonomien"]


def test_a_flag_without_a_word_or_a_vote_makes_no_point(meeting):
    flag = {"meeting": meeting, "subject": "os2mo", "title": "OS2mo"}
    with pytest.raises(NotReady) as refused:
        remarks.flag_initiative(**flag, word=" ", by=board_people()[0])
    assert refused.value.codes == ["word_missing"]
    with pytest.raises(NotAllowed) as refused:
        remarks.flag_initiative(**flag, word="Slutdatoen", by=business_manager())
    assert refused.value.codes == ["no_voting_seat"]
    assert not AgendaItem.objects.exists()
