"""Which initiatives are alike, by the words they share. Simple on purpose: rare common stems weigh most.

The portal shows the most similar ones when an idea is registered or edited, with the words that make them similar.
"""

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Mapping
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
SHOWN_WORDS = 5


@dataclass(frozen=True, slots=True)
class Similar:
    """A similar initiative and the stems that make it so, the weightiest first."""

    initiative: Initiative
    score: float
    words: tuple[str, ...]


def _telling(words: Iterable[str]) -> set[str]:
    return {word for word in words if len(word) >= AT_LEAST and word not in COMMON}


def similar_to(text: str, *, among, exclude: int | None = None, limit: int = 5) -> list[Similar]:
    """The initiatives of a queryset most like a text, at most `limit`; those that share no telling word are not.

    Reads the stems that each initiative keeps to be searched by (`search_text`), so that none are found anew.
    """
    wanted = _telling(stems(text))
    rows = among.exclude(pk=exclude).order_by().values_list("pk", "sort_key", "search_text")
    said = {(pk, order): _telling(words.split()) for pk, order, words in rows}
    spread = Counter(stem for words in said.values() for stem in wanted & words)
    weight = {stem: math.log((1 + len(said)) / count) + 0.1 for stem, count in spread.items()}
    scored = [
        (-sum(weight[stem] for stem in wanted & words) / math.sqrt(len(wanted) * len(words)), order, pk)
        for (pk, order), words in said.items()
        if wanted & words
    ]
    nearest = heapq.nsmallest(limit, scored)
    found = among.defer("search_text").in_bulk([pk for _score, _order, pk in nearest])
    return [Similar(found[pk], -score, _weightiest(wanted & said[pk, order], weight)) for score, order, pk in nearest]


def _weightiest(shared: Iterable[str], weight: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(sorted(shared, key=lambda stem: (-weight[stem], stem))[:SHOWN_WORDS])
