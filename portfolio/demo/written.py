"""The demo's written procedure: open for nine more days, and two members of the board have voted."""

from governance.domain import agenda_editions, agendas, ballots, cases, meetings
from governance.models import EffectKind, Meeting

from .board import the_board
from .content import MARK, texts
from .days import Days, at
from .people import who


def ask_in_writing(days: Days) -> Meeting:
    """A case that does not wait for the next board meeting."""
    manager, said = who("forretningsleder"), dict(texts()["cases"]["handleplan"])
    decides, title = said.pop("decides"), said.pop("title")
    case = cases.open_case(
        title=MARK + title,
        body=the_board(),
        responsible=manager,
        by=manager,
        effects=[(EffectKind.OTHER, {"text": decides})],
        **said,
    )
    case = cases.make_ready(case=case)
    meeting = meetings.plan_meeting(
        body=the_board(),
        procedure=Meeting.Procedure.WRITTEN,
        starts_at=at(days.ago(2), 9),
        ends_at=at(days.ago(-9), 12),
    )
    item = agendas.put_on_agenda(meeting=meeting, case=case)
    agenda_editions.publish_agenda(meeting=meeting, by=manager)
    for key, choice in (("naestformand", "for"), ("bestyrelse.vejen", "against")):
        ballots.cast_ballot(item=item, choice=choice, case_version=case.version, by=who(key))
    return meeting
