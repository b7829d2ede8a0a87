"""What synthetic initiatives are made of, and the dice they are thrown with."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import models
from django.utils import timezone

from governance.models import Organisation, User
from portfolio.models import EconomyCategory, Initiative, Phase, Requirement, RequirementCatalogue, SubjectArea

Made = Sequence[tuple[Initiative, random.Random]]


@dataclass(slots=True)
class Pool:
    """What the initiatives are made of, loaded once."""

    catalogue: RequirementCatalogue
    requirements: list[Requirement]
    municipalities: list[Organisation]
    people: list[User]
    areas: list[SubjectArea]
    phases: list[Phase]
    categories: list[EconomyCategory]
    today: date
    now: datetime = field(default_factory=timezone.now)

    def asked(self, level: int, *, at_launch: bool) -> list[Requirement]:
        """What somebody answers on a level by the start, and by the launch too."""
        dues = {"start", "launch"} if at_launch else {"start"}
        rows = [row for row in self.requirements if row.level <= level]
        replaced = {code for row in rows for code in row.replaces}
        return [row for row in rows if row.is_answered_by_hand and row.due in dues and row.code not in replaced]


def save(rows: Iterable[models.Model]) -> None:
    """Write rows of one table."""
    found = list(rows)
    if found:
        type(found[0])._default_manager.bulk_create(found)  # noqa: SLF001 - Django's documented manager of any model
