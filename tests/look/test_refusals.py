"""A form that cannot be saved: the summary, the links, the field, and words that say what to do."""

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.validators import FileExtensionValidator

from governance.templatetags.dkfds import errors_of, problems
from governance.templatetags.dkfds_errors import ACCOUNT
from tests.look.html import all_with, assert_wired, by_id, described, parse, text


class Report(forms.Form):
    reason = forms.CharField(label="Begrundelse", help_text="1-3 sætninger er nok.")
    outcome = forms.ChoiceField(label="Udfald", widget=forms.RadioSelect, choices=[("yes", "Ja")])
    vote = forms.ChoiceField(
        label="Stemme", widget=forms.RadioSelect(attrs={"class": "os2-seg"}), choices=[("for", "For")]
    )
    agreed = forms.BooleanField(label="Stadig rigtigt")
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)

    error_title = "Rapporten kan ikke sendes endnu."

    def clean(self):
        raise ValidationError("Rapporten er allerede sendt")


@pytest.fixture
def page(show):
    return show(Report({"version": "1"}))


def test_the_summary_lists_all_and_links_to_the_place_to_mend_it(page):
    (summary,) = all_with(page, "alert-error")
    assert (summary.get("role"), summary.get("tabindex"), summary.get("data-module")) == (
        "alert",
        "-1",
        "error-summary",
    )
    assert text(by_id(page, summary.get("aria-labelledby"))).startswith("Rapporten kan ikke sendes endnu.")
    links = {link.get("href"): text(link) for link in summary.iter("a")}
    assert list(links) == ["#id_reason", "#id_outcome_0", "#id_vote_0", "#id_agreed"]
    for href in links:
        assert by_id(page, href[1:]).tag in ("input", "textarea")


def test_errors_of_the_whole_form_come_first_and_lead_nowhere(page):
    (summary,) = all_with(page, "alert-error")
    first = next(summary.iter("li"))
    assert text(first) == "Rapporten er allerede sendt"
    assert not list(first.iter("a"))


def test_the_field_says_the_same_under_its_hint_and_above_the_control(page):
    control, holder = by_id(page, "id_reason"), by_id(page, "div_id_reason")
    assert "form-error" in holder.get("class").split()
    assert control.get("aria-invalid") == "true"
    hint, error = described(page, control)
    assert hint == "1-3 sætninger er nok."
    assert error.startswith("Fejl: ")
    order = list(holder.iter())
    places = [order.index(by_id(page, name)) for name in ("id_reason_helptext", "id_reason_error", "id_reason")]
    assert places == sorted(places)


@pytest.mark.parametrize("name", ["outcome", "vote"])
def test_a_group_is_described_by_its_error_and_its_radios_are_not_invalid(page, name):
    holder = by_id(page, f"div_id_{name}")
    assert len(described(page, next(holder.iter("fieldset")))) == 1
    assert not [radio for radio in holder.iter("input") if radio.get("aria-invalid")]


def test_everything_is_wired_when_all_is_wrong(page):
    assert_wired(page)


def test_the_heading_counts_only_what_fields_can_mend(show):
    class Short(forms.Form):
        a = forms.CharField()
        b = forms.CharField()

    heading = all_with(show(Short({})), "alert-heading")[0]
    assert "Ret 2 ting" in text(heading)

    class Refused(forms.Form):
        def clean(self):
            raise ValidationError("Nej")

    assert "Ret" not in text(all_with(show(Refused({})), "alert-heading")[0])


def test_a_hidden_field_in_error_is_told_without_a_link(show):
    page = show(Report({"reason": "x", "outcome": "yes", "vote": "for", "agreed": "on", "version": "x"}))
    (summary,) = all_with(page, "alert-error")
    assert len(list(summary.iter("li"))) == 2
    assert not list(summary.iter("a"))


def test_two_forms_on_a_page_have_summaries_of_their_own(render):
    class Short(forms.Form):
        a = forms.CharField()

    source = "{% load crispy_forms_tags %}{% crispy one %}{% crispy two %}"
    page = parse(render(source, one=Short({}, prefix="one"), two=Short({}, prefix="two")))
    assert_wired(page)
    assert len(all_with(page, "alert-error")) == 2


def test_what_the_user_typed_is_kept_and_escaped(show):
    page = show(Report({"reason": '<script>"', "version": "1"}))
    assert text(by_id(page, "id_reason")) == ""
    assert by_id(page, "id_reason").get("value") == '<script>"'
    assert not list(page.iter("script"))


# ---------------------------------------------------------------- words
FILE = SimpleUploadedFile("virus.exe", b"x")
EMPTY = SimpleUploadedFile("tom.pdf", b"")


def first_error(field, data=None, files=None):
    form = type("Form", (forms.Form,), {"x": field})({"x": data} if data is not None else {}, files)
    assert not form.is_valid()
    return errors_of(form["x"])[0], form.errors["x"][0]


@pytest.mark.parametrize(
    ("field", "data"),
    [
        (forms.CharField(label="Mærke"), None),
        (forms.DateField(label="Mærke"), ""),
        (forms.FileField(label="Mærke"), None),
        (forms.BooleanField(label="Mærke"), None),
        (forms.ChoiceField(label="Mærke", choices=[("a", "A")]), ""),
        (forms.ChoiceField(label="Mærke", choices=[("a", "A")], widget=forms.RadioSelect), None),
        (forms.MultipleChoiceField(label="Mærke", choices=[("a", "A")], widget=forms.CheckboxSelectMultiple), None),
        (forms.DecimalField(label="Mærke", localize=True), ""),
    ],
)
def test_what_is_missing_is_named(field, data):
    ours, djangos = first_error(field, data)
    assert "Mærke" in ours
    assert ours != djangos


def test_missing_things_are_asked_for_by_their_kind():
    kinds = [
        forms.CharField(label="x"),
        forms.EmailField(label="x"),
        forms.DateField(label="x"),
        forms.FileField(label="x"),
        forms.BooleanField(label="x"),
        forms.ChoiceField(label="x", choices=[("a", "A")]),
        forms.MultipleChoiceField(label="x", choices=[("a", "A")], widget=forms.CheckboxSelectMultiple),
    ]
    assert len({first_error(field)[0] for field in kinds}) == len(kinds)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (forms.DateField(), "31-02-2027"),
        (forms.DateField(), "i morgen"),
        (forms.DecimalField(localize=True), "tolv"),
        (forms.IntegerField(localize=True), "12,5 stk"),
        (forms.FloatField(localize=True), "tolv"),
    ],
)
def test_what_cannot_be_read_is_repeated(field, typed):
    ours, djangos = first_error(field, typed)
    assert typed in ours
    assert ours != djangos


def test_a_day_that_does_not_exist_is_another_matter_than_no_day():
    impossible, _ = first_error(forms.DateField(), "31-02-2027")
    unreadable, _ = first_error(forms.DateField(), "i morgen")
    assert impossible.replace("31-02-2027", "") not in unreadable
    assert "30-06-2027" in unreadable
    assert "30-06-2027" not in impossible


@pytest.mark.parametrize(
    ("field", "typed", "figures"),
    [
        (forms.CharField(max_length=200), "x" * 10000, ["200", "10000"]),
        (forms.CharField(min_length=12), "kort", ["12", "4"]),
        (forms.IntegerField(max_value=7), "8", ["7"]),
        (forms.DecimalField(min_value=0, localize=True), "-1", ["0"]),
        (forms.EmailField(), "navn", ["@"]),
        (forms.URLField(assume_scheme="https"), "http://", ["https://"]),
        (forms.ChoiceField(choices=[("a", "A")]), "b", []),
        (forms.MultipleChoiceField(choices=[("a", "A")]), ["b"], []),
        (forms.DateTimeField(), "snart", ["10.30"]),
        (forms.TimeField(), "snart", ["10.30"]),
    ],
)
def test_limits_say_their_figures(field, typed, figures):
    ours, djangos = first_error(field, typed)
    assert ours != djangos
    assert [figure for figure in figures if figure not in ours.replace(".", "") and figure not in ours] == []


@pytest.mark.parametrize(
    ("field", "upload"),
    [
        (forms.FileField(validators=[FileExtensionValidator(["pdf"])]), FILE),
        (forms.FileField(), EMPTY),
        (forms.FileField(max_length=5), FILE),
    ],
)
def test_files_that_cannot_be_taken(field, upload):
    ours, djangos = first_error(field, files={"x": upload})
    assert ours != djangos


def test_long_input_is_not_repeated_at_length():
    ours, _ = first_error(forms.DateField(), "x" * 10000)
    assert len(ours) < 200


def test_a_forms_own_words_stand():
    own = "Skriv, hvorfor økonomien er gul"
    assert first_error(forms.CharField(error_messages={"required": own}))[0] == own

    class Choosy(forms.Form):
        x = forms.CharField()

        def clean_x(self):
            raise ValidationError("Vælg et andet", code="invalid")

    form = Choosy({"x": "a"})
    assert errors_of(form["x"]) == ["Vælg et andet"]


def test_a_fields_own_default_words_stand():
    class Level(forms.CharField):
        default_error_messages = {"required": "Placér initiativet på et niveau"}

    assert first_error(Level())[0] == "Placér initiativet på et niveau"


@pytest.mark.parametrize("code", ACCOUNT)
def test_account_messages_are_replaced_only_when_they_are_allauths(code):
    class Login(forms.Form):
        def clean(self):
            raise ValidationError(DefaultAccountAdapter.error_messages.get(code, "Egen tekst"), code=code)

    (problem,) = problems(Login({}))
    stock = code in DefaultAccountAdapter.error_messages
    assert problem.text == (str(ACCOUNT[code]) if stock else "Egen tekst")
