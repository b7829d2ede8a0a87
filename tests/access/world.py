"""One of everything there is an address for: around a product on N2 that has somebody in every role."""

from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from governance.codec import to_json
from governance.domain import agendas, cases, people
from governance.domain import guidance as writing
from governance.models import (
    ActionItem,
    Affiliation,
    AgendaItem,
    Body,
    Case,
    Decision,
    Facilitation,
    Guidance,
    GuidancePoint,
    Invitation,
    Meeting,
    Membership,
    Organisation,
    PortalRole,
    User,
)
from portfolio.models import (
    Adoption,
    Budget,
    Evidence,
    Initiative,
    InitiativeCase,
    LifecycleEvent,
    Participation,
    Relation,
    Requirement,
    StatusReport,
)
from publishing.domain import publications, record
from publishing.models import PublishedMinutes, PublishedMinutesFile
from publishing.public_record import PublicMinutes
from reporting.domain.report_orders import ask_for_report
from reporting.domain.snapshots import take_snapshot
from reporting.models import BoardReport, MeetingPaper, Snapshot
from tests.factories import (
    LONG_AGO,
    AdoptionFactory,
    AnswerFactory,
    BodyFactory,
    BudgetFactory,
    GroupFactory,
    InitiativeFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipationFactory,
    UserFactory,
    business_manager,
    decide,
    general_assembly,
    group_of,
    person_as,
    planned_meeting,
    ready_case,
    secretariat,
)

ROLES = (
    "member_user",
    "participant",
    "proposer",
    "lead",
    "owner",
    "steering_member",
    "steering_chair",
    "coordinator",
    "board_member",
    "board_chair",
    "secretariat",
    "business_manager",
)


@dataclass
class World:
    """What the addresses are about, and one person for each role."""

    people: dict[str, User]
    clients: dict[str, Client]
    initiative: Initiative
    group: Body
    users_group: Body
    facilitation: Facilitation
    seat: Membership
    organisation: Organisation
    affiliation: Affiliation
    meeting: Meeting
    assembly: Meeting
    written: Meeting
    case: Case
    item: AgendaItem
    decision: Decision
    action: ActionItem
    participation: Participation
    adoption: Adoption
    event: LifecycleEvent
    relation: Relation
    evidence: Evidence
    budget: Budget
    report: StatusReport
    snapshot: Snapshot
    board_report: BoardReport
    paper: MeetingPaper
    guidance: Guidance
    invitation: Invitation
    portal_role: PortalRole

    @property
    def slug(self) -> dict[str, Any]:
        """The address of the initiative."""
        return {"slug": self.initiative.slug}

    @property
    def report_address(self) -> dict[str, Any]:
        """The address of its report."""
        return {**self.slug, "number": self.report.number}


def build() -> World:
    """Make one of everything, by people who may."""
    manager = business_manager()
    initiative = InitiativeFactory(product=True, described=True, level=2, name="Prøveløsningen")
    holders = {role: person_as(role, initiative) for role in ROLES}
    group = group_of(initiative)
    users_group = GroupFactory(initiative=initiative, kind=Body.Kind.COORDINATION_GROUP)
    MembershipFactory(body=users_group, person=holders["coordinator"])
    meeting = planned_meeting()
    case = ready_case(initiative, "other")
    draft = _draft(initiative)
    answer = AnswerFactory(initiative=initiative, requirement=Requirement.objects.get(code="N1-F7"))
    event = LifecycleEvent.objects.create(
        initiative=initiative, kind="stage", transition="launch", after="product", by=manager, reason="I drift."
    )
    decision = decide(initiative, "other", text="Taget i brug.")
    snapshot = take_snapshot(by=manager, meeting=meeting)
    publications.publish(snapshot=snapshot, by=manager)
    record.publish_decision(decision=decision, by=manager)
    _publish_minutes(meeting, manager)
    board_report = _made(ask_for_report(snapshot=snapshot, by=manager))
    return World(
        people=holders,
        clients={"anonymous": Client(), **{role: _signed_in(person) for role, person in holders.items()}},
        initiative=initiative,
        group=group,
        users_group=users_group,
        facilitation=Facilitation.objects.create(
            body=users_group, organisation=OrganisationFactory(company=True), basis="hired", valid_from=LONG_AGO
        ),
        seat=group.memberships.first(),
        organisation=holders["member_user"].organisation,
        affiliation=Affiliation.objects.get(organisation=holders["member_user"].organisation),
        meeting=meeting,
        assembly=planned_meeting(general_assembly()),
        written=planned_meeting(procedure=Meeting.Procedure.WRITTEN),
        case=draft,
        item=agendas.put_on_agenda(meeting=meeting, case=case),
        decision=decision,
        action=ActionItem.objects.create(
            body=meeting.body,
            what="Spørg leverandøren",
            owner=holders["lead"],
            due=timezone.localdate(),
            created_by=manager,
        ),
        participation=initiative.participations.get(organisation=holders["participant"].organisation),
        adoption=AdoptionFactory(initiative=initiative),
        event=event,
        relation=Relation.objects.create(initiative=initiative, other=_seen_by_both(holders), kind="overlaps"),
        evidence=Evidence.objects.create(
            answer=answer, title="bilag.pdf", file=ContentFile(b"%PDF-1.7", "bilag.pdf"), size=8, added_by=manager
        ),
        budget=BudgetFactory(initiative=initiative, scope="product"),
        report=StatusReport.objects.create(
            initiative=initiative,
            number=1,
            shape="product",
            level=2,
            period_end=timezone.localdate(),
            written_by=manager,
        ),
        snapshot=snapshot,
        board_report=board_report,
        paper=_set(meeting, manager),
        guidance=_mandatory(initiative, manager),
        invitation=people.invite(email="ny@example.org", title="Konsulent", organisation=None, by=manager),
        portal_role=secretariat().portal_roles.get(),
    )


def _mandatory(initiative, manager):
    """Published guidance with a file, and a point that is mandatory for the initiative."""
    draft = writing.start_guidance(
        body=BodyFactory(kind=Body.Kind.EXPERT_COMMITTEE), title="Fælles projektmodel", by=manager
    )
    row = GuidancePoint.objects.create(version=draft, number=1, title="Brug modellen")
    writing.add_file(draft=draft, upload=SimpleUploadedFile("model.pdf", b"%PDF-1.7"), by=manager)
    writing.publish(draft=draft, by=manager)
    decide(initiative, ("make_guidance_mandatory", {"points": [row.pk]}))
    return draft.guidance


def _seen_by_both(holders):
    """Another initiative of the proposer's, where the participant takes part too."""
    other = InitiativeFactory(proposer=holders["proposer"])
    ParticipationFactory(initiative=other, organisation=holders["participant"].organisation)
    return other


def _signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def _made(report):
    report.status, report.made_at, report.size, report.pdf_checksum = "done", timezone.now(), 8, "0" * 64
    report.file.save("rapport.pdf", ContentFile(b"%PDF-1.7"), save=False)
    report.save()
    return report


def _publish_minutes(meeting, manager):
    """As if the minutes were approved; whoever may see them is what is asked, not how they came there."""
    public = PublicMinutes("Bestyrelsen", "board", "meeting", 2026, 1, meeting.date, meeting.date)
    published = PublishedMinutes.objects.create(
        meeting=meeting,
        edition=1,
        held_on=meeting.date,
        body="Bestyrelsen",
        data=to_json(public),
        published_at=timezone.now(),
        published_by=manager,
    )
    row = PublishedMinutesFile(minutes=published)
    row.file.save("referat.pdf", ContentFile(b"%PDF-1.7"), save=False)
    row.save()


def _set(meeting, manager):
    paper = MeetingPaper(meeting=meeting, kind="minutes", content={}, status="done", asked_at=timezone.now())
    paper.asked_by = manager
    paper.file.save("papir.pdf", ContentFile(b"%PDF-1.7"), save=False)
    paper.save()
    return paper


def _draft(initiative):
    draft = cases.open_case(
        title="En kladde",
        body=Body.objects.get(kind=Body.Kind.BOARD),
        responsible=UserFactory(),
        by=business_manager(),
        about="Formål",
        recommendation="Godkend",
        effects=[("other", {})],
    )
    InitiativeCase.objects.create(case=draft, initiative=initiative)
    return draft
