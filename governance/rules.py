"""Who may do what in governance (domain.md section 3). Small predicates on a standing; views and domain ask these."""

from governance.models import Body, Case, Meeting
from governance.standing import Standing


def may_invite(standing: Standing) -> bool:
    """Only the business manager lets people in and gives portal roles."""
    return standing.is_business_manager


def may_manage_bodies(standing: Standing) -> bool:
    """Register bodies, seats, organisations."""
    return standing.manages


def may_see_association(standing: Standing) -> bool:
    """See bodies, seats and organisations by function: everybody who can log in."""
    return standing.user_id is not None


def may_see_people(standing: Standing) -> bool:
    """See the list of people with names and e-mail addresses."""
    return standing.manages


def may_plan_meetings(standing: Standing, body: Body) -> bool:
    """Plan meetings, agendas and attendance: the secretariat for all, a group's chair and secretary for their own."""
    if standing.manages:
        return True
    return any(s.body_id == body.pk and s.function in ("chair", "secretary") for s in standing.seats) and (
        body.kind in (Body.Kind.STEERING_GROUP, Body.Kind.COORDINATION_GROUP)
    )


def may_see_meeting(standing: Standing, meeting: Meeting) -> bool:
    """Read a meeting before anything is published: its body's seats, the board, business manager and secretariat."""
    return standing.sees_all or meeting.body_id in standing.body_ids


def may_see_case(standing: Standing, case: Case) -> bool:
    """Read a case: those who see everything, its body, and whoever is responsible for it."""
    return standing.sees_all or case.body_id in standing.body_ids or standing.user_id == case.responsible_id


def may_edit_case(standing: Standing, case: Case) -> bool:
    """Write on an open case: the secretariat, and whoever is responsible for a draft."""
    return standing.manages or (standing.user_id == case.responsible_id and case.status == Case.Status.DRAFT)


def may_make_ready(standing: Standing) -> bool:
    """Only the business manager and the secretariat make cases ready."""
    return standing.manages


def may_record_decisions(standing: Standing) -> bool:
    """Record decisions and carry out what waits for its conditions."""
    return standing.manages


def may_see_decisions(standing: Standing) -> bool:
    """Read the whole decision log."""
    return standing.sees_all
