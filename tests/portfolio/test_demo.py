"""OS2's portfolio as the sources give it, examples that obey the gates, and nothing the second time."""

import random
from collections import Counter
from datetime import date

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from governance.agenda_letters import send_agenda
from governance.coming_ends import breaches_ahead, ending_terms
from governance.domain.joining import join
from governance.effects import registry
from governance.models import Body, Case, Decision, Meeting, Membership, Organisation, User
from governance.reading_view import overview_of
from governance.standing import standing_of
from portfolio.demo import people
from portfolio.demo.load import load_demo
from portfolio.demo.synthetic import make_synthetic
from portfolio.gates import gate_for
from portfolio.models import (
    Adoption,
    Deferral,
    Initiative,
    LifecycleEvent,
    Participation,
    ReportLight,
    StatedFact,
    StatusReport,
)
from tests.factories import days
from tests.portfolio.counting import rows_per_table

pytestmark = pytest.mark.django_db

EXAMPLE = "Eksempel: "
READY = "eksempel-vagtplan-for-frivillige"
DEVIATING = "eksempel-aaben-tidsbestilling"


@pytest.fixture(autouse=True)
def allowed(monkeypatch):
    monkeypatch.setenv("OS2PORTAL_DEMO", "1")


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demo, loaded once for the tests that only look at it, and taken away after them."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setenv("OS2PORTAL_DEMO", "1")
        yield load_demo()
        transaction.set_rollback(True)


def gate_of(slug, transition):
    return gate_for(Initiative.objects.get(slug=slug), transition, on=timezone.localdate())


# ---------------------------------------------------------------- OS2's own portfolio

KNOWN_LEVELS = {
    "cpr-broker": 1, "os2search": 1, "os2kitos": 3, "os2mo": 3, "os2webscanner": 2, "os2flytjord": 1, "os2bos": 1,
    "os2faktor": 1, "os2iot": 3, "os2autoproces": 1, "os2skadesokonomi": 1,
    "os2planco2": 0, "os2aiheatcontrol": 0, "os2connector": 0,
}  # fmt: skip
PROJECTS = {"vera", "os2skole", "os2planco2", "os2aiheatcontrol", "os2connector"}


def registered():
    return Initiative.objects.filter(is_example=False)


def test_all_41_entries_are_there_on_the_stage_the_facts_give(loaded):
    assert registered().count() == 41
    assert set(registered().filter(stage="project").values_list("slug", flat=True)) == PROJECTS
    assert set(registered().exclude(stage="project").values_list("stage", flat=True)) == {"product"}


def test_levels_are_as_the_facts_say_and_otherwise_unknown(loaded):
    levels = dict(registered().values_list("slug", "level"))
    assert {slug: level for slug, level in levels.items() if level is not None} == KNOWN_LEVELS


def test_only_what_is_on_levels_1_to_3_follows_a_catalogue(loaded):
    followed = dict(registered().values_list("slug", "catalogue__version"))
    assert {slug for slug, version in followed.items() if version == "2016"} == {
        slug for slug, level in KNOWN_LEVELS.items() if level
    }
    assert set(followed.values()) == {"2016", None}


def test_each_says_where_it_comes_from_and_that_no_gate_was_passed(loaded):
    events = LifecycleEvent.objects.filter(initiative__in=registered())
    assert Counter(events.values_list("kind", flat=True)) == {"registered": 41, "level": 12}
    assert not events.filter(source="").exists()
    assert not events.exclude(gate=None).exists()
    assert not events.exclude(by=None).exists()
    assert registered().filter(events__kind="registered").distinct().count() == 41


def test_level_changes_that_sources_tell_are_in_the_record(loaded):
    kitos = LifecycleEvent.objects.filter(initiative__slug="os2kitos", kind="level").order_by("pk")
    assert list(kitos.values_list("before", "after", "happened_on")) == [
        ("", "2", date(2016, 3, 14)),
        ("2", "3", date(2019, 12, 31)),
    ]
    mo = LifecycleEvent.objects.filter(initiative__slug="os2mo")
    assert list(mo.filter(kind="level").values_list("before", "after")) == [("", "3")]
    assert mo.get(kind="registered").happened_on == date(2019, 12, 31)
    assert LifecycleEvent.objects.get(initiative__slug="os2forms").happened_on is None


def test_functions_data_sets_and_successors_are_what_they_are(loaded):
    assert dict(registered().exclude(kind="software").values_list("slug", "kind")) == {
        "os2nykode": "function",
        "os2kle": "standard",
    }
    assert dict(registered().exclude(part_of=None).values_list("slug", "part_of__slug")) == {"os2nykode": "os2faktor"}
    assert dict(registered().exclude(successor=None).values_list("slug", "successor__slug")) == {
        "os2webscanner": "os2datascanner"
    }


def test_facts_are_kept_as_stated_with_their_source(loaded):
    assert Counter(StatedFact.objects.values_list("kind", flat=True)) == {
        "stage": 42,
        "economy": 31,
        "level": 17,
        "users": 17,
        "agreement": 11,
    }
    assert not StatedFact.objects.filter(source="").exists()
    fee = StatedFact.objects.get(initiative__slug="os2mo", kind="economy", year=2021)
    assert fee.amount == 240_000
    per_head = StatedFact.objects.get(initiative__slug="os2mo", text__startswith="bidrag pr. borger")
    assert str(per_head.amount) == "1.30"
    assert StatedFact.objects.get(initiative__slug="os2display", kind="economy").amount is None


def test_use_is_only_on_record_where_a_source_names_a_municipality_and_a_time(loaded):
    uses = Adoption.objects.filter(initiative__in=registered())
    assert set(uses.values_list("initiative__slug", "organisation__name", "valid_from")) == {
        ("os2mo", "Holstebro", date(2020, 1, 9)),
        ("os2mo", "Rebild", date(2020, 1, 9)),
        ("os2mo", "Viborg", date(2020, 1, 9)),
        ("os2datascanner", "Egedal", date(2019, 12, 31)),
        ("os2display", "Aarhus", date(2018, 12, 31)),
        ("os2display", "Sønderborg", date(2022, 12, 31)),
        ("os2dagsorden", "Syddjurs", date(2011, 12, 31)),
    }
    assert not uses.filter(source="").exists()


def test_vendors_are_organisations_and_a_former_one_is_not_a_present_one(loaded):
    delivering = Participation.objects.filter(role="vendor", initiative__in=registered())
    assert delivering.filter(organisation__name="Magenta ApS").count() == 6
    assert Organisation.objects.get(name="KL").kind == "association"
    assert not delivering.filter(initiative__slug="os2borgerpc").exists()
    assert StatedFact.objects.filter(initiative__slug="os2borgerpc", text__contains="Magenta").exists()


def test_nothing_is_made_up_for_them(loaded):
    assert not registered().exclude(idea="").exists()
    assert not StatusReport.objects.filter(initiative__in=registered()).exists()
    assert not Body.objects.filter(initiatives__in=registered()).exists()
    assert not Initiative.objects.filter(answers__isnull=False, is_example=False).exists()


# ---------------------------------------------------------------- the examples


def test_there_are_examples_in_every_stage_and_they_are_marked(loaded):
    examples = Initiative.objects.filter(is_example=True)
    assert {initiative.stage for initiative in examples} == {
        "idea", "concept", "project", "product", "withdrawn", "rejected", "closed",
    }  # fmt: skip
    assert all(initiative.name.startswith(EXAMPLE) for initiative in examples)
    assert not registered().filter(name__startswith=EXAMPLE).exists()
    assert all(case.title.startswith(EXAMPLE) for case in Case.objects.all())


def test_they_passed_their_gates_with_history(loaded):
    moved = LifecycleEvent.objects.filter(initiative__is_example=True, transition__in=["shape", "start", "launch"])
    assert moved.count() >= 10
    assert all(event.gate["open"] and event.by_id for event in moved)
    decided = LifecycleEvent.objects.filter(initiative__level=2, transition__in=["start", "launch"])
    assert decided.count() == 3
    assert all(event.decision.body.kind == "board" for event in decided)


def test_the_record_is_in_the_order_of_time(loaded):
    for initiative in Initiative.objects.filter(is_example=True):
        days = list(initiative.events.order_by("pk").values_list("happened_on", flat=True))
        assert days == sorted(days), initiative


def test_n2_concept_lacks_only_what_the_board_decides(loaded):
    assert gate_of(READY, "start").codes("missing") == ["N2-G2", "N2-G3", "N2-G5"]
    case = Case.objects.get(initiative_link__initiative__slug=READY)
    item = case.agenda_items.get()
    assert item.meeting.date > timezone.localdate()
    assert not item.is_late
    assert registry.preview(case, item.meeting.date).can_approve


def test_small_concept_lacks_two_answers_and_the_owners_approval(loaded):
    assert gate_of("eksempel-huller-i-vejen", "start").codes("missing") == ["N1-F3", "N1-F5", "N1-G9"]


def test_n3_concept_has_the_boards_majority(loaded):
    gate = gate_of("eksempel-faelles-energiregnskab", "start")
    assert "N3-G2" in gate.codes("met")
    assert "N3-G1" in gate.codes("missing")


def test_one_project_deviates_and_has_a_condition_overdue(loaded):
    project, today = Initiative.objects.get(slug=DEVIATING), timezone.localdate()
    received = project.reports.filter(status="received").order_by("number")
    assert [r.lights.get(area=ReportLight.Area.TIME).light for r in received] == ["red", "red"]
    assert (received.last().forecast_end - project.planned_end).days > 60
    assert project.reports.filter(status="submitted").count() == 1
    deferred = Deferral.objects.filter(initiative=project)
    assert deferred.filter(until__lt=today).count() == 1
    assert deferred.filter(until__gt=today).count() == 1
    assert project.events.get(transition="start").decision.outcome == "approved_with_conditions"


def test_reports_wait_for_each_of_those_who_handle_them(loaded):
    statuses = Counter(StatusReport.objects.values_list("initiative__stage", "initiative__level", "status"))
    assert statuses == {
        ("project", 1, "received"): 1,
        ("project", 1, "approved"): 1,
        ("project", 2, "received"): 2,
        ("project", 2, "submitted"): 1,
        ("product", 2, "received"): 2,
    }


def test_meetings_were_held_with_a_quorum_and_two_are_not_over(loaded):
    today = timezone.localdate()
    assert [meeting.date > today for meeting in Meeting.objects.order_by("starts_at")] == [False] * 4 + [True] * 2
    for decision in Decision.objects.all():
        assert decision.electorate["taking_part"] >= decision.electorate["needed"] == 3


def test_nobody_gets_a_letter_from_the_demo(loaded):
    assert not DBTaskResult.objects.exists()


def test_everybody_is_a_function_and_can_log_in(loaded):
    users = User.objects.all()
    assert users.count() == len(people.PEOPLE)
    assert not users.exclude(name="").exists()
    assert all(user.email.endswith("@example.org") and user.check_password(people.PASSWORD) for user in users)


def test_seats_make_of_people_what_the_list_says(loaded):
    standing = {key: standing_of(people.who(key)) for key in people.EMAILS}
    assert [key for key, s in standing.items() if s.is_business_manager] == ["forretningsleder"]
    assert [key for key, s in standing.items() if s.is_secretariat] == ["sekretariat"]
    assert [key for key, s in standing.items() if s.is_board_chair] == ["formand"]
    assert sum(s.is_board_member for s in standing.values()) == 7
    alone = standing["medlem"]
    assert alone.is_member_user
    assert not alone.seats
    assert not Initiative.objects.visible_to(alone).exists()
    assert not standing["forretningsleder"].is_member_user


def test_terms_that_end_and_what_breaks_by_it_are_there_to_look_at(loaded):
    today = timezone.localdate()
    breaches = breaches_ahead(today)
    assert [(breach.code, breach.on) for breach in breaches] == [("steering_group_approved", days(76))]
    assert [term.seat.valid_to for term in ending_terms(today, breaches)] == [days(60), days(75)]


def test_somebody_who_uses_the_product_may_join_its_group(loaded):
    group = Body.objects.get(kind=Body.Kind.COORDINATION_GROUP)
    assert join(body=group, by=people.who("styregruppe.lejre"), on=timezone.localdate())


# ---------------------------------------------------------------- loading


def test_loading_again_changes_nothing(loaded):
    assert loaded.is_new
    before = rows_per_table()
    assert not load_demo().is_new
    assert rows_per_table() == before


def test_what_was_changed_since_is_left_alone(loaded):
    Initiative.objects.filter(slug="os2forms").update(purpose="Ny tekst")
    Participation.objects.filter(initiative__slug="os2bos", role="vendor").update(valid_to=timezone.localdate())
    before = rows_per_table()
    load_demo()
    assert rows_per_table() == before
    assert Initiative.objects.get(slug="os2forms").purpose == "Ny tekst"


def test_an_entry_that_is_missing_is_added(loaded):
    gone = Initiative.objects.get(slug="os2search")
    LifecycleEvent.objects.filter(initiative=gone)._raw_delete("default")
    gone.delete()
    added = load_demo()
    assert (added.registered, added.examples_made) == (1, False)
    assert Initiative.objects.get(slug="os2search").events.count() == 2


# ---------------------------------------------------------------- to measure with


def synthetic():
    return Initiative.objects.filter(reference__startswith="prøve-").order_by("reference")


def look():
    return list(
        synthetic().values_list("slug", "name", "stage", "level", "origin_organisation__code", "estimated_hours")
    )


def test_synthetic_ones_are_the_same_for_the_same_number(loaded):
    random.seed(1)
    with transaction.atomic():
        assert make_synthetic(25) == 25
        once = look()
        transaction.set_rollback(True)
    random.seed(2)
    assert make_synthetic(10) == 10
    assert make_synthetic(25) == 15
    assert make_synthetic(25) == make_synthetic(3) == 0
    assert look() == once


def test_synthetic_ones_are_marked_and_complete(loaded):
    make_synthetic(60)
    rows = synthetic()
    assert not rows.filter(is_example=False).exists()
    assert {initiative.stage for initiative in rows} >= {"idea", "concept", "project", "product"}
    assert not rows.filter(level__isnull=False, catalogue=None).exists()
    at_work = rows.filter(stage__in=["project", "product"])
    assert StatusReport.objects.filter(initiative__in=at_work, status="received").count() == 2 * at_work.count()
    assert not at_work.filter(budgets=None).exists()
    assert not rows.filter(level__gte=2, bodies=None).exists()
    assert rows.matching("kommune tid").count() > 0
    found = rows.filter(stage="product", level=1).first()
    assert gate_for(found, "launch", on=timezone.localdate()).results


def test_synthetic_people_do_not_crowd_the_demos_own(loaded):
    seats = Membership.objects.count()
    make_synthetic(40)
    own = [people.EMAILS[key] for key in people.EMAILS]
    assert Membership.objects.count() > seats
    assert Membership.objects.filter(person__email__in=own).count() == seats
    assert not any(user.has_usable_password() for user in User.objects.exclude(email__in=own))


def test_commands_load_say_so_and_list_the_logins(loaded, capsys):
    call_command("load_demo", initiatives="5")
    call_command("demo_logins")
    out = capsys.readouterr().out
    assert synthetic().count() == 5
    assert people.PASSWORD in out
    assert all(person.email in out and person.tries in out for person in people.PEOPLE)


def test_no_logins_are_listed_on_a_server(loaded, monkeypatch, capsys):
    monkeypatch.delenv("OS2PORTAL_DEMO")
    call_command("demo_logins")
    assert capsys.readouterr().out == ""


def test_the_next_boards_agenda_is_sent_and_read_by_all_but_one(loaded):
    meeting = Meeting.objects.get(agenda_edition=1, procedure=Meeting.Procedure.MEETING)
    overview = overview_of(meeting)
    assert [row.item.case is not None for row in overview.flagged] == [True]
    assert len(overview.unanswered) == len(overview.unread_by) == 1
    assert not DBTaskResult.objects.filter(task_path=send_agenda.module_path).exists()
