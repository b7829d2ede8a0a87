"""Constituting a group of an initiative: the group, its seats and the decision behind them, in one go."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.models import Body
from governance.templatetags.dkfds import problems
from governance.views.seats import ConfirmingView
from portfolio.domain import people
from portfolio.forms.groups import GroupForm
from portfolio.rules import Action

from .base import InitiativePage


class GroupCreateView(InitiativePage, ConfirmingView):
    """Set up a group with everybody in it; without seats they are given on the group's own page."""

    tab = "organisation"
    template_name = "portfolio/group_create.html"
    form_class = GroupForm
    action = Action.MANAGE_LIFE
    field_of = {"name_taken": "name", "decision_said_no": "decision", "not_board": "decision"}
    success_message = _("Gruppen er oprettet.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rows by the name that the frame asks for errors."""
        context = super().get_context_data(**kwargs)
        form = context["form"]
        return {**context, "formset": form.places, "problems": [*problems(form), *problems(form.places)]}

    def post(self, request, *args, **kwargs):
        """Set the group up, or give more rows to write in and keep what was typed."""
        if "flere" not in request.POST:
            return super().post(request, *args, **kwargs)
        typed = self.get_form()
        begun = {name: typed[name].value() for name in typed.fields}
        form = GroupForm(initial=begun, begin_with=typed.places.begun)
        return self.render_to_response(self.get_context_data(form=form))

    def form_valid(self, form):
        """Keep the form at hand: its rows are not among its fields."""
        self.form = form
        return super().form_valid(form)

    def carry_out(self, _data: dict[str, Any]) -> Body:
        return people.set_up_group(initiative=self.initiative, by=self.request.user, **self.form.in_domain_words())

    def get_success_url(self) -> str:
        return reverse("governance:body", args=[self.result.slug])
