"""Adopting a requirement catalogue: the rules, the board's decision, the pages."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance.models import Case
from governance.refusals import NotAllowed, NotReady
from portfolio.domain import catalogues
from portfolio.domain.lifecycle import catalogue_in_force
from portfolio.domain.reference import CATALOGUE_2016, load_catalogue
from portfolio.models import Requirement, RequirementCatalogue
from tests.factories import (
    InitiativeFactory,
    again,
    business_manager,
    days,
    decide,
    person_as,
    steering_group,
    the_board,
)
from tests.look.html import parse, text
from tests.portfolio.deciding import refused

pytestmark = pytest.mark.django_db
LIST = reverse("portfolio:catalogues")


def draft_of(version="2030", **more):
    catalogue = RequirementCatalogue.objects.create(version=version, title=f"Kravkatalog {version}", **more)
    Requirement.objects.create(catalogue=catalogue, code="N1-R1", order=1, level=1, theme="relevance", title="Krav")
    return catalogue


@pytest.fixture
def draft(catalogue):
    return draft_of()


def adopting(draft, valid_from=None):
    said = {"catalogue": draft.version}
    return ("adopt_catalogue", said if valid_from is None else {**said, "valid_from": valid_from.isoformat()})


# ---------------------------------------------------------------- rules
def test_a_draft_can_be_adopted_from_the_day_itself(draft):
    assert catalogues.reasons_against_adoption(draft, days(0), days(0)) == []


@pytest.mark.parametrize(
    ("change", "valid_from", "code"),
    [
        ({"valid_from": days(-1)}, days(0), "already_adopted"),
        ({}, days(-1), "holds_backwards"),
    ],
)
def test_what_cannot_be_adopted(draft, change, valid_from, code):
    for name, value in change.items():
        setattr(draft, name, value)
    assert [each.code for each in catalogues.reasons_against_adoption(draft, valid_from, days(0))] == [code]


def test_a_catalogue_has_requirements(draft):
    draft.requirements.all().delete()
    assert [r.code for r in catalogues.reasons_against_adoption(draft, days(0), days(0))] == ["no_requirements"]


def test_two_catalogues_do_not_begin_on_the_same_day(draft):
    draft_of("2031", valid_from=days(9))
    assert [r.code for r in catalogues.reasons_against_adoption(draft, days(9), days(0))] == ["same_day"]
    assert catalogues.reasons_against_adoption(draft, days(10), days(0)) == []


# ---------------------------------------------------------------- the decision
def test_a_draft_is_followed_by_nobody(draft, catalogue):
    assert catalogue_in_force(days(0)) == catalogue


def test_the_board_adopts_it_from_a_day(draft, catalogue):
    follower = InitiativeFactory(concept=True)
    decision = decide(None, adopting(draft, days(30)))
    draft.refresh_from_db()
    assert (draft.adopted_by, draft.valid_from) == (decision, days(30))
    assert (catalogue_in_force(days(29)), catalogue_in_force(days(30))) == (catalogue, draft)
    assert again(follower).catalogue == catalogue


def test_without_a_day_it_holds_from_the_decision(draft):
    decide(None, adopting(draft))
    draft.refresh_from_db()
    assert draft.valid_from == days(0)


def test_it_is_adopted_once(draft):
    decide(None, adopting(draft))
    assert refused(NotReady, None, adopting(draft)) == ["already_adopted"]


def test_a_catalogue_that_does_not_exist_is_not_adopted(catalogue):
    assert refused(NotReady, None, ("adopt_catalogue", {"catalogue": "1999"})) == ["unknown_catalogue"]


def test_only_the_board_adopts(draft, n2_concept):
    group = steering_group(InitiativeFactory(concept=True))
    assert refused(NotAllowed, None, adopting(draft), body=group) == ["not_board"]


# ---------------------------------------------------------------- the file
def test_a_file_without_a_day_is_a_draft_and_stays_as_adopted(catalogue, tmp_path):
    file = tmp_path / "nyt.yaml"
    written = CATALOGUE_2016.read_text(encoding="utf-8").replace('version: "2016"', 'version: "2030"', 1)
    begins = f"valid_from: {catalogue.valid_from.isoformat()}"
    assert begins in written
    file.write_text(written.replace(begins, "valid_from:", 1), encoding="utf-8")
    call_command("load_catalogue", file)
    draft = RequirementCatalogue.objects.get(version="2030")
    assert draft.is_draft
    decide(None, adopting(draft, days(5)))
    assert load_catalogue(file).valid_from == days(5)


# ---------------------------------------------------------------- pages
def test_the_list_says_what_holds_and_what_is_a_draft(client, draft):
    decide(None, adopting(draft_of("2029"), days(3)))
    client.force_login(business_manager())
    page = text(parse(client.get(LIST).content))
    assert "udkast, ikke vedtaget" in page
    assert "gælder fra" in page
    assert "Indstil til bestyrelsen" in page


def test_the_list_costs_the_same_with_one_and_with_three(client, catalogue):
    client.force_login(business_manager())
    counts = []
    for versions in (("2029",), ("2030", "2031")):
        for version in versions:
            draft_of(version)
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_recommendation_becomes_a_case(client, draft):
    the_board()
    client.force_login(business_manager())
    address = reverse("portfolio:catalogue-recommend", args=[draft.version])
    wrong = client.post(address, {"valid_from": "31-02-2027", "recommendation": "Kravene er for mange."})
    assert wrong.status_code == 422
    early = client.post(address, {"valid_from": f"{days(-1):%d-%m-%Y}", "recommendation": "Kravene er for mange."})
    assert early.status_code == 422
    assert not Case.objects.exists()
    client.post(address, {"valid_from": f"{days(30):%d-%m-%Y}", "recommendation": "Kravene er for mange."})
    (effect,) = Case.objects.get().effects.all()
    assert (effect.kind, effect.parameters["catalogue"]) == ("adopt_catalogue", draft.version)


def test_an_adopted_catalogue_is_not_recommended(client, draft):
    decide(None, adopting(draft))
    client.force_login(business_manager())
    assert client.get(reverse("portfolio:catalogue-recommend", args=[draft.version])).status_code == 404


def test_others_do_not_recommend(catalogue, draft):
    with pytest.raises(NotAllowed):
        catalogues.recommend_catalogue(
            catalogue=draft, valid_from=days(3), recommendation="Ja", by=person_as("board_member")
        )
