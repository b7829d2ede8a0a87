"""Guidance and material: the list, one piece with its versions, writing a draft, files, publishing."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from governance import queries, rules
from governance.domain import guidance as domain
from governance.forms.guidance import DraftForm, FileForm, GuidanceFilter, GuidanceForm, points_as_text
from governance.guidance import guidance_for, versions_for
from governance.models import Guidance, GuidanceFile, GuidanceVersion

from .attachments import attachment_of
from .base import AccessMixin, ActionFormView, ActionView
from .bodies import OneBody
from .editing import EditView
from .lists import ListPage

Status = GuidanceVersion.Status


class GuidanceList(ListPage):
    """What the expert committees and groups have written."""

    template_name = "governance/guidance_list.html"
    filter_class = GuidanceFilter

    def may_enter(self) -> bool:
        return rules.may_see_association(self.standing)

    def filter_kwargs(self):
        return {"bodies": queries.bodies_behind(guidance_for(self.standing))}

    def rows(self, chosen: dict[str, Any]):
        rows = queries.matching(guidance_for(self.standing), chosen["q"], "title", "summary")
        return rows.filter(body=chosen["body"]) if chosen["body"] else rows

    def get_context_data(self, **kwargs):
        return super().get_context_data(may_see_people=rules.may_see_people(self.standing), **kwargs)


class OneGuidance(AccessMixin):
    """Loads the guidance of the address, among what the reader may see, with the versions the reader may read."""

    @cached_property
    def guidance(self) -> Guidance:
        """The guidance."""
        return get_object_or_404(guidance_for(self.standing), slug=self.kwargs["slug"])

    @cached_property
    def may_write(self) -> bool:
        """Whether the reader writes here."""
        return rules.may_write_guidance(self.standing, self.guidance.body)

    @cached_property
    def versions(self) -> list[GuidanceVersion]:
        """What the reader may read, the newest first."""
        return versions_for(self.guidance, writes=self.may_write)

    @cached_property
    def draft(self) -> GuidanceVersion:
        """The version that is written on; 404 when there is none."""
        found = next((each for each in self.versions if each.status == Status.DRAFT), None)
        if found is None:
            raise Http404
        return found

    def get_success_url(self) -> str:
        """Back to the guidance."""
        return reverse("governance:guidance", args=[self.guidance.slug])

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """The guidance for the heading and the way back."""
        return super().get_context_data(guidance=self.guidance, back=self.get_success_url(), **kwargs)  # type: ignore[misc]  # mixed into views that have it


class GuidancePage(OneGuidance, TemplateView):
    """One piece of guidance: a version with its points and files, what can be done with it, and the other versions."""

    template_name = "governance/guidance.html"

    def may_enter(self) -> bool:
        return bool(self.versions)

    @cached_property
    def shown(self) -> GuidanceVersion:
        """The version asked for, else the one that holds, else the newest."""
        asked = self.request.GET.get("version", "")
        if asked:
            found = next((each for each in self.versions if str(each.number) == asked), None)
            if found is None:
                raise Http404
            return found
        held = next((each for each in self.versions if each.status == Status.PUBLISHED), None)
        return held or self.versions[0]

    def get_context_data(self, **kwargs):
        shown, has_draft = self.shown, any(each.status == Status.DRAFT for each in self.versions)
        is_draft = shown.status == Status.DRAFT
        may_publish = is_draft and rules.may_publish_guidance(self.standing)
        return super().get_context_data(
            shown=shown,
            points=shown.points.all(),
            files=shown.files.all(),
            versions=self.versions,
            is_draft=is_draft,
            may_write=is_draft and self.may_write,
            may_begin=not has_draft and self.may_write,
            may_publish=may_publish,
            lacking=domain.reasons_against_publishing(shown, self.standing.day) if is_draft else [],
            may_make_mandatory=shown.status == Status.PUBLISHED and self.standing.manages,
            **kwargs,
        )


class GuidanceCreate(OneBody, ActionFormView):
    """Begin a piece of guidance of a committee or group."""

    template_name = "governance/guidance_create.html"
    form_class = GuidanceForm
    field_of = {"title_taken": "title"}
    success_message = _("Kladden er oprettet. Skriv teksten og punkterne.")

    def may_enter(self) -> bool:
        return rules.may_write_guidance(self.standing, self.body)

    def carry_out(self, data):
        return domain.start_guidance(body=self.body, by=self.request.user, **data)

    def get_success_url(self) -> str:
        if self.result is None:
            return super().get_success_url()
        return reverse("governance:guidance-edit", args=[self.result.guidance.slug])


class GuidanceEdit(OneGuidance, EditView):
    """Write on the draft. Two writers at once see both texts."""

    template_name = "governance/guidance_edit.html"
    form_class = DraftForm
    success_message = _("Kladden er gemt.")

    def may_enter(self) -> bool:
        return self.may_write and self.draft is not None

    @property
    def row(self) -> GuidanceVersion:
        """The draft."""
        return self.draft

    def values_of(self, row: GuidanceVersion) -> dict[str, Any]:
        return {
            "title": row.guidance.title,
            "summary": row.guidance.summary,
            "text": row.text,
            "points": points_as_text(row.points.all()),
            "valid_to": row.valid_to,
        }

    def carry_out(self, data):
        return domain.edit_draft(draft=self.draft, by=self.request.user, **data)

    def get_success_url(self) -> str:
        return f"{super().get_success_url()}?version={self.draft.number}"


class DraftAction(OneGuidance, ActionView):
    """A button on the draft."""

    def may_enter(self) -> bool:
        return self.may_write and self.draft is not None

    def get_success_url(self) -> str:
        return f"{super().get_success_url()}?version={self.draft.number}"


class GuidancePublish(DraftAction):
    """Publish the draft for everybody."""

    success_message = _("Vejledningen er offentliggjort. Alle kan læse den.")

    def may_enter(self) -> bool:
        return rules.may_publish_guidance(self.standing) and self.draft is not None

    def carry_out(self):
        return domain.publish(draft=self.draft, by=self.request.user)


class GuidanceBegin(OneGuidance, ActionView):
    """Begin the next version."""

    success_message = _("Kladden til den næste version er klar. Den begynder som den, der gælder nu.")

    def may_enter(self) -> bool:
        return self.may_write

    def carry_out(self):
        return domain.begin_version(guidance=self.guidance, by=self.request.user)

    def get_success_url(self) -> str:
        return reverse("governance:guidance-edit", args=[self.guidance.slug])


class GuidanceFileAdd(OneGuidance, ActionFormView):
    """Add a file to the draft."""

    template_name = "governance/guidance_file_add.html"
    form_class = FileForm
    field_of = dict.fromkeys(("file_kind", "file_empty", "file_size", "file_content"), "upload")
    success_message = _("Filen er lagt op.")

    def may_enter(self) -> bool:
        return self.may_write and self.draft is not None

    def carry_out(self, data):
        return domain.add_file(draft=self.draft, by=self.request.user, **data)

    def get_success_url(self) -> str:
        return f"{super().get_success_url()}?version={self.draft.number}"


class OneFile(AccessMixin):
    """Loads a file of a version that the reader may read."""

    @cached_property
    def file(self) -> GuidanceFile:
        """The file; of a draft only for those who write it."""
        rows = GuidanceFile.objects.select_related("version__guidance__body")
        found = get_object_or_404(
            rows.filter(version__guidance__in=guidance_for(self.standing).order_by().values("pk")),
            pk=self.kwargs["pk"],
        )
        writes = rules.may_write_guidance(self.standing, found.version.guidance.body)
        if found.version.status == Status.DRAFT and not writes:
            raise Http404
        return found


class GuidanceFileGet(OneFile, View):
    """Hand out a file to be saved."""

    def may_enter(self) -> bool:
        return self.file is not None

    def get(self, _request, **_kwargs):
        """The file."""
        return attachment_of(self.file.file, self.file.title)


class GuidanceFileRemove(OneFile, ActionView):
    """Take a file off a draft."""

    success_message = _("Filen er fjernet.")

    def may_enter(self) -> bool:
        return rules.may_write_guidance(self.standing, self.file.version.guidance.body)

    def carry_out(self):
        return domain.remove_file(file=self.file, by=self.request.user)

    def get_success_url(self) -> str:
        version = self.file.version
        return f"{reverse('governance:guidance', args=[version.guidance.slug])}?version={version.number}"
