"""The minutes as a paper: for the body's members, with closed points. The public version is publishing's."""

from collections.abc import Iterable

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from governance.minutes import Correction, DecisionLine, Minutes, MinutesItem, corrections_of, minutes_of
from governance.models import Meeting

from .paper import Fact, Paper, Part, Section


def minutes_paper(meeting: Meeting) -> Paper:
    """The minutes of a meeting as they are now, in Danish."""
    with translation.override("da"):
        minutes, corrections = minutes_of(meeting), corrections_of(meeting)
        return Paper(
            title=_("Referat"),
            subtitle=subtitle_of(minutes.body, minutes.held_on),
            audience=_("%(body)s, %(day)s. Til medlemmerne, ikke offentligt")
            % {"body": minutes.body, "day": written(minutes.held_on)},
            made_of=_state(meeting),
            made_at=timezone.localtime(_changed_at(meeting)).isoformat(timespec="seconds"),
            facts=tuple(Fact(label, text) for label, text in _facts(minutes)),
            sections=tuple(_sections(minutes, corrections)),
        )


def subtitle_of(body: str, day) -> str:
    """Which body's meeting, on which day."""
    words = {"body": body, "day": date_format(day, "LONG_DATE_FORMAT")}
    return _("%(body)s, %(day)s") % words


def written(day) -> str:
    """A day in a sentence."""
    return date_format(day, "DATE_FORMAT")


def _changed_at(meeting: Meeting):
    return meeting.minutes_approved_at or meeting.minutes_released_at or meeting.ends_at


def _state(meeting: Meeting) -> str:
    if meeting.minutes_approved_on is not None:
        return _("Godkendt på mødet %(day)s") % {"day": written(meeting.minutes_approved_on.date)}
    if meeting.minutes_released_at is not None:
        released = written(timezone.localdate(meeting.minutes_released_at))
        return _("Frigivet %(day)s, ikke godkendt endnu") % {"day": released}
    return _("Kladde, ikke frigivet")


def _facts(minutes: Minutes) -> Iterable[tuple[str, str]]:
    start, end = timezone.localtime(minutes.starts_at), timezone.localtime(minutes.ends_at)
    times = {"start": date_format(start, "TIME_FORMAT"), "end": date_format(end, "TIME_FORMAT")}
    if start.date() == end.date():
        yield _("Tid"), _("Kl. %(start)s til %(end)s") % times
    if minutes.place:
        yield _("Sted"), minutes.place
    if minutes.minute_taker:
        yield _("Referent"), minutes.minute_taker
    if minutes.represented is not None:
        yield _("Repræsenteret"), _("%(count)d medlemmer") % {"count": minutes.represented}
    elif minutes.attended:
        words = {"here": minutes.taking_part, "all": minutes.voting_seats}
        yield _("Stemmeret"), _("%(here)d af %(all)d deltog") % words
    present = [seat for seat in minutes.attended if seat.is_present]
    away = [seat for seat in minutes.attended if not seat.is_present]
    if present:
        yield _("Til stede"), "; ".join(_with_deputy(seat.label, seat.stands_in_for) for seat in present)
    if away:
        yield _("Fraværende"), "; ".join(f"{seat.label} ({seat.status_label})" for seat in away)


def _with_deputy(label: str, stands_in_for: str) -> str:
    if not stands_in_for:
        return label
    return _("%(seat)s i stedet for %(absent)s") % {"seat": label, "absent": stands_in_for}


def _sections(minutes: Minutes, corrections: Iterable[Correction]) -> Iterable[Section]:
    notes = list(corrections)
    for item in minutes.items:
        yield _section(item, [note for note in notes if note.item == item.number])
    for decision in minutes.others:
        yield Section(decision.title, parts=tuple(_decision_parts(decision)))
    if minutes.actions:
        yield Section(_("Andre opgaver"), parts=(Part(items=tuple(_action(each) for each in minutes.actions)),))
    of_all = [note for note in notes if note.item is None]
    if of_all:
        yield Section(_("Rettelser"), parts=tuple(_note(note) for note in of_all))


def _section(item: MinutesItem, notes: Iterable[Correction]) -> Section:
    if item.is_withdrawn:
        return Section(item.heading, item.number, kicker=_("Trukket"))
    kicker = [capfirst(item.purpose_label)] if item.purpose else []
    if item.case_number:
        kicker.append(_("sag %(number)s") % {"number": item.case_number})
    if not item.is_public:
        kicker.append(_("lukket punkt"))
    parts = [Part(text=sentence) for sentence in item.settled]
    if item.text:
        parts.append(Part(text=item.text))
    for decision in item.decisions:
        parts.extend(_decision_parts(decision))
    if item.actions:
        parts.append(Part(_("Opgaver"), items=tuple(_action(action) for action in item.actions)))
    parts.extend(_note(note) for note in notes)
    return Section(item.heading, item.number, kicker=capfirst(", ".join(kicker)), parts=tuple(parts))


def _decision_parts(decision: DecisionLine) -> Iterable[Part]:
    words = {"number": decision.number, "outcome": decision.outcome_label}
    yield Part(_("Beslutning %(number)s: %(outcome)s") % words, text=decision.text, is_boxed=True)
    more = []
    if decision.reason:
        more.append(_("Grund: %(reason)s") % {"reason": decision.reason_label})
    if decision.method:
        words = {"method": decision.method_label, "tally": decision.tally}
        more.append((_("Afgjort ved %(method)s: %(tally)s") if decision.tally else _("Afgjort ved %(method)s")) % words)
    more.extend(f"{vote.label}: {vote.choice_label}" for vote in decision.votes)
    more.extend(_("Inhabil: %(who)s") % {"who": who} for who in decision.disqualified)
    more.extend(_("Vilkår: %(condition)s") % {"condition": each} for each in decision.conditions)
    more.extend(decision.carried_out)
    if more:
        yield Part(items=tuple(more))


def _action(action) -> str:
    words = {"what": action.what, "who": action.owner, "day": written(action.due)}
    return _("%(what)s (%(who)s, senest %(day)s)") % words


def _note(note: Correction) -> Part:
    words = {"day": written(note.written_on), "who": note.author}
    return Part(_("Rettelse %(day)s, %(who)s") % words, text=note.text)
