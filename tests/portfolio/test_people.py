"""Who is behind an initiative: participants, roles, groups, users of the product, dialogue."""

import pytest

from governance.models import Body
from governance.refusals import NotAllowed, NotReady
from portfolio.domain import people
from portfolio.models import Adoption, Appointment, DialogueNote, InitiativeBody, Participation, Stage
from tests.factories import (
    ROLES,
    AdoptionFactory,
    AppointmentFactory,
    BodyFactory,
    GroupFactory,
    InitiativeFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipationFactory,
    UserFactory,
    business_manager,
    days,
    decide,
    person_as,
)

pytestmark = pytest.mark.django_db
MANAGES = {"business_manager", "secretariat"}
OWN = {"owner", "lead", "steering_member", "steering_chair"}
PRODUCT_GROUP = {"coordinator", "coordination_member", "system_owner"}


@pytest.fixture
def project():
    return InitiativeFactory(project=True, level=2)


def participate(initiative, **more):
    fields = {"organisation": OrganisationFactory(), "role": "participant", "by": business_manager()}
    return people.add_participant(initiative=initiative, **{**fields, "valid_from": days(0), **more})


def appoint(initiative, role="project_lead", **more):
    fields = {"person": UserFactory(), "by": business_manager(), "valid_from": days(0)}
    return people.appoint(initiative=initiative, role=role, **{**fields, **more})


def adopt(initiative, **more):
    fields = {"organisation": OrganisationFactory(), "by": business_manager(), "valid_from": days(0)}
    return people.register_adoption(initiative=initiative, **{**fields, **more})


def talk(initiative, **more):
    fields = {"held_on": days(0), "with_whom": "Projektleder", "text": "Om kravene.", "about_requirements": True}
    return people.note_dialogue(initiative=initiative, **{**fields, "by": business_manager(), **more})


def set_up(initiative, **more):
    fields = {"kind": Body.Kind.STEERING_GROUP, "name": "Styregruppen for prøven", "by": business_manager()}
    return people.set_up_group(initiative=initiative, **{**fields, "valid_from": days(0), **more})


def codes_of(error, attempt, *args, **more):
    with pytest.raises(error) as refusal:
        attempt(*args, **more)
    return refusal.value.codes


# ---------------------------------------------------------------- who may

EDITS = {
    Stage.IDEA: MANAGES | {"proposer"},
    Stage.CONCEPT: MANAGES | OWN,
    Stage.PROJECT: MANAGES | OWN,
    Stage.PRODUCT: MANAGES | OWN | PRODUCT_GROUP,
}
SETS_PEOPLE = {stage: MANAGES | ({"steering_chair"} if stage != Stage.IDEA else set()) for stage in EDITS}
MANAGE = dict.fromkeys(EDITS, MANAGES)


@pytest.mark.parametrize(
    ("attempt", "rows", "allowed"),
    [
        (participate, Participation, EDITS),
        (appoint, Appointment, SETS_PEOPLE),
        (set_up, InitiativeBody, MANAGE),
        (talk, DialogueNote, MANAGE),
        (adopt, Adoption, {**EDITS, Stage.IDEA: MANAGES}),
    ],
)
@pytest.mark.parametrize("stage", list(EDITS))
def test_who_may_when(attempt, rows, allowed, stage):
    initiative = InitiativeFactory(stage=stage, level=2)
    everybody = {role: person_as(role, initiative) for role in ROLES}
    before = set(rows.objects.values_list("pk", flat=True))
    for role, by in everybody.items():
        if role not in allowed[stage]:
            assert codes_of(NotAllowed, attempt, initiative, by=by) == ["not_allowed"], role
    assert set(rows.objects.values_list("pk", flat=True)) == before
    for number, role in enumerate(sorted(allowed[stage])):
        named = {"name": f"Gruppe {number}"} if attempt is set_up else {}
        from_day = {"valid_from": days(number + 1)} if attempt is appoint else {}
        assert attempt(initiative, by=everybody[role], **named, **from_day)


# ---------------------------------------------------------------- participants


def test_an_organisation_takes_part_once_in_each_role(project):
    organisation = OrganisationFactory()
    participate(project, organisation=organisation)
    assert codes_of(NotReady, participate, project, organisation=organisation) == ["already_taking_part"]
    assert participate(project, organisation=organisation, role="vendor")


def test_one_who_left_may_come_back(project):
    ended = ParticipationFactory(initiative=project, valid_to=days(-1))
    assert participate(project, organisation=ended.organisation)


def test_a_participation_ends_once_and_not_before_it_began(project):
    row = ParticipationFactory(initiative=project, valid_from=days(-5))
    end = {"participation": row, "by": business_manager()}
    assert codes_of(NotReady, people.end_participation, **end, on=days(-6)) == ["ends_before_start"]
    people.end_participation(**end, on=days(-5))
    assert Participation.objects.get().valid_to == days(-5)
    assert codes_of(NotReady, people.end_participation, **end, on=days(0)) == ["already_ended"]


@pytest.mark.parametrize("role", ["stranger", "participant", "proposer", "board_chair"])
def test_others_do_not_end_a_participation(project, role):
    row = ParticipationFactory(initiative=project)
    by = person_as(role, project)
    assert codes_of(NotAllowed, people.end_participation, participation=row, by=by, on=days(0)) == ["not_allowed"]
    assert not Participation.objects.exclude(valid_to=None).exists()


# ---------------------------------------------------------------- roles


def test_whoever_had_the_role_is_ended_the_day_before(project):
    first = AppointmentFactory(initiative=project, role="project_lead", valid_from=days(-30))
    second = appoint(project)
    assert Appointment.objects.get(pk=first.pk).valid_to == days(-1)
    assert list(project.appointments.on(days(0))) == [second]
    assert list(project.appointments.on(days(-1))) == [first]


@pytest.mark.parametrize(("day", "codes"), [(0, ["starts_before_present"]), (-1, ["starts_before_present"]), (1, [])])
def test_the_next_one_begins_after_the_present_one(project, day, codes):
    AppointmentFactory(initiative=project, role="project_lead", valid_from=days(0))
    if codes:
        assert codes_of(NotReady, appoint, project, valid_from=days(day)) == codes
    else:
        assert appoint(project, valid_from=days(day))


@pytest.mark.parametrize("role", ["project_owner", "project_lead", "system_owner"])
def test_a_role_is_held_by_a_person(project, role):
    more = {"person": None, "organisation": OrganisationFactory()}
    assert codes_of(NotReady, appoint, project, role, **more) == ["nobody"]


def test_a_coordinator_may_be_an_organisation(project):
    assert codes_of(NotReady, appoint, project, "coordinator", person=None) == ["nobody"]
    assert appoint(project, "coordinator", person=None, organisation=OrganisationFactory()).person is None


@pytest.mark.parametrize(
    ("seat", "codes"),
    [
        ({}, ["lead_in_steering_group"]),
        ({"chair": True}, ["lead_in_steering_group"]),
        ({"deputy": True}, ["lead_in_steering_group"]),
        ({"secretary": True}, []),
        ({"observer": True}, []),
        ({"valid_to": days(-1)}, []),
        ({"valid_to": days(0)}, ["lead_in_steering_group"]),
    ],
)
def test_a_member_of_the_steering_group_does_not_become_project_lead(project, seat, codes):
    person = MembershipFactory(body=GroupFactory(initiative=project), **seat).person
    if codes:
        assert codes_of(NotReady, appoint, project, person=person) == codes
        assert not project.appointments.exists()
    else:
        assert appoint(project, person=person)
    assert appoint(project, "project_owner", person=person)


def test_a_member_of_another_steering_group_may_lead(project):
    person = MembershipFactory(body=GroupFactory(initiative=InitiativeFactory(project=True))).person
    assert appoint(project, person=person)


def test_a_decision_appoints_whoever_carries_it_out(project):
    decision = decide(project, "other")
    assert appoint(project, by=person_as("stranger"), decision=decision).decision == decision


# ---------------------------------------------------------------- groups, users, dialogue


def test_a_group_is_tied_to_the_initiative(project):
    body = set_up(project, kind=Body.Kind.COORDINATION_GROUP)
    assert list(project.bodies.all()) == [body]
    assert (body.kind, body.valid_from) == (Body.Kind.COORDINATION_GROUP, days(0))


def test_two_groups_do_not_share_a_name(project):
    set_up(project)
    assert codes_of(NotReady, set_up, project) == ["name_taken"]
    assert Body.objects.count() == 1


def test_an_organisation_uses_a_product_once_at_a_time(project):
    row = adopt(project, experience="Begynd med superbrugere.")
    assert codes_of(NotReady, adopt, project, organisation=row.organisation) == ["already_adopted"]
    people.end_adoption(adoption=row, by=business_manager(), on=days(0))
    assert adopt(project, organisation=row.organisation, valid_from=days(1))


def test_use_ends_once_and_not_before_it_began(project):
    row = AdoptionFactory(initiative=project, valid_from=days(-5))
    end = {"adoption": row, "by": business_manager()}
    assert codes_of(NotReady, people.end_adoption, **end, on=days(-6)) == ["ends_before_start"]
    people.end_adoption(**end, on=days(0))
    assert codes_of(NotReady, people.end_adoption, **end, on=days(0)) == ["already_ended"]


@pytest.mark.parametrize(("day", "codes"), [(0, []), (1, ["in_the_future"])])
def test_a_dialogue_is_registered_when_it_was_held(project, day, codes):
    if codes:
        assert codes_of(NotReady, talk, project, held_on=days(day)) == codes
        assert not DialogueNote.objects.exists()
    else:
        assert talk(project, held_on=days(day)).written_by == business_manager()


# ---------------------------------------------------------------- the board's contact


@pytest.mark.parametrize(
    ("trait", "may"),
    [({}, True), ({"chair": True}, True), ({"observer": True}, False), ({"valid_to": days(-1)}, False)],
)
def test_the_boards_contact_sits_on_the_board(project, trait, may):
    board = BodyFactory(kind=Body.Kind.BOARD)
    person = MembershipFactory(body=board, **trait).person
    if may:
        assert appoint(project, "shepherd", person=person).person == person
    else:
        assert codes_of(NotReady, appoint, project, "shepherd", person=person) == ["not_on_board"]


def test_only_the_office_chooses_the_boards_contact(project):
    person = MembershipFactory(body=BodyFactory(kind=Body.Kind.BOARD)).person
    group = GroupFactory(initiative=project)
    chair = MembershipFactory(body=group, chair=True).person
    assert codes_of(NotAllowed, appoint, project, "shepherd", person=person, by=chair) == ["not_manager"]
    assert not project.appointments.exists()
