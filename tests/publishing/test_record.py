"""The public log and public minutes: what becomes public when, what never does, what is left when it is taken back."""

import csv
import json
from datetime import timedelta
from io import StringIO
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse
from django.utils import timezone

from governance.domain import action_items, minutes
from governance.models import AgendaItem, Attendance, HistoryIsNeverRewrittenError
from governance.refusals import NotAllowed, NotReady, WrongStage
from publishing.domain import record
from publishing.domain.publications import publish
from publishing.minutes_paper import public_paper
from publishing.models import PublishedDecision, PublishedMinutes, PublishedMinutesFile
from publishing.tasks import make_minutes_file
from reporting.domain.snapshots import take_snapshot
from reporting.papers.paper import render_paper
from tests.factories import (
    CaseFactory,
    GroupFactory,
    InitiativeFactory,
    MembershipFactory,
    board_people,
    business_manager,
    days,
    decide,
    held_meeting,
    secretariat,
    the_board,
)
from tests.governance.reading_ahead import queued

pytestmark = pytest.mark.django_db
MARKER = "HEMMELIGT"


def address(name, *args):
    return reverse(f"publishing:{name}", args=args)


def about(title, *, initiative=None, **facts):
    """A decision of the board on a point of its own, at one meeting after the other."""
    return decide(initiative, ("other", {"text": "Godkend."}), text=title, **facts)


def with_point(decision, number=1, **facts):
    """The decision's point, when it was recorded without one."""
    return AgendaItem.objects.create(meeting=decision.meeting, number=number, kind="standing", **facts)


def write_and_approve(meeting):
    """Every point written, released by the chair, approved at a later meeting."""
    for item in meeting.items.filter(withdrawn_at=None, minutes_entry=None):
        minutes.write_entry(item=item, version=0, text=f"Referat af {item.number}.", by=secretariat())
    minutes.release_minutes(meeting=meeting, by=board_people()[0])
    type(meeting).objects.filter(pk=meeting.pk).update(starts_at=timezone.now() - timedelta(days=30))
    meeting.refresh_from_db()
    at = held_meeting()
    AgendaItem.objects.create(meeting=at, number=50, kind=AgendaItem.Kind.MINUTES)
    return minutes.approve_minutes(meeting=meeting, at=at, by=secretariat())


def everything(client, meeting):
    """All that the public can get of decisions and minutes, as one text."""
    names = ["decisions", "decisions-feed", "decisions-json", "decisions-csv", "minutes-list"]
    pages = [client.get(address(name)) for name in names]
    if meeting.published_minutes.exists():
        pages.append(client.get(address("minutes", meeting.pk)))
    pages += [client.get(address("decision", d.number)) for d in meeting.decisions.all()]
    texts = [page.content.decode() for page in pages]
    texts += [render_paper(public_paper(row.public, row.published_at)) for row in meeting.published_minutes.all()]
    texts += [json.dumps(row.data) for row in meeting.published_minutes.all()]
    return "\n".join(texts)


def test_decisions_become_public_when_the_minutes_are_approved(client):
    decision = about("Planen er godkendt.")
    assert client.get(address("decision", decision.number)).status_code == 404
    assert "Planen er godkendt." not in everything(client, decision.meeting)
    write_and_approve(decision.meeting)
    shown = everything(client, decision.meeting)
    assert "Planen er godkendt." in shown
    assert client.get(address("decision", decision.number)).status_code == 200
    assert client.get(address("minutes", decision.meeting_id)).status_code == 200


def test_a_closed_point_leaves_nothing_but_its_number(client):
    """Marker words in every field that a closed point has, looked for wherever the public can look."""
    open_one = about("Åben beslutning.")
    meeting = open_one.meeting
    case = CaseFactory(
        body=meeting.body,
        title=MARKER,
        is_public=False,
        recommendation_line=MARKER,
        **dict.fromkeys(["about", "background", "analysis", "recommendation", "consequences", "conclusion"], MARKER),
    )
    of_case = AgendaItem.objects.create(meeting=meeting, case=case, number=61)
    closed = AgendaItem.objects.create(meeting=meeting, number=62, kind="standing", title=MARKER, is_closed=True)
    withdrawn = AgendaItem.objects.create(
        meeting=meeting, number=63, kind="standing", title=MARKER, withdrawn_at=timezone.now()
    )
    for item in (of_case, closed):
        minutes.write_entry(item=item, version=0, text=MARKER, by=secretariat())
        action_items.agree_action(
            body=meeting.body, item=item, what=MARKER, owner=board_people()[1], due=days(5), by=secretariat()
        )
    write_and_approve(meeting)
    for item in (of_case, closed, None):
        minutes.correct_minutes(meeting=meeting, item=item, text=MARKER, by=secretariat())
    shown = everything(client, meeting)
    assert MARKER not in shown
    assert "Åben beslutning." in shown
    public = meeting.published_minutes.first().public
    assert {item.number for item in public.items if item.is_closed} >= {of_case.number, closed.number}
    assert next(item for item in public.items if item.number == withdrawn.number).is_withdrawn


def test_a_decision_that_is_closed_closes_its_point(client):
    decision = about(MARKER, is_public=False)
    write_and_approve(decision.meeting)
    assert MARKER not in everything(client, decision.meeting)
    assert client.get(address("decision", decision.number)).status_code == 404


@pytest.mark.parametrize("stage", ["idea", "withdrawn", "rejected"])
def test_what_is_about_an_initiative_that_is_not_public_is_not_either(client, stage):
    initiative = InitiativeFactory(name=MARKER, stage=stage)
    decision = about(MARKER, initiative=initiative)
    with pytest.raises(NotReady) as refused:
        record.publish_decision(decision=decision, by=business_manager())
    assert refused.value.codes == ["initiative_not_public"]
    flagged = AgendaItem.objects.create(
        meeting=decision.meeting, number=70, kind="initiative", subject=initiative.slug, title=MARKER
    )
    write_and_approve(decision.meeting)
    assert MARKER not in everything(client, decision.meeting)
    assert decision.meeting.published_minutes.first().public.items[-1].number == flagged.number


def test_a_group_of_initiatives_that_are_not_public_has_no_public_minutes():
    group = GroupFactory(initiative=InitiativeFactory(stage="idea"))
    chair = MembershipFactory(body=group, chair=True)
    meeting, at = held_meeting(body=group), held_meeting(body=group)
    AgendaItem.objects.create(meeting=at, number=1, kind=AgendaItem.Kind.MINUTES)
    type(meeting).objects.filter(pk=meeting.pk).update(starts_at=timezone.now() - timedelta(days=30))
    minutes.release_minutes(meeting=meeting, by=chair.person)
    Attendance.objects.update_or_create(meeting=at, membership=chair, defaults={"status": "present"})
    minutes.approve_minutes(meeting=meeting, at=at, by=chair.person)
    assert not PublishedMinutes.objects.exists()


# ---------------------------------------------------------------- published before, and taken back


def test_the_manager_publishes_one_before_the_minutes_are_approved(client):
    decision = about("Før referatet.", initiative=InitiativeFactory(product=True, name="Løsningen"))
    client.force_login(business_manager())
    page = client.get(address("decision-publication", decision.number))
    assert (page.context["current"], page.context["reasons"]) == (None, [])
    client.post(address("decision-publish", decision.number))
    client.logout()
    page = client.get(address("decision", decision.number)).content.decode()
    assert "Før referatet." in page
    assert "Løsningen" in page
    write_and_approve(decision.meeting)
    assert PublishedDecision.objects.count() == 1


def test_others_do_not():
    decision, chair = about("Nej."), board_people()[0]
    with pytest.raises(NotAllowed):
        record.publish_decision(decision=decision, by=chair)
    published = record.publish_decision(decision=decision, by=secretariat())
    with pytest.raises(NotAllowed):
        record.withdraw_decision(published=published, reason="Nej.", by=chair)


def test_not_what_is_closed_and_not_twice():
    with pytest.raises(NotReady) as refused:
        record.publish_decision(decision=about("Lukket.", is_public=False), by=secretariat())
    assert refused.value.codes == ["marked_closed"]
    decision = about("Åben.")
    record.publish_decision(decision=decision, by=secretariat())
    with pytest.raises(NotReady) as refused:
        record.publish_decision(decision=decision, by=secretariat())
    assert refused.value.codes == ["already_public"]


def test_what_is_taken_back_leaves_its_number_and_the_day(client):
    decision = about("Trukket tekst.", initiative=InitiativeFactory(product=True))
    publish(snapshot=take_snapshot(by=secretariat()), by=secretariat())
    write_and_approve(decision.meeting)
    client.force_login(secretariat())
    client.post(address("decision-withdraw", decision.number), {"reason": "Et navn stod i teksten."})
    client.logout()
    shown = (
        everything(client, decision.meeting)
        + client.get(address("initiative", decision.case.initiative_link.initiative.slug)).content.decode()
    )
    assert decision.meeting.published_minutes.count() == 2
    newest = json.dumps(decision.meeting.published_minutes.first().data)
    assert "Trukket tekst." not in newest
    assert "Et navn stod i teksten." not in shown
    assert "Trukket tekst." not in client.get(address("minutes", decision.meeting_id)).content.decode()
    gone = client.get(address("decision", decision.number))
    assert gone.status_code == 410
    assert "Trukket tekst." not in gone.content.decode()
    data = client.get(address("decisions-json")).json()
    assert [row["number"] for row in data["withdrawn"]] == [decision.number]
    assert data["decisions"] == []
    assert decision.number in client.get(address("decisions")).content.decode()


def test_the_next_publication_of_the_portfolio_leaves_it_out_too():
    decision = about("Trukket tekst.", initiative=InitiativeFactory(product=True))
    assert "Trukket tekst." in json.dumps(published_rows())
    published = record.publish_decision(decision=decision, by=secretariat())
    record.withdraw_decision(published=published, reason="Fejl.", by=secretariat())
    assert "Trukket tekst." not in json.dumps(published_rows())
    record.publish_decision(decision=decision, by=secretariat())
    assert "Trukket tekst." in json.dumps(published_rows())


def published_rows():
    publication = publish(snapshot=take_snapshot(by=secretariat()), by=secretariat())
    return [row.data for row in publication.initiatives.all()]


def test_it_is_taken_back_once_with_a_reason_and_can_be_published_again(client):
    decision = about("Igen.")
    published = record.publish_decision(decision=decision, by=secretariat())
    with pytest.raises(NotReady) as refused:
        record.withdraw_decision(published=published, reason=" ", by=secretariat())
    assert refused.value.codes == ["reason_missing"]
    record.withdraw_decision(published=published, reason="Fejl.", by=secretariat())
    with pytest.raises(WrongStage) as refused:
        record.withdraw_decision(published=published, reason="Fejl.", by=secretariat())
    assert refused.value.codes == ["already_withdrawn"]
    record.publish_decision(decision=decision, by=secretariat())
    assert client.get(address("decision", decision.number)).status_code == 200
    assert client.get(address("decisions-json")).json()["withdrawn"] == []
    with pytest.raises(HistoryIsNeverRewrittenError):
        PublishedDecision.objects.all().delete()


def test_one_that_was_taken_back_stays_back_when_the_minutes_are_approved(client):
    decision = about("Tilbage.")
    published = record.publish_decision(decision=decision, by=secretariat())
    record.withdraw_decision(published=published, reason="Fejl.", by=secretariat())
    write_and_approve(decision.meeting)
    assert "Tilbage." not in client.get(address("minutes", decision.meeting_id)).content.decode()


# ---------------------------------------------------------------- what others can read


def test_a_correction_makes_a_new_edition(client):
    decision = about("Planen.")
    item = with_point(decision, number=80, title="Nyt")
    write_and_approve(decision.meeting)
    minutes.correct_minutes(meeting=decision.meeting, item=item, text="Det var onsdag.", by=secretariat())
    assert "Det var onsdag." in client.get(address("minutes", decision.meeting_id)).content.decode()
    assert [row.edition for row in decision.meeting.published_minutes.all()] == [2, 1]


def test_the_worker_makes_the_pdf_and_everybody_reads_it(client):
    decision = about("Planen.")
    write_and_approve(decision.meeting)
    assert client.get(address("minutes-file", decision.meeting_id)).status_code == 404
    [told] = queued(make_minutes_file)
    make_minutes_file.func(**told)
    make_minutes_file.func(**told)
    assert PublishedMinutesFile.objects.count() == 1
    answer = client.get(address("minutes-file", decision.meeting_id))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")


def test_feed_json_and_csv_tell_the_same(client):
    decision = about("=FARLIG()")
    record.publish_decision(decision=decision, by=secretariat())
    feed = ET.fromstring(client.get(address("decisions-feed")).content)  # noqa: S314 - our own feed
    atom = {"a": "http://www.w3.org/2005/Atom"}
    assert [entry.findtext("a:summary", namespaces=atom) for entry in feed.findall("a:entry", atom)] == ["=FARLIG()"]
    assert feed.findtext("a:entry/a:id", namespaces=atom).endswith(address("decision", decision.number))
    [row] = client.get(address("decisions-json")).json()["decisions"]
    assert (row["number"], row["text"], row["decided_on"]) == (
        decision.number,
        "=FARLIG()",
        decision.decided_on.isoformat(),
    )
    text = client.get(address("decisions-csv")).content.decode("utf-8-sig")
    [head, line] = csv.reader(StringIO(text), delimiter=";")
    assert len(head) == len(line)
    assert "'=FARLIG()" in line


def test_the_log_is_searched_and_filtered(client):
    solution = InitiativeFactory(product=True, name="Ny løsning")
    first = about("Økonomien er godkendt.", initiative=solution)
    second = about("Strategien er vedtaget.")
    for each in (first, second):
        record.publish_decision(decision=each, by=secretariat())

    def shown(**choice):
        return {decision.number for decision in client.get(address("decisions"), choice).context["decisions"]}

    assert shown() == {first.number, second.number}
    assert shown(q="strategi") == {second.number}
    assert shown(initiativ=solution.slug) == {first.number}
    assert shown(aar=str(first.decided_on.year), organ=str(the_board())) == {first.number, second.number}
    assert shown(udfald="approved") == {first.number, second.number}
    assert shown(aar="1999", udfald="nej") == {first.number, second.number}
    assert shown(q="findes ikke") == set()


@pytest.mark.parametrize("name", ["decisions", "minutes-list", "decisions-feed", "decisions-json", "decisions-csv"])
def test_public_pages_set_no_cookie_and_can_be_cached(client, name):
    answer = client.get(address(name))
    assert not answer.cookies
    assert answer["ETag"]
    assert client.get(address(name), headers={"If-None-Match": answer["ETag"]}).status_code == 304


@pytest.mark.parametrize("name", ["decisions", "minutes-list", "decisions-json"])
def test_lists_take_as_many_queries_whatever_there_is(client, name, django_assert_max_num_queries):
    for number in range(3):
        decision = about(f"Beslutning {number}")
        record.publish_decision(decision=decision, by=secretariat())
    with django_assert_max_num_queries(5):
        client.get(address(name))


def test_only_the_boards_functions_are_named():
    decision = about("Planen.")
    write_and_approve(decision.meeting)
    public = decision.meeting.published_minutes.get().public
    assert public.attended
    assert all("@" not in label for label in public.attended)
