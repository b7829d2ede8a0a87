"""Several small forms in one table: real table semantics, a name for every control, and rows in the summary."""

import pytest
from django import forms

from tests.look.html import all_with, assert_wired, by_id, described, label_of, text


class Line(forms.Form):
    category = forms.ChoiceField(label="Kategori", choices=[("dev", "Udvikling"), ("ops", "Drift")])
    spent = forms.DecimalField(label="Brugt", localize=True)
    due = forms.DateField(label="Frist")
    kind = forms.ChoiceField(label="Art", widget=forms.RadioSelect(attrs={"class": "os2-seg"}), choices=[("a", "A")])
    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)


class TwoOfAKind(forms.BaseFormSet):
    def clean(self):
        raise forms.ValidationError("Summen passer ikke med budgettet")


Lines = forms.formset_factory(Line, extra=2, can_delete=True)
MANAGEMENT = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2"}


def test_it_is_a_table_with_its_roles_written_out(show):
    page = show(Lines())
    (table,) = page.iter("table")
    assert table.get("role") == "table"
    assert {part.get("role") for part in table.iter("tr")} == {"row"}
    assert {part.get("role") for part in table.iter("th")} == {"columnheader"}
    assert {part.get("role") for part in table.iter("td")} == {"cell"}
    assert text(next(table.iter("caption")))
    heads = [text(head) for head in table.iter("th")]
    assert [head.split()[0] for head in heads] == ["Kategori", "Brugt", "Frist", "Art", "Fjern"]


def test_cells_carry_their_heading_for_the_phone(show):
    titles = [cell.get("data-title") for cell in show(Lines()).iter("td")]
    assert titles == ["Kategori", "Brugt", "Frist", "Art", "Fjern"] * 2


def test_every_control_is_named_with_its_row(show):
    page = show(Lines())
    assert_wired(page)
    assert label_of(page, by_id(page, "id_form-1-spent")) == "Brugt, række 2"
    assert label_of(page, by_id(page, "id_form-1-DELETE")) == "Fjern, række 2"
    (legend,) = [each for each in page.iter("legend") if text(each) == "Art, række 2"]
    assert "sr-only" in legend.get("class").split()
    assert described(page, by_id(page, "id_form-1-due")) == ["For eksempel 30-06-2027"]


def test_hidden_fields_and_the_count_come_along(show):
    names = [each.get("name") for each in show(Lines()).iter("input") if each.get("type") == "hidden"]
    assert {"form-TOTAL_FORMS", "form-INITIAL_FORMS", "form-0-pk", "form-1-pk"} <= set(names)


def test_the_summary_says_which_row(show):
    page = show(
        Lines(
            MANAGEMENT | {"form-0-category": "dev", "form-0-spent": "1", "form-0-due": "1-1-2027", "form-0-kind": "a"}
        )
    )
    assert_wired(page)
    (summary,) = all_with(page, "alert-error")
    links = [(link.get("href"), text(link)) for link in summary.iter("a")]
    assert [href for href, _ in links] == [
        "#id_form-1-category",
        "#id_form-1-spent",
        "#id_form-1-due",
        "#id_form-1-kind_0",
    ]
    assert all(words.startswith("Række 2: ") for _, words in links)


def test_errors_of_all_rows_together_come_first(show):
    formset = forms.formset_factory(Line, formset=TwoOfAKind, extra=0)
    page = show(formset(MANAGEMENT | {"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}))
    (summary,) = all_with(page, "alert-error")
    assert text(next(summary.iter("li"))) == "Summen passer ikke med budgettet"


@pytest.mark.parametrize(("own", "shown"), [("", "Der er ingen rækker endnu."), ("Ingen linjer.", "Ingen linjer.")])
def test_no_rows_are_said_in_words(show, own, shown):
    formset = forms.formset_factory(Line, extra=0)()
    formset.empty_text = own
    page = show(formset)
    (cell,) = page.iter("td")
    assert text(cell) == shown


def test_the_table_alone_for_a_page_that_holds_the_form(render):
    html = render("{% load crispy_forms_tags %}{{ formset|crispy }}", formset=Lines())
    assert "<form" not in html
    assert "form-TOTAL_FORMS" in html
