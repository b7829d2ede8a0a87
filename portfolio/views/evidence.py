"""Files and links that show what an answer says. A file is served only here, to those who may see the initiative."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from governance.views.attachments import attachment_of
from governance.views.base import AccessMixin, ActionView
from portfolio.domain import checklist as domain
from portfolio.models import Evidence, Initiative


class EvidenceMixin(AccessMixin):
    """Loads a piece of evidence of an initiative that the reader may see; 404 for everybody else."""

    @cached_property
    def evidence(self) -> Evidence:
        """The link or file of the address."""
        mine = Initiative.objects.visible_to(self.standing)
        rows = Evidence.objects.filter(answer__initiative__in=mine.order_by().values("pk"))
        return get_object_or_404(rows.select_related("answer__initiative", "answer__requirement"), pk=self.kwargs["pk"])

    def may_enter(self) -> bool:
        """Whoever may see the initiative may read its evidence."""
        return self.evidence is not None


class EvidenceFileView(EvidenceMixin, View):
    """Hand out a file as it was put in. Always to be saved, never to be run or shown by the browser on our address."""

    def get(self, _request, **_kwargs):
        """The file, with headers that keep a browser from doing anything but save it."""
        return attachment_of(self.evidence.file, self.evidence.title)


class EvidenceRemoveView(EvidenceMixin, ActionView):
    """Take away what was added by mistake."""

    success_message = _("Beviset er fjernet.")

    def carry_out(self):
        """Remove it, with its file."""
        domain.remove_evidence(evidence_id=self.evidence.pk, by=self.request.user)

    def get_success_url(self) -> str:
        """The row that it belonged to."""
        answer = self.evidence.answer
        key = answer.requirement.code
        if answer.organisation_id:
            key = f"{key}-{answer.organisation_id}"
        return f"{reverse('portfolio:checklist', args=[answer.initiative.slug])}?krav={key}#{key}"
