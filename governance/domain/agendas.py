"""What is on an agenda and in which order (meetings.md). Sending it is in agenda_editions.py.

Numbers may change until the agenda is sent, never after: what comes then comes last and is marked as late. A number
stays when its item is withdrawn.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from governance.effects import registry
from governance.models import AgendaItem, Body, Case, Meeting
from governance.refusals import NotReady, Refusal, Stale, WrongStage, raise_if

from .action_items import open_actions

Kind = AgendaItem.Kind

# The order in which an agenda is laid: the last minutes first, the portfolio, the cases, what comes back by itself.
LAID_IN = (
    Kind.MINUTES,
    Kind.PORTFOLIO,
    Kind.INITIATIVE,
    Kind.CASE,
    Kind.CONDITIONS,
    Kind.DEVIATIONS,
    Kind.REPORTS,
    Kind.ACTIONS,
    Kind.STANDING,
)
# Of these there is one on an agenda at most; their lines are worked out anew whenever the agenda is read.
BY_ITSELF = (Kind.MINUTES, Kind.PORTFOLIO, Kind.CONDITIONS, Kind.DEVIATIONS, Kind.REPORTS, Kind.ACTIONS)
MINUTES_FOR = {Kind.MINUTES: 5, Kind.PORTFOLIO: 20, Kind.REPORTS: 10, Kind.ACTIONS: 10, Kind.STANDING: 5}
OTHERWISE = 15
# Higher than any number that an agenda comes to; items stand there while they change places.
ASIDE = 10_000


# ---------------------------------------------------------------- what an agenda could have
def minutes_to_approve(meeting: Meeting) -> Meeting | None:
    """The body's latest earlier meeting, if its minutes are not approved yet."""
    earlier = Meeting.objects.filter(
        body=meeting.body_id, procedure=Meeting.Procedure.MEETING, starts_at__lt=meeting.starts_at
    )
    last = earlier.select_related("body").order_by("-starts_at", "-pk").first()
    return last if last is not None and last.minutes_approved_at is None else None


def kinds_to_lay(meeting: Meeting) -> dict[str, int]:
    """The kinds that fill themselves and have something to say at this meeting, with how many lines each has.

    The whole portfolio is the board's; the others get what belongs to their own initiatives.
    """
    there = set(meeting.items.filter(withdrawn_at__isnull=True).values_list("kind", flat=True))
    counts = {
        Kind.MINUTES: 1 if minutes_to_approve(meeting) else 0,
        Kind.PORTFOLIO: 1 if meeting.body.kind == Body.Kind.BOARD else 0,
        **{kind: len(source(meeting.body, meeting.date)) for kind, source in registry.agenda_lines.items()},
        Kind.ACTIONS: open_actions(meeting.body, meeting.date).count(),
    }
    return {kind: counts[kind] for kind in BY_ITSELF if counts.get(kind) and kind not in there}


def heading_of(kind: str, meeting: Meeting) -> str:
    """What a point that fills itself is called on this agenda; empty where the kind says it."""
    before = minutes_to_approve(meeting) if kind == Kind.MINUTES else None
    if before is None:
        return ""
    return _("Godkendelse af referatet fra %(day)s") % {"day": date_format(before.date, "DATE_FORMAT")}


# ---------------------------------------------------------------- putting on
@transaction.atomic
def lay_agenda(
    *, meeting: Meeting, kinds: Iterable[str] = BY_ITSELF, cases: Iterable[Case] = (), closing: str = ""
) -> list[AgendaItem]:
    """Put on what fills itself (of the `kinds` asked for), the ready cases given, and a last standing item.

    Raises WrongStage when a case cannot be taken. What has nothing to say, or stands there already, is left out.
    """
    meeting = locked(meeting)
    wanted = set(kinds)
    found = [kind for kind in kinds_to_lay(meeting) if kind in wanted]
    new = [AgendaItem(kind=kind, title=heading_of(kind, meeting), minutes=_minutes(kind)) for kind in found]
    new += [AgendaItem(kind=Kind.CASE, case=_ready_case(meeting, case), minutes=OTHERWISE) for case in cases]
    is_there = meeting.items.filter(kind=Kind.STANDING, title=closing, withdrawn_at__isnull=True).exists()
    if closing and not is_there:
        new.append(AgendaItem(kind=Kind.STANDING, title=closing, minutes=_minutes(Kind.STANDING)))
    return _put(meeting, new)


@transaction.atomic
def put_on_agenda(*, meeting: Meeting, case: Case, minutes: int = OTHERWISE) -> AgendaItem:
    """Put a ready case on a meeting's agenda: after the other cases, or last once the agenda is sent.

    Raises WrongStage when the case is not ready or belongs to another body; the assembly takes the board's cases.
    """
    meeting = locked(meeting)
    return _put(meeting, [AgendaItem(kind=Kind.CASE, case=_ready_case(meeting, case), minutes=minutes)])[0]


@transaction.atomic
def add_point(*, meeting: Meeting, title: str, minutes: int = OTHERWISE, is_closed: bool = False) -> AgendaItem:
    """Add a point without a case. Raises NotReady without a heading, WrongStage after the meeting."""
    meeting = locked(meeting)
    raise_if(NotReady, _reasons_against_heading(title))
    raise_if(WrongStage, _reasons_against_adding(meeting))
    point = AgendaItem(kind=Kind.STANDING, title=title.strip(), minutes=minutes, is_closed=is_closed)
    return _put(meeting, [point])[0]


@transaction.atomic
def add_initiative(*, meeting: Meeting, subject: str, title: str) -> AgendaItem:
    """Make a point of an initiative that a member wants to talk about; the same point however many ask for it."""
    meeting = locked(meeting)
    there = meeting.items.filter(kind=Kind.INITIATIVE, subject=subject, withdrawn_at__isnull=True).first()
    if there is not None:
        return there
    raise_if(WrongStage, _reasons_against_adding(meeting))
    point = AgendaItem(kind=Kind.INITIATIVE, subject=subject, title=title[:200], minutes=OTHERWISE)
    return _put(meeting, [point])[0]


@transaction.atomic
def change_point(*, item: AgendaItem, title: str, minutes: int, is_closed: bool) -> AgendaItem:
    """Change a point's heading, time and whether it is closed. A case keeps its own title.

    Raises WrongStage once it is decided or taken off, NotReady when a standing point loses its heading.
    """
    item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    raise_if(WrongStage, _reasons_against_changing(item))
    if item.kind == Kind.STANDING:
        raise_if(NotReady, _reasons_against_heading(title))
    if item.kind in (Kind.STANDING, Kind.INITIATIVE):
        item.title = title.strip()
    item.minutes, item.is_closed = minutes, is_closed
    item.save(update_fields=["title", "minutes", "is_closed"])
    return item


@transaction.atomic
def withdraw_item(*, item: AgendaItem) -> AgendaItem:
    """Take an item off an agenda. The others keep their numbers. Raises WrongStage when it is decided or taken off."""
    item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    raise_if(WrongStage, _reasons_against_changing(item))
    item.withdrawn_at = timezone.now()
    item.save(update_fields=["withdrawn_at"])
    return item


# ---------------------------------------------------------------- the order
@transaction.atomic
def arrange_agenda(*, meeting: Meeting, order: Sequence[int], minutes: Mapping[int, int]) -> list[AgendaItem]:
    """Give the items their order and their minutes; `order` names every item of the agenda once.

    Raises Stale when somebody has put on or taken off an item meanwhile, WrongStage when the order would change after
    the agenda was sent.
    """
    meeting = locked(meeting)
    items = {item.pk: item for item in meeting.items.select_for_update(of=("self",)).order_by("number")}
    if sorted(order) != sorted(items):
        raise Stale(Refusal("agenda_changed", _("Dagsordenen er ændret, mens du ordnede den. Se den, og ordn igen.")))
    if meeting.published_at is not None and list(order) != list(items):
        message = _("Dagsordenen er sendt, så numrene ligger fast. Du kan stadig ændre minutterne.")
        raise WrongStage(Refusal("agenda_sent", message))
    arranged = [items[pk] for pk in order]
    for item in arranged:
        item.minutes = minutes.get(item.pk, item.minutes)
    AgendaItem.objects.bulk_update(arranged, ["minutes"])
    _number(meeting, arranged)
    return arranged


def locked(meeting: Meeting) -> Meeting:
    """The meeting's row, locked: whoever changes an agenda or marks on it waits for the other."""
    return Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)


def _put(meeting: Meeting, new: Sequence[AgendaItem]) -> list[AgendaItem]:
    """Save new items of the (locked) meeting: where their kind belongs, or last and late once the agenda is sent."""
    is_sent = meeting.published_at is not None
    is_late = is_sent or (meeting.agenda_due is not None and timezone.localdate() > meeting.agenda_due)
    arranged = list(meeting.items.order_by("number"))
    for offset, item in enumerate(new, start=1):
        item.meeting, item.is_late, item.number = meeting, is_late, ASIDE * 2 + offset
        item.save()
        arranged.insert(len(arranged) if is_sent else _place_of(item, arranged), item)
    _number(meeting, arranged)
    return list(new)


def _place_of(item: AgendaItem, arranged: Sequence[AgendaItem]) -> int:
    """Before the first item that belongs later; what people have moved by hand stays where they put it."""
    rank = LAID_IN.index(Kind(item.kind))
    later = (place for place, other in enumerate(arranged) if LAID_IN.index(Kind(other.kind)) > rank)
    return next(later, len(arranged))


def _number(meeting: Meeting, arranged: Sequence[AgendaItem]) -> None:
    """Number the items from 1 in the order given. They step aside first: no two may have a number at any moment."""
    if [item.number for item in arranged] == list(range(1, len(arranged) + 1)):
        return
    meeting.items.filter(number__lt=ASIDE).update(number=F("number") + ASIDE)
    for number, item in enumerate(arranged, start=1):
        item.number = number
    AgendaItem.objects.bulk_update(arranged, ["number"])


def _minutes(kind: str) -> int:
    return MINUTES_FOR.get(Kind(kind), OTHERWISE)


def _ready_case(meeting: Meeting, case: Case) -> Case:
    case = Case.objects.select_for_update(of=("self",)).select_related("body").get(pk=case.pk)
    if case.status != Case.Status.READY:
        raise WrongStage(
            Refusal("case_not_ready", _("Sagen er ikke klar. Gør den klar, før den sættes på dagsordenen."))
        )
    if case.body_id != meeting.body_id and not (case.body.decides_as_board and meeting.body.decides_as_board):
        raise WrongStage(
            Refusal("other_body", _("Sagen hører til %(body)s. Vælg et af dens møder.") % {"body": case.body})
        )
    if meeting.items.filter(case=case).exists():
        raise WrongStage(Refusal("already_on_agenda", _("Sagen står allerede på mødets dagsorden.")))
    return case


def _reasons_against_heading(title: str) -> list[Refusal]:
    return [] if title.strip() else [Refusal("title_missing", _("Skriv punktets overskrift."))]


def _reasons_against_adding(meeting: Meeting) -> list[Refusal]:
    if meeting.minutes_released_at is None:
        return []
    return [Refusal("meeting_closed", _("Mødets referat er frigivet. Sæt punktet på det næste møde."))]


def _reasons_against_changing(item: AgendaItem) -> list[Refusal]:
    refusals = []
    if item.decisions.exists():
        refusals.append(Refusal("already_decided", _("Punktet er afgjort og kan ikke ændres.")))
    if item.withdrawn_at is not None:
        refusals.append(Refusal("already_withdrawn", _("Punktet er trukket i forvejen.")))
    return refusals
