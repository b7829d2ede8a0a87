"""Who may do what in governance (domain.md section 3). Small predicates on a standing; views and domain ask these."""

from governance.models import Body, Case, Meeting, Membership
from governance.standing import Standing

# Committees write guidance, groups material; both are the same rows (domain.md section 2).
WRITE_GUIDANCE = (Body.Kind.EXPERT_COMMITTEE, Body.Kind.EXPERT_GROUP)


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


def planned_body_ids(standing: Standing) -> frozenset[int]:
    """The groups whose meetings and cases the person prepares, as their chair or secretary."""
    kinds = (Body.Kind.STEERING_GROUP, Body.Kind.COORDINATION_GROUP)
    functions = (Membership.Function.CHAIR, Membership.Function.SECRETARY)
    return frozenset(s.body_id for s in standing.seats if s.kind in kinds and s.function in functions)


def may_plan_meetings(standing: Standing, body: Body) -> bool:
    """Plan meetings, agendas and attendance: the secretariat for all, a group's chair and secretary for their own."""
    return standing.manages or body.pk in planned_body_ids(standing)


def may_read_agenda(standing: Standing, meeting: Meeting) -> bool:
    """Read an agenda: members when it is sent; those who prepare it, and whoever sees all, also while it is a draft."""
    is_known = meeting.published_at is not None or meeting.date <= standing.day
    return is_known or standing.sees_all or may_plan_meetings(standing, meeting.body)


def may_read_ahead(standing: Standing, meeting: Meeting) -> bool:
    """Read ahead and write remarks: whoever has a seat in the body, and the secretariat. Marking asks for a vote."""
    return standing.manages or meeting.body_id in standing.body_ids


def may_see_overview(standing: Standing, meeting: Meeting) -> bool:
    """See what a meeting must talk about: its chair, and those who prepare it."""
    return standing.chairs(meeting.body_id) or may_plan_meetings(standing, meeting.body)


def may_vote_in_writing(standing: Standing, meeting: Meeting) -> bool:
    """Open the page where members vote in writing: a voting seat in the body. Deputies do not vote there."""
    deputy = Membership.Function.DEPUTY
    held = any(s.body_id == meeting.body_id and s.has_vote and s.function != deputy for s in standing.seats)
    return held and meeting.procedure == Meeting.Procedure.WRITTEN


def may_write_minutes(standing: Standing, meeting: Meeting) -> bool:
    """Write the minutes of a meeting: those who prepare its body's meetings, and whoever was chosen to take them."""
    return may_plan_meetings(standing, meeting.body) or (
        standing.user_id is not None and standing.user_id == meeting.minute_taker_id
    )


def may_note_actions(standing: Standing, body: Body, meeting: Meeting | None = None) -> bool:
    """Agree on action items of a body: those who prepare its meetings; of a meeting also whoever takes its minutes."""
    if meeting is not None and may_write_minutes(standing, meeting):
        return True
    return may_plan_meetings(standing, body)


def may_prepare_cases(standing: Standing) -> bool:
    """Open cases and plan meetings for at least one body."""
    return standing.manages or bool(planned_body_ids(standing))


def may_edit_case(standing: Standing, case: Case) -> bool:
    """Write on a case: the secretariat; on a draft whoever is responsible, and its group's chair and secretary."""
    own = standing.user_id == case.responsible_id or case.body_id in planned_body_ids(standing)
    return standing.manages or (own and case.status == Case.Status.DRAFT)


def may_make_ready(standing: Standing, body: Body) -> bool:
    """Make a body's cases ready: the secretariat for all, a group's chair and secretary for their own."""
    return may_plan_meetings(standing, body)


def may_record_decisions(standing: Standing, body: Body) -> bool:
    """Record what a body decided and carry out what waits for its conditions.

    The secretariat for all; a steering or coordination group's chair and secretary for their own. What only the board
    may decide is refused by the effects themselves.
    """
    return may_plan_meetings(standing, body)


def may_elect_chair(standing: Standing, body: Body) -> bool:
    """Register who a group has elected chair: the secretariat, and the group's own chair or secretary.

    The board's chair is elected by the general assembly, so that is the secretariat's to register.
    """
    return standing.manages or body.pk in planned_body_ids(standing)


def may_leave_group(standing: Standing, body: Body) -> bool:
    """Leave a coordination group by oneself: whoever has a seat in it."""
    return body.kind == Body.Kind.COORDINATION_GROUP and body.pk in standing.body_ids


def may_see_ending_terms(standing: Standing) -> bool:
    """See whose terms end, and which groups will break a rule: those who see all initiatives."""
    return standing.sees_all


def may_try_seats(standing: Standing, body: Body) -> bool:
    """Try what a change of seats would do: whoever sees all, and those who prepare the group's meetings."""
    return standing.sees_all or body.pk in planned_body_ids(standing)


def may_write_guidance(standing: Standing, body: Body) -> bool:
    """Write a committee's guidance or an expert group's material: its members, and the secretariat."""
    if body.kind not in WRITE_GUIDANCE:
        return False
    observer = Membership.Function.OBSERVER
    return standing.manages or any(s.body_id == body.pk and s.function != observer for s in standing.seats)


def may_publish_guidance(standing: Standing) -> bool:
    """Publish what a committee or group has written."""
    return standing.manages


def may_publish_decisions(standing: Standing) -> bool:
    """Make a decision public before its minutes are approved, and take it back (domain.md section 3)."""
    return standing.manages
