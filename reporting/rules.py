"""Who may see, take and make what the board reads (domain.md section 3)."""

from governance.domain.minutes import may_read
from governance.models import Meeting, User
from governance.queries import meetings_for
from governance.rules import may_read_agenda
from governance.standing import Standing, standing_of
from reporting.models import MeetingPaper


def may_read_snapshots(standing: Standing) -> bool:
    """Read snapshots and board reports: the board, the business manager and the secretariat."""
    return standing.sees_all


def may_take_snapshots(standing: Standing) -> bool:
    """Take a snapshot and have the board report made: the business manager and the secretariat."""
    return standing.manages


def may_read_paper(user: User, meeting: Meeting, kind: str) -> bool:
    """Read the agenda or the minutes of a meeting as PDF: those who read the page it is made of."""
    standing = standing_of(user)
    if not meetings_for(standing).filter(pk=meeting.pk).exists():
        return False
    if kind == MeetingPaper.Kind.AGENDA:
        return may_read_agenda(standing, meeting)
    return may_read(meeting, user, standing.day)


def may_read_made_paper(user: User, paper: MeetingPaper) -> bool:
    """Read a paper that is made: a draft is only for the one who asked for it."""
    if paper.is_draft and paper.asked_by_id != user.pk:
        return False
    return may_read_paper(user, paper.meeting, paper.kind)
