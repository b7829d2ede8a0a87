"""The economy of an initiative: its budgets in versions, laying a new one, approving it."""

from typing import Any

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from governance.models import Organisation
from governance.refusals import Refused
from governance.templatetags.dkfds import problems
from governance.views.base import ActionFormView, ActionView
from portfolio.budgets import blocks_of, view_of
from portfolio.domain import economy
from portfolio.facts import facts_of
from portfolio.forms.economy import BudgetForm
from portfolio.initiative_cases import purchases_of
from portfolio.models import Budget, Initiative, Participation
from portfolio.received import Received, received_reports
from portfolio.rules import Action

from .base import InitiativePage


class EconomyView(InitiativePage, TemplateView):
    """The budgets, who approved them, and what the latest report says was spent."""

    tab = "economy"
    template_name = "portfolio/economy.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The two economies and the latest figures."""
        initiative = self.initiative
        facts = facts_of(initiative, self.standing.day)
        reports = received_reports(Initiative.objects.filter(pk=initiative.pk))
        return super().get_context_data(
            facts=facts,
            blocks=blocks_of(facts, actions=self.actions, relations=self.relations),
            report=reports.get(initiative.pk, Received()).latest,
            may_edit=Action.EDIT_ECONOMY in self.actions,
            purchases=purchases_of(initiative, self.standing),
            **kwargs,
        )


class BudgetCreateView(InitiativePage, ActionFormView):
    """Lay a new version of a budget, beginning with the lines of the latest."""

    tab = "economy"
    action = Action.EDIT_ECONOMY
    template_name = "portfolio/budget_create.html"
    form_class = BudgetForm
    success_message = _("Den nye version er lagt. Den er ikke godkendt endnu.")

    @cached_property
    def scope(self) -> Budget.Scope:
        """What the budget covers; 404 for anything else."""
        if self.kwargs["scope"] not in Budget.Scope.values:
            raise Http404
        return Budget.Scope(self.kwargs["scope"])

    @cached_property
    def latest(self) -> Budget | None:
        """The version that stands."""
        return economy.current_budget(self.initiative, self.scope)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The lines and version that stand, and who takes part and may pay."""
        rows = list(self.latest.lines.values("year", "category", "funding", "payer", "planned")) if self.latest else []
        on_it = Participation.objects.on(self.standing.day).filter(initiative=self.initiative).values("organisation")
        payers = Q(pk__in=on_it) | Q(pk__in={row["payer"] for row in rows if row["payer"]})
        return {
            **super().get_form_kwargs(),
            "initial": {"version": self.latest.version if self.latest else 0},
            "lines": rows,
            "payers": list(Organisation.objects.filter(payers)),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rows by the name that the frame asks for errors, and what is laid over."""
        context = super().get_context_data(scope=self.scope, latest=self.latest, **kwargs)
        conflict = context.get("conflict")
        return {
            **context,
            "formset": context["form"].lines,
            "conflict_view": view_of(conflict) if conflict else None,
            "problems": [*problems(context["form"]), *problems(context["form"].lines)],
        }

    def post(self, request, *args, **kwargs):
        """Lay the version, or give more rows to write in."""
        if "flere" not in request.POST:
            return super().post(request, *args, **kwargs)
        typed = self.get_form()
        again = {**self.get_form_kwargs(), "lines": typed.lines.begun, "data": None, "files": None}
        again["initial"] = {"note": typed["note"].value(), "version": typed["version"].value()}
        return self.render_to_response(self.get_context_data(form=BudgetForm(**again)))

    def carry_out(self, data: dict[str, Any]) -> Budget:
        """Lay the version."""
        return economy.lay_budget(
            initiative_id=self.initiative.pk,
            scope=self.scope,
            lines=self.form.planned_lines,
            by=self.request.user,
            note=data["note"],
            based_on=data["version"],
        )

    def form_valid(self, form):
        """Keep the form at hand: its rows are not among its fields."""
        self.form = form
        return super().form_valid(form)

    def form_refused(self, form, refused: Refused):
        """Put the rule about OS2's money beside the rows it is about."""
        for refusal in refused.refusals:
            if refusal.code == "os2_funding_on_n1":
                form.refuse_funding(refusal.message)
        return super().form_refused(form, refused)

    def get_success_url(self) -> str:
        """The economy."""
        return reverse("portfolio:economy", args=[self.initiative.slug])


class BudgetApproveView(ActionView):
    """Approve the current version, as the steering group's chair or the owner."""

    success_message = _("Budgettet er godkendt.")

    @cached_property
    def budget(self) -> Budget:
        """The version of the address, of an initiative that the reader may see."""
        mine = Initiative.objects.visible_to(self.standing).order_by().values("pk")
        rows = Budget.objects.filter(initiative__in=mine).select_related("initiative")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def may_enter(self) -> bool:
        """Whoever sees the initiative; who may approve is asked by the domain."""
        return self.budget is not None

    def carry_out(self):
        """Approve."""
        economy.approve_budget(budget_id=self.budget.pk, by=self.request.user)

    def get_success_url(self) -> str:
        """The economy."""
        return reverse("portfolio:economy", args=[self.budget.initiative.slug])
