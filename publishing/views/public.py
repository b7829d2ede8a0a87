"""What everybody sees. Open to visitors; no cookie, no model, cacheable by any HTTP cache with a validator."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.http import http_date
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page
from django.views.generic import View

from publishing import queries, record_queries
from publishing.domain.publications import current_publication
from publishing.forms.search import SORTS, SearchForm
from publishing.models import Publication

CARDS_PER_PAGE = 24

# Caches keep the page but ask each time whether it has changed, so that a publication is seen at once.
public_page = [login_not_required, conditional_page, cache_control(public=True, no_cache=True)]


@method_decorator(public_page, name="dispatch")
class PublicView(View):
    """A page for everybody, from the newest publication."""

    template_name = ""

    def respond(self, publication: Publication | None, context: dict):
        """Render with the date of what is shown."""
        response = render(self.request, self.template_name, {"publication": publication, **context})
        if publication is not None:
            response["Last-Modified"] = http_date(publication.published_at.timestamp())
        return response


class PortfolioView(PublicView):
    """What OS2 is working on, with search and filters that work as a plain form."""

    template_name = "publishing/portfolio.html"

    def get(self, request):
        """Show what the visitor asks for."""
        publication = current_publication()
        if publication is None:
            return self.respond(None, {})
        form = SearchForm(request.GET, facets=queries.facets(publication))
        wish = form.wish()
        page = Paginator(queries.found(publication, wish), CARDS_PER_PAGE).get_page(request.GET.get("page"))
        return self.respond(
            publication,
            {
                "form": form,
                "wish": wish,
                "page": page,
                "items": [row.public for row in page],
                "sorts": SORTS,
                "as_table": request.GET.get("vis") == "tabel",
            },
        )


class InitiativeView(PublicView):
    """One published initiative."""

    template_name = "publishing/initiative.html"

    def get(self, _request, slug):
        """Show it, or 404 when it is not published."""
        publication = current_publication()
        row = publication.initiatives.filter(slug=slug).first() if publication else None
        if row is None:
            raise Http404
        [item] = record_queries.without_withdrawn([row.public])
        names = dict(
            publication.initiatives.filter(slug__in=[item.successor, item.part_of]).values_list("slug", "name")
        )
        return self.respond(
            publication,
            {"item": item, "successor_name": names.get(item.successor), "part_of_name": names.get(item.part_of)},
        )
