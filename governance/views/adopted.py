"""What the association has adopted, and what its board has decided to buy."""

from django.utils.text import capfirst
from django.views.generic import TemplateView

from governance import queries, rules
from governance.models import Adopted, Body, Purchase

from .base import AccessMixin

LATEST = 50


class AdoptedPage(AccessMixin, TemplateView):
    """Strategy, principles, action plans and economy, the newest of each first; below, the board's purchases."""

    template_name = "governance/adopted.html"

    def may_enter(self) -> bool:
        return rules.may_see_association(self.standing)

    def get_context_data(self, **kwargs):
        readable = queries.decisions_for(self.standing).order_by().values("pk")
        purchases = Purchase.objects.filter(decision__in=readable, decision__body__kind__in=Body.BOARD_KINDS)
        rows = list(Adopted.objects.select_related("decision__body"))
        kinds = [(capfirst(kind.label), [row for row in rows if row.kind == kind]) for kind in Adopted.Kind]
        return super().get_context_data(
            kinds=[(label, found) for label, found in kinds if found],
            purchases=purchases.select_related("decision__body")[:LATEST],
            readable=set(queries.decisions_for(self.standing).values_list("pk", flat=True).filter(adopted__in=rows)),
            may_see_people=rules.may_see_people(self.standing),
            may_see_ends=rules.may_see_ending_terms(self.standing),
            **kwargs,
        )
