"""Whole situations, built of the factories: a board, a meeting that was held, a concept that may be started.

What a test is about should be done by the domain's own functions; what it only stands on may be made directly.
"""

from django.utils import timezone

from governance.domain import agendas, assembly, cases, decisions, meetings
from governance.models import Attendance, Body, Decision, Membership, PortalRole
from portfolio.domain import lifecycle
from portfolio.models import (
    Answer,
    Appointment,
    Budget,
    BudgetApproval,
    Initiative,
    InitiativeCase,
    LifecycleEvent,
    Participation,
    Requirement,
    Stage,
)

from .governance import (
    AffiliationFactory,
    BodyFactory,
    MembershipFactory,
    OrganisationFactory,
    PortalRoleFactory,
    UserFactory,
    at,
    days,
)
from .portfolio import (
    AdoptionFactory,
    AppointmentFactory,
    BudgetFactory,
    DialogueFactory,
    GroupFactory,
    ParticipationFactory,
)

Present = Attendance.Status.PRESENT
# How many members are represented at a general assembly that was held.
REPRESENTED = 4
Approver = BudgetApproval.Approver
Role = Appointment.Role


# ---------------------------------------------------------------- who


def business_manager():
    """OS2's business manager; the same person however often a test asks."""
    return _with_portal_role(PortalRole.Role.BUSINESS_MANAGER)


def secretariat():
    """Somebody in OS2's secretariat; the same person however often a test asks."""
    return _with_portal_role(PortalRole.Role.SECRETARIAT)


def _with_portal_role(role):
    held = PortalRole.objects.on(timezone.localdate()).filter(role=role).select_related("person").first()
    return held.person if held else PortalRoleFactory(role=role, person__organisation=None).person


def board_with(members=6):
    """The board with so many voting members, the chair first, each from an organisation of its own."""
    body = BodyFactory(kind=Body.Kind.BOARD, name="Bestyrelsen")
    for number in range(members):
        MembershipFactory(body=body, chair=number == 0)
    return body


def the_board():
    """The board, with six members unless the test has made one."""
    return Body.objects.filter(kind=Body.Kind.BOARD, valid_to=None).first() or board_with(6)


def general_assembly():
    """The general assembly."""
    return BodyFactory(kind=Body.Kind.GENERAL_ASSEMBLY, name="Generalforsamlingen")


def board_people():
    """Those who vote on the board, the chair first."""
    return [seat.person for seat in the_board().memberships.select_related("person__organisation").order_by("pk")]


def steering_group(initiative, *, board=0, others=3, chair=True):
    """A steering group of so many board members and others; the first one chairs it."""
    group = GroupFactory(initiative=initiative, kind=Body.Kind.STEERING_GROUP)
    people = [*(board_people()[:board] if board else ()), *UserFactory.create_batch(others)]
    for number, person in enumerate(people):
        MembershipFactory(body=group, person=person, chair=chair and number == 0)
    return group


def coordination_group(initiative, *, board=0, others=2):
    """A coordination group of so many board members and others."""
    group = GroupFactory(initiative=initiative, kind=Body.Kind.COORDINATION_GROUP)
    for person in [*(board_people()[:board] if board else ()), *UserFactory.create_batch(others)]:
        MembershipFactory(body=group, person=person)
    return group


def group_of(initiative, kind=Body.Kind.STEERING_GROUP):
    """The initiative's group of a kind."""
    return initiative.bodies.get(kind=kind)


def chair_of(initiative):
    """The person who chairs the initiative's steering group."""
    return group_of(initiative).memberships.get(function=Membership.Function.CHAIR).person


def owner_of(initiative):
    """The initiative's project owner."""
    return initiative.appointments.get(role=Role.PROJECT_OWNER, valid_to=None).person


# ---------------------------------------------------------------- meetings and decisions


def planned_meeting(body=None, *, on=None, **more):
    """A meeting of a body (default the board) on a day (default today), nobody's attendance recorded."""
    day = on or timezone.localdate()
    return meetings.plan_meeting(body=body or the_board(), starts_at=at(day, 10), ends_at=at(day, 12), **more)


def held_meeting(body=None, *, on=None, present=None, **more):
    """A meeting with attendance: everybody came, or the first `present` of the seats that vote."""
    meeting = planned_meeting(body, on=on, **more)
    seats = list(Membership.objects.on(meeting.date).voting().filter(body=meeting.body).order_by("pk"))
    here = seats if present is None else seats[:present]
    if meeting.body.kind == Body.Kind.GENERAL_ASSEMBLY:
        members = AffiliationFactory.create_batch(REPRESENTED)
        return assembly.record_representation(meeting=meeting, organisations=[each.organisation_id for each in members])
    return meetings.record_attendance(meeting=meeting, statuses={seat.pk: Present for seat in here})


WRITTEN = {
    "title": "Sag om et initiativ",
    "about": "Derfor er sagen på mødet.",
    "recommendation": "Det anbefales at godkende.",
}


def ready_case(initiative=None, *effects, body=None, by=None, **more):
    """A case about an initiative, ready for the agenda. An effect is a kind, or a kind with its parameters."""
    manager = by or business_manager()
    case = cases.open_case(
        body=body or the_board(),
        responsible=manager,
        by=manager,
        effects=[effect if isinstance(effect, tuple) else (effect, {}) for effect in effects],
        **{**WRITTEN, **more},
    )
    if initiative is not None:
        InitiativeCase.objects.create(case=case, initiative=initiative)
    return cases.make_ready(case=case)


def decide(initiative, *effects, outcome=Decision.Outcome.APPROVED, meeting=None, body=None, on=None, **more):
    """Put a case about the initiative before a body and record what it decided; carries out the effects."""
    manager = business_manager()
    body = meeting.body if meeting else body or the_board()
    case = ready_case(initiative, *effects, body=body, by=manager)
    meeting = meeting or held_meeting(body, on=on)
    item = agendas.put_on_agenda(meeting=meeting, case=case)
    return decisions.record_decision(
        case=case, meeting=meeting, item=item, outcome=outcome, by=manager, **{"text": "Besluttet på mødet.", **more}
    )


def again(initiative):
    """The initiative as the database has it now."""
    return Initiative.objects.get(pk=initiative.pk)


# ---------------------------------------------------------------- an initiative on its way


def answer_all(initiative, *, due=None, value=Answer.Value.YES, text="Det er på plads.", **more):
    """Answer every requirement of the level that somebody answers, for each participant where it is asked of them."""
    asked = Requirement.objects.filter(
        catalogue=initiative.catalogue,
        level__lte=initiative.level,
        response__in=[Requirement.Response.FULFIL, Requirement.Response.COMPLY_OR_EXPLAIN],
    )
    if due:
        asked = asked.filter(due=due)
    given = set(initiative.answers.values_list("requirement", "organisation"))
    participants = list(
        initiative.participations.filter(role__in=Participation.TAKES_PART, valid_to=None).values_list(
            "organisation", flat=True
        )
    )
    fields = {"answered_by": business_manager(), "answered_at": timezone.now(), **more}
    Answer.objects.bulk_create(
        Answer(initiative=initiative, requirement=row, organisation_id=organisation, value=value, text=text, **fields)
        for row in asked
        for organisation in (participants if row.per_organisation else [None])
        if (row.pk, organisation) not in given
    )


def placed(initiative):
    """Put on record that the business manager placed the initiative on its level."""
    LifecycleEvent.objects.create(
        initiative=initiative,
        kind=LifecycleEvent.Kind.LEVEL,
        transition="place",
        after=str(initiative.level),
        happened_on=timezone.localdate(),
        reason="Løsningen passer til niveauet.",
        by=business_manager(),
    )


def ready(concept):
    """Make a concept pass its start gate, but for what the board's own decision brings. Returns it.

    N1 has an owner, N2 a steering group of three with a chair, N3 one of seven where four sit on the board.
    """
    placed(concept)
    ParticipationFactory(initiative=concept, role=Participation.Role.LEAD)
    DialogueFactory(initiative=concept, written_by=business_manager())
    Initiative.objects.filter(pk=concept.pk).update(
        planned_start=days(30),
        planned_end=days(300),
        estimated_hours=400,
        business_case="Besparelsen er større end udgiften.",
        qualitative_goals="Mere tilfredse borgere.",
    )
    if concept.level <= 1:
        approver = AppointmentFactory(initiative=concept, role=Role.PROJECT_OWNER).person
        BudgetFactory(initiative=concept, approvers=[Approver.OWNER], created_by=approver)
    else:
        steering_group(concept, **({"board": 4, "others": 3} if concept.level == 3 else {}))
        BudgetFactory(initiative=concept, approvers=[Approver.STEERING_GROUP], created_by=chair_of(concept))
    answer_all(concept, due=Requirement.Due.START)
    return again(concept)


GROUP_EFFECT = {2: "approve_steering_group", 3: "appoint_steering_group"}


def let_on(initiative, transition):
    """Start, launch or admit an initiative that is ready, as its level asks: by the manager, or by the board."""
    if initiative.level <= 1:
        lifecycle.advance(initiative_id=initiative.pk, transition=transition, by=business_manager())
        return again(initiative)
    scopes = {"start": ["project"], "launch": ["product"], "admit": ["project", "product"]}[transition]
    group = [GROUP_EFFECT[initiative.level]] if transition != "launch" else []
    decide(initiative, *group, *(("approve_budget", {"scope": scope}) for scope in scopes), transition)
    return again(initiative)


def started(concept):
    """A project that came about as the rules ask."""
    return let_on(ready(concept), "start")


def ready_to_launch(project, *, informed=True):
    """Make a project (or a concept to be admitted) pass the launch gate as well, but for the board's own decision."""
    answer_all(project, due=Requirement.Due.LAUNCH)
    for organisation in OrganisationFactory.create_batch(1 if project.level <= 1 else 2):
        AdoptionFactory(initiative=project, organisation=organisation)
    AppointmentFactory(initiative=project, role=Role.SYSTEM_OWNER)
    small = project.level <= 1
    approver = owner_of(project) if small else chair_of(project)
    BudgetFactory(
        initiative=project,
        scope=Budget.Scope.PRODUCT,
        approvers=[Approver.OWNER if small else Approver.STEERING_GROUP],
        created_by=approver,
    )
    if project.level == 2:
        AppointmentFactory(initiative=project, role=Role.COORDINATOR)
    if project.level == 3:
        coordination_group(project, board=1)
    if informed and (project.stage == Stage.CONCEPT or small):
        inform_board(project)
    return again(project)


def inform_board(initiative):
    """Tell the board of an initiative, as a case for information."""
    case = ready_case(initiative, purpose="information")
    decisions.record_decision(
        case=case,
        meeting=held_meeting(),
        outcome=Decision.Outcome.NOTED,
        text="Taget til efterretning.",
        by=business_manager(),
    )


def launched(concept):
    """A product that came about as the rules ask."""
    return let_on(ready_to_launch(started(concept)), "launch")
