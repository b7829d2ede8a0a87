"""Participants, roles, groups, use of the product, dialogue, relations and history, by their pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from governance.models import Body
from portfolio.models import Adoption, Appointment, DialogueNote, LifecycleEvent, Participation, Relation
from tests.factories import (
    AdoptionFactory,
    AppointmentFactory,
    DialogueFactory,
    GroupFactory,
    InitiativeFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipationFactory,
    UserFactory,
    business_manager,
    days,
    person_as,
)

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"portfolio:{name}", args=args)


def written(day):
    return day.strftime("%d-%m-%Y")


@pytest.fixture
def manager(client):
    client.force_login(business_manager())
    return client


@pytest.fixture
def project(db):
    return InitiativeFactory(project=True, level=1)


def add_one_of_each(initiative):
    ParticipationFactory(initiative=initiative)
    AdoptionFactory(initiative=initiative)
    DialogueFactory(initiative=initiative)
    Relation.objects.create(initiative=initiative, other=InitiativeFactory(), kind=Relation.Kind.OVERLAPS)
    MembershipFactory(body=GroupFactory(initiative=initiative))
    AppointmentFactory(initiative=initiative, valid_to=days(-1))
    LifecycleEvent.objects.create(initiative=initiative, kind="level", after="1", by=UserFactory(), reason="Fordi.")


@pytest.mark.parametrize("name", ["organisation", "adoption", "dialogues", "relations", "history"])
def test_every_list_costs_the_same_with_one_and_with_three(manager, project, name):
    counts = []
    for more in (1, 2):
        for _each in range(more):
            add_one_of_each(project)
        with CaptureQueriesContext(connection) as captured:
            assert manager.get(url(name, project.slug)).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 15


@pytest.mark.parametrize("name", ["organisation", "adoption", "dialogues", "relations", "history"])
def test_every_list_has_words_when_it_is_empty(manager, project, name):
    assert manager.get(url(name, project.slug)).status_code == 200


def test_a_participant_is_added_once(manager, project):
    organisation = OrganisationFactory()
    data = {"organisation": organisation.pk, "role": "participant", "valid_from": written(days(0))}
    assert manager.post(url("participant-add", project.slug), data).status_code == 302
    answer = manager.post(url("participant-add", project.slug), data)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["organisation"])
    assert Participation.objects.filter(initiative=project).count() == 1


@pytest.mark.parametrize(
    ("field", "value"), [("valid_from", "32-13-2026"), ("valid_from", ""), ("role", "konge"), ("organisation", "0")]
)
def test_a_participant_that_cannot_be_read_is_told(manager, project, field, value):
    data = {"organisation": OrganisationFactory().pk, "role": "participant", "valid_from": "01-01-2026", field: value}
    assert list(manager.post(url("participant-add", project.slug), data).context["form"].errors) == [field]


def test_a_participation_ends_once_and_not_before_it_began(manager, project):
    row = ParticipationFactory(initiative=project, valid_from=days(-10))
    end = url("participation-end", row.pk)
    assert list(manager.post(end, {"on": written(days(-11))}).context["form"].errors) == ["on"]
    assert manager.post(end, {"on": written(days(-10))}).status_code == 302
    assert Participation.objects.get(pk=row.pk).valid_to == days(-10)
    assert list(manager.post(end, {"on": written(days(0))}).context["form"].errors) == ["on"]


@pytest.mark.parametrize("role", ["participant", "board_member", "steering_observer"])
def test_readers_end_nothing(client, project, role):
    row = ParticipationFactory(initiative=project)
    client.force_login(person_as(role, project))
    assert client.post(url("participation-end", row.pk), {"on": written(days(0))}).status_code == 404
    assert Participation.objects.get(pk=row.pk).valid_to is None


@pytest.mark.parametrize("name", ["participation-end", "adoption-end"])
def test_what_does_not_exist_is_not_there(manager, name):
    assert manager.get(url(name, 999_999)).status_code == 404


def test_a_role_passes_from_one_to_the_next(manager, project):
    before = AppointmentFactory(initiative=project, role="project_lead")
    data = {"role": "project_lead", "person": UserFactory().pk, "valid_from": written(days(0))}
    assert manager.post(url("appoint", project.slug), data).status_code == 302
    assert Appointment.objects.get(pk=before.pk).valid_to == days(-1)


def test_a_project_lead_is_not_a_member_of_the_steering_group(manager, project):
    seat = MembershipFactory(body=GroupFactory(initiative=project))
    data = {"role": "project_lead", "person": seat.person_id, "valid_from": written(days(0))}
    assert list(manager.post(url("appoint", project.slug), data).context["form"].errors) == ["person"]


def test_a_group_is_set_up_for_the_initiative_and_leads_to_its_seats(manager, project):
    no_seats = {"pladser-TOTAL_FORMS": 0, "pladser-INITIAL_FORMS": 0}
    data = {"kind": "steering_group", "name": "Styregruppen", "valid_from": written(days(0)), **no_seats}
    answer = manager.post(url("group-create", project.slug), data)
    body = Body.objects.get(name="Styregruppen")
    assert answer.url == reverse("governance:body", args=[body.slug])
    assert list(body.initiatives.all()) == [project]
    assert list(manager.post(url("group-create", project.slug), data).context["form"].errors) == ["name"]


def test_nobody_sets_up_a_board_here(manager, project):
    data = {"kind": "board", "name": "Bestyrelsen to", "valid_from": written(days(0))}
    assert list(manager.post(url("group-create", project.slug), data).context["form"].errors) == ["kind"]


def test_use_is_registered_once_and_ended(manager, project):
    data = {"organisation": OrganisationFactory().pk, "valid_from": written(days(-5))}
    assert manager.post(url("adoption", project.slug), data).status_code == 302
    assert list(manager.post(url("adoption", project.slug), data).context["form"].errors) == ["organisation"]
    row = Adoption.objects.get()
    assert manager.post(url("adoption-end", row.pk), {"on": written(days(0))}).status_code == 302
    assert Adoption.objects.get().valid_to == timezone.localdate()


def test_a_dialogue_is_registered_when_it_has_been_held(manager, project):
    data = {"held_on": written(days(1)), "with_whom": "Projektleder", "text": "Vi talte om kravene."}
    assert list(manager.post(url("dialogues", project.slug), data).context["form"].errors) == ["held_on"]
    assert manager.post(url("dialogues", project.slug), {**data, "held_on": written(days(0))}).status_code == 302
    assert DialogueNote.objects.get().initiative == project


@pytest.mark.parametrize(("role", "status"), [("lead", 200), ("proposer", 200), ("participant", 404)])
def test_who_reads_the_dialogue_and_that_readers_do_not_write_it(client, project, role, status):
    client.force_login(person_as(role, project))
    assert client.get(url("dialogues", project.slug)).status_code == status
    data = {"held_on": written(days(0)), "with_whom": "Mig", "text": "Forsøg"}
    assert client.post(url("dialogues", project.slug), data).status_code == (403 if status == 200 else 404)
    assert not DialogueNote.objects.exists()


@pytest.mark.parametrize("name", ["participant-add", "appoint", "group-create"])
@pytest.mark.parametrize("role", ["participant", "board_chair", "steering_observer"])
def test_readers_do_not_open_the_pages_that_write(client, project, name, role):
    client.force_login(person_as(role, project))
    assert client.get(url(name, project.slug)).status_code == 404
    assert client.post(url(name, project.slug), {}).status_code == 404


def test_readers_read_who_uses_it_and_a_forged_post_writes_nothing(client, project):
    client.force_login(person_as("participant", project))
    assert client.get(url("adoption", project.slug)).status_code == 200
    data = {"organisation": OrganisationFactory().pk, "valid_from": written(days(0))}
    assert client.post(url("adoption", project.slug), data).status_code == 403
    assert not Adoption.objects.exists()


def test_readers_read_the_relations_and_a_forged_post_writes_nothing(client, project):
    reader = person_as("participant", project)
    own = InitiativeFactory(proposer=reader)
    client.force_login(reader)
    assert client.get(url("relations", project.slug)).status_code == 200
    assert client.post(url("relations", project.slug), {"kind": "overlaps", "other": own.pk}).status_code == 403
    assert not Relation.objects.exists()


def test_a_relation_is_written_once_and_taken_away(manager, project):
    data = {"kind": "overlaps", "other": InitiativeFactory().pk, "note": "Supplerer hinanden."}
    assert manager.post(url("relations", project.slug), data).status_code == 302
    assert list(manager.post(url("relations", project.slug), data).context["form"].errors) == ["other"]
    own = manager.post(url("relations", project.slug), {**data, "other": project.pk})
    assert list(own.context["form"].errors) == ["other"]
    remove = url("relation-remove", Relation.objects.get().pk)
    assert manager.get(remove).status_code == 405
    assert manager.post(remove).status_code == 302
    assert manager.post(remove).status_code == 404


def test_a_relation_is_not_taken_away_by_readers(client, project):
    row = Relation.objects.create(initiative=project, other=InitiativeFactory(), kind="overlaps")
    client.force_login(person_as("participant", project))
    assert client.post(url("relation-remove", row.pk)).status_code == 404
    assert Relation.objects.exists()


def test_an_event_shows_the_requirements_as_they_were(manager, n1_concept):
    manager.post(reverse("portfolio:transition", args=[n1_concept.slug, "start"]))
    event = LifecycleEvent.objects.get(initiative=n1_concept, transition="start")
    groups = manager.get(url("event", n1_concept.slug, event.pk)).context["groups"]
    assert sum(len(group.rows) for group in groups) == len(event.gate["results"])
    n1_concept.answers.update(value="no")
    again = manager.get(url("event", n1_concept.slug, event.pk)).context["groups"]
    assert again == groups


def test_an_event_of_another_initiative_is_not_there(manager, project):
    event = LifecycleEvent.objects.create(initiative=InitiativeFactory(), kind="level", after="1")
    assert manager.get(url("event", project.slug, event.pk)).status_code == 404


def test_the_choice_of_another_initiative_keeps_what_was_chosen_and_escapes_names(manager, project):
    other = InitiativeFactory(name="<b>Fed</b> & fin")
    body = manager.post(url("relations", project.slug), {"kind": "", "other": other.pk}).content.decode()
    assert f'<option value="{other.pk}" selected>&lt;b&gt;Fed&lt;/b&gt; &amp; fin</option>' in body
    assert 'aria-invalid="true"' in body
