"""Two people at once: the database's own refusal of the second, told as a reason instead of a broken page."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from governance.refusals import NotReady, Refusal


@contextmanager
def refused_if_taken(refusal: Refusal) -> Iterator[None]:
    """Turn a uniqueness that somebody else got to first into NotReady with the given reason; nothing is written."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        raise NotReady(refusal) from clash
