"""A person for each way one can stand to the portal and to an initiative (domain.md section 3)."""

from governance.models import Body, Membership
from portfolio.models import Appointment, Participation

from .governance import MembershipFactory, UserFactory
from .portfolio import AppointmentFactory, GroupFactory, ParticipationFactory
from .situations import board_people, business_manager, secretariat, the_board


def _board_member():
    the_board()
    return board_people()[1]


def _board_chair():
    the_board()
    return board_people()[0]


PORTAL_WIDE = {
    "stranger": UserFactory,
    "member_user": lambda: UserFactory(organisation__member=True),
    "board_member": _board_member,
    "board_chair": _board_chair,
    "secretariat": secretariat,
    "business_manager": business_manager,
}


def _proposer(initiative):
    return initiative.proposer


def _participant(initiative):
    row = initiative.participations.filter(role=Participation.Role.PARTICIPANT, valid_to=None).first()
    row = row or ParticipationFactory(initiative=initiative)
    return UserFactory(organisation=row.organisation)


def _appointed(role):
    def person(initiative):
        row = initiative.appointments.filter(role=role, valid_to=None).first()
        return (row or AppointmentFactory(initiative=initiative, role=role)).person

    return person


def _seated(kind, function):
    def person(initiative):
        group = initiative.bodies.filter(kind=kind).first() or GroupFactory(initiative=initiative, kind=kind)
        seat = group.memberships.filter(function=function, valid_to=None).first()
        votes = function not in (Membership.Function.OBSERVER, Membership.Function.SECRETARY)
        return (seat or MembershipFactory(body=group, function=function, has_vote=votes)).person

    return person


OF_INITIATIVE = {
    "proposer": _proposer,
    "participant": _participant,
    "owner": _appointed(Appointment.Role.PROJECT_OWNER),
    "lead": _appointed(Appointment.Role.PROJECT_LEAD),
    "coordinator": _appointed(Appointment.Role.COORDINATOR),
    "system_owner": _appointed(Appointment.Role.SYSTEM_OWNER),
    "steering_member": _seated(Body.Kind.STEERING_GROUP, Membership.Function.MEMBER),
    "steering_chair": _seated(Body.Kind.STEERING_GROUP, Membership.Function.CHAIR),
    "steering_observer": _seated(Body.Kind.STEERING_GROUP, Membership.Function.OBSERVER),
    "coordination_member": _seated(Body.Kind.COORDINATION_GROUP, Membership.Function.MEMBER),
}
ROLES = (*PORTAL_WIDE, *OF_INITIATIVE)


def person_as(role, initiative=None):
    """The person with a role: portal-wide, or on the initiative (made there if nobody has it)."""
    if role in PORTAL_WIDE:
        return PORTAL_WIDE[role]()
    if initiative is None:
        raise ValueError(f"{role} is somebody on an initiative; say which")
    return OF_INITIATIVE[role](initiative)
