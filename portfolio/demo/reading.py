"""Before the demo's next board meeting: the agenda is sent, most have read it, one has flagged, one question waits."""

from django_tasks_db.models import DBTaskResult

from governance.agenda_letters import send_agenda
from governance.domain import agenda_editions, agendas, reading, remarks
from governance.domain.reading import Mark
from governance.domain.remarks import Said
from governance.models import AgendaItem, Meeting, Position, Remark

from .people import who

READERS = ("formand", "naestformand", "bestyrelse.gladsaxe", "bestyrelse.vejen")
FLAGS = "bestyrelse.guldborgsund"
CLOSING = "Eventuelt"
WHY = "Hvem passer vagtplanen om sommeren?"
QUESTION = "Hvad koster driften om året, når projektet er slut?"


def read_ahead(meeting: Meeting) -> None:
    """Lay and send the agenda, and let all but one of the members read it. Nobody gets a letter from the demo."""
    agendas.lay_agenda(meeting=meeting, closing=CLOSING)
    edition = agenda_editions.publish_agenda(meeting=meeting, by=who("forretningsleder"))
    letters = DBTaskResult.objects.filter(task_path=send_agenda.module_path)
    letters.filter(args_kwargs__kwargs__edition_id=edition.pk).delete()
    cases = list(meeting.items.filter(kind=AgendaItem.Kind.CASE).select_related("case").order_by("number"))
    first = cases[0]
    for key in READERS:
        _mark(meeting, first, Position.Kind.PRE_APPROVED, key=key)
    _mark(meeting, first, Position.Kind.FLAGGED, key=FLAGS, word=WHY)
    said = Said(item_id=first.pk, text=QUESTION, kind=Remark.Kind.QUESTION)
    remarks.make_remark(said=said, by=who(FLAGS))


def _mark(meeting: Meeting, item: AgendaItem, kind: str, *, key: str, word: str = "") -> None:
    version = item.case.version if item.case else 0
    reading.mark_items(meeting=meeting, marks=[Mark(item.pk, kind, word, version)], by=who(key))
