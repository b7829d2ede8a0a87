"""Lists: choices at the top, fifty rows a page, the same number of queries whatever there is."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from governance.forms.filters import FilterForm

from .base import ROWS_PER_PAGE, AccessMixin


class ListPage(AccessMixin, TemplateView):
    """A list that is chosen from by the address. Subclasses give `filter_class` and `rows`."""

    filter_class: type[FilterForm]

    @cached_property
    def filters(self) -> FilterForm:
        """The choices as they stand in the address."""
        return self.filter_class(self.request.GET, **self.filter_kwargs())

    def filter_kwargs(self) -> dict[str, Any]:
        """What the filter form needs besides the address."""
        return {}

    def rows(self, chosen: dict[str, Any]) -> QuerySet:
        """The rows that the reader may see and has chosen, in order."""
        raise NotImplementedError

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """The page of rows, the choices, and the choices in words for an empty list."""
        page = Paginator(self.rows(self.filters.chosen), ROWS_PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, filters=self.filters, words=self.filters.words, **kwargs)
