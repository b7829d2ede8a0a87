"""Action items: agreeing on one, changing it, saying that it is done. And the choices at the top of their list."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from governance.models import ActionItem, Body, User

from .fields import DayField, PersonField, RowForm, VersionedForm
from .filters import _OfBodies


class ActionForm(RowForm):
    """An action item from a point of a meeting: the body is given."""

    class Meta:
        model = ActionItem
        fields = ["what", "owner", "due"]
        field_classes = {"owner": PersonField, "due": DayField}

    def __init__(self, *args, owners: QuerySet[User], **kwargs):
        """Take the people who can be made responsible."""
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners


class FreeActionForm(ActionForm):
    """An action item between meetings."""

    class Meta(ActionForm.Meta):
        fields = ["body", *ActionForm.Meta.fields]

    def __init__(self, *args, bodies: QuerySet[Body], **kwargs):
        """Take the bodies whose meetings the person prepares."""
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies


class ActionEditForm(VersionedForm, ActionForm):
    """Change an open action item."""


class ActionDoneForm(RowForm):
    """What came of it."""

    class Meta:
        model = ActionItem
        fields = ["outcome"]
        widgets = {"outcome": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"outcome": _("En eller to sætninger. De står på organets liste.")}

    def __init__(self, *args, **kwargs):
        """Ask for the result: without it nobody knows what was done."""
        super().__init__(*args, **kwargs)
        self.fields["outcome"].required = True


class ActionFilter(_OfBodies):
    """The list of action items."""

    STATES = (("", _("Åbne")), ("late", _("Over fristen")), ("done", _("Gjort")), ("all", _("Alle")))

    state = forms.ChoiceField(label=_("Status"), required=False, choices=STATES)
    mine = forms.BooleanField(label=_("Kun mine"), required=False)
