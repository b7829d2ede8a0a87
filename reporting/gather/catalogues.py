"""The words of the requirements that initiatives are measured by."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from portfolio.models import RequirementCatalogue
from reporting import frozen


def catalogue_states(versions: Iterable[str], day: date) -> tuple[frozen.CatalogueState, ...]:
    """The catalogues in use, and the one in force on the day, newest first."""
    in_force = RequirementCatalogue.objects.filter(valid_from__lte=day).order_by("-valid_from").values("pk")[:1]
    wanted = RequirementCatalogue.objects.filter(Q(version__in=list(versions)) | Q(pk__in=in_force))
    return tuple(
        frozen.CatalogueState(
            version=catalogue.version,
            title=catalogue.title,
            requirements=tuple(
                frozen.RequirementWords(r.code, r.title, r.theme, r.level, r.due, tuple(r.replaces))
                for r in catalogue.requirements.all()
                if not r.is_note
            ),
        )
        for catalogue in wanted.order_by("-valid_from", "version").prefetch_related("requirements")
    )
