"""The last part of an address, made from a name: readable, short enough, taken by nobody and by no page."""

from django.db import models
from django.utils.text import slugify

LONGEST = 180
# Pages that stand beside the rows' own: /foreningen/organer/nyt/, /foreningen/organisationer/ny/.
PAGES = ("ny", "nyt")


def free_address(model: type[models.Model], name: str) -> str:
    """An address for a new row of the model. Danish letters are written out; a second one of the same gets a number."""
    written = name.lower().replace("ø", "oe").replace("æ", "ae").replace("å", "aa")
    stem = slugify(written)[:LONGEST].strip("-") or str(model._meta.model_name)  # noqa: SLF001 - Django's own API
    taken = {*PAGES, *model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True)}  # noqa: SLF001 - as above
    return next(s for s in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)
