"""Words with a shape, Danish amounts and dates: the tags every template has without loading them.

The vocabulary (which symbol, which word, which colour) is the table "Status vocabulary" of the design README; colours
are written as SVG attributes so that a strict content security policy and paper keep them. Forms are in `dkfds.py`.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

register = template.Library()

NBSP = "\u00a0"
MINUS = "\u2212"
NOTHING = "\u2013"  # a dash: what a table cell shows when nothing is known

LEVELS = {
    0: ("S", gettext_lazy("Sandkasse")),
    1: ("N1", gettext_lazy("Niveau 1")),
    2: ("N2", gettext_lazy("Niveau 2")),
    3: ("N3", gettext_lazy("Niveau 3")),
}

# Stage value -> (filled blocks of four, word). The end states fill none.
STAGES = {
    "idea": (1, gettext_lazy("Idé")),
    "concept": (2, gettext_lazy("Koncept")),
    "project": (3, gettext_lazy("Projekt")),
    "product": (4, gettext_lazy("Produkt")),
    "withdrawn": (0, gettext_lazy("Trukket tilbage")),
    "rejected": (0, gettext_lazy("Afvist")),
    "closed": (0, gettext_lazy("Lukket")),
}

GREEN, LINE = "#3A7F3B", "#DCDCDC"

BAR_COLOURS = {
    "k-met": "#358000",
    "k-explained": "#004D99",
    "k-deferred": "#B87A00",
    "k-board": "#454545",
    "k-missing": "#B00000",
    "k-back": "#B87A00",
    "k-na": "#8E8E8E",
    "k-open": LINE,
    "s-green": "#358000",
    "s-yellow": "#FFC233",
    "s-red": "#C00000",
    "s-grey": "#8E8E8E",
    "s-none": LINE,
    "done": GREEN,
    "rest": LINE,
}


def symbol(name: str, *, css: str, label: str = "") -> SafeString:
    """One symbol of the sprite: decoration beside a word, or a picture with a name when `label` is given."""
    href = f"{static('os2/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>',
            css,
            label,
            href,
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', css, href)


# ---------------------------------------------------------------- words with a shape
@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """A line symbol (`i-` in the sprite): `{% icon "clock" %}`. Give `label` only when no word stands beside it."""
    return symbol(f"i-{name}", css=f"os2-i {css}".strip(), label=label)


@register.simple_tag
def state(name: str, label: str, tone: str = "") -> SafeString:
    """A state as shape and word: `{% state "k-met" "Opfyldt" %}`. `tone` is "bad" or "warn" for the word's colour.

    Names: `k-` requirement, `s-` light, `d-` agenda, `i-` line symbol.
    """
    css = f"os2-state os2-state--{tone}" if tone else "os2-state"
    shape = symbol(name, css="os2-i" if name.startswith("i-") else "os2-s")
    return format_html('<span class="{}">{}{}</span>', css, shape, label)


@register.simple_tag
def light(name: str, label: str) -> SafeString:
    """A state without a visible word, for table cells: `{% light "s-red" "Tid: Rød" %}`; the label says both."""
    return symbol(name, css="os2-s", label=label)


@register.simple_tag
def level(value: int | str | None, form: str = "short") -> SafeString:
    """The level as a box: N1, N2, N3 or S; `{% level value "long" %}` writes "Niveau 2". None is "Ikke indplaceret"."""
    if value in (None, ""):
        return format_html("<span>{}</span>", _("Ikke indplaceret"))
    code, word = LEVELS[int(value)]
    if form == "long":
        return format_html('<span class="os2-level os2-level--{}">{}</span>', int(value), word)
    both = format_html('<span aria-hidden="true">{}</span><span class="sr-only">{}</span>', code, word)
    return format_html('<span class="os2-level os2-level--{}">{}</span>', int(value), both)


@register.simple_tag
def stage(value: str) -> SafeString:
    """The stage as four blocks and its word, from the value of portfolio's `Stage`."""
    filled, word = STAGES[str(value)]
    blocks = format_html_join(
        "",
        '<rect x="{}" width="8" height="8" rx="1" fill="{}"/>',
        ((number * 10, GREEN if number < filled else LINE) for number in range(4)),
    )
    return format_html(
        '<span class="os2-stage"><svg viewBox="0 0 38 8" aria-hidden="true">{}</svg>{}</span>',
        blocks,
        word,
    )


@register.filter
def stage_name(value: str) -> str:
    """The stage's word alone, for titles and sentences."""
    return str(STAGES[str(value)][1])


@register.simple_tag
def deadline(day: date | None, today: date | None = None) -> SafeString:
    """How long there is left: black, amber from `DEADLINE_WARNING_DAYS`, red when it is over."""
    if day is None:
        return format_html("<span>{}</span>", _("Ingen frist"))
    left = (day - (today or timezone.localdate())).days
    if left < 0:
        tone = "bad"
        words = ngettext("%(days)d dag over", "%(days)d dage over", -left) % {"days": -left}
    else:
        tone = "warn" if left <= settings.DEADLINE_WARNING_DAYS else ""
        words = ngettext("%(days)d dag tilbage", "%(days)d dage tilbage", left) % {"days": left}
        if left == 0:
            words = _("Sidste dag i dag")
    return state("i-clock", format_html('<time datetime="{}">{}</time>', day.isoformat(), words), tone)


@register.simple_tag
def pips(filled: Iterable[bool]) -> SafeString:
    """A small square for each vote, filled for those who said yes; decoration beside the words that count them."""
    squares = [
        (number * 10 + 0.75, "#2B5E2C" if is_filled else "#fff", "#2B5E2C" if is_filled else "#636363")
        for number, is_filled in enumerate(filled)
    ]
    shapes = format_html_join(
        "",
        '<rect x="{}" y=".75" width="6.5" height="6.5" rx="1" fill="{}" stroke="{}" stroke-width="1.5"/>',
        squares,
    )
    width = len(squares) * 10
    return format_html(
        '<svg class="os2-pips" viewBox="0 0 {} 8" width="{}" height="8" aria-hidden="true">{}</svg>',
        width,
        width,
        shapes,
    )


@register.simple_tag
def bar(parts: Iterable[tuple], label: str) -> SafeString:
    """A bar of shares: `parts` are (symbol name or "done"/"rest", count, ...) in order, `label` says the figures.

    Parts of zero are left out; without any count the bar is empty grey.
    """
    counted = [(part[0], part[1]) for part in parts if part[1]]
    total = sum(count for _name, count in counted)
    if not total:
        counted, total = [("rest", 1)], 1
    rects, start = [], Decimal(0)
    for name, count in counted:
        width = Decimal(count) * 100 / Decimal(total)
        rects.append((f"{start:.2f}%", f"{width:.2f}%", BAR_COLOURS[name]))
        start += width
    shares = format_html_join("", '<rect x="{}" width="{}" height="100%" fill="{}"/>', rects)
    gaps = format_html_join("", '<rect x="{}" width="2" height="100%" fill="#fff"/>', ((x,) for x, _w, _c in rects[1:]))
    return format_html('<svg class="os2-bar" role="img" aria-label="{}">{}{}</svg>', label, shares, gaps)


# ---------------------------------------------------------------- amounts
def _amount(value: Decimal | int | str | None, decimals: int, sign: str) -> str:
    if value in (None, ""):
        return NOTHING
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    before = MINUS if rounded < 0 else "+" if sign and rounded > 0 else ""
    figures = number_format(abs(rounded), decimals, use_l10n=True, force_grouping=True)
    return (_("%(amount)s kr.") % {"amount": f"{before}{figures}"}).replace(" ", NBSP)


@register.filter
def kroner(value: Decimal | int | str | None, sign: str = "") -> str:
    """Whole kroner for overviews: "1.234.567 kr." (half rounds up). `kroner:"+"` shows the sign of a difference."""
    return _amount(value, 0, sign)


@register.filter
def kroner_oere(value: Decimal | int | str | None, sign: str = "") -> str:
    """Kroner and øre for accounts and exports: "1.234.567,00 kr."."""
    return _amount(value, 2, sign)


# ---------------------------------------------------------------- days and moments
def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def _day(value: date | datetime | None, format_name: str) -> str:
    return date_format(_local(value), format_name) if value else ""


@register.filter
def dato(value: date | datetime | None) -> str:
    """1. december 2026, never split over two lines."""
    return _day(value, "DATE_FORMAT")


@register.filter
def dato_lang(value: date | datetime | None) -> str:
    """Tirsdag den 1. december 2026, in lower case (it stands inside sentences)."""
    return _day(value, "LONG_DATE_FORMAT")


@register.filter
def dato_kort(value: date | datetime | None) -> str:
    """01-12-2026, for tables."""
    return _day(value, "SHORT_DATE_FORMAT")


@register.filter
def tidspunkt(value: datetime | None) -> str:
    """1. december 2026 kl. 8.00, in Danish time."""
    return _day(value, "DATETIME_FORMAT")


# ---------------------------------------------------------------- text and place
@register.filter
def paragraphs(value: str | None) -> SafeString:
    """People's own text as paragraphs: a blank line parts them, a single line break stays. Always escaped."""
    text = str(value or "").strip()
    return mark_safe(linebreaks(text, autoescape=True)) if text else SafeString()  # noqa: S308 - linebreaks escaped it


@register.inclusion_tag("_breadcrumbs.html", takes_context=True)
def breadcrumbs(context, *crumbs: str) -> dict:
    """Where the reader is: `{% breadcrumbs label url label url here %}`. The workspace frame puts "Forside" first."""
    *above, here = crumbs
    pairs = list(zip(above[::2], above[1::2], strict=True))
    home = context.get("crumb_home")
    return {"crumbs": [(home.label, home.url), *pairs] if home else pairs, "here": here}
