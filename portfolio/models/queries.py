"""Which initiatives a person may see, and how they are found."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from governance.danish import search_terms
from governance.standing import Standing

from .levels import LIVE_STAGES


def has_conditions() -> Q:
    """The condition behind `with_conditions`, for a column: whether anything was ever deferred or accepted."""
    own = {"initiative": OuterRef("pk")}
    requirements = apps.get_model("portfolio", "Deferral").objects.filter(**own)
    points = apps.get_model("portfolio", "PointDeferral").objects.filter(**own)
    return Exists(requirements) | Exists(points)


class InitiativeQuerySet(models.QuerySet):
    """Initiatives. Every list and page for a signed-in person begins with `.visible_to(...)`."""

    def _all(self):
        return type(self)(self.model, using=self.db)

    def live(self):
        """Ideas, concepts, projects and products."""
        return self.filter(stage__in=LIVE_STAGES)

    def with_conditions(self):
        """Those the board has deferred something for, be it a requirement or a mandatory point of guidance."""
        return self.filter(has_conditions())

    def visible_to(self, standing: Standing):
        """All for board, business manager and secretariat; for others what they take part in (domain.md section 3)."""
        if standing.sees_all:
            return self
        if standing.user_id is None:
            return self.none()
        day = standing.day
        own = Q(proposer=standing.user_id) | Q(pk__in=self._all().filter(bodies__in=standing.body_ids).values("pk"))
        appointed = self._all().filter(
            Q(appointments__valid_to__isnull=True) | Q(appointments__valid_to__gte=day),
            appointments__valid_from__lte=day,
            appointments__person=standing.user_id,
        )
        own |= Q(pk__in=appointed.values("pk"))
        if standing.organisation_id:
            takes_part = self._all().filter(
                Q(participations__valid_to__isnull=True) | Q(participations__valid_to__gte=day),
                participations__valid_from__lte=day,
                participations__organisation=standing.organisation_id,
                participations__role__in=("lead", "participant"),
            )
            own |= Q(pk__in=takes_part.values("pk"))
        return self.filter(own)

    def matching(self, query: str):
        """Those whose texts hold all the words, as Danish stems or as part of a compound."""
        found = self
        for term in search_terms(query):
            found = found.filter(search_text__contains=term)
        return found
