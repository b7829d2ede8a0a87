"""The small dated facts about initiatives, of many kinds, read in one query: each is a line of the same few columns.

They are what a gate asks about and nobody writes much into: who takes part, uses, owns, was talked with, was deferred.
Read one by one they would cost every page a query each.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    Expression,
    F,
    Field,
    IntegerField,
    Model,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat

from .models import (
    Adoption,
    Appointment,
    Deferral,
    DescriptionApproval,
    DialogueNote,
    Initiative,
    LifecycleEvent,
    MandatoryPoint,
    MilestonePassed,
    Participation,
    PointAnswer,
    PointDeferral,
    StatedFact,
)

# Up to here the rows are named one by one; above, the span of their keys is read and the rest is left lying.
NAMED_ONE_BY_ONE = 1000
_OWN = F("initiative_id")


@dataclass(frozen=True, slots=True)
class Tie:
    """One line. What the columns hold depends on the kind; see `ties_of`."""

    initiative_id: int
    what: str
    key: str
    number: int
    title: str
    label: str
    kind: str
    note: str
    day: date
    until: date | None


def among(pks: Mapping[int, Any]) -> Q:
    """The condition that a row belongs to one of the initiatives (or lies between them, when they are very many)."""
    if len(pks) <= NAMED_ONE_BY_ONE:
        return Q(initiative__in=list(pks))
    return Q(initiative__gte=min(pks), initiative__lte=max(pks))


def ties_of(pks: Mapping[int, Any], on: date) -> dict[int, dict[str, list[Tie]]]:
    """The lines of each initiative on a day, by kind, in one query.

    participation: key role, number organisation · adoption: number organisation · appointment: key role
    dialogue: key "1" when it was about the requirements, day · placement: key level
    stated: key kind, label text, note source, title amount · area: label name
    deferral: key code, kind, label decision, day decided, until, note responsible; the latest last
    mandatory: number point, key level (empty when it is the initiative's alone), title point, label guidance, kind
    guidance's address, note decision, day; those for a level are under 0, for whichever it concerns
    point_answer: number point, key value, note text, label version · point_deferral: number point, else as deferral
    description: label decision, day, note the texts · milestone: title name, label decision, day
    """
    mine = among(pks)
    organisation = {"number": F("organisation_id"), "label": F("organisation__name"), "kind": F("organisation__kind")}
    participations = Participation.objects.on(on).filter(mine)
    appointments = Appointment.objects.on(on).filter(mine)
    placements = LifecycleEvent.objects.filter(mine, kind=LifecycleEvent.Kind.LEVEL, by__isnull=False).exclude(
        reason=""
    )
    about = Case(When(about_requirements=True, then=Value("1")), default=Value(""))
    kinds = [
        _lines("participation", participations, key=F("role"), order=F("organisation__sort_key"), **organisation),
        _lines("adoption", Adoption.objects.on(on).filter(mine), order=F("organisation__sort_key"), **organisation),
        _lines(
            "appointment",
            appointments,
            key=F("role"),
            title=Coalesce(F("person__title"), Value("")),
            label=Coalesce(F("person__organisation__name"), F("organisation__name"), Value("")),
            kind=Coalesce(F("person__organisation__kind"), F("organisation__kind"), Value("")),
        ),
        _lines("dialogue", DialogueNote.objects.filter(mine, held_on__lte=on), key=about, day=F("held_on")),
        _lines("placement", placements.exclude(reason=""), key=F("after")),
        _lines("area", Initiative.subject_areas.through.objects.filter(mine), label=F("subjectarea__name")),
        _lines(
            "stated",
            StatedFact.objects.filter(mine),
            key=F("kind"),
            label=F("text"),
            note=F("source"),
            title=F("amount"),
        ),
        _lines(
            "deferral",
            Deferral.objects.filter(mine, decision__decided_on__lte=on),
            key=F("requirement__code"),
            label=F("decision__number"),
            kind=F("kind"),
            note=F("responsible"),
            day=F("decision__decided_on"),
            until=F("until"),
        ),
        *_decided(pks, on),
    ]
    found: dict[int, dict[str, list[Tie]]] = defaultdict(lambda: defaultdict(list))
    for *columns, _order, _pk in sorted(_union(kinds), key=lambda line: (line[-2], line[-1])):
        tie = Tie(*columns)
        found[tie.initiative_id][tie.what].append(tie)
    return found


def _decided(pks: Mapping[int, Any], on: date) -> list[QuerySet[Any, Any]]:
    """What decisions left behind: mandatory points with answers and deferrals, approved texts, passed milestones."""
    mine, by_then = among(pks), Q(decision__decided_on__lte=on)
    decided = {"label": F("decision__number"), "day": F("decision__decided_on")}
    mandatory = MandatoryPoint.objects.on(on).filter(mine | Q(initiative__isnull=True))
    return [
        _lines(
            "mandatory",
            mandatory,
            owner=Coalesce(F("initiative_id"), Value(0)),
            key=Coalesce(Cast(F("from_level"), TextField()), Value("")),
            number=F("point_id"),
            title=Concat(Cast(F("point__number"), TextField()), Value(". "), F("point__title")),
            label=F("point__version__guidance__title"),
            kind=F("point__version__guidance__slug"),
            note=F("decision__number"),
            day=F("valid_from"),
            order=F("point__version__guidance__title"),
        ),
        _lines(
            "point_answer",
            PointAnswer.objects.filter(mine),
            number=F("point_id"),
            key=F("value"),
            note=F("text"),
            label=Cast(F("version"), TextField()),
        ),
        _lines(
            "point_deferral",
            PointDeferral.objects.filter(mine, by_then),
            number=F("point_id"),
            kind=F("kind"),
            note=F("responsible"),
            until=F("until"),
            **decided,
        ),
        _lines(
            "description",
            DescriptionApproval.objects.filter(mine, by_then),
            note=Cast(F("texts"), TextField()),
            **decided,
        ),
        _lines("milestone", MilestonePassed.objects.filter(mine, by_then), title=F("name"), **decided),
    ]


def _union(kinds: list[QuerySet[Any, Any]]) -> Iterable[tuple[Any, ...]]:
    return kinds[0].union(*kinds[1:], all=True)


def _lines(
    what: str, rows: QuerySet[Model], *, owner: Expression | F = _OWN, **columns: Expression | F
) -> QuerySet[Any, Any]:
    """The rows as lines of the common columns. Every column is cast, so that a union of empty ones keeps its type."""
    types: dict[str, Field[Any, Any]] = {
        "key": TextField(),
        "number": IntegerField(),
        "title": TextField(),
        "label": TextField(),
        "kind": TextField(),
        "note": TextField(),
        "day": DateField(),
        "until": DateField(),
        "order": TextField(),
    }
    empty: dict[type, Any] = {TextField: "", CharField: "", IntegerField: 0, DateField: None}
    named = {f"line_{name}": Cast(columns.get(name, Value(empty[type(kind)])), kind) for name, kind in types.items()}
    return (
        rows.order_by()
        .annotate(line_owner=owner, line_what=Value(what, TextField()), **named)
        .values_list("line_owner", "line_what", *(f"line_{name}" for name in types), "pk")
    )
