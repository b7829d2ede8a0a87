"""The pages from which the business manager publishes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from governance.refusals import NotAllowed, Refused
from governance.views.base import ROWS_PER_PAGE, AccessMixin
from publishing.domain import publications
from publishing.models import Publication
from publishing.rules import may_publish, may_see_publications
from publishing.words import FIELD_WORDS
from reporting.models import Snapshot


class PublicationsView(AccessMixin):
    """What was published when, by whom, from which snapshot."""

    def may_enter(self) -> bool:
        """Those who see everything."""
        return may_see_publications(self.standing)

    def get(self, request):
        """Show the list, newest first."""
        rows = Publication.objects.select_related("published_by__organisation", "snapshot").defer("snapshot__data")
        snapshots = Snapshot.objects.without_data()
        page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
        context = {"page": page, "newest_snapshot": snapshots.first(), "may_publish": may_publish(self.standing)}
        return render(request, "publishing/publications.html", context)


class PublishView(AccessMixin):
    """A snapshot's public part: exactly what becomes public and what changes; then one button."""

    def may_enter(self) -> bool:
        """The business manager and the secretariat."""
        return may_publish(self.standing)

    @cached_property
    def snapshot(self) -> Snapshot:
        """The snapshot to publish from."""
        return get_object_or_404(Snapshot.objects.select_related("meeting__body"), number=self.kwargs["number"])

    def get(self, request, number):  # noqa: ARG002 - the address is read by `snapshot`
        """Show the preview."""
        return self._preview(request)

    def post(self, request, number):  # noqa: ARG002 - the address is read by `snapshot`
        """Publish, or say why not."""
        try:
            publications.publish(snapshot=self.snapshot, by=request.user)
        except Refused as refused:
            status = 403 if isinstance(refused, NotAllowed) else 409
            return self._preview(request, refusals=refused.refusals, status=status)
        messages.success(request, _("Porteføljen er offentliggjort. Alle kan se den nu."))
        return HttpResponseRedirect(reverse("publishing:publications"))

    def _preview(self, request, refusals=(), status=200):
        preview = publications.preview(self.snapshot)
        context = {
            "snapshot": self.snapshot,
            "preview": preview,
            "changes": [(c.after.name, [FIELD_WORDS[name] for name in c.fields]) for c in preview.changed],
            "current": publications.current_publication(),
            "refusals": refusals,
        }
        return render(request, "publishing/publish.html", context, status=status)
