"""What every page of the workspace is made of: who may enter, a form, one domain call, where next.

A view that has a condition on stage, level or role in it has it in the wrong room: rules.py decides who may enter, the
domain decides what can be done, and its refusals are shown where they belong.
"""

from http import HTTPStatus
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import cached_property
from django.views.generic import View
from django.views.generic.edit import FormView

from governance.refusals import NotAllowed, Refused, Stale
from governance.standing import Standing, standing_of

ROWS_PER_PAGE = 50


class AccessMixin(View):
    """Answers 404 to whoever may not enter: what is not yours does not exist for you."""

    @cached_property
    def standing(self) -> Standing:
        """The roles and seats of the one who asks, today."""
        return standing_of(self.request.user)

    def may_enter(self) -> bool:
        """Whether this person may open the page at all. Ask a rule, not the user."""
        raise NotImplementedError

    def dispatch(self, request, *args, **kwargs):
        """Ask the rule before anything else."""
        if not self.may_enter():
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class ActionFormView(AccessMixin, FormView):
    """A form and one domain call. Refusals stand in the form, next to their field where `field_of` knows it.

    Subclasses give `form_class`, `carry_out` and `get_success_url`. A stale form keeps the typed text, shows the
    other's version as `conflict`, and its hidden version field is not moved on by itself.
    """

    success_message: str = ""
    field_of: ClassVar[dict[str, str]] = {}
    result: Any = None

    def carry_out(self, data: dict[str, Any]) -> Any:
        """The domain call. Raises Refused."""
        raise NotImplementedError

    def form_valid(self, form):
        """Carry out, or show why not."""
        try:
            self.result = self.carry_out(form.cleaned_data)
        except Refused as refused:
            return self.form_refused(form, refused)
        if self.success_message:
            messages.success(self.request, self.success_message)
        return HttpResponseRedirect(self.get_success_url())

    def form_refused(self, form, refused: Refused) -> HttpResponse:
        """Show the reasons in the form; nothing was saved."""
        for refusal in refused.refusals:
            field = self.field_of.get(refusal.code)
            form.add_error(field if field in form.fields else None, refusal.message)
        conflict = refused.current if isinstance(refused, Stale) else None
        context = self.get_context_data(form=form, refusals=refused.refusals, conflict=conflict)
        return self.render_to_response(context, status=_status(refused))

    def form_invalid(self, form):
        """Show the form again with its errors."""
        return self.render_to_response(self.get_context_data(form=form), status=HTTPStatus.UNPROCESSABLE_ENTITY)


class ActionView(AccessMixin, View):
    """A button: POST only, one domain call, back to where it came from with a sentence about what happened."""

    http_method_names = ["post"]
    success_message: str = ""

    def carry_out(self) -> Any:
        """The domain call. Raises Refused."""
        raise NotImplementedError

    def get_success_url(self) -> str:
        """Where to go next, also after a refusal."""
        raise NotImplementedError

    def post(self, request, *_args, **_kwargs):
        """Carry out; a refusal is told on the page that one comes back to."""
        try:
            self.carry_out()
        except NotAllowed as refused:
            return render(request, "403.html", {"refusals": refused.refusals}, status=HTTPStatus.FORBIDDEN)
        except Refused as refused:
            for refusal in refused.refusals:
                messages.error(request, refusal.message)
        else:
            if self.success_message:
                messages.success(request, self.success_message)
        return HttpResponseRedirect(self.get_success_url())


def _status(refused: Refused) -> HTTPStatus:
    if isinstance(refused, NotAllowed):
        return HTTPStatus.FORBIDDEN
    return HTTPStatus.CONFLICT if isinstance(refused, Stale) else HTTPStatus.UNPROCESSABLE_ENTITY
