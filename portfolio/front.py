"""The front page of a person: which of the desks, the meeting and the figures belong on it (domain.md section 3)."""

from dataclasses import dataclass

from governance.standing import Standing

from .desk import Desk, MeetingPanel, Subject, next_board_meeting, office_desk
from .desk_followup import followup_desk
from .desk_groups import group_desk
from .desk_meetings import reading_desk
from .desk_own import of_own_organisation, own_desk
from .desk_voting import voting_desk
from .glance import Glance, glance
from .models import Initiative
from .overview_lines import product_lines, project_lines


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What waits for the person, what stands beside it, and the portfolio for those who see all of it."""

    desk: Desk
    meeting: MeetingPanel | None = None
    glance: Glance | None = None
    organisation: tuple[Subject, ...] = ()
    prepares_meeting: bool = False


def front_page(standing: Standing) -> FrontPage:
    """Own tasks for everybody, the office's for the office, meeting and figures for those who see everything."""
    own, known = own_desk(standing)
    own = Desk(
        (
            *voting_desk(standing),
            *reading_desk(standing),
            *followup_desk(standing),
            *group_desk(standing),
            *own.sections,
        )
    )
    organisation = tuple(of_own_organisation(standing, known))
    if not standing.sees_all:
        return FrontPage(desk=own, organisation=organisation)
    everything = Initiative.objects.live()
    projects = project_lines(everything)
    desk = own
    if standing.manages:
        office = office_desk(standing, [*projects, *product_lines(everything, standing.day)])
        desk = Desk((*office.sections, *own.sections))
    return FrontPage(
        desk=desk,
        meeting=next_board_meeting(standing.day),
        glance=glance(projects),
        organisation=organisation,
        prepares_meeting=standing.manages,
    )
