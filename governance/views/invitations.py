"""Coming in by an invitation: the one page of governance that is open to whoever holds the letter."""

from http import HTTPStatus

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render, resolve_url
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from governance.domain import people
from governance.forms.people import AcceptForm
from governance.models import Invitation

from .base import ActionFormView


@method_decorator([login_not_required, never_cache, sensitive_post_parameters()], name="dispatch")
class InvitationPage(ActionFormView):
    """Choose a password, and come in. A letter that is used, replaced, expired or unknown gets the same answer."""

    template_name = "governance/invitation.html"
    form_class = AcceptForm
    success_message = _("Velkommen til OS2 Portefølje. Din adgangskode er gemt.")

    def may_enter(self) -> bool:
        return True

    @cached_property
    def invitation(self) -> Invitation | None:
        """The invitation of the letter, while it can be used."""
        rows = Invitation.objects.select_related("person__organisation")
        found = rows.filter(token=self.kwargs["token"]).first()
        return found if found and found.is_open and found.person.is_active else None

    def dispatch(self, request, *args, **kwargs):
        """Explain a letter that no longer opens anything."""
        if self.invitation is None:
            return render(request, "governance/invitation_closed.html", status=HTTPStatus.GONE)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "person": self.invitation.person}

    def carry_out(self, data):
        person = people.accept_invitation(token=self.kwargs["token"], password=data["password"])
        login(self.request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
        return person

    def get_success_url(self) -> str:
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def get_context_data(self, **kwargs):
        return super().get_context_data(invitation=self.invitation, **kwargs)
