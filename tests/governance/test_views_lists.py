"""Every list: the same number of queries for one row and for three, filters that work, and words when nothing fits."""

from datetime import date

import pytest

from governance.models import Organisation
from tests.factories import (
    AffiliationFactory,
    BodyFactory,
    CaseFactory,
    MeetingFactory,
    MembershipFactory,
    OrganisationFactory,
    PortalRoleFactory,
    UserFactory,
    days,
    decide,
    held_meeting,
    ready_case,
    the_board,
)
from tests.governance.pages import queries_of, url

pytestmark = pytest.mark.django_db


def a_body(_number):
    seat = MembershipFactory()
    MembershipFactory(body=seat.body, vacant=True)
    return seat.body


def an_organisation(_number):
    OrganisationFactory(member=True)


def a_person(_number):
    MembershipFactory()
    PortalRoleFactory(role="secretariat")


def a_meeting(number):
    body = the_board()
    MeetingFactory(body=body, on=days(-10 - number))
    MeetingFactory(body=body, on=days(10 + number))


def a_case(_number):
    CaseFactory(body=the_board())


def a_decision(_number):
    decide(None, ("other", {"text": "Handleplanen er godkendt."}))


LISTS = {
    "bodies": a_body,
    "organisations": an_organisation,
    "people": a_person,
    "meetings": a_meeting,
    "cases": a_case,
    "decisions": a_decision,
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_the_same_queries_for_one_row_and_for_three(name, client_as):
    client = client_as("business_manager")
    LISTS[name](0)
    one = queries_of(client, url(name))
    for number in (1, 2):
        LISTS[name](number)
    assert queries_of(client, url(name)) == one <= 12


def one_seat(body):
    MembershipFactory(body=body)


def one_ended_seat(body):
    MembershipFactory(body=body, valid_to=days(-1))


@pytest.mark.parametrize("add", [one_seat, one_ended_seat])
def test_the_page_of_a_body_takes_the_same_queries_for_one_seat_and_for_three(add, client_as):
    client, body = client_as("business_manager"), BodyFactory()
    add(body)
    one = queries_of(client, url("body", body.slug))
    add(body)
    add(body)
    assert queries_of(client, url("body", body.slug)) == one <= 15


def test_the_page_of_an_organisation_takes_the_same_queries_for_one_of_all_and_for_three(client_as):
    client, organisation = client_as("business_manager"), OrganisationFactory()

    def add(number):
        person = UserFactory(organisation=organisation)
        MembershipFactory(person=person)
        AffiliationFactory(
            organisation=organisation, valid_from=date(2010 + number, 1, 1), valid_to=date(2010 + number, 2, 1)
        )
        organisation.parts.create(part=OrganisationFactory(), valid_from=date(2010, 1, 1))
        organisation.wholes.create(whole=OrganisationFactory(), valid_from=date(2010, 1, 1))

    add(0)
    one = queries_of(client, url("organisation", organisation.slug))
    add(1)
    add(2)
    assert queries_of(client, url("organisation", organisation.slug)) == one <= 15


def test_the_page_of_a_person_takes_the_same_queries_for_one_seat_and_for_three(client_as):
    client, person = client_as("business_manager"), UserFactory()
    MembershipFactory(person=person)
    one = queries_of(client, url("person", person.pk))
    MembershipFactory(person=person)
    MembershipFactory(person=person)
    assert queries_of(client, url("person", person.pk)) == one <= 12


def test_the_page_of_a_meeting_takes_the_same_queries_for_one_point_and_for_three(client_as):
    client, meeting = client_as("business_manager"), held_meeting()
    decide(None, ("other", {"text": "Ja"}), meeting=meeting)
    one = queries_of(client, url("meeting", meeting.pk))
    decide(None, ("other", {"text": "Ja"}), meeting=meeting)
    decide(None, ("other", {"text": "Ja"}), meeting=meeting)
    assert queries_of(client, url("meeting", meeting.pk)) == one <= 18


# ---------------------------------------------------------------- fifty rows a page


def test_a_list_shows_fifty_rows_and_the_way_to_the_rest(client_as):
    client = client_as("business_manager")
    Organisation.objects.bulk_create(
        Organisation(
            name=f"By {n}", slug=f"by-{n}", kind="municipality", valid_from=date(2007, 1, 1), sort_key=f"{n:03}"
        )
        for n in range(51)
    )
    first, last = client.get(url("organisations")), client.get(url("organisations"), {"page": "999"})
    assert len(first.context["page"].object_list) == 50
    assert 'rel="next"' in first.content.decode()
    assert last.context["page"].number == last.context["page"].paginator.num_pages


@pytest.mark.parametrize("page", ["0", "-1", "abc", "1.5", "99999999999999999999"])
def test_a_page_number_that_does_not_exist_shows_a_page_that_does(page, client_as):
    response = client_as("business_manager").get(url("organisations"), {"page": page})
    assert response.status_code == 200


# ---------------------------------------------------------------- filters


def found(response):
    return [str(row) for row in response.context["page"].object_list]


def test_organisations_are_found_by_words_in_any_form_and_stand_in_danish_order(client_as):
    for name in ("Aarhus", "Ærø", "Aabenraa", "Øresund", "Odense"):
        OrganisationFactory(name=name)
    client = client_as("member_user")
    assert found(client.get(url("organisations"), {"q": "ÆRØ"})) == ["Ærø Kommune"]
    order = [name for name in found(client.get(url("organisations"))) if "Prøveby" not in name]
    assert order == ["Odense Kommune", "Ærø Kommune", "Øresund Kommune", "Aabenraa Kommune", "Aarhus Kommune"]


def test_organisations_are_chosen_by_kind_and_tie(client_as):
    OrganisationFactory(name="Kode ApS", company=True)
    member = OrganisationFactory(name="Medlemsby", member=True)
    former = OrganisationFactory(name="Forrige", member=False)
    AffiliationFactory(organisation=former, valid_to=days(-1))
    client = client_as("secretariat")
    assert found(client.get(url("organisations"), {"kind": "company"})) == ["Kode ApS"]
    assert found(client.get(url("organisations"), {"tie": "member"})) == [str(member)]


def test_people_are_found_by_words_whatever_their_case(client_as):
    client = client_as("business_manager")
    chief = UserFactory(title="Økonomichef")
    UserFactory(title="Konsulent")
    assert found(client.get(url("people"), {"q": "økonomi"})) == [str(chief)]
    assert found(client.get(url("people"), {"q": "ØKONOMICHEF"})) == [str(chief)]


def test_people_who_have_not_come_in_can_be_listed(client_as):
    client = client_as("business_manager")
    waiting = UserFactory(password=None)
    assert found(client.get(url("people"), {"state": "outside"})) == [str(waiting)]


def test_bodies_that_are_dissolved_are_shown_when_asked_for(client_as):
    gone = BodyFactory(name="Gammel gruppe", valid_to=days(-1))
    client = client_as("member_user")
    assert str(gone) not in found(client.get(url("bodies")))
    assert str(gone) in found(client.get(url("bodies"), {"ended": "on"}))


def test_bodies_stand_in_the_order_of_their_weight(client_as):
    for kind in ("expert_group", "board", "general_assembly", "steering_group"):
        BodyFactory(kind=kind)
    rows = client_as("member_user").get(url("bodies")).context["page"].object_list
    assert [row.kind for row in rows] == ["general_assembly", "board", "steering_group", "expert_group"]


def test_cases_are_chosen_by_status_body_and_words(client_as):
    other = BodyFactory()
    draft = CaseFactory(title="Årets handleplan", body=the_board())
    ready = ready_case(None, "other")
    CaseFactory(title="Noget andet", body=other)
    client = client_as("business_manager")
    assert found(client.get(url("cases"), {"q": "ÅRETS"})) == [str(draft)]
    assert found(client.get(url("cases"), {"status": "ready"})) == [str(ready)]
    assert found(client.get(url("cases"), {"body": other.pk, "q": "andet"})) != []
    assert found(client.get(url("cases"), {"q": "findes ikke"})) == []


def test_decisions_are_chosen_by_year_body_outcome_and_words(client_as):
    old = decide(None, ("other", {"text": "Ja"}), on=date(2024, 5, 1), text="Handleplanen er ændret.")
    new = decide(None, ("other", {"text": "Ja"}), outcome="postponed")
    client = client_as("business_manager")
    assert found(client.get(url("decisions"), {"year": "2024"})) == [str(old)]
    assert found(client.get(url("decisions"), {"outcome": "postponed"})) == [str(new)]
    assert found(client.get(url("decisions"), {"q": "ÆNDRET handleplan"})) == [str(old)]
    assert found(client.get(url("decisions"), {"body": the_board().pk})) == [str(new), str(old)]


def test_meetings_are_parted_into_those_to_come_and_those_held(client_as):
    board = the_board()
    later, soon = MeetingFactory(body=board, on=days(20)), MeetingFactory(body=board, on=days(5))
    held = MeetingFactory(body=board, on=days(-5))
    group = MeetingFactory(body=BodyFactory(), on=days(6))
    response = client_as("business_manager").get(url("meetings"), {"body": board.pk})
    assert list(response.context["coming"]) == [soon, later]
    assert list(response.context["page"].object_list) == [held]
    assert group not in response.context["coming"]


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_list_says_so_and_a_filtered_one_offers_to_clear_the_filter(name, client_as):
    client = client_as("secretariat")
    assert client.get(url(name)).status_code == 200
    field = {"meetings": "body"}.get(name, "q")
    response = client.get(url(name), {field: "findes-ikke" if field == "q" else the_board().pk})
    assert f'href="{url(name)}"' in response.content.decode()


NONSENSE = {
    "q": ["\x00", "x" * 5000, "%_\\'\"", "((("],
    "kind": ["findes ikke"],
    "tie": ["x"],
    "state": ["x"],
    "status": ["x"],
    "outcome": ["x"],
    "body": ["abc", "-1", "99999999999999999999999"],
    "year": ["abc", "99999999999999999999"],
    "ended": ["måske"],
}


@pytest.mark.parametrize("name", LISTS)
def test_nonsense_in_the_address_of_a_list_is_no_error(name, client_as):
    client = client_as("business_manager")
    for field, values in NONSENSE.items():
        for value in values:
            assert client.get(url(name), {field: value}).status_code == 200, (field, value)
