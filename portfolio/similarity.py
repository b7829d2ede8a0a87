"""Which initiatives are alike, by the words they share. Simple on purpose: rare common stems weigh most.

The portal shows the most similar ones when an idea is registered or edited, with the words that make them similar.
"""

import math
from collections import Counter
from dataclasses import dataclass

from governance.danish import stems

from .models import Initiative

# Words that say nothing about what a solution does.
COMMON = frozenset(
    stems(
        "af alle alt andre at blev bliver da de den der deres det digital digitale disse du eller en er et "
        "flere for fra fælles få får gør ha har hos hver hvor i ikke ind it kan kommune kommunen kommunens "
        "kommuner kommunerne løsning løsningen man med medarbejder medarbejdere meget mellem mere mod må ny "
        "nye og også om op os2 over på samt se selv sig sin sine sit skal som system systemer så til ud uden "
        "under ved vi vil være "
    )
)
AT_LEAST = 3  # letters; shorter stems are noise


@dataclass(frozen=True, slots=True)
class Similar:
    """A similar initiative and the stems that make it so, the weightiest first."""

    initiative: Initiative
    score: float
    words: tuple[str, ...]


def _bag(*texts: str) -> Counter[str]:
    return Counter(stem for stem in stems(" ".join(texts)) if len(stem) >= AT_LEAST and stem not in COMMON)


def similar_to(text: str, *, among, exclude: int | None = None, limit: int = 5) -> list[Similar]:
    """The initiatives of a queryset most like a text, at most `limit`; those that share no telling word are not."""
    wanted = set(_bag(text))
    rows = list(
        among.exclude(pk=exclude).only(
            "pk", "name", "slug", "stage", "level", "idea", "purpose", "description", "sort_key"
        )
    )
    bags = {row.pk: set(_bag(row.name, row.idea, row.purpose, row.description)) for row in rows}
    spread = Counter(stem for bag in bags.values() for stem in bag)
    found = []
    for row in rows:
        shared = wanted & bags[row.pk]
        weights = {stem: math.log((1 + len(rows)) / spread[stem]) + 0.1 for stem in shared}
        size = math.sqrt(len(wanted) * len(bags[row.pk])) or 1
        score = sum(weights.values()) / size
        if score > 0:
            words = tuple(sorted(weights, key=lambda stem: (-weights[stem], stem))[:5])
            found.append(Similar(row, score, words))
    return sorted(found, key=lambda similar: (-similar.score, similar.initiative.sort_key))[:limit]
