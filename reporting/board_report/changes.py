"""Since last time: moves through the stages, changes of level, conditions, lights and reports."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portfolio.models import LIVE_STAGES, LifecycleEvent, Stage
from reporting.frozen import Changes, ConditionState, EventState, SnapshotData, SnapshotInitiative

from . import words
from .figures import Station, stage_flow
from .front import taken_on

Kind = LifecycleEvent.Kind


@dataclass(frozen=True, slots=True)
class EventRow:
    """One move, as the table says it."""

    on: str
    name: str
    what: str
    before: str
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """A condition in a table: whose, which, granted when, due when, and how long that is."""

    name: str
    anchor: str
    code: str
    title: str
    granted: str
    due: str
    left: str
    responsible: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class ChangesSection:
    """The section; `lede` says it all in a sentence. Without a snapshot before there is no figure and no table."""

    has_before: bool
    lede: str
    figure: SafeString
    events: tuple[EventRow, ...]
    overdue: tuple[ConditionRow, ...]
    met: tuple[tuple[str, str], ...]


def changes_of(content: SnapshotData) -> ChangesSection:
    """What has happened since the snapshot before."""
    changes = content.changes
    overdue = tuple(condition_row(i, c, taken_on(content)) for i in content.live for c in i.overdue_conditions)
    if changes is None:
        lede = _("Det er det første øjebliksbillede, så der er intet at sammenligne med.")
        return ChangesSection(False, lede, SafeString(), (), overdue, ())
    return ChangesSection(
        has_before=True,
        lede=_lede(content, changes),
        figure=_figure(content, changes),
        events=tuple(_event(event) for event in changes.events),
        overdue=overdue,
        met=tuple((met.name, f"{met.code} {met.title}") for met in changes.met_conditions),
    )


def condition_row(initiative: SnapshotInitiative, condition: ConditionState, today: date) -> ConditionRow:
    """A condition with how long is left."""
    due = condition.until
    return ConditionRow(
        name=initiative.name,
        anchor=anchor_of(initiative),
        code=condition.code,
        title=condition.title,
        granted=words.day(condition.granted_on),
        due=words.day(due),
        left=words.days_left(due, today) if due else words.DASH,
        responsible=condition.responsible,
        is_overdue=condition.state == "overdue",
    )


def anchor_of(initiative: SnapshotInitiative) -> str:
    """An initiative's place in the report, empty when it has none of its own."""
    kinds = {Stage.PROJECT: "projekt", Stage.PRODUCT: "produkt"}
    kind = kinds.get(Stage(initiative.stage))
    return f"{kind}-{initiative.slug}" if kind and not initiative.is_function else ""


def _lede(content: SnapshotData, changes: Changes) -> str:
    moves = Counter(_sort(event) for event in changes.events)
    found = [
        ngettext("%(n)d ny idé", "%(n)d nye idéer", moves["new"]) % {"n": moves["new"]},
        ngettext("%(n)d skift af stadie", "%(n)d skift af stadie", moves["stage"]) % {"n": moves["stage"]},
        ngettext("%(n)d skift af niveau", "%(n)d skift af niveau", moves["level"]) % {"n": moves["level"]},
        ngettext("%(n)d afsluttet", "%(n)d afsluttede", moves["ended"]) % {"n": moves["ended"]},
        ngettext("%(n)d registreret fra før portalen", "%(n)d registrerede fra før portalen", moves["registered"])
        % {"n": moves["registered"]},
    ]
    told = [sentence for sentence in found if not sentence.startswith("0 ")]
    period = _("Fra %(from)s til %(to)s") % {
        "from": words.written(timezone.localdate(changes.taken_at)),
        "to": words.written(taken_on(content)),
    }
    return f"{period}: {words.listed(told)}." if told else f"{period}: {_('ingen ændringer af stadie eller niveau')}."


def _sort(event: EventState) -> str:
    if event.kind == Kind.STAGE:
        if event.transition == "submit":
            return "new"
        return "stage" if event.after in LIVE_STAGES else "ended"
    return "level" if event.kind == Kind.LEVEL and event.before else event.kind


def _figure(content: SnapshotData, changes: Changes) -> SafeString:
    now = Counter(i.stage for i in content.counted)
    before: Counter[str] = Counter()
    for place in changes.counts_before:
        before[place.stage] += place.count
    moved = Counter((event.before, event.after) for event in changes.events if event.kind == Kind.STAGE)
    left = {
        stage: sum(n for (a, b), n in moved.items() if a == stage and b not in LIVE_STAGES) for stage in LIVE_STAGES
    }
    stations, said = [], []
    source = ""
    for stage in LIVE_STAGES:
        arrived = moved[source, stage]
        label = capfirst(words.stage(stage))
        stations.append(
            Station(
                label=label,
                now=now[stage],
                before=_("før %(count)d") % {"count": before[stage]},
                arrived=arrived,
                arrived_label=f"+{arrived}" if arrived and not source else str(arrived),
                left_label=_("%(count)d afsluttet") % {"count": left[stage]} if left[stage] else "",
            )
        )
        said.append(
            _("%(stage)s: nu %(now)d, før %(before)d") % {"stage": label, "now": now[stage], "before": before[stage]}
        )
        if arrived:
            said.append(_("%(count)d kom til") % {"count": arrived})
        source = stage
    return stage_flow(stations, title=_("Vejen gennem stadierne. %(figures)s.") % {"figures": "; ".join(said)})


def _event(event: EventState) -> EventRow:
    before, after = _ends(event)
    who = event.decided_by
    if event.case_number:
        who = _("%(body)s, sag %(number)s") % {"body": who, "number": event.case_number}
    return EventRow(
        on=words.day(event.on),
        name=event.name,
        what=_what(event),
        before=before,
        after=after,
        why=": ".join(part for part in (who, words.first_sentence(event.reason)) if part) or words.DASH,
    )


def _what(event: EventState) -> str:
    if event.kind == Kind.STAGE and event.transition == "submit":
        return _("ny idé")
    if event.kind == Kind.LEVEL and not event.before:
        return _("indplaceret")
    return words.event_kind(event.kind)


def _ends(event: EventState) -> tuple[str, str]:
    if event.kind in (Kind.STAGE, Kind.REGISTERED):
        return words.stage(event.before) or words.DASH, words.stage(event.after) or words.DASH
    if event.kind == Kind.LEVEL:
        return _level(event.before), _level(event.after)
    return event.before or words.DASH, event.after or words.DASH


def _level(code: str) -> str:
    return words.level_short(int(code)) if code.isdecimal() else code or words.DASH
