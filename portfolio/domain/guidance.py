"""Mandatory guidance: the board makes points mandatory, those concerned follow them or explain (report 4.1.6)."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.domain.cases import open_case
from governance.models import Body, Case, Decision, EffectKind, GuidancePoint, GuidanceVersion, User
from governance.refusals import NotAllowed, NotReady, Refusal, Stale, WrongStage, raise_if
from governance.standing import standing_of
from portfolio.models import Initiative, MandatoryPoint, PointAnswer
from portfolio.rules import Action, may, may_recommend_guidance
from portfolio.tasks import tell_of_mandatory_guidance

from .lifecycle import locked


def reasons_against(
    points: Collection[GuidancePoint],
    *,
    from_level: int | None,
    initiatives: Collection[Initiative],
    valid_from: date,
    on: date,
) -> list[Refusal]:
    """Why points cannot be made mandatory like this."""
    refusals = []
    if not points:
        refusals.append(Refusal("points_missing", _("Vælg de punkter, der skal være obligatoriske.")))
    if (from_level is None) == (not initiatives):
        message = _("Vælg enten et niveau eller de initiativer, det gælder for.")
        refusals.append(Refusal("nobody_concerned", message))
    if any(point.version.status != GuidanceVersion.Status.PUBLISHED for point in points):
        message = _("Kun punkter i en vejledning, der er offentliggjort og gælder, kan gøres obligatoriske.")
        refusals.append(Refusal("not_published", message))
    if valid_from < on:
        refusals.append(Refusal("begins_too_early", _("Pligten kan tidligst begynde på beslutningens dag.")))
    scope = Q(from_level__isnull=False, from_level__lte=from_level) if from_level is not None else Q()
    if from_level is None:
        scope = Q(initiative__in=list(initiatives))
    if MandatoryPoint.objects.on(valid_from).filter(scope, point__in=list(points)).exists():
        refusals.append(Refusal("already_mandatory", _("Et af punkterne er obligatorisk i forvejen.")))
    return refusals


@transaction.atomic
def make_mandatory(
    *,
    points: Collection[int],
    from_level: int | None,
    initiatives: Collection[int],
    valid_from: date,
    decision: Decision,
    on: date,
) -> list[MandatoryPoint]:
    """Make points mandatory from a day, from a level up or for named initiatives, and tell those who answer there.

    The letters are enqueued in the same transaction. Raises NotReady with the reasons.
    """
    rows = list(GuidancePoint.objects.select_for_update(of=("self",)).select_related("version").filter(pk__in=points))
    named = list(Initiative.objects.filter(pk__in=initiatives))
    subjects: list[Initiative | None] = [*named] or [None]
    raise_if(NotReady, reasons_against(rows, from_level=from_level, initiatives=named, valid_from=valid_from, on=on))
    made = [
        MandatoryPoint.objects.create(
            point=point, from_level=from_level, initiative=initiative, decision=decision, valid_from=valid_from
        )
        for point in rows
        for initiative in subjects
    ]
    tell_of_mandatory_guidance.enqueue(decision_id=decision.pk)
    return made


@transaction.atomic
def answer_point(
    *, initiative_id: int, point_id: int, value: str, text: str, by: User, version: int = 0
) -> PointAnswer:
    """Say that a mandatory point is followed, or explain why not. `version` 0 means that no answer was seen.

    Raises NotAllowed, WrongStage when the point does not concern the initiative, NotReady, or Stale with the answer
    that somebody else saved meanwhile.
    """
    initiative = locked(initiative_id)
    if not may(standing_of(by), Action.ANSWER, initiative):
        raise NotAllowed(Refusal("not_allowed", _("Du kan ikke besvare punktet på dette trin.")))
    level = -1 if initiative.level is None else initiative.level
    concerns = Q(initiative=initiative) | Q(from_level__lte=level)
    if not MandatoryPoint.objects.on(timezone.localdate()).filter(concerns, point=point_id).exists():
        raise WrongStage(Refusal("not_mandatory", _("Punktet er ikke obligatorisk for initiativet.")))
    if value == PointAnswer.Value.EXPLAINED and not text.strip():
        raise NotReady(Refusal("text_missing", _("Skriv, hvorfor I ikke følger punktet, og hvad I gør i stedet.")))
    row = PointAnswer.objects.filter(initiative=initiative, point=point_id).first()
    if row and (row.version, row.value, row.text, row.answered_by_id) == (version + 1, value, text, by.pk):
        return row  # the same request twice, by a double click
    if (row.version if row else 0) != version:
        message = _("En anden gemte svaret, mens du skrev. Din tekst er ikke gemt. Sammenlign, og gem igen.")
        raise Stale(Refusal("stale", message), current=row)
    row = row or PointAnswer(initiative=initiative, point_id=point_id, version=0)
    row.value, row.text, row.answered_by, row.answered_at = value, text, by, timezone.now()
    row.version += 1
    row.save()
    return row


@transaction.atomic
def recommend_points(*, title: str, parameters: dict[str, Any], recommendation: str, about: str, by: User) -> Case:
    """Open a case before the board to make points mandatory. Raises NotAllowed, or NotReady without a board."""
    if not may_recommend_guidance(standing_of(by)):
        message = _("Kun forretningslederen og sekretariatet indstiller vejledning til bestyrelsen.")
        raise NotAllowed(Refusal("not_manager", message))
    board = Body.objects.on(timezone.localdate()).filter(kind=Body.Kind.BOARD).first()
    if board is None:
        raise NotReady(Refusal("no_board", _("Der er ingen bestyrelse at indstille til.")))
    return open_case(
        title=title[:200],
        body=board,
        responsible=by,
        by=by,
        effects=[(EffectKind.MAKE_GUIDANCE_MANDATORY, parameters)],
        recommendation=recommendation,
        about=about,
    )
