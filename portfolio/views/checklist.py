"""The checklist: read it, answer a requirement, judge an answer. A row opens by its address, with or without htmx."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.views.generic import TemplateView

from governance.models import Organisation
from governance.views.base import ActionFormView
from portfolio.checklist_rows import Checklist, Row, checklist_of
from portfolio.domain import checklist as domain
from portfolio.facts import InitiativeFacts, facts_of
from portfolio.forms.checklist import AnswerForm, JudgementForm
from portfolio.models import Evidence
from portfolio.rules import Action

from .base import InitiativePage


@dataclass(frozen=True, slots=True)
class Editor:
    """The open row: what can be done in it by the reader, and its evidence."""

    row: Row
    next_row: Row | None
    evidence: list[Evidence]
    form: AnswerForm | None
    judgement: JudgementForm | None
    may_recommend: bool


class ChecklistPage(InitiativePage):
    """What every answer to a request about the checklist shows: the list, and the open row with its forms."""

    tab = "checklist"
    template_name = "portfolio/checklist.html"

    @cached_property
    def facts(self) -> InitiativeFacts:
        """The initiative's facts today."""
        return facts_of(self.initiative, self.standing.day)

    @cached_property
    def checklist(self) -> Checklist:
        """The rows, as the reader chose to see them."""
        return checklist_of(self.facts, chosen=self.request.GET.get("vis", ""))

    @property
    def open_key(self) -> str:
        """The key of the row to open: a requirement's code, for one participant's part with its number."""
        return self.request.GET.get("krav", "")

    def row_url(self, key: str, **more: str) -> str:
        """The address of the checklist with a row open, at that row; the reader's choice of rows is kept."""
        kept = {"krav": key, "vis": self.request.GET.get("vis", ""), **more}
        query = urlencode({name: value for name, value in kept.items() if value})
        place = key or more.get("gemt", "")
        return f"{reverse('portfolio:checklist', args=[self.initiative.slug])}?{query}#{place}"

    def editor(self, form: AnswerForm | None, judgement: JudgementForm | None) -> Editor | None:
        """The open row with its forms: those given (with their errors), or fresh ones where the reader may use them."""
        row = self.checklist.row(self.open_key)
        if row is None:
            return None
        if form is None and Action.ANSWER in self.actions:
            form = AnswerForm(**self.answer_form_kwargs(row))
        if judgement is None and row.secretariat and row.answer and Action.JUDGE in self.actions:
            judgement = JudgementForm(**judgement_form_kwargs(row))
        return Editor(
            row=row,
            next_row=self.checklist.after(row),
            evidence=list(Evidence.objects.filter(answer=row.answer.pk)) if row.answer else [],
            form=form,
            judgement=judgement,
            may_recommend=Action.RECOMMEND in self.actions,
        )

    @property
    def expanded(self) -> str:
        """The code of the requirement whose participants are shown one by one: the open one, or the one just saved."""
        key = self.open_key or self.request.GET.get("gemt", "")
        row = self.checklist.row(key)
        return row.code if row else key

    def answer_form_kwargs(self, row: Row) -> dict[str, Any]:
        """What an answer form begins with: the answer that stands, and its version."""
        answer = row.answer
        initial = {"value": answer.value, "text": answer.text, "version": answer.version} if answer else {"version": 0}
        # What the next level adds is answered as on that level.
        level = max(self.initiative.level or 0, row.requirement.level)
        return {"requirement": row.requirement, "level": level, "initial": initial}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The list, the editor, and what was just saved."""
        form = kwargs.get("form")
        editor = self.editor(
            form if isinstance(form, AnswerForm) else None, form if isinstance(form, JudgementForm) else None
        )
        saved = self.checklist.row(self.request.GET.get("gemt", ""))
        return super().get_context_data(
            checklist=self.checklist, editor=editor, expanded=self.expanded, saved=saved, **kwargs
        )

    def render_to_response(self, context, **kwargs):
        """Answer htmx with 200 also when something was refused: it puts nothing else on the page."""
        if self.request.htmx:
            kwargs["status"] = HTTPStatus.OK
        return super().render_to_response(context, **kwargs)


def judgement_form_kwargs(row: Row) -> dict[str, Any]:
    """What a judgement begins with: the judgement of the version that stands."""
    answer = row.answer
    initial = {"version": answer.version, "light": answer.light, "remark": answer.remark} if answer else {}
    return {"prefix": "vurdering", "initial": initial}


class ChecklistView(ChecklistPage, TemplateView):
    """The checklist of an initiative."""


class RowFormView(ChecklistPage, ActionFormView):
    """A form in the open row. Its address without a form leads to the row on the checklist."""

    @property
    def open_key(self) -> str:
        """The row that the form belongs to."""
        part = self.request.GET.get("deltager", "")
        return f"{self.kwargs['code']}-{part}" if part else self.kwargs["code"]

    @cached_property
    def row(self) -> Row:
        """The row the form is about; 404 for what is not on the list, or is not answered by somebody."""
        row = self.checklist.row(self.open_key)
        if row is None:
            raise Http404
        return row

    def get(self, _request, *_args, **_kwargs):
        """Show the row where it belongs."""
        return HttpResponseRedirect(self.row_url(self.open_key))


class AnswerView(RowFormView):
    """Save the product's answer, and go on to the next row or close."""

    form_class = AnswerForm
    field_of = {
        "text_missing": "text",
        "file_kind": "upload",
        "file_empty": "upload",
        "file_size": "upload",
        "file_content": "upload",
    }

    def get_form_kwargs(self) -> dict[str, Any]:
        """Begin with the answer that stands."""
        return {**super().get_form_kwargs(), **self.answer_form_kwargs(self.row)}

    def carry_out(self, data: dict[str, Any]):
        """Save the answer with its evidence."""
        organisation = self.row.organisation_id
        return domain.answer_with_evidence(
            initiative_id=self.initiative.pk,
            code=self.row.code,
            organisation=Organisation.objects.get(pk=organisation) if organisation else None,
            value=data["value"],
            text=data["text"],
            version=data["version"],
            url=data["url"],
            upload=data["upload"],
            by=self.request.user,
        )

    def get_success_url(self) -> str:
        """The next row, or the same one closed."""
        saved = self.row
        following = None if "luk" in self.request.POST else self.checklist.after(saved)
        return self.row_url(following.key if following else "", gemt=saved.key)


class JudgeView(RowFormView):
    """Save the secretariat's judgement of an answer."""

    action = Action.JUDGE
    form_class = JudgementForm
    field_of = {"remark_missing": "remark"}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Begin with the judgement that stands."""
        return {**super().get_form_kwargs(), **judgement_form_kwargs(self.row)}

    def carry_out(self, data: dict[str, Any]):
        """Record the judgement."""
        answer = self.row.answer
        if answer is None:
            raise Http404
        return domain.judge(
            answer_id=answer.pk,
            version=data["version"],
            light=data["light"],
            remark=data["remark"],
            by=self.request.user,
        )

    def get_success_url(self) -> str:
        """The same row."""
        return self.row_url(self.row.key, gemt=self.row.key)
