"""The two overviews of the portfolio: chosen by the address, fifty rows a page, sums over everything that fits."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from governance.views.base import ROWS_PER_PAGE, AccessMixin
from portfolio.deferrals import OpenCondition, open_conditions
from portfolio.exports import csv_answer
from portfolio.facts import InitiativeFacts
from portfolio.forms.overviews import OverviewFilter, ProductFilter, ProjectFilter
from portfolio.models import Initiative, Stage
from portfolio.overview_choice import (
    BY_CONDITIONS,
    Choice,
    Group,
    MatrixRow,
    arranged,
    fitting,
    matrix_of,
    sections_on,
    totals_of,
)
from portfolio.overview_columns import CONTENT, PRODUCT_COLUMNS, PROJECT_COLUMNS, STATUS, VIEWS, Column, operating_word
from portfolio.overview_lines import Line, product_lines, project_lines
from portfolio.overviews import facts_for, product_rows, project_rows


class OverviewPage(AccessMixin, TemplateView):
    """What both have in common. Subclasses give the lines, the rows, the columns and what the matrix counts."""

    filter_class: type[OverviewFilter]
    rows_of: ClassVar[Callable[..., list[Any]]]
    columns: Mapping[str, list[Column]]
    file_name: str
    matrix_columns: Sequence[str]

    def may_enter(self) -> bool:
        """Everybody who can log in; the overview holds what they may see."""
        return self.standing.user_id is not None

    def load_lines(self) -> list[Any]:
        """Every line that the reader may see, with those marked that the words and the organisation find."""
        raise NotImplementedError

    def matrix_column(self, line: Any) -> str:
        """The column of the matrix that a line belongs to."""
        raise NotImplementedError

    def matrix_head(self, column: str) -> str:
        """What stands above a column of the matrix."""
        raise NotImplementedError

    def matrix_url(self, level: str, column: str) -> str:
        """Where the lines of a place in the matrix are shown."""
        raise NotImplementedError

    def is_selectable(self, _line: Line) -> bool:
        """Whether a line can be part of the overview, and does not only stand in the matrix."""
        return True

    @cached_property
    def filters(self) -> OverviewFilter:
        """The choices as they stand in the address."""
        return self.filter_class(self.request.GET, standing=self.standing)

    @cached_property
    def choice(self) -> Choice:
        """The choices that could be read."""
        return self.filters.choice

    @property
    def view(self) -> str:
        """Which columns are shown."""
        chosen = self.filters.chosen["visning"]
        return chosen if chosen in VIEWS else STATUS

    @cached_property
    def lines(self) -> list[Any]:
        """Every line that the reader may see."""
        return self.load_lines()

    @cached_property
    def candidates(self) -> list[Any]:
        """The lines that can be part of the overview, whatever is chosen."""
        return [line for line in self.lines if self.is_selectable(line)]

    @cached_property
    def deferring(self) -> list[Any]:
        """The few whose conditions must be looked at, wherever they stand: only the facts say which are met."""
        return [line for line in self.candidates if line.has_deferrals]

    @cached_property
    def chosen(self) -> list[Any]:
        """The lines that fit, in no order yet."""
        fit = fitting(self.candidates, self.choice, self.standing.day)
        if self.choice.status not in BY_CONDITIONS:
            return fit
        return [line for line in fit if self._has_conditions(line)]

    def _has_conditions(self, line: Line) -> bool:
        found = self.conditions.get(line.pk, ())
        return any(condition.is_overdue for condition in found) if self.choice.status == "forfalden" else bool(found)

    @cached_property
    def groups(self) -> list[Group[Any]]:
        """The lines that fit, sorted and grouped."""
        return arranged(self.chosen, self.choice)

    @cached_property
    def ordered(self) -> list[Any]:
        """The lines that fit, as they follow each other over the pages."""
        return [line for group in self.groups for line in group.lines]

    @cached_property
    def page(self) -> Page[Any]:
        """The page that was asked for."""
        return Paginator(self.ordered, ROWS_PER_PAGE).get_page(self.request.GET.get("page"))

    @cached_property
    def is_export(self) -> bool:
        """Whether everything that fits is asked for, as a file."""
        return self.request.GET.get("format") == "csv"

    @cached_property
    def shown(self) -> list[Any]:
        """The lines whose rows are asked for."""
        return self.ordered if self.is_export else list(self.page.object_list)

    @cached_property
    def facts(self) -> dict[int, InitiativeFacts]:
        """The facts of those with conditions and of those that are shown, loaded together."""
        # What is chosen by its conditions has conditions, so nothing else is shown then.
        shown = [] if self.choice.status in BY_CONDITIONS else self.shown
        return facts_for({line.pk: line for line in (*self.deferring, *shown)}.values(), self.standing.day)

    @cached_property
    def conditions(self) -> dict[int, tuple[OpenCondition, ...]]:
        """The open conditions of every line that the board has deferred something for."""
        return {line.pk: open_conditions(self.facts[line.pk]) for line in self.deferring}

    @cached_property
    def rows(self) -> dict[int, Any]:
        """The rows that are shown, by the initiative."""
        return {row.line.pk: row for row in type(self).rows_of(self.shown, self.facts)}

    def get(self, request, *args, **kwargs) -> HttpResponse:
        """The page; or with `format=csv` the same selection and columns as a file."""
        return self.export() if self.is_export else super().get(request, *args, **kwargs)

    def export(self) -> HttpResponse:
        """The whole selection in the order and with the columns of the page."""
        columns = self.columns[self.view]
        cells = [[cell(self.rows[line.pk]) for _label, cell in columns] for line in self.ordered]
        name = f"{self.file_name}-{self.standing.day.isoformat()}.csv"
        return csv_answer(name, [str(label) for label, _cell in columns], cells)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page of rows in their groups, the sums, the matrix, and the choices in words."""
        sections = sections_on(self.groups, self.shown)
        return super().get_context_data(
            page=self.page,
            sections=[(section, [self.rows[line.pk] for line in section.lines]) for section in sections],
            totals=totals_of(self.chosen),
            marked=sum(1 for line in self.candidates if line.deviations),
            overdue=sum(1 for found in self.conditions.values() for each in found if each.is_overdue),
            matrix=self.matrix,
            matrix_heads=[self.matrix_head(column) for column in self.matrix_columns],
            content_heads=[label for label, _cell in self.columns[CONTENT][1:]],
            content_width=len(self.columns[CONTENT]),
            filters=self.filters,
            words=self.filters.words,
            choice=self.choice,
            views=[(key, label, key == self.view) for key, label in VIEWS.items()],
            is_content=self.view == CONTENT,
            **kwargs,
        )

    @property
    def matrix(self) -> list[MatrixRow]:
        """How many there are on each level and in each column, filters aside."""
        return matrix_of(self.lines, self.matrix_columns, column_of=self.matrix_column, url_of=self.matrix_url)


class ProjectsView(OverviewPage):
    """Concepts and projects."""

    template_name = "portfolio/projects.html"
    filter_class = ProjectFilter
    rows_of = project_rows
    columns = PROJECT_COLUMNS
    file_name = "projektportefoelje"
    matrix_columns = (Stage.IDEA, Stage.CONCEPT, Stage.PROJECT)

    def load_lines(self) -> list[Any]:
        """Ideas count in the matrix, too."""
        mine = Initiative.objects.visible_to(self.standing)
        return list(project_lines(mine, stages=self.matrix_columns, found=self.filters.found))

    def is_selectable(self, line: Line) -> bool:
        """Concepts and projects."""
        return line.stage != Stage.IDEA

    def matrix_column(self, line: Any) -> str:
        """The stage."""
        return line.stage

    def matrix_head(self, column: str) -> str:
        """The stage."""
        return capfirst(str(Stage(column).label))

    def matrix_url(self, level: str, column: str) -> str:
        """This overview, or for ideas the list of initiatives."""
        if column == Stage.IDEA:
            return f"{reverse('portfolio:initiatives')}?{urlencode({'level': level, 'stage': column})}"
        return f"{reverse('portfolio:projects')}?{urlencode({'niveau': level, 'stadie': column})}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How many there are of each."""
        stages = [line.stage for line in self.lines]
        return super().get_context_data(
            projects=stages.count(Stage.PROJECT), concepts=stages.count(Stage.CONCEPT), **kwargs
        )


class ProductsView(OverviewPage):
    """Products."""

    template_name = "portfolio/products.html"
    filter_class = ProductFilter
    rows_of = product_rows
    columns = PRODUCT_COLUMNS
    file_name = "produktportefoelje"

    @cached_property
    def matrix_columns(self) -> list[str]:  # type: ignore[override] # only what occurs, so that it stays narrow
        """The operating statuses that some product has, and unknown if one has none."""
        held = {line.operating_status for line in self.lines}
        return [status for status in (*Initiative.OperatingStatus.values, "") if status in held]

    def load_lines(self) -> list[Any]:
        """The products that the reader may see."""
        mine = Initiative.objects.visible_to(self.standing)
        return list(product_lines(mine, self.standing.day, found=self.filters.found))

    def matrix_column(self, line: Any) -> str:
        """The operating status."""
        return line.operating_status

    def matrix_head(self, column: str) -> str:
        """The operating status."""
        return operating_word(column) or _("Ikke oplyst")

    def matrix_url(self, level: str, column: str) -> str:
        """This overview; without an operating status there is nothing to choose by."""
        if not column:
            return ""
        return f"{reverse('portfolio:products')}?{urlencode({'niveau': level, 'driftsstatus': column})}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """How many there are."""
        return super().get_context_data(count=len(self.lines), **kwargs)
