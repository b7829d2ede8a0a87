"""Ordering a meeting's agenda or minutes as PDF from the worker."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.codec import checksum, to_json
from governance.models import Meeting, User
from governance.refusals import NotAllowed, Refusal
from reporting.models import MeetingPaper
from reporting.papers.agenda import agenda_paper
from reporting.papers.minutes import minutes_paper
from reporting.papers.paper import Paper
from reporting.rules import may_read_paper
from reporting.tasks import make_meeting_paper

Kind = MeetingPaper.Kind
PAPERS: dict[str, Callable[[Meeting], Paper]] = {Kind.AGENDA: agenda_paper, Kind.MINUTES: minutes_paper}


@transaction.atomic
def ask_for_paper(*, meeting: Meeting, kind: str, by: User) -> MeetingPaper:
    """Have the worker make the paper as it reads now. One with the same content is returned; nothing is made twice.

    Raises NotAllowed for those who do not read it.
    """
    if not may_read_paper(by, meeting, kind):
        raise NotAllowed(Refusal("not_yours", _("Papiret er til organets medlemmer, når det er sendt eller frigivet.")))
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)
    content = to_json(PAPERS[kind](meeting))
    is_draft = (meeting.published_at if kind == Kind.AGENDA else meeting.minutes_released_at) is None
    same = MeetingPaper.objects.filter(meeting=meeting, kind=kind, checksum=checksum(content), is_draft=is_draft)
    paper = (same.filter(asked_by=by) if is_draft else same).first()
    if paper is not None and not paper.has_failed:
        return paper
    if paper is None:
        paper = MeetingPaper(meeting=meeting, kind=kind, content=content, checksum=checksum(content), is_draft=is_draft)
    paper.asked_by, paper.asked_at, paper.status = by, timezone.now(), MeetingPaper.Status.QUEUED
    paper.save()
    make_meeting_paper.enqueue(paper_id=paper.pk)
    return paper
