from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from governance.templatetags import os2
from tests.look.html import all_with, parse, text

NBSP = "\u00a0"
MINUS = "\u2212"


# ---------------------------------------------------------------- symbols
def test_an_icon_beside_a_word_is_decoration(render):
    page = parse(render('{% icon "clock" %}Frist'))
    (svg,) = page.iter("svg")
    assert svg.get("aria-hidden") == "true"
    assert next(svg.iter("use")).get("href").endswith("icons.svg#i-clock")


def test_an_icon_alone_has_a_name(render):
    (svg,) = parse(render('{% icon "warn" label="Advarsel" css="alert-icon" %}')).iter("svg")
    assert (svg.get("role"), svg.get("aria-label"), svg.get("aria-hidden")) == ("img", "Advarsel", None)
    assert svg.get("class") == "os2-i alert-icon"


def test_a_state_is_shape_and_word(render):
    (span,) = all_with(parse(render('{% state "k-met" "Opfyldt" %}')), "os2-state")
    assert text(span) == "Opfyldt"
    assert next(span.iter("use")).get("href").endswith("#k-met")
    assert next(span.iter("svg")).get("class") == "os2-s"


def test_a_state_can_carry_the_tone_of_its_word(render):
    (span,) = all_with(parse(render('{% state "i-flag" "Markeret" "warn" %}')), "os2-state--warn")
    assert next(span.iter("svg")).get("class") == "os2-i"


def test_a_light_without_a_word_says_what_and_which(render):
    (svg,) = parse(render('{% light "s-red" "Tid: Rød" %}')).iter("svg")
    assert svg.get("aria-label") == "Tid: Rød"


def test_labels_are_escaped(render):
    html = render('{% state "k-met" label %}{% light "s-red" label %}', label='<b>"')
    assert "<b>" not in html
    assert 'aria-label="&lt;b&gt;&quot;"' in html


# ---------------------------------------------------------------- level and stage
@pytest.mark.parametrize(
    ("value", "seen", "heard"),
    [
        (0, "S", "Sandkasse"),
        (1, "N1", "Niveau 1"),
        (2, "N2", "Niveau 2"),
        (3, "N3", "Niveau 3"),
        ("2", "N2", "Niveau 2"),
    ],
)
def test_a_level_is_seen_short_and_heard_long(render, value, seen, heard):
    (box,) = all_with(parse(render("{% level value %}", value=value)), f"os2-level--{int(value)}")
    short, spoken = list(box)
    assert (short.text, short.get("aria-hidden")) == (seen, "true")
    assert (spoken.text, spoken.get("class")) == (heard, "sr-only")


def test_a_level_in_full(render):
    assert text(parse(render('{% level 3 "long" %}'))) == "Niveau 3"


@pytest.mark.parametrize("value", [None, ""])
def test_no_level_is_said_in_words(render, value):
    page = parse(render("{% level value %}", value=value))
    assert text(page) == "Ikke indplaceret"
    assert not all_with(page, "os2-level")


@pytest.mark.parametrize(
    ("value", "filled", "word"),
    [
        ("idea", 1, "Idé"),
        ("concept", 2, "Koncept"),
        ("project", 3, "Projekt"),
        ("product", 4, "Produkt"),
        ("withdrawn", 0, "Trukket tilbage"),
        ("rejected", 0, "Afvist"),
        ("closed", 0, "Lukket"),
    ],
)
def test_a_stage_is_blocks_and_word(render, value, filled, word):
    page = parse(render("{% stage value %}", value=value))
    blocks = [rect.get("fill") for rect in page.iter("rect")]
    assert len(blocks) == 4
    assert blocks.count(os2.GREEN) == filled
    assert blocks[:filled] == [os2.GREEN] * filled
    assert text(page) == word == os2.stage_name(value)


# ---------------------------------------------------------------- deadlines
@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [
        (53, "53 dage tilbage", None),
        (31, "31 dage tilbage", None),
        (30, "30 dage tilbage", "warn"),
        (1, "1 dag tilbage", "warn"),
        (0, "Sidste dag i dag", "warn"),
        (-1, "1 dag over", "bad"),
        (-7, "7 dage over", "bad"),
    ],
)
def test_a_deadline_turns_amber_at_thirty_days_and_red_when_over(render, days, words, tone):
    day = timezone.localdate() + timedelta(days)
    page = parse(render("{% deadline day %}", day=day))
    assert text(page) == words
    assert next(page.iter("time")).get("datetime") == day.isoformat()
    assert [css for css in ("warn", "bad") if all_with(page, f"os2-state--{css}")] == ([tone] if tone else [])


def test_the_warning_limit_is_one_setting(render, settings):
    settings.DEADLINE_WARNING_DAYS = 5
    day = date(2027, 3, 1)
    page = parse(render("{% deadline day today %}", day=day, today=day - timedelta(6)))
    assert not all_with(page, "os2-state--warn")


def test_no_deadline_is_said_in_words(render):
    assert text(parse(render("{% deadline None %}"))) == "Ingen frist"


# ---------------------------------------------------------------- bars
def test_a_bar_is_the_shares_in_order(render):
    parts = [("k-met", 12, "opfyldt"), ("k-explained", 0, "forklaret"), ("k-missing", 4, "mangler")]
    page = parse(render('{% bar parts "12 krav er opfyldt, 4 mangler" %}', parts=parts))
    (svg,) = all_with(page, "os2-bar")
    assert svg.get("aria-label") == "12 krav er opfyldt, 4 mangler"
    shares = [(r.get("x"), r.get("width"), r.get("fill")) for r in svg if r.get("height") == "100%"]
    met, missing = os2.BAR_COLOURS["k-met"], os2.BAR_COLOURS["k-missing"]
    assert shares == [("0.00%", "75.00%", met), ("75.00%", "25.00%", missing), ("75.00%", "2", "#fff")]


def test_a_bar_of_nothing_is_empty(render):
    page = parse(render('{% bar parts "Ingen krav" %}', parts=[("k-met", 0)]))
    (rect,) = page.iter("rect")
    assert (rect.get("width"), rect.get("fill")) == ("100.00%", os2.LINE)


def test_every_symbol_of_requirements_and_lights_has_a_bar_colour():
    names = set(os2.BAR_COLOURS) - {"done", "rest"}
    assert {"k-met", "k-explained", "k-deferred", "k-missing", "k-board", "k-na", "k-open", "k-back"} <= names
    assert {"s-green", "s-yellow", "s-red", "s-grey", "s-none"} <= names


# ---------------------------------------------------------------- amounts
@pytest.mark.parametrize(
    ("value", "whole", "exact"),
    [
        (Decimal(1234567), "1.234.567 kr.", "1.234.567,00 kr."),
        (Decimal("1234567.50"), "1.234.568 kr.", "1.234.567,50 kr."),
        (Decimal("0.005"), "0 kr.", "0,01 kr."),
        (Decimal(-590000), f"{MINUS}590.000 kr.", f"{MINUS}590.000,00 kr."),
        (0, "0 kr.", "0,00 kr."),
        (None, os2.NOTHING, os2.NOTHING),
        ("", os2.NOTHING, os2.NOTHING),
    ],
)
def test_amounts(value, whole, exact):
    assert os2.kroner(value) == whole.replace(" ", NBSP)
    assert os2.kroner_oere(value) == exact.replace(" ", NBSP)


@pytest.mark.parametrize(("value", "shown"), [(590000, "+590.000"), (-590000, f"{MINUS}590.000"), (0, "0")])
def test_differences_show_their_sign(value, shown):
    assert os2.kroner(value, "+") == f"{shown}{NBSP}kr."


def test_a_small_loss_does_not_round_to_minus_nothing():
    assert os2.kroner(Decimal("-0.40")) == f"0{NBSP}kr."


def test_amounts_follow_the_language():
    with translation.override("en"):
        assert "1,234,567.50" in os2.kroner_oere(Decimal("1234567.5"))


# ---------------------------------------------------------------- days and moments
def test_days():
    day = date(2026, 12, 1)
    assert os2.dato(day) == f"1.{NBSP}december 2026"
    assert os2.dato_lang(day) == f"tirsdag den 1.{NBSP}december 2026"
    assert os2.dato_kort(day) == "01-12-2026"
    assert [show(None) for show in (os2.dato, os2.dato_lang, os2.dato_kort, os2.tidspunkt)] == [""] * 4


def test_moments_are_told_in_danish_time():
    moment = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)
    assert os2.tidspunkt(moment) == f"2.{NBSP}december 2026 kl.{NBSP}0.30"
    assert os2.dato(moment) == f"2.{NBSP}december 2026"


# ---------------------------------------------------------------- text
def test_peoples_text_becomes_paragraphs_and_stays_text(render):
    page = parse(render("{{ value|paragraphs }}", value="  Første linje\nanden linje\n\n<script>alert(1)</script> "))
    first, second = page.iter("p")
    assert text(first) == "Første linjeanden linje"
    assert len(list(first.iter("br"))) == 1
    assert text(second) == "<script>alert(1)</script>"
    assert not list(page.iter("script"))


@pytest.mark.parametrize("value", [None, "", "  \n "])
def test_no_text_is_no_paragraph(render, value):
    assert render("{{ value|paragraphs }}", value=value) == ""
