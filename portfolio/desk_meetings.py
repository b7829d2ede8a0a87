"""What waits for those who vote: agendas that are sent and not read through (desk.py)."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Exists, IntegerField, OuterRef, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import AgendaItem, ItemRead, Meeting, Membership
from governance.standing import Standing

from .desk import Section, Subject, Task, section


def reading_desk(standing: Standing) -> tuple[Section, ...]:
    """The meetings to read and mark for, soonest first; nothing for those who vote nowhere."""
    bodies = [s.body_id for s in standing.seats if s.has_vote and s.function != Membership.Function.DEPUTY]
    if not bodies:
        return ()
    to_read = section("reading", _("Læs og markér til mødet"), _to_read(standing, bodies))
    return (to_read,) if to_read.total else ()


def _to_read(standing: Standing, bodies: list[int]) -> Iterable[Task]:
    ahead = Meeting.objects.filter(body__in=bodies, published_at__isnull=False, ends_at__gte=timezone.now())
    version = Coalesce("case__version", Value(0), output_field=IntegerField())
    read = ItemRead.objects.filter(item=OuterRef("pk"), person=standing.user_id, case_version=OuterRef("version"))
    items = AgendaItem.objects.filter(meeting__in=ahead, withdrawn_at__isnull=True).annotate(version=version)
    unread = Counter(items.filter(~Exists(read)).values_list("meeting", flat=True))
    for meeting in ahead.select_related("body"):
        count = unread[meeting.pk]
        if count:
            text = ngettext("%(count)d ulæst punkt.", "%(count)d ulæste punkter.", count) % {"count": count}
            url = reverse("governance:reading", args=[meeting.pk])
            yield Task(Subject(str(meeting), url), text, _("Læs og markér"), url, deadline=meeting.date)
