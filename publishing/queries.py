"""Finding published initiatives: words, filters, counts. Reads the rows of one publication and nothing else."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import F, QuerySet

from governance.danish import sort_key

from .models import Publication, PublishedInitiative

READY_STAGES = ("product",)
UNDER_WAY_STAGES = ("idea", "concept", "project")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a visitor asks to see. Unknown values simply find nothing."""

    words: str = ""
    stages: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()
    areas: tuple[str, ...] = ()
    organisation: str = ""
    sort: str = "level"

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is filtered away."""
        return bool(self.words or self.stages or self.levels or self.areas or self.organisation)


@dataclass(frozen=True, slots=True)
class Facets:
    """What there is to choose from, with how many each would find in the whole publication."""

    stages: Counter = field(default_factory=Counter)
    levels: Counter = field(default_factory=Counter)
    areas: tuple[tuple[str, int], ...] = ()
    organisations: tuple[str, ...] = ()


def found(publication: Publication, wish: Wish) -> QuerySet[PublishedInitiative]:
    """The rows that a wish finds, in its order."""
    rows = publication.initiatives.matching(wish.words)
    if wish.stages:
        rows = rows.filter(stage__in=wish.stages)
    if wish.levels:
        rows = rows.filter(level__in=wish.levels)
    for area in wish.areas:
        rows = rows.filter(areas__contains=f"|{area}|")
    if wish.organisation:
        rows = rows.filter(organisations__contains=f"|{wish.organisation}|")
    if wish.sort == "name":
        return rows.order_by("sort_key", "slug")
    return rows.order_by(F("level").desc(nulls_last=True), "sort_key", "slug")


def facets(publication: Publication) -> Facets:
    """The choices of a publication; one query."""
    stages: Counter = Counter()
    levels: Counter = Counter()
    areas: Counter = Counter()
    organisations: set[str] = set()
    for stage, level, its_areas, its_organisations in publication.initiatives.order_by().values_list(
        "stage", "level", "areas", "organisations"
    ):
        stages[stage] += 1
        levels[level] += 1
        areas.update(name for name in its_areas.split("|") if name)
        organisations.update(name for name in its_organisations.split("|") if name)
    return Facets(
        stages=stages,
        levels=levels,
        areas=tuple(sorted(areas.items(), key=lambda pair: sort_key(pair[0]))),
        organisations=tuple(sorted(organisations, key=sort_key)),
    )
