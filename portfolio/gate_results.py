"""What a gate says of one row: the five results, and the row itself. How they come about is in gates.py."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from governance.refusals import Mend


class Result(models.TextChoices):
    """What a gate says of one row."""

    MET = "met", gettext_lazy("opfyldt")
    EXPLAINED = "explained", gettext_lazy("forklaret")
    DEFERRED = "deferred", gettext_lazy("udskudt")
    NOT_APPLICABLE = "not_applicable", gettext_lazy("ikke relevant")
    MISSING = "missing", gettext_lazy("mangler")


@dataclass(frozen=True, slots=True)
class GateResult:
    """One row of a gate."""

    code: str
    title: str
    result: str
    message: str
    carried_by: str
    theme: str = ""
    level: int | None = None
    mend: Mend | None = None
    until: date | None = None
    deferrable: bool = False
    by_board: bool = False
    is_reviewed: bool = True
    is_stale: bool = False
    remark: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether this row keeps the gate closed."""
        return self.result == Result.MISSING

    @property
    def word(self) -> str:
        """The result as a reader sees it."""
        return capfirst(str(Result(self.result).label))

    def frozen(self) -> dict[str, Any]:
        """The row as the record keeps it."""
        return {
            "code": self.code,
            "title": str(self.title),
            "result": str(self.result),
            "message": str(self.message),
            "carried_by": self.carried_by,
            "until": self.until,
            "reviewed": self.is_reviewed,
        }
