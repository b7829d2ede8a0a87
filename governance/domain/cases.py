"""Writing a case, making it ready, taking it back."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models import Body, Case, CaseEffect, User
from governance.refusals import NotReady, Refusal, Stale, WrongStage, raise_if

from .ballots import clear_ballots
from .numbers import next_reference
from .reading import let_positions_lapse

EffectSpec = tuple[str, dict[str, Any]]


@transaction.atomic
def open_case(
    *,
    title: str,
    body: Body,
    responsible: User,
    by: User,
    purpose: str = Case.Purpose.DECISION,
    effects: Sequence[EffectSpec] = (),
    **parts,
) -> Case:
    """Open a case as a draft. `effects` are (kind, parameters) in the order they are to be carried out."""
    case = Case.objects.create(
        number=next_reference(series="case", year=timezone.localdate().year),
        title=title,
        body=body,
        responsible=responsible,
        created_by=by,
        purpose=purpose,
        **parts,
    )
    _set_effects(case, effects)
    return case


@transaction.atomic
def edit_case(*, case: Case, version: int, effects: Sequence[EffectSpec] | None = None, **changes) -> Case:
    """Change an open case. `version` is the one the writer started from; a ready case stays ready.

    What members marked or voted ahead of a meeting falls away, and they are told (reading.py, ballots.py).
    Raises WrongStage when it is decided, Stale when somebody else saved first.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    if not case.is_open:
        raise WrongStage(Refusal("case_closed", _("Sagen er afgjort. Opret en ny sag.")))
    if case.version != version:
        raise Stale(Refusal("stale", _("En anden gemte sagen, mens du skrev. Din tekst er ikke gemt.")), current=case)
    for name, value in changes.items():
        setattr(case, name, value)
    case.version += 1
    case.save()
    if effects is not None:
        case.effects.all().delete()
        _set_effects(case, effects)
    let_positions_lapse(case=case)
    clear_ballots(case=case)
    return case


def reasons_not_ready(case: Case) -> list[Refusal]:
    """What a case lacks before a body can read it."""
    refusals = []
    if case.purpose == Case.Purpose.DECISION:
        if not case.recommendation.strip():
            refusals.append(Refusal("recommendation_missing", _("Skriv indstillingen: hvad anbefaler du?")))
        if not case.effects.exists():
            refusals.append(Refusal("effects_missing", _("Vælg, hvad beslutningen skal gennemføre.")))
    if not case.about.strip():
        refusals.append(Refusal("purpose_missing", _("Skriv formålet: hvorfor er sagen på mødet?")))
    return refusals


@transaction.atomic
def make_ready(*, case: Case) -> Case:
    """Mark a draft as ready for the agenda. Raises NotReady with what it lacks."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    if case.status != Case.Status.DRAFT:
        raise WrongStage(Refusal("case_not_draft", _("Kun en kladde kan gøres klar.")))
    raise_if(NotReady, reasons_not_ready(case))
    case.status = Case.Status.READY
    case.save(update_fields=["status"])
    return case


@transaction.atomic
def withdraw_case(*, case: Case) -> Case:
    """Take back an open case, also from the agendas it is on; their other items keep their numbers."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    if not case.is_open:
        raise WrongStage(Refusal("case_closed", _("Sagen er afgjort og kan ikke trækkes.")))
    case.status = Case.Status.WITHDRAWN
    case.save(update_fields=["status"])
    case.agenda_items.filter(withdrawn_at__isnull=True, decisions__isnull=True).update(withdrawn_at=timezone.now())
    return case


def _set_effects(case: Case, effects: Sequence[EffectSpec]) -> None:
    CaseEffect.objects.bulk_create(
        CaseEffect(case=case, order=order, kind=kind, parameters=parameters)
        for order, (kind, parameters) in enumerate(effects, start=1)
    )
