"""What has happened since the snapshot before: moves on the record, lights that changed, conditions delivered."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from portfolio.models import LifecycleEvent
from reporting import frozen


def changes_since(
    previous: frozen.SnapshotData, now: Sequence[frozen.SnapshotInitiative], *, until: datetime
) -> frozen.Changes:
    """Everything between the snapshot before and the one that is being taken."""
    before = {initiative.slug: initiative for initiative in previous.initiatives}
    pairs = [(before[i.slug], i) for i in now if i.slug in before]
    return frozen.Changes(
        number=previous.number,
        taken_at=previous.taken_at,
        events=_events(after=previous.taken_at, until=until),
        lights=tuple(change for pair in pairs for change in _lights(*pair)),
        met_conditions=tuple(met for pair in pairs for met in _met(*pair)),
        counts_before=tuple(
            frozen.PlaceCount(level, stage, count)
            for (stage, level), count in Counter((i.stage, i.level) for i in previous.counted).items()
        ),
    )


def _lights(before: frozen.SnapshotInitiative, now: frozen.SnapshotInitiative) -> Iterable[frozen.LightChange]:
    if before.report is None or now.report is None or before.report == now.report:
        return
    for light in now.report.lights:
        earlier = before.report.light(light.area)
        if earlier is not None and earlier.light != light.light:
            yield frozen.LightChange(now.slug, now.name, light.area, earlier.light, light.light, light.reason)


def _met(before: frozen.SnapshotInitiative, now: frozen.SnapshotInitiative) -> Iterable[frozen.MetCondition]:
    were_open = {condition.code for condition in before.open_conditions}
    for condition in now.conditions:
        if condition.state == "met" and condition.code in were_open:
            yield frozen.MetCondition(now.slug, now.name, condition.code, condition.title)


def _events(*, after: datetime, until: datetime) -> tuple[frozen.EventState, ...]:
    rows = (
        LifecycleEvent.objects.filter(recorded_at__gt=after, recorded_at__lte=until)
        .select_related("initiative", "decision__body", "decision__case", "by__organisation")
        .order_by("recorded_at", "pk")
    )
    return tuple(
        frozen.EventState(
            initiative=row.initiative.slug,
            name=row.initiative.name,
            kind=row.kind,
            before=row.before,
            after=row.after,
            on=row.happened_on,
            transition=row.transition,
            reason=row.reason,
            decided_by=_decided_by(row),
            case_number=row.decision.case.number if row.decision else "",
        )
        for row in rows
    )


def _decided_by(event: LifecycleEvent) -> str:
    if event.decision is not None:
        return event.decision.body.name
    return event.by.function_label if event.by else ""
