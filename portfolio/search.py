"""Finding initiatives: the words, filters and order of the list, as one query over what a person may see."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from governance.models import Organisation
from governance.standing import Standing

from .models import END_STAGES, Initiative, Participation

ENDED = "ended"
UNPLACED = "none"
ORDERS = {
    "name": ("sort_key", "pk"),
    "-changed": ("-changed_at", "-pk"),
    "-level": ("-level", "sort_key", "pk"),
    "stage": ("stage", "sort_key", "pk"),
}
# Long texts that a list does not show.
NOT_LISTED = (
    "description",
    "local_need",
    "expected_effect",
    "local_value",
    "value_for_others",
    "overlap_assessment",
    "external_assessment",
    "business_case",
    "qualitative_goals",
    "search_text",
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the reader asked for; empty means all. `stage` may be ENDED, `level` UNPLACED."""

    words: str = ""
    stage: str = ""
    level: str = ""
    kind: str = ""
    organisation_id: int | None = None
    area_id: int | None = None
    order: str = "name"


def found_initiatives(*, standing: Standing, chosen: Chosen) -> QuerySet[Initiative]:
    """The visible initiatives that fit, in order, each with its current `taking_part`. Ended ones only on request."""
    rows = Initiative.objects.visible_to(standing).matching(chosen.words)
    if chosen.stage == ENDED:
        rows = rows.filter(stage__in=END_STAGES)
    else:
        rows = rows.filter(stage=chosen.stage) if chosen.stage else rows.live()
    if chosen.level == UNPLACED:
        rows = rows.filter(level__isnull=True)
    elif chosen.level:
        rows = rows.filter(level=chosen.level)
    if chosen.kind:
        rows = rows.filter(kind=chosen.kind)
    if chosen.area_id:
        rows = rows.filter(subject_areas=chosen.area_id)
    taking_part = Participation.objects.on(standing.day).filter(role__in=Participation.TAKES_PART)
    if chosen.organisation_id:
        rows = rows.filter(pk__in=taking_part.filter(organisation=chosen.organisation_id).values("initiative"))
    shown = taking_part.select_related("organisation").order_by("role", "organisation__sort_key")
    return (
        rows.defer(*NOT_LISTED)
        .prefetch_related(Prefetch("participations", queryset=shown, to_attr="taking_part"))
        .order_by(*ORDERS[chosen.order])
    )


def organisations_taking_part(standing: Standing) -> QuerySet[Organisation]:
    """The organisations one can filter by: those that take part in anything the reader may see."""
    visible = Initiative.objects.visible_to(standing).values("pk")
    taking_part = Participation.objects.on(standing.day).filter(
        initiative__in=visible, role__in=Participation.TAKES_PART
    )
    return Organisation.objects.filter(pk__in=taking_part.values("organisation"))
