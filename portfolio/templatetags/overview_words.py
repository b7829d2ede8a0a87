"""The words of the overviews, the same on the page as in the export (overview_columns.py)."""

from collections.abc import Iterable

from django import template
from django.utils.text import capfirst

from portfolio import overview_columns as columns
from portfolio.deferrals import OpenCondition
from portfolio.overview_lines import Line
from portfolio.overviews import ProductRow, ProjectRow
from portfolio.received import LightFact

register = template.Library()


@register.filter
def responsible(row: ProjectRow | ProductRow) -> str:
    """Who answers for it."""
    return columns.responsible_of(row)


@register.filter
def marks(line: Line) -> list[str]:
    """Why it is marked."""
    return columns.marks_of(line)


@register.filter
def gate_words(row: ProjectRow) -> str:
    """How far a concept is."""
    return columns.gate_in_words(row)


@register.filter
def conditions_words(conditions: tuple[OpenCondition, ...]) -> str:
    """Open and overdue conditions."""
    return columns.conditions_in_words(conditions)


@register.filter
def is_overdue(conditions: tuple[OpenCondition, ...]) -> bool:
    """Whether one of the conditions has run out."""
    return any(condition.is_overdue for condition in conditions)


@register.filter
def compliance_words(row: ProductRow) -> str:
    """Requirements fulfilled, of all."""
    return columns.compliance_in_words(row)


@register.filter
def users_words(row: ProductRow) -> str:
    """How many use it."""
    return columns.users_in_words(row)


@register.filter
def operating_words(status: str) -> str:
    """An operating status."""
    return columns.operating_word(status)


@register.filter
def project_lights(line: Line) -> Iterable[tuple[str, str, LightFact | None]]:
    """Letter, word and light of each area of a project."""
    return [_light(line, area) for area in columns.PROJECT_AREAS]


@register.filter
def product_lights(line: Line) -> Iterable[tuple[str, str, LightFact | None]]:
    """Letter, word and light of each area of a product."""
    return [_light(line, area) for area in columns.PRODUCT_AREAS]


def _light(line: Line, area: str) -> tuple[str, str, LightFact | None]:
    word = capfirst(str(columns.Area(area).label))
    return word[0], word, line.lights.get(area)


@register.simple_tag
def project_areas() -> list[tuple[str, str]]:
    """Letter and word at the head of each column of lights."""
    return [_head(area) for area in columns.PROJECT_AREAS]


@register.simple_tag
def product_areas() -> list[tuple[str, str]]:
    """Letter and word at the head of each column of lights."""
    return [_head(area) for area in columns.PRODUCT_AREAS]


def _head(area: str) -> tuple[str, str]:
    word = capfirst(str(columns.Area(area).label))
    return word[0], word


@register.filter
def content_cells(row: ProjectRow | ProductRow) -> Iterable[tuple[str, str]]:
    """Label and text of each column of the contents, the name aside."""
    chosen = columns.PROJECT_COLUMNS if isinstance(row, ProjectRow) else columns.PRODUCT_COLUMNS
    return [(str(label), str(cell(row) or "")) for label, cell in chosen[columns.CONTENT][1:]]
