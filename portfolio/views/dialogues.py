"""The talks between the secretariat and those behind an initiative. Never public."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.views.base import ActionFormView
from portfolio.domain import people
from portfolio.forms.people import DialogueForm
from portfolio.models import DialogueNote
from portfolio.rules import Action

from .base import InitiativePage


class DialoguesView(InitiativePage, ActionFormView):
    """The talks so far, newest first; the secretariat registers the next one here."""

    template_name = "portfolio/dialogues.html"
    form_class = DialogueForm
    action = Action.READ_DIALOGUE
    field_of = {"in_the_future": "held_on"}
    success_message = _("Dialogen er registreret.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            dialogues=self.initiative.dialogues.select_related("written_by__organisation"),
            may_note=Action.NOTE_DIALOGUE in self.actions,
            **kwargs,
        )

    def carry_out(self, data: dict[str, Any]) -> DialogueNote:
        return people.note_dialogue(initiative=self.initiative, by=self.request.user, **data)

    def get_success_url(self) -> str:
        return reverse("portfolio:dialogues", args=[self.initiative.slug])
