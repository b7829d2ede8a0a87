"""The timeline of a project's milestones: plan above, forecast or reached below, and where today is."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reporting.frozen import MilestoneState

from .figures import GREEN, HAIR, INK, LINE, SOFT, WHITE, Shapes, number, path, rect, svg, text

LEFT, RIGHT = 20.0, 168.0
PLAN_Y, FORECAST_Y = 10.2, 20.6
MOST_TICKS = 12


def timeline(milestones: Sequence[MilestoneState], *, today: date, late_days: int, title: str) -> SafeString:
    """Numbers lead to the table; a thick line means more than `late_days` late."""
    days = [day for m in milestones for day in (m.planned, m.done or m.forecast) if day]
    first, last = _quarter(min([*days, today])), _next_quarter(max([*days, today]))
    scale = (RIGHT - LEFT) / max((last - first).days, 1)

    def at(day: date) -> float:
        return LEFT + (day - first).days * scale

    shapes = [*_ticks(first, last, at), text(0, 11.2, _("Plan")), text(0, 21.6, _("Prognose"))]
    shapes.append(path(f"M20 {PLAN_Y}H169M20 {FORECAST_Y}H169", stroke=LINE))
    shapes.append(path(f"M{number(at(today))} 1.4V25.4", stroke=INK, line=0.4, dash="1 .8"))
    shapes.append(text(at(today), 28, _("i dag"), anchor="middle", size="2.6", bold=True))
    for milestone in milestones:
        shapes += _marks(milestone, at, late_days)
    return svg(width=170, height=28.4, title=title, shapes=shapes, font_size="2.8")


def _marks(milestone: MilestoneState, at, late_days: int) -> list[Shapes]:
    planned_x = at(milestone.planned)
    shapes = [_diamond(planned_x, PLAN_Y, fill=WHITE), _label(planned_x, 7.6, milestone.number)]
    reached = milestone.done or milestone.forecast
    if reached is None:
        return shapes
    x = at(reached)
    late = (reached - milestone.planned).days > late_days
    shapes.insert(0, path(f"M{number(planned_x)} 12.1L{number(x)} 18.7", stroke=INK, line=0.8 if late else 0.3))
    if milestone.done:
        shapes.append(format_html('<circle cx="{}" cy="{}" r="1.7" fill="{}"/>', number(x), FORECAST_Y, GREEN))
        shapes.append(path(f"M{number(x - 0.8)} {FORECAST_Y}l.6 .7l1 -1.3", stroke=WHITE, line=0.4))
    else:
        shapes.append(_diamond(x, FORECAST_Y, fill=INK))
    shapes.append(_label(x, 25.2, milestone.number))
    return shapes


def _diamond(x: float, y: float, *, fill: str) -> Shapes:
    return path(f"M{number(x)} {number(y - 1.7)}l1.7 1.7l-1.7 1.7l-1.7 -1.7z", fill=fill, stroke=INK, line=0.4)


def _label(x: float, y: float, words: int) -> Shapes:
    return format_html(
        "{}{}", rect(x - 1.3, y - 2.4, 2.6, 2.8, fill=WHITE), text(x, y, str(words), anchor="middle", bold=True)
    )


def _ticks(first: date, last: date, at) -> list[Shapes]:
    quarters = [first]
    while (following := _next_quarter(quarters[-1])) <= last:
        quarters.append(following)
    every_year = len(quarters) > MOST_TICKS
    shapes: list[Shapes] = []
    for quarter in quarters[:-1]:
        is_year = quarter.month == 1
        if every_year and not is_year:
            continue
        x = at(quarter)
        words = str(quarter.year) if is_year else _("%(quarter)d. kvt.") % {"quarter": (quarter.month + 2) // 3}
        shapes.append(path(f"M{number(x)} 1.4V25.4", stroke=HAIR, line=0.25))
        shapes.append(text(x + 0.7, 3.4, words, size="2.6", bold=is_year, fill=SOFT))
    return shapes


def _quarter(day: date) -> date:
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def _next_quarter(day: date) -> date:
    return _quarter(_quarter(day) + timedelta(days=93))
