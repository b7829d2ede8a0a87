"""Each kind of field as the pack shows it: name, hint before the control, and what is read aloud."""

from datetime import date
from decimal import Decimal

import pytest
from crispy_forms.bootstrap import AppendedText
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Button, ButtonHolder, Column, Div, Field, Fieldset, Hidden, Layout, Row, Submit
from django import forms
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage

from tests.look.html import all_with, assert_wired, by_id, described, label_of, parse, text


class Everything(forms.Form):
    name = forms.CharField(label="Navn", help_text="Som det skal stå i porteføljen.")
    note = forms.CharField(label="Bemærkning", widget=forms.Textarea, required=False)
    day = forms.DateField(label="Frist")
    amount = forms.DecimalField(label="Beløb", localize=True)
    count = forms.IntegerField(label="Antal", localize=True)
    kind = forms.ChoiceField(label="Slags", choices=[("", "Vælg"), ("software", "Software")])
    outcome = forms.ChoiceField(label="Udfald", widget=forms.RadioSelect, choices=[("yes", "Ja"), ("no", "Nej")])
    vote = forms.ChoiceField(
        label="Stemme",
        widget=forms.RadioSelect(attrs={"class": "os2-seg"}),
        choices=[("for", "For"), ("against", "Imod")],
    )
    time = forms.ChoiceField(
        label="Tid",
        widget=forms.RadioSelect(attrs={"class": "os2-seg os2-seg--lys"}),
        choices=[("green", "Grøn"), ("red", "Rød")],
        help_text="Sammenlignet med planen.",
    )
    areas = forms.MultipleChoiceField(
        label="Fagområder",
        widget=forms.CheckboxSelectMultiple,
        choices=[("a", "Skole"), ("b", "Klima")],
        required=False,
    )
    agreed = forms.BooleanField(label="Formålet er stadig rigtigt", help_text="Det står på initiativet.")
    evidence = forms.FileField(label="Bevis", help_text="Pdf, højst 10 MB", required=False)
    email = forms.EmailField(label="Kontakt", widget=forms.EmailInput(attrs={"placeholder": "navn@kommune.dk"}))
    version = forms.IntegerField(widget=forms.HiddenInput)


INITIAL = {"day": date(2027, 6, 30), "amount": Decimal("1234567.50"), "outcome": "no", "areas": ["b"], "version": 3}


@pytest.fixture
def page(show):
    return show(Everything(initial=INITIAL))


def group(page, name):
    return by_id(page, f"div_id_{name}")


def positions(element, *parts):
    order = list(element.iter())
    return [order.index(part) for part in parts]


def test_everything_is_named_and_wired(page):
    assert_wired(page)


def test_an_empty_form_has_no_error(page):
    assert not all_with(page, "alert-error")
    assert not all_with(page, "form-error")
    assert not [element for element in page.iter() if element.get("aria-invalid")]


def test_text_has_its_hint_between_label_and_control(page):
    control, holder = by_id(page, "id_name"), group(page, "name")
    (label,) = holder.iter("label")
    hint = by_id(page, "id_name_helptext")
    assert "form-input" in control.get("class").split()
    assert described(page, control) == ["Som det skal stå i porteføljen."]
    places = positions(holder, label, hint, control)
    assert places == sorted(places)


def test_optional_fields_say_so_and_required_ones_say_nothing(page):
    assert label_of(page, by_id(page, "id_note")) == "Bemærkning (frivilligt)"
    assert label_of(page, by_id(page, "id_name")) == "Navn"
    assert text(next(group(page, "areas").iter("legend"))) == "Fagområder (frivilligt)"
    assert text(next(group(page, "outcome").iter("legend"))) == "Udfald"


def test_a_filter_form_does_not_repeat_that_all_is_optional(show):
    class Filter(forms.Form):
        mark_optional = False
        q = forms.CharField(label="Søg", required=False)

    page = show(Filter())
    assert label_of(page, by_id(page, "id_q")) == "Søg"


def test_textarea_is_as_wide_as_its_column(page):
    area = by_id(page, "id_note")
    assert (area.tag, area.get("cols"), area.get("rows")) == ("textarea", None, "5")


def test_a_textarea_keeps_the_height_its_form_asks_for(show):
    class Tall(forms.Form):
        minutes = forms.CharField(widget=forms.Textarea(attrs={"rows": 14}))

    assert by_id(show(Tall()), "id_minutes").get("rows") == "14"


def test_a_date_is_typed_in_danish_with_an_example(page):
    day = by_id(page, "id_day")
    assert (day.get("type"), day.get("inputmode"), day.get("value")) == ("text", "numeric", "30-06-2027")
    assert "os2-date" in day.get("class").split()
    assert described(page, day) == ["For eksempel 30-06-2027"]


def test_amounts_are_typed_as_text_with_a_number_keyboard(page):
    amount = by_id(page, "id_amount")
    assert (amount.get("type"), amount.get("inputmode"), amount.get("value")) == ("text", "decimal", "1.234.567,50")
    assert by_id(page, "id_count").get("inputmode") == "numeric"


def test_select(page):
    assert "form-select" in by_id(page, "id_kind").get("class").split()


def test_radios_are_a_named_group(page):
    holder = group(page, "outcome")
    assert next(holder.iter("legend")).text == "Udfald"
    yes, no = holder.iter("input")
    assert [radio.get("class") for radio in (yes, no)] == ["form-radio", "form-radio"]
    assert ("checked" in yes.attrib, "checked" in no.attrib) == (False, True)
    assert [label_of(page, radio) for radio in (yes, no)] == ["Ja", "Nej"]


def test_boxes_are_a_named_group(page):
    school, climate = group(page, "areas").iter("input")
    assert [box.get("type") for box in (school, climate)] == ["checkbox", "checkbox"]
    assert ("checked" in school.attrib, "checked" in climate.attrib) == (False, True)
    assert all("form-checkbox" in box.get("class").split() for box in (school, climate))


def test_radios_in_a_row_are_native_radios_followed_by_their_word(page):
    (row,) = all_with(group(page, "vote"), "os2-seg")
    assert [part.tag for part in row] == ["input", "label", "input", "label"]
    assert [part.get("class") for part in row if part.tag == "input"] == [None, None]


def test_lights_have_shape_and_word_and_the_group_has_the_hint(page):
    holder = group(page, "time")
    (row,) = all_with(holder, "os2-seg--lys")
    labels = list(row.iter("label"))
    assert [text(label) for label in labels] == ["Grøn", "Rød"]
    assert [next(label.iter("use")).get("href").rpartition("#")[2] for label in labels] == ["s-green", "s-red"]
    assert described(page, next(holder.iter("fieldset"))) == ["Sammenlignet med planen."]


def test_a_single_box_has_its_word_beside_it_and_its_hint_under(page):
    box = by_id(page, "id_agreed")
    assert (box.get("type"), box.get("class")) == ("checkbox", "form-checkbox")
    assert label_of(page, box) == "Formålet er stadig rigtigt"
    assert described(page, box) == ["Det står på initiativet."]


def test_upload(page):
    upload = by_id(page, "id_evidence")
    assert (upload.get("type"), "os2-file" in upload.get("class").split()) == ("file", True)
    assert described(page, upload) == ["Pdf, højst 10 MB"]
    assert next(page.iter("form")).get("enctype") == "multipart/form-data"


@pytest.mark.parametrize(("required", "boxes"), [(False, ["evidence-clear"]), (True, [])])
def test_a_file_that_is_there_is_named_and_only_an_optional_one_can_be_removed(show, required, boxes):
    class Kept(forms.Form):
        evidence = forms.FileField(label="Bevis", required=required)

    storage = InMemoryStorage()
    storage.save("bevis/Driftsnotat 2025.pdf", ContentFile(b"x"))
    stored = type("Stored", (), {"url": "/hemmeligt/", "__str__": lambda _self: "bevis/Driftsnotat 2025.pdf"})()
    page = show(Kept(initial={"evidence": stored}))
    assert "Driftsnotat 2025.pdf er lagt op" in text(group(page, "evidence"))
    assert "/hemmeligt/" not in "".join(str(element.attrib) for element in page.iter())
    assert [box.get("name") for box in page.iter("input") if box.get("type") == "checkbox"] == boxes
    assert_wired(page)


def test_placeholders_are_never_shown(page):
    assert by_id(page, "id_email").get("placeholder") is None


def test_hidden_fields_have_neither_group_nor_label(page):
    version = by_id(page, "id_version")
    assert (version.get("type"), version.get("value")) == ("hidden", "3")
    assert not [element for element in page.iter() if element.get("id") == "div_id_version"]


def test_the_browser_leaves_validation_to_the_portal(page):
    form = next(page.iter("form"))
    assert "novalidate" in form.attrib
    assert form.get("method") == "post"


def test_hints_are_escaped_unless_the_form_says_they_are_html(show):
    class Hinted(forms.Form):
        name = forms.CharField(help_text="<b>ikke html</b>")

    page = show(Hinted())
    assert described(page, by_id(page, "id_name")) == ["<b>ikke html</b>"]


def test_one_field_alone(render):
    source = "{% load crispy_forms_tags %}{{ form.name|as_crispy_field }}"
    page = parse(render(source, form=Everything()))
    assert_wired(page)
    assert not list(page.iter("form"))


def test_a_form_inside_a_form_tag_of_the_page(render):
    page = parse(render("{% load crispy_forms_tags %}<form>{{ form|crispy }}</form>", form=Everything()))
    assert_wired(page)
    assert len(list(page.iter("form"))) == 1


# ---------------------------------------------------------------- layout
class Laid(forms.Form):
    name = forms.CharField(label="Navn")
    day = forms.DateField(label="Frist")
    amount = forms.DecimalField(label="Beløb", localize=True)
    vote = forms.ChoiceField(label="Stemme", widget=forms.RadioSelect, choices=[("for", "For")])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.attrs = {"data-guard": ""}
        self.helper.layout = Layout(
            Hidden("step", "2"),
            HTML("<p id='intro'>{{ greeting }}</p>"),
            Fieldset("Beslutning", Field("vote", css_class="os2-seg"), css_id="decision"),
            Row(Column("name"), Div("day", css_class="narrow")),
            AppendedText("amount", "kr."),
            ButtonHolder(
                Submit("send", "Send"),
                Submit("draft", "Gem som kladde", css_class="button-secondary os2-compact"),
                Button("more", "Tilføj"),
            ),
        )


def test_layout_objects(show):
    page = show(Laid(), greeting="Hej & goddag")
    assert_wired(page)
    assert text(by_id(page, "intro")) == "Hej & goddag"
    decision = by_id(page, "decision")
    assert (decision.tag, text(next(decision.iter("legend")))) == ("fieldset", "Beslutning")
    assert len(all_with(decision, "os2-seg")) == 1
    (row,) = all_with(page, "os2-fields")
    assert [part.get("class") for part in row] == ["os2-fields__one", "narrow"]
    (suffix,) = all_with(page, "form-input-suffix")
    assert text(suffix) == "kr."
    assert "data-guard" in next(page.iter("form")).attrib


def test_only_the_plain_submit_is_primary(show):
    buttons = {button.get("name"): button for button in show(Laid()).iter("button")}
    assert {name: button.get("class") for name, button in buttons.items()} == {
        "send": "button button-primary",
        "draft": "button button-secondary os2-compact",
        "more": "button button-secondary",
    }
    assert [buttons[name].get("type") for name in ("send", "more")] == ["submit", "button"]


def test_labels_that_are_switched_off_are_still_read_aloud(show):
    class Bare(forms.Form):
        q = forms.CharField(label="Søg")

        def __init__(self):
            super().__init__()
            self.helper = FormHelper()
            self.helper.form_show_labels = False

    page = show(Bare())
    (label,) = page.iter("label")
    assert "sr-only" in label.get("class").split()
    assert label_of(page, by_id(page, "id_q")) == "Søg"


def test_helper_buttons_stand_under_the_form(show):
    class Short(forms.Form):
        name = forms.CharField()

        def __init__(self):
            super().__init__()
            self.helper = FormHelper()
            self.helper.add_input(Submit("save", "Gem"))

    (holder,) = all_with(show(Short()), "os2-buttons")
    assert text(holder) == "Gem"


def test_a_get_form_carries_no_token(render):
    class Filter(forms.Form):
        q = forms.CharField(required=False)

        def __init__(self):
            super().__init__()
            self.helper = FormHelper()
            self.helper.form_method = "get"

    source = "{% load crispy_forms_tags %}{% crispy form %}"
    assert "csrfmiddlewaretoken" not in render(source, form=Filter())
    assert "csrfmiddlewaretoken" in render(source, form=Everything())
