"""Finding published decisions and minutes. Reads the published rows and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Max, OuterRef, QuerySet, Subquery

from governance.danish import sort_key
from publishing.models import PublishedDecision, PublishedMinutes
from publishing.public import PublicInitiative


@dataclass(frozen=True, slots=True)
class LogChoices:
    """What there is to choose among in the public log."""

    years: tuple[int, ...]
    bodies: tuple[str, ...]
    initiatives: tuple[tuple[str, str], ...]
    outcomes: frozenset[str]


def choices_of_log() -> LogChoices:
    """The choices; one query."""
    rows = PublishedDecision.objects.current().order_by()
    years, bodies, outcomes, names = set(), set(), set(), {}
    for day, body, outcome, slug, name in rows.values_list(
        "decided_on", "body", "outcome", "initiative", "data__initiative_name"
    ):
        years.add(day.year)
        bodies.add(body)
        outcomes.add(outcome)
        if slug:
            names[slug] = name
    return LogChoices(
        years=tuple(sorted(years, reverse=True)),
        bodies=tuple(sorted(bodies, key=sort_key)),
        initiatives=tuple(sorted(names.items(), key=lambda pair: sort_key(pair[1]))),
        outcomes=frozenset(outcomes),
    )


def log(chosen: dict[str, str]) -> QuerySet[PublishedDecision]:
    """The public decisions that the choices find, the latest first."""
    rows = PublishedDecision.objects.current().matching(chosen["q"])
    if chosen["aar"]:
        rows = rows.filter(decided_on__year=int(chosen["aar"]))
    if chosen["organ"]:
        rows = rows.filter(body=chosen["organ"])
    if chosen["initiativ"]:
        rows = rows.filter(initiative=chosen["initiativ"])
    if chosen["udfald"]:
        rows = rows.filter(outcome=chosen["udfald"])
    return rows.order_by("-decided_on", "-pk")


def withdrawn() -> QuerySet[PublishedDecision]:
    """What was taken back and is not public again: for its number and its days."""
    newest = PublishedDecision.objects.filter(number=OuterRef("number")).order_by("-pk").values("pk")[:1]
    rows = PublishedDecision.objects.filter(withdrawal__isnull=False, pk=Subquery(newest))
    return rows.select_related("withdrawal")


def without_withdrawn(items: Iterable[PublicInitiative]) -> list[PublicInitiative]:
    """The initiatives without the decisions that were taken back: a snapshot knows nothing of that."""
    items = list(items)
    numbers = {decision.number for item in items for decision in item.decisions}
    gone = set(withdrawn().values_list("number", flat=True)) if numbers else set()
    return [replace(item, decisions=tuple(d for d in item.decisions if d.number not in gone)) for item in items]


def current_minutes() -> QuerySet[PublishedMinutes]:
    """The newest edition of each meeting's public minutes, the latest meeting first."""
    rows = PublishedMinutes.objects.order_by().values("meeting").annotate(last=Max("pk"))
    return PublishedMinutes.objects.filter(pk__in=rows.values("last")).order_by("-held_on", "-pk")
