"""The agenda and the minutes of a meeting as PDF: asking for one, waiting for it, reading it."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from governance.models import Meeting
from governance.views.base import AccessMixin, ActionView
from reporting.domain.paper_orders import ask_for_paper
from reporting.models import MeetingPaper
from reporting.rules import may_read_made_paper, may_read_paper

NAMES = {MeetingPaper.Kind.AGENDA: "dagsorden", MeetingPaper.Kind.MINUTES: "referat"}


class _Paper(ActionView):
    kind: str

    @cached_property
    def meeting(self) -> Meeting:
        """The meeting of the address."""
        return get_object_or_404(Meeting.objects.select_related("body"), pk=self.kwargs["pk"])

    def may_enter(self) -> bool:
        return self.request.user.is_authenticated and may_read_paper(self.request.user, self.meeting, self.kind)

    def carry_out(self) -> None:
        self.paper = ask_for_paper(meeting=self.meeting, kind=self.kind, by=self.request.user)

    def get_success_url(self) -> str:
        return reverse("reporting:paper", args=[self.paper.pk])


class AgendaMake(_Paper):
    """Have the worker make the agenda as it is now."""

    kind = MeetingPaper.Kind.AGENDA


class MinutesMake(_Paper):
    """Have the worker make the minutes as they are now."""

    kind = MeetingPaper.Kind.MINUTES


class OnePaper(AccessMixin):
    """Loads the paper of the address, for those who may read it."""

    @cached_property
    def paper(self) -> MeetingPaper:
        """The paper."""
        rows = MeetingPaper.objects.select_related("meeting__body").defer("content")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def may_enter(self) -> bool:
        """Those who read the page it is made of."""
        return self.request.user.is_authenticated and may_read_made_paper(self.request.user, self.paper)


class PaperPage(OnePaper, TemplateView):
    """Whether the paper is made; htmx asks for the state alone every other second, others reload the page."""

    def get_template_names(self) -> list[str]:
        """The state alone when htmx asks for it."""
        return ["reporting/_paper_state.html" if self.request.htmx else "reporting/paper.html"]

    def get_context_data(self, **kwargs):
        return super().get_context_data(paper=self.paper, meeting=self.paper.meeting, **kwargs)

    def render_to_response(self, context, **response_kwargs):
        """Never kept by a cache, and not the same for htmx as for a browser."""
        response = super().render_to_response(context, **response_kwargs)
        patch_vary_headers(response, ["HX-Request"])
        response["Cache-Control"] = "private, no-store"
        return response


class PaperFile(OnePaper, View):
    """The stored PDF. Not public, never kept by a shared cache."""

    def get(self, _request, **_kwargs):
        """The file, or 404 while it is not made."""
        paper = self.paper
        if not paper.is_done:
            raise Http404
        day = paper.meeting.date.isoformat()
        name = f"{NAMES[paper.kind]}-{paper.meeting.body.slug}-{day}.pdf"
        response = FileResponse(paper.file.open("rb"), filename=name, content_type="application/pdf")
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        return response
