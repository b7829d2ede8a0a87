"""Writing a case, making it ready, taking it back; and the running numbers."""

import pytest
from django.utils import timezone

from governance.domain import cases
from governance.domain.numbers import next_number, next_reference
from governance.models import Case
from governance.refusals import NotReady, Stale, WrongStage
from tests.factories import BodyFactory, UserFactory, business_manager, decide, ready_case

pytestmark = pytest.mark.django_db
CLOSED = (Case.Status.DECIDED, Case.Status.WITHDRAWN)


def draft(**more):
    fields = {"title": "En sag", "body": BodyFactory(), "responsible": UserFactory(), "by": business_manager()}
    return cases.open_case(**{**fields, **more})


def in_status(status):
    case = draft(about="Formål", recommendation="Godkend", effects=[("other", {})])
    Case.objects.filter(pk=case.pk).update(status=status)
    return Case.objects.get(pk=case.pk)


def test_a_case_keeps_its_effects_in_order():
    case = draft(effects=[("start", {}), ("approve_budget", {"scope": "project"}), ("other", {"text": "Tak"})])
    assert [(e.order, e.kind, e.parameters) for e in case.effects.all()] == [
        (1, "start", {}),
        (2, "approve_budget", {"scope": "project"}),
        (3, "other", {"text": "Tak"}),
    ]
    assert case.status == Case.Status.DRAFT


def test_cases_are_numbered_in_the_year():
    year = timezone.localdate().year
    assert [draft().number, draft().number] == [f"{year}-01", f"{year}-02"]


def test_a_change_moves_the_version_on_and_replaces_the_effects():
    case = draft(effects=[("start", {})])
    changed = cases.edit_case(case=case, version=1, title="Ny titel", effects=[("reject", {}), ("other", {})])
    assert (changed.title, changed.version) == ("Ny titel", 2)
    assert [effect.kind for effect in changed.effects.all()] == ["reject", "other"]


def test_effects_stay_when_they_are_not_changed():
    case = draft(effects=[("start", {})])
    cases.edit_case(case=case, version=1, title="Ny titel")
    assert [effect.kind for effect in case.effects.all()] == ["start"]


def test_a_ready_case_stays_ready_when_it_is_changed():
    case = ready_case(None, "other")
    assert cases.edit_case(case=case, version=1, title="Ny titel").status == Case.Status.READY


def test_somebody_elses_change_is_not_overwritten():
    case = draft()
    cases.edit_case(case=case, version=1, title="Den andens")
    with pytest.raises(Stale) as refused:
        cases.edit_case(case=case, version=1, title="Min")
    assert refused.value.codes == ["stale"]
    assert refused.value.current.title == "Den andens"
    assert Case.objects.get().title == "Den andens"


@pytest.mark.parametrize("status", CLOSED)
def test_a_closed_case_is_not_changed(status):
    case = in_status(status)
    with pytest.raises(WrongStage) as refused:
        cases.edit_case(case=case, version=1, title="Min")
    assert refused.value.codes == ["case_closed"]


@pytest.mark.parametrize(
    ("parts", "missing"),
    [
        ({"about": "", "recommendation": "Godkend", "effects": [("other", {})]}, ["purpose_missing"]),
        ({"about": " ", "recommendation": "Godkend", "effects": [("other", {})]}, ["purpose_missing"]),
        ({"about": "Formål", "recommendation": " ", "effects": [("other", {})]}, ["recommendation_missing"]),
        ({"about": "Formål", "recommendation": "Godkend"}, ["effects_missing"]),
        ({}, ["recommendation_missing", "effects_missing", "purpose_missing"]),
        ({"about": "Formål", "recommendation": "Godkend", "effects": [("other", {})]}, []),
        ({"purpose": "information"}, ["purpose_missing"]),
        ({"purpose": "information", "about": "Formål"}, []),
        ({"purpose": "discussion", "about": "Formål"}, []),
    ],
)
def test_what_a_case_needs_before_a_body_can_read_it(parts, missing):
    case = draft(**parts)
    assert [refusal.code for refusal in cases.reasons_not_ready(case)] == missing
    if missing:
        with pytest.raises(NotReady) as refused:
            cases.make_ready(case=case)
        assert refused.value.codes == missing
        assert Case.objects.get().status == Case.Status.DRAFT
    else:
        assert cases.make_ready(case=case).status == Case.Status.READY


@pytest.mark.parametrize("status", [Case.Status.READY, *CLOSED])
def test_only_a_draft_is_made_ready(status):
    with pytest.raises(WrongStage) as refused:
        cases.make_ready(case=in_status(status))
    assert refused.value.codes == ["case_not_draft"]


@pytest.mark.parametrize("status", [Case.Status.DRAFT, Case.Status.READY])
def test_an_open_case_is_taken_back(status):
    assert cases.withdraw_case(case=in_status(status)).status == Case.Status.WITHDRAWN


@pytest.mark.parametrize("status", CLOSED)
def test_a_closed_case_is_not_taken_back(status):
    with pytest.raises(WrongStage) as refused:
        cases.withdraw_case(case=in_status(status))
    assert refused.value.codes == ["case_closed"]


def test_a_case_is_decided_once_it_is():
    assert not Case.objects.get(pk=decide(None, "other").case_id).is_open


def test_numbers_run_for_each_series_and_year():
    given = [
        next_number(series=series, year=year) for series, year in (("a", 2030), ("a", 2030), ("b", 2030), ("a", 2031))
    ]
    assert given == [1, 2, 1, 1]
    assert next_reference(series="a", year=2030) == "2030-03"
