"""Guidance and material for everybody: the list, one piece, its files."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import View

from governance.views.attachments import attachment_of
from publishing import guidance

from .public import public_page


@method_decorator(public_page, name="dispatch")
class GuidanceListView(View):
    """All that holds today."""

    def get(self, request):
        """The committees' guidance and the groups' material."""
        items = guidance.published_guidance(timezone.localdate())
        context = {
            "guidance": [item for item in items if not item.is_material],
            "material": [item for item in items if item.is_material],
        }
        return render(request, "publishing/guidance_list.html", context)


@method_decorator(public_page, name="dispatch")
class GuidanceView(View):
    """One piece with its points and files."""

    def get(self, request, slug):
        """Show it, or 404 when nothing is published there."""
        item = guidance.one_guidance(slug, timezone.localdate())
        if item is None:
            raise Http404
        return render(request, "publishing/guidance.html", {"item": item})


@method_decorator(public_page, name="dispatch")
class GuidanceFileView(View):
    """A file to be saved."""

    def get(self, _request, pk):
        """The file of a version that holds; 404 for any other."""
        file = guidance.published_file(pk, timezone.localdate())
        if file is None:
            raise Http404
        return attachment_of(file.file, file.title, is_public=True)
