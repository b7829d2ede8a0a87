"""Action items: the list, agreeing on one, changing it, saying that it is done."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from governance import queries, rules
from governance.action_list import actions_for, chosen_actions
from governance.domain import action_items
from governance.forms.action_items import ActionDoneForm, ActionEditForm, ActionFilter, ActionForm, FreeActionForm
from governance.models import ActionItem, AgendaItem, Meeting, Membership

from .base import ActionFormView, ActionView
from .editing import EditView
from .lists import ListPage
from .meetings import OneMeeting

FIELD_OF = {"what_missing": "what", "owner_gone": "owner", "due_too_early": "due"}


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One row of the list, with what the reader may do about it."""

    action: ActionItem
    is_late: bool
    may_finish: bool
    may_change: bool
    may_reopen: bool


class ActionsPage(ListPage):
    """The action items a person may see, the earliest due first."""

    template_name = "governance/actions.html"
    filter_class = ActionFilter

    def may_enter(self) -> bool:
        return rules.may_see_association(self.standing)

    def filter_kwargs(self):
        return {"bodies": queries.bodies_behind(actions_for(self.standing))}

    def rows(self, chosen):
        return chosen_actions(actions_for(self.standing), chosen, self.standing)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(may_prepare=rules.may_prepare_cases(self.standing), **kwargs)
        return {**context, "lines": [self._line(action) for action in context["page"]]}

    def _line(self, action: ActionItem) -> ActionLine:
        may_change = rules.may_note_actions(self.standing, action.body, action.meeting)
        is_open = action.done_on is None
        return ActionLine(
            action=action,
            is_late=is_open and action.due < self.standing.day,
            may_finish=is_open and (may_change or action.owner_id == self.standing.user_id),
            may_change=is_open and may_change,
            may_reopen=not is_open and may_change,
        )


class _WithOwners(ActionFormView):
    """A form that names an owner: anybody for those who run the portal, else those who sit in the body."""

    field_of = FIELD_OF

    def owners(self, *bodies):
        """Who can be made responsible."""
        seated = Membership.objects.on(self.standing.day).filled().filter(body__in=bodies)
        return queries.people_to_answer_for(self.standing, *seated.values_list("person", flat=True))

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"back": self.get_success_url(), **kwargs})


class ActionCreate(_WithOwners):
    """Agree on an action item between meetings."""

    template_name = "governance/action_create.html"
    form_class = FreeActionForm
    success_url = reverse_lazy("governance:actions")
    success_message = _("Opgaven er oprettet. Den står på dagsordenen, til den er gjort.")

    def may_enter(self) -> bool:
        return rules.may_prepare_cases(self.standing)

    def get_form_kwargs(self):
        bodies = queries.bodies_planned_by(self.standing)
        return {**super().get_form_kwargs(), "bodies": bodies, "owners": self.owners(*bodies)}

    def carry_out(self, data):
        return action_items.agree_action(by=self.request.user, **data)


class ActionAgree(OneMeeting, _WithOwners):
    """Agree on an action item on a point of a meeting."""

    template_name = "governance/action_create.html"
    form_class = ActionForm
    success_message = _("Opgaven er aftalt. Den står på dagsordenen, til den er gjort.")

    @cached_property
    def item(self) -> AgendaItem:
        """The point of the address."""
        return get_object_or_404(AgendaItem.objects.select_related("case", "meeting__body"), pk=self.kwargs["pk"])

    @cached_property
    def meeting(self) -> Meeting:
        """The meeting of the point."""
        return get_object_or_404(queries.meetings_for(self.standing), pk=self.item.meeting_id)

    def may_enter(self) -> bool:
        return rules.may_note_actions(self.standing, self.meeting.body, self.meeting)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "owners": self.owners(self.meeting.body)}

    def carry_out(self, data):
        return action_items.agree_action(body=self.meeting.body, item=self.item, by=self.request.user, **data)

    def get_success_url(self) -> str:
        return f"{reverse('governance:minutes', args=[self.meeting.pk])}#punkt-{self.item.number}"

    def get_context_data(self, **kwargs):
        return super().get_context_data(item=self.item, **kwargs)


class OneAction(ActionFormView):
    """Loads the action item of the address, among those that the reader may see."""

    success_url = reverse_lazy("governance:actions")

    @cached_property
    def action(self) -> ActionItem:
        """The action item."""
        return get_object_or_404(actions_for(self.standing), pk=self.kwargs["pk"])

    def may_enter(self) -> bool:
        """Those who may change it."""
        return rules.may_note_actions(self.standing, self.action.body, self.action.meeting)

    def get_context_data(self, **kwargs):
        return super().get_context_data(action=self.action, back=self.get_success_url(), **kwargs)


class ActionEdit(OneAction, _WithOwners, EditView):
    """Change an open action item."""

    template_name = "governance/action_edit.html"
    form_class = ActionEditForm
    success_message = _("Opgaven er rettet.")

    @property
    def row(self) -> ActionItem:
        """The action item."""
        return self.action

    def get_form_kwargs(self):
        people = queries.people_to_answer_for(
            self.standing, self.action.owner_id, *self.owners(self.action.body).values_list("pk", flat=True)
        )
        return {**super().get_form_kwargs(), "owners": people}

    def carry_out(self, data):
        return action_items.change_action(action=self.action, by=self.request.user, **data)


class ActionFinish(OneAction):
    """Say that it is done, and what came of it."""

    template_name = "governance/action_done.html"
    form_class = ActionDoneForm
    field_of = {"outcome_missing": "outcome"}
    success_message = _("Opgaven er gjort.")

    def may_enter(self) -> bool:
        return self.action.owner_id == self.standing.user_id or super().may_enter()

    def carry_out(self, data):
        return action_items.finish_action(action=self.action, outcome=data["outcome"], by=self.request.user)


class ActionReopen(ActionView):
    """Take back that it was done."""

    success_message = _("Opgaven er åben igen.")

    @cached_property
    def action(self) -> ActionItem:
        """The action item."""
        return get_object_or_404(actions_for(self.standing), pk=self.kwargs["pk"])

    def may_enter(self) -> bool:
        return rules.may_note_actions(self.standing, self.action.body, self.action.meeting)

    def carry_out(self):
        return action_items.reopen_action(action=self.action, by=self.request.user)

    def get_success_url(self) -> str:
        return reverse("governance:actions")
