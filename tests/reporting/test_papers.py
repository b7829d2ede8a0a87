"""Agenda and minutes as tagged PDF: what is in them, who gets them, and that the same paper is made once."""

from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone

from governance.domain import minutes
from governance.domain.agendas import put_on_agenda
from governance.models import AgendaItem
from governance.refusals import NotAllowed
from reporting.domain import papers
from reporting.domain.paper_orders import ask_for_paper
from reporting.domain.papers import make_paper
from reporting.models import MeetingPaper
from reporting.papers.agenda import agenda_paper
from reporting.papers.minutes import minutes_paper
from reporting.papers.paper import Paper, Part, Section, render_paper, set_paper
from reporting.pdf import CannotSetError
from reporting.tasks import make_meeting_paper
from tests.factories import (
    UserFactory,
    board_people,
    business_manager,
    decide,
    held_meeting,
    planned_meeting,
    ready_case,
    secretariat,
)
from tests.governance.reading_ahead import queued

PAPER = Paper(
    title="Referat",
    subtitle="bestyrelsen, tirsdag den 1. december 2026",
    audience="Til medlemmerne",
    made_of="Frigivet",
    made_at="2026-12-01T12:00:00+01:00",
    sections=(
        Section("Åbning", 1, parts=(Part(text="Formanden bød velkommen."),)),
        Section(
            "OS2mo",
            2,
            kicker="Beslutning",
            parts=(Part("Beslutning 2026-3", "Godkendt.", ("En", "To"), is_boxed=True),),
        ),
    ),
    has_contents=True,
)


@pytest.fixture(scope="module")
def made():
    return set_paper(PAPER)


@pytest.fixture(scope="module")
def document(made):
    with pikepdf.open(BytesIO(made.content)) as opened:
        yield opened


def tags_of(document):
    found = []

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append(str(node.S))
            walk(node.get("/K", pikepdf.Array()))

    walk(document.Root.StructTreeRoot.K)
    return found


def test_it_is_pdf_ua_in_danish_with_a_title_that_is_shown(document):
    assert document.Root.MarkInfo.Marked
    assert str(document.Root.Lang) == "da"
    assert document.Root.ViewerPreferences.DisplayDocTitle
    assert str(document.docinfo.Title) == "Referat, bestyrelsen, tirsdag den 1. december 2026"
    with document.open_metadata() as metadata:
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"


def test_headings_never_jump_a_level_and_every_point_is_in_the_outline(document):
    levels = [int(tag[2:]) for tag in tags_of(document) if tag[:2] == "/H" and tag[2:].isdigit()]
    assert levels == [1, 2, 2, 3]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    with document.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Referat", "1. Åbning", "2. OS2mo"]


def test_the_same_paper_gives_the_same_bytes(made):
    assert set_paper(PAPER).checksum == made.checksum


def test_a_text_adds_no_markup():
    html = render_paper(
        Paper("T", "S", "A", "M", "2026", sections=(Section("<h1>x</h1>", 1, parts=(Part(text="<img>"),)),))
    )
    assert "<img" not in html
    assert html.count("<h1") == 1


# ---------------------------------------------------------------- what is in them


def all_text(paper):
    parts = [part for section in paper.sections for part in section.parts]
    return "\n".join(
        [each.title for each in paper.sections] + [f"{p.label} {p.text} {' '.join(p.items)}" for p in parts]
    )


@pytest.mark.django_db
def test_the_agenda_has_the_cases_in_six_parts():
    meeting = planned_meeting()
    words = {
        "about": "OM",
        "background": "BAGGRUND",
        "analysis": "ANALYSE",
        "consequences": "FØLGER",
        "conclusion": "SLUT",
    }
    case = ready_case(
        None, ("other", {"text": "Godkend planen."}), body=meeting.body, recommendation="INDSTIL", **words
    )
    put_on_agenda(meeting=meeting, case=case)
    paper = agenda_paper(meeting)
    assert all(word in all_text(paper) for word in (*words.values(), "INDSTIL"))
    assert [section.number for section in paper.sections] == [1]
    assert paper.has_contents


@pytest.mark.django_db
def test_the_minutes_have_texts_decisions_and_closed_points():
    decision = decide(None, ("other", {"text": "Godkend planen."}), text="PLANEN ER GODKENDT")
    meeting = decision.meeting
    item = AgendaItem.objects.create(meeting=meeting, number=90, kind="standing", title="Nyt", is_closed=True)
    minutes.write_entry(item=item, version=0, text="FORTROLIGT", by=secretariat())
    words = all_text(minutes_paper(meeting))
    assert "PLANEN ER GODKENDT" in words
    assert "FORTROLIGT" in words


# ---------------------------------------------------------------- asking for one


def sent_meeting():
    meeting = planned_meeting()
    type(meeting).objects.filter(pk=meeting.pk).update(published_at=timezone.now(), agenda_edition=1)
    meeting.refresh_from_db()
    return meeting


@pytest.mark.django_db
def test_the_same_content_is_made_once_and_new_content_anew():
    meeting, manager = sent_meeting(), business_manager()
    first = ask_for_paper(meeting=meeting, kind="agenda", by=manager)
    assert ask_for_paper(meeting=meeting, kind="agenda", by=board_people()[1]) == first
    put_on_agenda(meeting=meeting, case=ready_case(None, "other", body=meeting.body))
    second = ask_for_paper(meeting=meeting, kind="agenda", by=manager)
    assert second != first
    assert [row["paper_id"] for row in queued(make_meeting_paper)] == [first.pk, second.pk]


@pytest.mark.django_db
def test_the_worker_makes_it_and_the_member_reads_it(client):
    meeting = sent_meeting()
    client.force_login(board_people()[1])
    answer = client.post(reverse("reporting:agenda-make", args=[meeting.pk]))
    paper = MeetingPaper.objects.get()
    assert answer["Location"] == reverse("reporting:paper", args=[paper.pk])
    assert client.get(answer["Location"]).status_code == 200
    assert client.get(reverse("reporting:paper-file", args=[paper.pk])).status_code == 404
    make_paper(paper_id=paper.pk)
    file = client.get(reverse("reporting:paper-file", args=[paper.pk]))
    assert b"".join(file.streaming_content).startswith(b"%PDF")
    assert file["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
def test_a_draft_is_only_for_the_one_who_asked(client):
    meeting = held_meeting()
    paper = ask_for_paper(meeting=meeting, kind="minutes", by=secretariat())
    assert paper.is_draft
    client.force_login(board_people()[0])
    assert client.get(reverse("reporting:paper", args=[paper.pk])).status_code == 404
    client.force_login(secretariat())
    assert client.get(reverse("reporting:paper", args=[paper.pk])).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("person", [UserFactory, lambda: board_people()[1]])
def test_minutes_that_are_not_released_are_refused_to_others(person):
    with pytest.raises(NotAllowed) as refused:
        ask_for_paper(meeting=held_meeting(), kind="minutes", by=person())
    assert refused.value.codes == ["not_yours"]


@pytest.mark.django_db
def test_what_goes_wrong_is_told_and_it_can_be_asked_for_again(monkeypatch, client):
    def cannot(_paper):
        raise CannotSetError("Pango mangler.")

    monkeypatch.setattr(papers, "set_paper", cannot)
    meeting, manager = sent_meeting(), business_manager()
    paper = ask_for_paper(meeting=meeting, kind="agenda", by=manager)
    assert make_paper(paper_id=paper.pk).has_failed
    client.force_login(manager)
    assert "Pango mangler." in client.get(reverse("reporting:paper", args=[paper.pk])).content.decode()
    assert ask_for_paper(meeting=meeting, kind="agenda", by=manager) == paper
    assert not MeetingPaper.objects.get().has_failed
