"""Published decisions and minutes: pages, feed and data. Open to visitors, cacheable, from the published rows only."""

from datetime import UTC, datetime
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import View

from portfolio.exports import csv_of
from publishing import record_queries
from publishing.domain.publications import current_publication
from publishing.forms.record import LogForm
from publishing.models import PublishedDecision, PublishedInitiative, PublishedMinutesFile

from .public import public_page

ROWS_PER_PAGE = 50
FEED_ENTRIES = 50
NOTHING_YET = datetime(2026, 1, 1, tzinfo=UTC)
EVERYTHING = dict.fromkeys(LogForm.base_fields, "")


@method_decorator(public_page, name="dispatch")
class LogPage(View):
    """The public decision log, searched and filtered."""

    def get(self, request):
        """Show what the visitor asks for."""
        form = LogForm(request.GET, choices=record_queries.choices_of_log())
        page = Paginator(record_queries.log(form.chosen), ROWS_PER_PAGE).get_page(request.GET.get("page"))
        context = {
            "form": form,
            "is_narrowed": any(form.chosen.values()),
            "page": page,
            "decisions": [row.public for row in page],
            "withdrawn": record_queries.withdrawn(),
        }
        return render(request, "publishing/decisions.html", context)


@method_decorator(public_page, name="dispatch")
class LoggedDecisionPage(View):
    """One published decision. One that was taken back tells its number and the day, and that it is gone."""

    def get(self, request, number):
        """Show it; 404 when it never was public, 410 when it was."""
        row = PublishedDecision.objects.select_related("withdrawal").filter(number=number).order_by("-pk").first()
        if row is None:
            raise Http404
        withdrawal = getattr(row, "withdrawal", None)
        if withdrawal is not None:
            context = {"number": row.number, "withdrawn_at": withdrawal.withdrawn_at}
            return render(request, "publishing/decision_withdrawn.html", context, status=HTTPStatus.GONE)
        publication = current_publication()
        slugs = publication.initiatives if publication else PublishedInitiative.objects.none()
        context = {
            "decision": row.public,
            "published_at": row.published_at,
            "initiative_is_public": slugs.filter(slug=row.initiative).exists(),
        }
        return render(request, "publishing/decision.html", context)


class _Feed(Atom1Feed):
    """An empty feed that is not newer each time somebody asks, so that caches can keep it."""

    def latest_post_date(self):
        """The day of the newest entry."""
        return super().latest_post_date() if self.items else NOTHING_YET


@method_decorator(public_page, name="dispatch")
class LogFeed(View):
    """The latest public decisions as an Atom feed."""

    def get(self, _request):
        """The feed, in Danish like the decisions."""
        base = settings.PUBLIC_BASE_URL.rstrip("/")
        feed = _Feed(
            title=_("OS2's beslutninger"),
            link=base + reverse("publishing:decisions"),
            feed_url=base + reverse("publishing:decisions-feed"),
            description=_("Offentlige beslutninger om OS2's portefølje."),
            language="da",
            author_name="OS2",
        )
        for row in record_queries.log(EVERYTHING)[:FEED_ENTRIES]:
            decision = row.public
            link = base + reverse("publishing:decision", args=[decision.number])
            feed.add_item(
                title=f"{capfirst(decision.outcome_label)}: {decision.title}",
                link=link,
                unique_id=link,
                description=decision.text,
                pubdate=row.published_at,
                updateddate=row.published_at,
                categories=[decision.body],
            )
        return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@method_decorator(public_page, name="dispatch")
class LogJson(View):
    """All public decisions as data, and the numbers of those that were taken back."""

    def get(self, _request):
        """The data."""
        data = {
            "version": 1,
            "decisions": [row.data for row in record_queries.log(EVERYTHING)],
            "withdrawn": [
                {"number": row.number, "withdrawn_on": timezone.localdate(row.withdrawal.withdrawn_at).isoformat()}
                for row in record_queries.withdrawn()
            ],
        }
        return JsonResponse(data, json_dumps_params={"ensure_ascii": False})


@method_decorator(public_page, name="dispatch")
class LogCsv(View):
    """All public decisions as a table."""

    def get(self, _request):
        """The table."""
        head = [
            _("Nummer"),
            _("Dato"),
            _("Organ"),
            _("Titel"),
            _("Udfald"),
            _("Beslutning"),
            _("Grund"),
            _("Initiativ"),
        ]
        rows = [
            (d.number, d.decided_on, d.body, d.title, d.outcome_label, d.text, d.reason_label, d.initiative_name)
            for d in (row.public for row in record_queries.log(EVERYTHING))
        ]
        disposition = {"Content-Disposition": 'attachment; filename="beslutninger.csv"'}
        return HttpResponse(csv_of(head, rows), content_type="text/csv; charset=utf-8", headers=disposition)


@method_decorator(public_page, name="dispatch")
class MinutesListPage(View):
    """Published minutes, the latest meeting first."""

    def get(self, request):
        """Show the list."""
        page = Paginator(record_queries.current_minutes(), ROWS_PER_PAGE).get_page(request.GET.get("page"))
        rows = [(row.meeting_id, row.public) for row in page]
        return render(request, "publishing/minutes_list.html", {"page": page, "rows": rows})


@method_decorator(public_page, name="dispatch")
class PublicMinutesPage(View):
    """The public version of a meeting's minutes."""

    def get(self, request, pk):
        """Show the newest edition."""
        row = get_object_or_404(record_queries.current_minutes(), meeting=pk)
        has_file = PublishedMinutesFile.objects.filter(minutes=row).exists()
        context = {"minutes": row.public, "row": row, "has_file": has_file}
        return render(request, "publishing/minutes.html", context)


@method_decorator(login_not_required, name="dispatch")
class PublicMinutesPdf(View):
    """The newest edition as PDF, once the worker has made it."""

    def get(self, _request, pk):
        """The file."""
        row = get_object_or_404(record_queries.current_minutes(), meeting=pk)
        stored = get_object_or_404(PublishedMinutesFile, minutes=row)
        name = f"referat-{row.held_on.isoformat()}.pdf"
        response = FileResponse(stored.file.open("rb"), filename=name, content_type="application/pdf")
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "public, no-cache"
        return response
