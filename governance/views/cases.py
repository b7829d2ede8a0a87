"""Cases: the list, the page in six parts, writing, making ready, withdrawing."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from governance import queries, rules
from governance.domain import cases, lifting
from governance.effects import registry
from governance.forms.cases import CaseEditForm, CaseForm
from governance.forms.filters import CaseFilter
from governance.models import Body, Case

from .base import AccessMixin, ActionFormView, ActionView
from .editing import EditView
from .lists import ListPage


class CasesPage(ListPage):
    """The cases a person may read, latest first."""

    template_name = "governance/cases.html"
    filter_class = CaseFilter

    def may_enter(self) -> bool:
        return rules.may_see_association(self.standing)

    def filter_kwargs(self):
        return {"bodies": queries.bodies_behind(queries.cases_for(self.standing))}

    def rows(self, chosen: dict[str, Any]):
        rows = queries.matching(queries.cases_for(self.standing), chosen["q"], "title", "number")
        if chosen["body"]:
            rows = rows.filter(body=chosen["body"])
        if chosen["status"]:
            rows = rows.filter(status=chosen["status"])
        return rows.order_by("-created_at", "-pk")

    def get_context_data(self, **kwargs):
        return super().get_context_data(may_prepare=rules.may_prepare_cases(self.standing), **kwargs)


class OneCase(AccessMixin):
    """Loads the case of the address, among those that the reader may see."""

    @cached_property
    def case(self) -> Case:
        """The case."""
        rows = queries.cases_for(self.standing).select_related("created_by__organisation")
        return get_object_or_404(rows, number=self.kwargs["number"])

    def get_success_url(self) -> str:
        """Back to the case."""
        return reverse("governance:case", args=[self.case.number])

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """The case for the heading and the way back."""
        return super().get_context_data(case=self.case, back=self.get_success_url(), **kwargs)  # type: ignore[misc]  # mixed into views that have it


class CasePage(OneCase, TemplateView):
    """One case: what people wrote on white, what the portal put in on grey, and what a yes would do."""

    template_name = "governance/case.html"

    @property
    def readable_beside(self) -> set[int]:
        """Which of the cases it was lifted from and to the reader may open, too."""
        if self.case.lifted_from_id is None and self.case.status != Case.Status.LIFTED:
            return set()
        beside = Q(lifted_from=self.case) | Q(lifted_to=self.case)
        return set(queries.cases_for(self.standing).filter(beside).values_list("pk", flat=True))

    def may_enter(self) -> bool:
        return self.case is not None

    def get_context_data(self, **kwargs):
        case, day = self.case, self.standing.day
        decides = case.is_open and case.purpose == Case.Purpose.DECISION
        is_draft = case.status == Case.Status.DRAFT
        return super().get_context_data(
            **(registry.facts(case, day) if case.is_open else {}),
            **(registry.facts_for_reader(case, self.standing) if case.is_open else {}),
            facts_template=registry.facts_template if case.is_open else "",
            preview=registry.preview(case, day) if decides else None,
            decisions=case.decisions.select_related("body", "meeting__body"),
            items=case.agenda_items.select_related("meeting__body").order_by("meeting__starts_at"),
            lacking=cases.reasons_not_ready(case) if is_draft else [],
            may_edit=case.is_open and rules.may_edit_case(self.standing, case),
            may_make_ready=is_draft and rules.may_make_ready(self.standing, case.body),
            lift_to=lifting.bodies_to_lift_to(case) if rules.may_plan_meetings(self.standing, case.body) else [],
            settlement=getattr(case, "settlement", None),
            readable=self.readable_beside,
            may_withdraw=case.is_open and rules.may_edit_case(self.standing, case),
            **kwargs,
        )


class CaseCreate(ActionFormView):
    """Open a case that is about no initiative. Those about initiatives begin on the initiative's page."""

    template_name = "governance/case_create.html"
    form_class = CaseForm
    extra_context = {"back": reverse_lazy("governance:cases")}
    success_message = _("Sagen er oprettet som kladde.")

    def may_enter(self) -> bool:
        return rules.may_prepare_cases(self.standing)

    def get_form_kwargs(self):
        return {
            **super().get_form_kwargs(),
            "bodies": queries.bodies_planned_by(self.standing),
            "responsible": queries.people_to_answer_for(self.standing),
        }

    def get_initial(self):
        return {"responsible": self.request.user}

    def form_valid(self, form):
        own = ("effect", "decides", "period", "amount", "supplier")
        effects = form.specs()
        kept = {name: value for name, value in form.cleaned_data.items() if name not in own}
        form.cleaned_data = {**kept, "effects": effects}
        return super().form_valid(form)

    def carry_out(self, data):
        return cases.open_case(by=self.request.user, **data)

    def get_success_url(self) -> str:
        return reverse("governance:case", args=[self.result.number])


class CaseEdit(OneCase, EditView):
    """Write on an open case. Two writers at once see both texts."""

    template_name = "governance/case_edit.html"
    form_class = CaseEditForm
    success_message = _("Sagen er gemt.")

    def may_enter(self) -> bool:
        return rules.may_edit_case(self.standing, self.case)

    def get(self, request, *args, **kwargs):
        """A case that is decided or withdrawn is read, not written."""
        if not self.case.is_open:
            messages.info(request, _("Sagen er afgjort eller trukket og kan ikke rettes."))
            return HttpResponseRedirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    @property
    def row(self) -> Case:
        """The case."""
        return self.case

    def version_of(self, row: Case) -> int:
        return row.version

    def get_form_kwargs(self):
        people = queries.people_to_answer_for(self.standing, self.case.responsible_id)
        return {**super().get_form_kwargs(), "responsible": people}

    def carry_out(self, data):
        return cases.edit_case(case=self.case, **data)


class CaseReady(OneCase, ActionView):
    """Mark a draft as ready for an agenda."""

    success_message = _("Sagen er klar og kan sættes på en dagsorden.")

    def may_enter(self) -> bool:
        return rules.may_make_ready(self.standing, self.case.body)

    def carry_out(self):
        return cases.make_ready(case=self.case)


class CaseLift(OneCase, ActionView):
    """Lift a conflict to the body above."""

    success_message = _("Sagen er løftet. Den er nu en kladde hos det næste organ.")

    def may_enter(self) -> bool:
        return rules.may_plan_meetings(self.standing, self.case.body)

    def carry_out(self):
        chosen = self.request.POST.get("til", "")
        to = Body.objects.filter(pk=int(chosen)).first() if chosen.isdecimal() else None
        return lifting.lift_case(case=self.case, by=self.request.user, to=to)


class CaseWithdraw(OneCase, ActionView):
    """Take back an open case."""

    success_message = _("Sagen er trukket.")

    def may_enter(self) -> bool:
        return rules.may_edit_case(self.standing, self.case)

    def carry_out(self):
        return cases.withdraw_case(case=self.case)
