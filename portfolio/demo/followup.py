"""After the demo's meetings: minutes that were approved and are public, the latest ones released, what was agreed."""

from collections.abc import Sequence
from itertools import pairwise

from governance.domain import action_items, agendas, minutes
from governance.models import AgendaItem, Meeting

from .content import MARK
from .days import Days
from .people import who

SAID = "Forretningslederen gennemgik sagen. Bestyrelsen spurgte til økonomien og til, hvem der følger op."
TALKED_OF = f"{MARK}Nyt fra medlemmerne"
NEWS = "To kommuner overvejer at være med. De inviteres til næste møde i koordinationsgruppen."


def write_up(held: Sequence[Meeting], days: Days) -> None:
    """Write, release and approve the minutes of the meetings; the latest wait for the next meeting to approve them."""
    for earlier, later in pairwise(held):
        _write(earlier)
        agendas.lay_agenda(meeting=later, kinds=[AgendaItem.Kind.MINUTES])
        minutes.approve_minutes(meeting=earlier, at=later, by=who("forretningsleder"))
    latest = held[-1]
    news = agendas.add_point(meeting=latest, title=TALKED_OF)
    for what, owner, due in (
        (f"{MARK}Inviter de to kommuner", "sekretariat", days.ago(-12)),
        (f"{MARK}Send regnskabet til revisoren", "forretningsleder", days.ago(4)),
    ):
        action_items.agree_action(
            body=latest.body, item=news, what=what, owner=who(owner), due=due, by=who("forretningsleder")
        )
    _write(latest)


def _write(meeting: Meeting) -> None:
    for item in meeting.items.filter(withdrawn_at__isnull=True).exclude(kind=AgendaItem.Kind.MINUTES):
        text = NEWS if item.title == TALKED_OF else SAID
        minutes.write_entry(item=item, version=0, text=text, by=who("forretningsleder"))
    minutes.release_minutes(meeting=meeting, by=who("formand"))
