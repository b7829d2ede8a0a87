"""Bodies: the list, the page with its composition on a day, setting up, changing."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from governance import queries, rules
from governance.coming_ends import breaches_about
from governance.domain import bodies, joining
from governance.forms.bodies import BodyEditForm, BodyForm
from governance.forms.filters import BodyFilter, DayFilter
from governance.guidance import guidance_of
from governance.models import Body

from .base import AccessMixin, ActionFormView
from .editing import EditView
from .lists import ListPage

LATEST = 10


class BodiesPage(ListPage):
    """All bodies by kind, with their seats today."""

    template_name = "governance/bodies.html"
    filter_class = BodyFilter

    def may_enter(self) -> bool:
        return rules.may_see_association(self.standing)

    def rows(self, chosen: dict[str, Any]):
        rows = queries.matching(queries.bodies_with_counts(self.standing.day), chosen["q"], "name")
        if chosen["kind"]:
            rows = rows.filter(kind=chosen["kind"])
        return rows if chosen["ended"] else rows.on(self.standing.day)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            may_manage=rules.may_manage_bodies(self.standing),
            may_see_people=rules.may_see_people(self.standing),
            may_see_ends=rules.may_see_ending_terms(self.standing),
            **kwargs,
        )


class OneBody(AccessMixin):
    """Loads the body of the address."""

    @cached_property
    def body(self) -> Body:
        """The body."""
        return get_object_or_404(Body, slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        """The body for the heading and the way back."""
        return super().get_context_data(body=self.body, back=self.get_success_url(), **kwargs)  # type: ignore[misc]  # mixed into views that have it

    def get_success_url(self) -> str:
        """Back to the body."""
        return reverse("governance:body", args=[self.body.slug])


class BodyPage(OneBody, TemplateView):
    """One body: who sits in it on a day, who did before, its meetings and decisions."""

    template_name = "governance/body.html"

    def may_enter(self) -> bool:
        return rules.may_see_association(self.standing)

    @cached_property
    def day_filter(self) -> DayFilter:
        """The day asked for; an address without one means today."""
        return DayFilter(self.request.GET if "dato" in self.request.GET else None)

    @property
    def day(self):
        """The day shown: the one asked for if it can be read, else today."""
        asked = self.day_filter.cleaned_data.get("dato") if self.day_filter.is_valid() else None
        return asked or timezone.localdate()

    def get_context_data(self, **kwargs):
        standing, body = self.standing, self.body
        works_here = standing.sees_all or body.pk in standing.body_ids
        is_coordination = body.kind == Body.Kind.COORDINATION_GROUP
        is_in = body.pk in standing.body_ids
        in_the_way = joining.reasons_against_joining(body, self.request.user, standing.day)
        meetings = queries.meetings_with_counts(self.standing).filter(body=self.body)
        decisions = queries.decisions_for(self.standing).filter(body=self.body)
        return super().get_context_data(
            day=self.day,
            day_filter=self.day_filter,
            composition=queries.composition(self.body, self.day),
            introduced=self.body.history.filter(history_change_reason=bodies.INTRODUCED).first(),
            meetings=meetings[:LATEST],
            decisions=decisions[:LATEST],
            initiatives=self.body.initiatives.all() if works_here else None,
            works_here=works_here,
            may_manage=rules.may_manage_bodies(self.standing),
            writes_guidance=self.body.kind in rules.WRITE_GUIDANCE,
            guidance_rows=guidance_of(self.body, self.standing),
            may_write_here=rules.may_write_guidance(self.standing, self.body),
            may_plan=rules.may_plan_meetings(self.standing, self.body),
            may_elect=rules.may_elect_chair(standing, body),
            may_try=rules.may_try_seats(standing, body),
            may_join=not is_in and not in_the_way,
            may_leave=rules.may_leave_group(standing, body),
            is_coordination=is_coordination,
            facilitation=body.facilitations.on(self.day).select_related("organisation").first(),
            breaches=breaches_about(body, standing.day) if works_here else (),
            **kwargs,
        )


class BodyCreate(ActionFormView):
    """The business manager or the secretariat sets up a body."""

    template_name = "governance/body_create.html"
    form_class = BodyForm
    field_of = {"name_taken": "name", "only_one": "kind"}
    extra_context = {"back": reverse_lazy("governance:bodies")}
    success_message = _("Organet er oprettet. Giv pladser til dem, der sidder i det.")

    def may_enter(self) -> bool:
        return rules.may_manage_bodies(self.standing)

    def carry_out(self, data):
        return bodies.set_up_body(**data)

    def get_success_url(self) -> str:
        return reverse("governance:body", args=[self.result.slug])


class BodyEdit(OneBody, EditView):
    """Change what is said about a body."""

    template_name = "governance/body_edit.html"
    form_class = BodyEditForm
    field_of = {"name_taken": "name", "seats_open": "valid_to"}
    success_message = _("Organet er rettet.")

    def may_enter(self) -> bool:
        return rules.may_manage_bodies(self.standing)

    @property
    def row(self) -> Body:
        """The body."""
        return self.body

    def carry_out(self, data):
        return bodies.edit_body(body=self.body, **data)
