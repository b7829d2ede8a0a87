"""What the tests of agendas and of reading ahead stand on."""

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from governance.domain import reading
from governance.domain.reading import Mark
from governance.models import AgendaItem, Position


def sent(meeting):
    """The meeting as if its agenda had been sent."""
    meeting.published_at = timezone.now()
    meeting.agenda_edition = 1
    meeting.save()
    return meeting


def mark(item, person, kind=Position.Kind.PRE_APPROVED, word="", version=None):
    """Mark one item; the version is the case's own unless given."""
    item = AgendaItem.objects.select_related("case", "meeting").get(pk=item.pk)
    version = (item.case.version if item.case else 0) if version is None else version
    queue = [Mark(item_id=item.pk, kind=kind, word=word, case_version=version)]
    return reading.mark_items(meeting=item.meeting, marks=queue, by=person)


def queued(task):
    """What a task waits to be done with, in the order it was asked for."""
    rows = DBTaskResult.objects.filter(task_path=task.module_path).order_by("enqueued_at")
    return [row.args_kwargs["kwargs"] for row in rows]
