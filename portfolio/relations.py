"""Typed links between initiatives, and the ones the portal finds by their words. Reads only."""

import re
from dataclasses import replace

from django.db.models import Q, QuerySet

from governance.danish import stems
from governance.standing import Standing

from .models import Initiative, Relation
from .similarity import Similar, similar_to


def relations_seen(initiative: Initiative, standing: Standing) -> QuerySet[Relation]:
    """The relations of an initiative, from both ends, where the reader may see the other end, too."""
    rows = Relation.objects.filter(Q(initiative=initiative) | Q(other=initiative)).select_related("initiative", "other")
    if standing.sees_all:
        return rows
    visible = Initiative.objects.visible_to(standing).values("pk")
    return rows.filter(initiative__in=visible, other__in=visible)


def similar_initiatives(text: str, *, standing: Standing, exclude: int | None = None) -> list[Similar]:
    """The initiatives most like a text, among those that the reader may see, with the words as the text has them."""
    found = similar_to(text, among=Initiative.objects.visible_to(standing), exclude=exclude)
    written = _words_by_stem(text)
    return [replace(each, words=tuple(written.get(stem, stem) for stem in each.words)) for each in found]


def _words_by_stem(text: str) -> dict[str, str]:
    """The first word of a text for each stem: nobody reads stems."""
    written: dict[str, str] = {}
    for word in re.findall(r"\w+", text):
        for stem in stems(word):
            written.setdefault(stem, word.lower())
    return written


def similar_to_initiative(initiative: Initiative, *, standing: Standing) -> list[Similar]:
    """The initiatives most like another, by everything it says about itself."""
    text = f"{initiative.name} {initiative.idea} {initiative.purpose} {initiative.description}"
    return similar_initiatives(text, standing=standing, exclude=initiative.pk)
