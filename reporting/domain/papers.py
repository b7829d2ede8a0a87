"""Making a meeting's paper from its frozen content: by the worker, stored once."""

import logging

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from governance.codec import from_json
from reporting.models import MeetingPaper
from reporting.papers.paper import Paper, set_paper
from reporting.pdf import CannotSetError

logger = logging.getLogger(__name__)

Status = MeetingPaper.Status


def make_paper(*, paper_id: int) -> MeetingPaper:
    """Set the paper and store it. One that is made is left alone. What goes wrong is told on the row, and raised."""
    paper = MeetingPaper.objects.get(pk=paper_id)
    if paper.is_done:
        return paper
    try:
        pdf = set_paper(from_json(Paper, paper.content))
    except CannotSetError as error:
        logger.warning("Paper %s of meeting %s failed: %s", paper.kind, paper.meeting_id, error)
        return _failed(paper, str(error))
    except Exception:
        _failed(paper, _("Noget gik galt. Bed om papiret igen."))
        raise
    paper.file.save("papir.pdf", ContentFile(pdf.content), save=False)
    paper.status, paper.pages, paper.error = Status.DONE, pdf.pages, ""
    paper.save()
    return paper


def _failed(paper: MeetingPaper, message: str) -> MeetingPaper:
    paper.status, paper.error = Status.FAILED, message
    paper.save(update_fields=["status", "error"])
    return paper
