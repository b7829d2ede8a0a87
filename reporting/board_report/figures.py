"""The figures of the report as inline SVG.

Each has a title that says its figures in words: it becomes the alternative text of the tagged PDF. Shape and word
before colour: ring, triangle, square, dotted line. One SVG per figure, not per mark (600 marks in one SVG take 0.2 s,
in 600 they take 0.7 s). Style sheets do not reach into an inline SVG, so each names its font.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

GREEN, DARK, LIGHT_GREEN, PALE = "#3A7F3B", "#1B3C1C", "#D8E5D8", "#9DBF9E"
INK, SOFT, HAIR, LINE, AMBER, RED, WHITE = "#1A1A1A", "#4A4A4A", "#C9C9C9", "#9A9A9A", "#B87900", "#A3211B", "#fff"
FONT = "IBM Plex Sans, DejaVu Sans, sans-serif"
NOTHING = SafeString()

Shapes = SafeString


def number(value: Decimal | float) -> str:
    """A coordinate with two decimals and a point, whatever the language."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def svg(*, width: float, height: float, title: str, shapes: Iterable[Shapes], font_size: str = "2.9") -> SafeString:
    """A figure in millimetres: `title` first, then everything else in one group."""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}mm" height="{h}mm" role="img">'
        "<title>{title}</title>"
        '<g font-family="{font}" font-size="{size}" fill="{ink}">{shapes}</g></svg>',
        w=number(width),
        h=number(height),
        title=title,
        font=FONT,
        size=font_size,
        ink=INK,
        shapes=joined(shapes),
    )


def joined(shapes: Iterable[Shapes]) -> SafeString:
    """Shapes one after the other."""
    return format_html_join("", "{}", ((shape,) for shape in shapes))


def rect(
    x: float, y: float, width: float, height: float, *, fill: str = WHITE, stroke: str = "", line: float = 0.3
) -> Shapes:
    """A rectangle, with an outline if a stroke is given."""
    edge = format_html(' stroke="{}" stroke-width="{}"', stroke, number(line)) if stroke else NOTHING
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"{}/>',
        number(x),
        number(y),
        number(width),
        number(height),
        fill,
        edge,
    )


def path(d: str, *, stroke: str = "", line: float = 0.3, fill: str = "none", dash: str = "") -> Shapes:
    """A path."""
    dashes = format_html(' stroke-dasharray="{}"', dash) if dash else NOTHING
    edge = format_html(' stroke="{}" stroke-width="{}"', stroke, number(line)) if stroke else NOTHING
    return format_html('<path d="{}" fill="{}"{}{}/>', d, fill, edge, dashes)


def text(
    x: float, y: float, words: str, *, anchor: str = "", bold: bool = False, size: str = "", fill: str = ""
) -> Shapes:
    """A line of text; `anchor` is middle or end."""
    extra = [
        ("text-anchor", anchor),
        ("font-weight", "600" if bold else ""),
        ("font-size", size),
        ("fill", fill),
    ]
    attributes = format_html_join("", ' {}="{}"', ((name, value) for name, value in extra if value))
    return format_html('<text x="{}" y="{}"{}>{}</text>', number(x), number(y), attributes, words)


# ---------------------------------------------------------------- status lights
def light_mark(x: float, y: float, light: str) -> Shapes:
    """One light with its middle at x, y: square red, triangle yellow, ring green, dotted line without a report."""
    if light == "red":
        return rect(x - 1.2, y - 1.2, 2.4, 2.4, fill=RED)
    if light == "yellow":
        return path(f"M{number(x)} {number(y - 1.25)}l1.4 2.5h-2.8z", fill=AMBER)
    if light == "green":
        return format_html(
            '<circle cx="{}" cy="{}" r="1" fill="{}" stroke="{}" stroke-width=".55"/>',
            number(x),
            number(y),
            WHITE,
            GREEN,
        )
    return path(f"M{number(x - 1.2)} {number(y)}h2.4", stroke=SOFT, line=0.5, dash=".5 .45")


def lights_row(counts: Sequence[tuple[str, int]], *, title: str, width: float) -> SafeString:
    """All lights of one area, worst first: one mark each as long as they fit, else a bar of shares."""
    total = sum(count for _light, count in counts)
    step = 2.95
    if total * step > width:
        return _share_bar(counts, total=total, title=title, width=width)
    marks, x = [], 1.4
    for light, count in counts:
        for _mark in range(count):
            marks.append(light_mark(x, 2, light))
            x += step
    return svg(width=width, height=4, title=title, shapes=marks)


_SHARES = {"red": (RED, RED), "yellow": (AMBER, AMBER), "green": (WHITE, GREEN), "": (WHITE, SOFT)}


def _share_bar(counts: Sequence[tuple[str, int]], *, total: int, title: str, width: float) -> SafeString:
    shapes, x = [], 0.2
    for light, count in counts:
        share = (width - 0.4) * count / total
        fill, edge = _SHARES[light]
        shapes.append(rect(x, 0.6, share, 2.8, fill=fill, stroke=edge, line=0.4))
        x += share
    return svg(width=width, height=4, title=title, shapes=shapes)


# ---------------------------------------------------------------- budget, spent, forecast
def economy_bar(*, planned: Decimal, spent: Decimal, forecast: Decimal, title: str) -> SafeString:
    """Budget as outline, spent as fill, forecast as a stroke; what runs over 125 % stops at the edge."""
    full, edge = 33.0, 41.6
    shapes = [rect(0.2, 0.6, full, 2.8, stroke=INK)]
    if planned:
        shapes.append(rect(0.2, 0.6, min(full * float(spent / planned), edge), 2.8, fill=GREEN))
        at = min(0.2 + full * float(forecast / planned), edge)
        over = forecast > planned * Decimal("1.1")
        shapes.append(path(f"M{number(at)} 0v4", stroke=INK, line=1.0 if over else 0.6))
    return svg(width=42, height=4, title=title, shapes=shapes)


# ---------------------------------------------------------------- how far from the limit
@dataclass(frozen=True, slots=True)
class LimitBar:
    """One measured deviation: `share` is value divided by limit, 1 at the limit."""

    label: str
    words: str
    share: float
    is_over: bool


def limit_bars(bars: Sequence[LimitBar], *, title: str, limit_label: str) -> SafeString:
    """Dark bars are over the limit, white ones under it; the green line is the limit."""
    left, at_limit, row = 62.0, 48.0, 6.2
    height = 3.8 + row * len(bars)
    shapes = [text(left + at_limit, 3, limit_label, anchor="middle", bold=True)]
    for place, bar in enumerate(bars):
        y = 5 + row * place
        width = min(max(bar.share, 0.0), 1.45) * at_limit
        shapes.append(text(0, y + 3.2, shortened(bar.label, 34), bold=bar.is_over))
        shapes.append(rect(left, y, width, 4.2, fill=INK if bar.is_over else WHITE, stroke=INK))
        shapes.append(text(left + max(width, at_limit) + 2, y + 3.2, bar.words))
    shapes.append(path(f"M{number(left + at_limit)} 3.8V{number(height)}", stroke=GREEN, line=0.9))
    return svg(width=170, height=height, title=title, shapes=shapes)


def shortened(words: str, longest: int) -> str:
    """Cut for a figure; the whole name stands in the title and the table."""
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


# ---------------------------------------------------------------- the way through the stages
@dataclass(frozen=True, slots=True)
class Station:
    """A stage: how many now and before, and what came in from the left or left downwards."""

    label: str
    now: int
    before: str
    arrived: int
    arrived_label: str
    left_label: str = ""


def stage_flow(stations: Sequence[Station], *, title: str) -> SafeString:
    """Four boxes with arrows between them; a thick arrow means that somebody has moved."""
    shapes: list[Shapes] = []
    for place, station in enumerate(stations):
        x = 17 + 42 * place
        moved = station.arrived > 0
        start = 3 if place == 0 else x - 14
        colour = INK if moved else SOFT
        shapes += [
            path(f"M{start} 10H{x - 3.4:.1f}", stroke=INK, line=0.9 if moved else 0.3),
            path(f"M{x - 1} 10l-2.6 -1.6v3.2z", fill=colour),
            text((start + x - 1.2) / 2, 8.2, station.arrived_label, anchor="middle", bold=moved),
            rect(x, 3, 27, 14, fill=LIGHT_GREEN, stroke=DARK),
            text(x + 2, 7.4, station.label, bold=True),
            text(x + 2, 15, str(station.now), size="7", bold=True),
            text(x + 25, 15, station.before, anchor="end", fill=SOFT),
        ]
        if station.left_label:
            middle = x + 13.5
            shapes += [
                path(f"M{middle} 17v4", stroke=INK, line=0.9),
                path(f"M{middle} 22.6l-1.6 -2.6h3.2z", fill=INK),
                text(middle, 26.2, station.left_label, anchor="middle", bold=True),
            ]
    return svg(width=170, height=28, title=title, shapes=shapes)


# ---------------------------------------------------------------- requirements
_CELLS = {
    "met": (GREEN, ""),
    "explained": (PALE, "\N{ALMOST EQUAL TO}"),
    "not_applicable": (WHITE, "\N{EN DASH}"),
    "deferred": (LIGHT_GREEN, "\N{RIGHTWARDS ARROW}"),
    "missing": (WHITE, "\N{MULTIPLICATION SIGN}"),
    "unanswered": (WHITE, ""),
}
CELL_WIDTH = 3.8


def requirement_cells(results: Sequence[str], *, title: str) -> SafeString:
    """One cell per requirement with the same sign as in the tables; an empty one is unanswered."""
    shapes: list[Shapes] = []
    for column, result in enumerate(results):
        x = 0.2 + CELL_WIDTH * column
        fill, sign = _CELLS[result]
        edge = INK if result != "unanswered" else LINE
        shapes.append(rect(x, 0.2, 3.4, 3.4, fill=fill, stroke=edge, line=0.25))
        if sign:
            shapes.append(text(x + 1.7, 2.85, sign, anchor="middle", size="2.7", bold=True))
    return svg(width=CELL_WIDTH * max(len(results), 1) + 0.4, height=3.8, title=title, shapes=shapes)
