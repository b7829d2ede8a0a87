"""Submitting an idea and editing what an initiative says about itself."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.domain.numbers import next_reference
from governance.models import Organisation, User
from governance.refusals import NotAllowed, NotReady, Refusal, Stale, WrongStage, raise_if
from governance.standing import standing_of
from portfolio.models import Initiative, LifecycleEvent, Participation, Stage, SubjectArea
from portfolio.rules import action_to_edit, may

from .lifecycle import locked

# Whoever presses twice does so at once; an idea with the same title next month is another idea.
TWICE_WITHIN = timedelta(minutes=2)


def reasons_against_idea(*, name: str, idea: str, local_need: str, origin: str, contact: str) -> list[Refusal]:
    """What an idea lacks before it can be submitted (lifecycle.md, submit)."""
    wanted = (
        ("name_missing", name, _("Giv idéen en titel.")),
        ("idea_missing", idea, _("Beskriv idéen.")),
        ("need_missing", local_need, _("Beskriv det lokale behov, idéen udspringer af.")),
        ("origin_missing", origin, _("Vælg, hvor idéen kommer fra.")),
        ("contact_missing", contact, _("Skriv, hvem vi kan kontakte.")),
    )
    return [Refusal(code, message) for code, value, message in wanted if not value.strip()]


@transaction.atomic
def submit_idea(
    *,
    name: str,
    idea: str,
    local_need: str,
    origin: str,
    contact: str,
    by: User,
    origin_organisation: Organisation | None = None,
    on: date | None = None,
    **more: Any,
) -> Initiative:
    """Register an idea. Its proposer's organisation is the first participant, if it is an authority.

    `on` is the day it came in, when that is not today: an idea that came by letter, or before the portal was in use.
    Raises NotReady with everything that is missing, or when the same button was pressed twice.
    """
    raise_if(
        NotReady, reasons_against_idea(name=name, idea=idea, local_need=local_need, origin=origin, contact=contact)
    )
    day = on or timezone.localdate()
    reference = next_reference(series="initiative", year=day.year)  # locks the series: two at once come one by one
    since = timezone.now() - TWICE_WITHIN
    if Initiative.objects.filter(proposer=by, name=name.strip(), created_at__gte=since).exists():
        raise NotReady(Refusal("idea_twice", _("Idéen er netop registreret. Find den på listen over initiativer.")))
    initiative = Initiative.objects.create(
        reference=reference,
        name=name.strip(),
        idea=idea,
        local_need=local_need,
        origin=origin,
        origin_organisation=origin_organisation,
        contact=contact,
        proposer=by,
        **more,
    )
    if origin_organisation is not None and origin_organisation.is_authority:
        Participation.objects.create(
            initiative=initiative,
            organisation=origin_organisation,
            role=Participation.Role.LEAD,
            valid_from=day,
        )
    LifecycleEvent.objects.create(
        initiative=initiative,
        kind=LifecycleEvent.Kind.STAGE,
        transition="submit",
        after=Stage.IDEA,
        happened_on=day,
        by=by,
    )
    return initiative


@transaction.atomic
def edit(
    *,
    initiative_id: int,
    version: int,
    changes: Mapping[str, Any],
    by: User,
    subject_areas: Iterable[SubjectArea] | None = None,
) -> Initiative:
    """Change what an initiative says about itself. `version` is the one the writer started from.

    Raises NotAllowed, WrongStage (ended) or Stale with the other's version; nothing is written then.
    """
    initiative = locked(initiative_id)
    if initiative.is_ended:
        raise WrongStage(Refusal("ended", _("Initiativet er afsluttet og kan ikke ændres.")))
    if not may(standing_of(by), action_to_edit(initiative), initiative):
        raise NotAllowed(Refusal("not_allowed", _("Du kan ikke ændre initiativet på dette trin.")))
    if initiative.version != version:
        message = _("En anden gemte initiativet, mens du skrev. Din tekst er ikke gemt. Sammenlign, og gem igen.")
        raise Stale(Refusal("stale", message), current=initiative)
    for name, value in changes.items():
        setattr(initiative, name, value)
    initiative.version += 1
    initiative.save()
    if subject_areas is not None:
        initiative.subject_areas.set(subject_areas)
    return initiative
