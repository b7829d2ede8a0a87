"""Danish order and search: the same on both databases, because Python works them out."""

import pytest

from governance.danish import search_terms, search_text, sort_key, stems
from governance.models import Organisation
from tests.factories import OrganisationFactory


def test_danish_letters_come_last_and_in_their_own_order():
    names = ["Ørsted", "Aarhus", "Ærø", "Zealand", "Albertslund", "Ålborg", "Esbjerg"]
    assert sorted(names, key=sort_key) == ["Albertslund", "Esbjerg", "Zealand", "Ærø", "Ørsted", "Ålborg", "Aarhus"]


@pytest.mark.parametrize(("one", "other"), [("Aabenraa", "Åbenrå"), ("AARHUS", "århus"), ("Café", "cafe"), ("Ö", "ø")])
def test_spellings_of_the_same_word_sort_alike(one, other):
    assert sort_key(one) == sort_key(other)


def test_figures_come_before_letters_and_nothing_before_something():
    assert sorted(["OS2a", "OS2", "OS29", "OS2 a"], key=sort_key) == ["OS2", "OS2 a", "OS29", "OS2a"]


def test_a_long_name_keeps_within_its_column():
    assert len(sort_key("å" * 500)) == 200


@pytest.mark.parametrize("wanted", ["løsning", "løsningen", "LØSNINGER", "løsningerne"])
def test_any_form_of_a_word_finds_the_word(wanted):
    assert set(search_terms(wanted)) <= set(search_text("Fælles løsninger til borgere").split())


def test_part_of_a_compound_is_found_in_it():
    assert search_terms("affald")[0] in search_text("Affaldssortering i boligområder")


def test_search_text_holds_each_word_once():
    words = search_text("Digital post", "digital POST").split()
    assert len(words) == len(set(words))


def test_stems_leave_out_signs():
    assert stems("Sag: (ny), 50 %!") == stems("sag ny 50")


@pytest.mark.django_db
def test_the_database_gives_danish_order():
    for name in ("Åben", "Zoo", "Ærø", "Aalborg", "Ørsted"):
        OrganisationFactory(name=name)
    assert list(Organisation.objects.values_list("name", flat=True)) == ["Zoo", "Ærø", "Ørsted", "Åben", "Aalborg"]
