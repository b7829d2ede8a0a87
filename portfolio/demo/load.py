"""Loading the demo as a whole: all of it or nothing, and nothing the second time."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from portfolio.domain.registers import load_reference_data

from . import examples, people
from .days import Days
from .registered import register_portfolio

# How long ago the demo's people got their seats: before anything in the examples happened.
SEATED_DAYS_AGO = 900


@dataclass(frozen=True, slots=True)
class LoadedDemo:
    """What is new: entries of OS2's real portfolio, and whether the examples were made."""

    registered: int
    examples_made: bool

    @property
    def is_new(self) -> bool:
        """Whether anything was written."""
        return bool(self.registered) or self.examples_made


@transaction.atomic
def load_demo() -> LoadedDemo:
    """Load OS2's portfolio, and people and examples to try things out with, or what is missing of them.

    Raises NotAllowed where the demo is refused, NotReady when the portal has a board of its own.
    """
    people.refuse_in_production()
    days = Days(timezone.localdate())
    waiting = list(DBTaskResult.objects.values_list("pk", flat=True))
    load_reference_data()
    if not people.are_loaded():
        people.enter_people(since=days.ago(SEATED_DAYS_AGO))
    registered = register_portfolio()
    made = not examples.are_there()
    if made:
        examples.make_examples(days)
        # Nobody gets a letter about what was decided, sent or changed in an example.
        DBTaskResult.objects.exclude(pk__in=waiting).delete()
    return LoadedDemo(registered, made)
