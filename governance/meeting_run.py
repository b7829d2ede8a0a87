"""Reads: a meeting while it is held, as the page that runs it shows it: which item is up, which is next."""

from dataclasses import dataclass

from governance.agenda_view import Agenda, AgendaRow
from governance.models import Case


@dataclass(frozen=True, slots=True)
class Run:
    """The agenda with one item up. `agreed` are those that can be decided together."""

    agenda: Agenda
    rows: tuple[AgendaRow, ...]
    up: AgendaRow | None
    before: AgendaRow | None
    after: AgendaRow | None

    @property
    def case(self) -> Case | None:
        """The case that is up, if the item has one."""
        return self.up.item.case if self.up else None

    @property
    def decides(self) -> bool:
        """Whether the item that is up waits for a decision."""
        return self.up is not None and self.up.counts_marks

    @property
    def agreed(self) -> list[AgendaRow]:
        """What all have pre-approved and nobody flagged."""
        return self.agenda.agreed

    @property
    def decided(self) -> int:
        """How many items are decided."""
        return sum(1 for row in self.rows if row.decisions)

    @property
    def waiting(self) -> int:
        """How many cases are left to decide."""
        return sum(1 for row in self.rows if row.waits)


def run_of(agenda: Agenda, asked: str) -> Run:
    """The run with the item up that was asked for by its number, else the first that waits for a decision."""
    rows = tuple(row for row in agenda.rows if not row.is_withdrawn)
    found = next((row for row in rows if str(row.item.number) == asked), None)
    # What is agreed on in advance is decided together, not one by one.
    up = found or next((row for row in rows if row.waits and not row.stand.is_agreed), None)
    up = up or next((row for row in rows if row.waits), rows[0] if rows else None)
    place = rows.index(up) if up else 0
    return Run(
        agenda=agenda,
        rows=rows,
        up=up,
        before=rows[place - 1] if place > 0 else None,
        after=rows[place + 1] if place + 1 < len(rows) else None,
    )
