"""Describing and planning: who may, bad dates, and two people writing at once."""

import pytest
from django.forms import model_to_dict
from django.urls import reverse

from portfolio.forms.descriptions import DescribeForm, PlanForm
from portfolio.models import Initiative
from tests.factories import InitiativeFactory, SubjectAreaFactory, business_manager, person_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client):
    client.force_login(business_manager())
    return client


@pytest.fixture
def project(db):
    return InitiativeFactory(project=True, described=True, level=1)


def url(name, initiative):
    return reverse(f"portfolio:{name}", args=[initiative.slug])


def described(initiative, **other):
    values = model_to_dict(initiative, fields=DescribeForm.Meta.fields)
    values["subject_areas"] = [area.pk for area in values["subject_areas"]]
    values.pop("is_public_idea")
    return {**values, "version": initiative.version, **other}


def planned(initiative, **other):
    values = {name: value or "" for name, value in model_to_dict(initiative, fields=PlanForm.Meta.fields).items()}
    return {**values, "version": initiative.version, **other}


def test_a_description_is_saved_with_its_subject_areas(manager, project):
    area = SubjectAreaFactory(name="Skole")
    answer = manager.post(url("describe", project), described(project, purpose="Nyt formål.", subject_areas=[area.pk]))
    assert answer.status_code == 302
    saved = Initiative.objects.get(pk=project.pk)
    assert (saved.purpose, list(saved.subject_areas.all())) == ("Nyt formål.", [area])
    assert saved.version == project.version + 1


def test_the_second_to_save_sees_both_texts_and_loses_nothing(manager, project):
    stale = described(project, purpose="Min tekst.")
    manager.post(url("describe", project), described(project, purpose="Deres tekst."))
    answer = manager.post(url("describe", project), stale)
    assert answer.status_code == 409
    difference = answer.context["difference"]
    assert [(row.theirs, row.yours) for row in difference.differences] == [("Deres tekst.", "Min tekst.")]
    assert answer.context["form"]["purpose"].value() == "Min tekst."
    assert Initiative.objects.get(pk=project.pk).purpose == "Deres tekst."


def test_having_seen_theirs_one_may_save_ones_own(manager, project):
    stale = described(project, purpose="Min tekst.")
    manager.post(url("describe", project), described(project, purpose="Deres tekst."))
    seen = manager.post(url("describe", project), stale).context["difference"].version
    assert manager.post(url("describe", project), {**stale, "seen_version": seen}).status_code == 302
    assert Initiative.objects.get(pk=project.pk).purpose == "Min tekst."


@pytest.mark.parametrize("version", ["", "x", "-1"])
def test_a_broken_version_saves_nothing(manager, project, version):
    assert manager.post(url("describe", project), described(project, purpose="x", version=version)).status_code == 422
    assert Initiative.objects.get(pk=project.pk).purpose == project.purpose


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "x" * 10_000), ("repository", "ikke en adresse"), ("subject_areas", ["999999"])],
)
def test_a_description_that_cannot_be_read_is_told(manager, project, field, value):
    answer = manager.post(url("describe", project), described(project, **{field: value}))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert answer.context["initiative"].name == project.name


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("planned_start", "31-02-2027"),
        ("planned_start", "i morgen"),
        ("planned_end", "01-01-0026"),
        ("estimated_hours", "mange"),
        ("estimated_hours", "-5"),
    ],
)
def test_a_plan_that_cannot_be_read_is_told(manager, project, field, value):
    answer = manager.post(url("plan", project), planned(project, **{field: value}))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_a_plan_does_not_end_before_it_starts(manager, project):
    dates = {"planned_start": "02-01-2027", "planned_end": "01-01-2027"}
    answer = manager.post(url("plan", project), planned(project, **dates))
    assert list(answer.context["form"].errors) == ["planned_end"]
    assert (
        manager.post(url("plan", project), planned(project, **{**dates, "planned_end": "02-01-2027"})).status_code
        == 302
    )


@pytest.mark.parametrize("name", ["describe", "plan"])
def test_an_ended_initiative_is_not_written_on(manager, name):
    assert manager.get(url(name, InitiativeFactory(stage="closed", level=1))).status_code == 404


@pytest.mark.parametrize(("role", "status"), [("lead", 200), ("participant", 404), ("board_member", 404)])
@pytest.mark.parametrize("name", ["describe", "plan"])
def test_who_may_write(client, project, name, role, status):
    client.force_login(person_as(role, project))
    assert client.get(url(name, project)).status_code == status
    data = described(project, purpose="Forsøg") if name == "describe" else planned(project, business_case="Forsøg")
    assert client.post(url(name, project), data).status_code == (302 if status == 200 else 404)


def test_a_proposer_writes_on_the_idea_and_not_on_the_concept(client):
    idea, concept = InitiativeFactory(), InitiativeFactory(concept=True)
    for initiative, status in ((idea, 200), (concept, 404)):
        client.force_login(initiative.proposer)
        assert client.get(url("describe", initiative)).status_code == status
