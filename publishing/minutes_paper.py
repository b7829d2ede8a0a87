"""Public minutes as a paper, from the frozen values and nothing else."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from publishing.public_record import PublicItem, PublicMinutes
from reporting.papers.minutes import subtitle_of, written
from reporting.papers.paper import Fact, Paper, Part, Section


def public_paper(minutes: PublicMinutes, published_at: datetime) -> Paper:
    """The paper of an edition, in Danish."""
    with translation.override("da"):
        facts = [Fact(_("Godkendt"), written(minutes.approved_on))]
        if minutes.attended:
            facts.append(Fact(_("Til stede"), "; ".join(minutes.attended)))
        of_all = [note for note in minutes.corrections if note.item is None]
        last = Section(_("Rettelser"), parts=tuple(_note(note) for note in of_all))
        return Paper(
            title=_("Referat"),
            subtitle=subtitle_of(minutes.body, minutes.held_on),
            audience=_("%(body)s, %(day)s. Offentlig udgave") % {"body": minutes.body, "day": written(minutes.held_on)},
            made_of=_("Offentliggjort %(day)s") % {"day": written(timezone.localdate(published_at))},
            made_at=timezone.localtime(published_at).isoformat(timespec="seconds"),
            facts=tuple(facts),
            sections=(*(_section(item, minutes) for item in minutes.items), *([last] if of_all else [])),
        )


def _section(item: PublicItem, minutes: PublicMinutes) -> Section:
    if item.is_closed:
        return Section(_("Lukket punkt"), item.number)
    if item.is_withdrawn:
        return Section(_("Trukket"), item.number)
    parts = [*(Part(text=sentence) for sentence in item.settled)]
    if item.text:
        parts.append(Part(text=item.text))
    for decision in item.decisions:
        words = {"number": decision.number, "outcome": decision.outcome_label}
        heading = _("Beslutning %(number)s: %(outcome)s") % words
        parts.append(Part(heading, text=decision.text, items=tuple(_more(decision)), is_boxed=True))
    parts.extend(_note(note) for note in minutes.corrections if note.item == item.number)
    return Section(item.heading, item.number, parts=tuple(parts))


def _more(decision) -> Iterable[str]:
    if decision.reason:
        yield _("Grund: %(reason)s") % {"reason": capfirst(decision.reason_label)}
    for condition in decision.conditions:
        yield _("Vilkår: %(condition)s") % {"condition": condition}


def _note(note) -> Part:
    return Part(_("Rettelse %(day)s") % {"day": written(note.written_on)}, text=note.text)
