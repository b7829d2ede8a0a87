"""The decision log as CSV and JSON: what one may read oneself, as it is chosen in the address."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from governance import queries, rules
from governance.decision_log import chosen_decisions
from governance.domain.voting import tally_of
from governance.forms.filters import DecisionFilter
from governance.models import Decision
from governance.views.base import AccessMixin
from portfolio.exports import csv_answer

# More than OS2 decides in fifty years; a guard, not a limit that anybody meets.
MOST_ROWS = 10_000


class _Decisions(AccessMixin):
    """The chosen decisions among those that the reader may see."""

    def may_enter(self) -> bool:
        """Everybody who can log in; whoever may see none gets an empty file."""
        return rules.may_see_association(self.standing)

    def chosen(self) -> QuerySet[Decision]:
        """The rows, in a constant number of queries."""
        rows = queries.decisions_for(self.standing)
        form = DecisionFilter(self.request.GET, bodies=queries.bodies_behind(rows), years=queries.years_of(rows))
        rows = chosen_decisions(rows, form.chosen)
        return rows.select_related("agenda_item", "case__initiative_link__initiative")[:MOST_ROWS]


class DecisionsCsv(_Decisions):
    """A table for a spreadsheet."""

    def get(self, _request) -> HttpResponse:
        """The table."""
        head = [
            _("Nummer"), _("Dato"), _("Organ"), _("Sag"), _("Titel"), _("Udfald"), _("Grund"), _("Beslutning"),
            _("Afgjort ved"), _("Stemmer"), _("Møde"), _("Punkt"), _("Initiativ"), _("Må offentliggøres"),
        ]  # fmt: skip
        return csv_answer("beslutninger.csv", head, self._rows())

    def _rows(self) -> Iterable[tuple]:
        for decision in self.chosen():
            tally = tally_of(decision.tally)
            initiative = initiative_name(decision)
            yield (
                decision.number,
                decision.decided_on,
                decision.body.name,
                decision.case.number,
                decision.case.title,
                str(decision.get_outcome_display()),
                str(decision.get_reason_display()),
                decision.text,
                str(decision.get_method_display()),
                tally.sentence if tally else "",
                str(decision.meeting),
                decision.agenda_item.number if decision.agenda_item else None,
                initiative,
                _("ja") if decision.is_public else _("nej"),
            )


class DecisionsJson(_Decisions):
    """The same as data, with codes instead of words."""

    def get(self, _request) -> JsonResponse:
        """The data."""
        data = {"version": 1, "decisions": [_as_data(decision) for decision in self.chosen()]}
        answer = JsonResponse(data, json_dumps_params={"ensure_ascii": False})
        answer["Cache-Control"] = "private, no-store"
        return answer


def _as_data(decision: Decision) -> dict:
    return {
        "number": decision.number,
        "decided_on": decision.decided_on,
        "body": decision.body.name,
        "case": decision.case.number,
        "title": decision.case.title,
        "outcome": decision.outcome,
        "reason": decision.reason,
        "text": decision.text,
        "method": decision.method,
        "tally": decision.tally,
        "conditions": decision.conditions,
        "meeting": str(decision.meeting),
        "item": decision.agenda_item.number if decision.agenda_item else None,
        "initiative": initiative_name(decision),
        "is_public": decision.is_public,
    }


def initiative_name(decision: Decision) -> str:
    """The initiative that the decision is about; empty without one."""
    link = getattr(decision.case, "initiative_link", None)
    return link.initiative.name if link else ""
