"""Who is behind an initiative: participants, roles, groups, users of the product, dialogue."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.domain.bodies import constitute, set_up_body
from governance.domain.seats import NO_DECISION, Basis, Place, settle, term_of
from governance.models import Body, Decision, Membership, Organisation, User
from governance.refusals import NotAllowed, NotReady, Refusal
from governance.standing import standing_of
from portfolio.guard import breaches_of_new_group
from portfolio.models import (
    Adoption,
    Appointment,
    DialogueNote,
    Initiative,
    InitiativeBody,
    Participation,
    Stage,
)
from portfolio.rules import Action, action_to_edit, may

from .lifecycle import locked


def _require(by: User, action: Action, initiative: Initiative) -> None:
    locked(initiative.pk)  # two at once wait for each other, so that the second sees what the first wrote
    if not may(standing_of(by), action, initiative):
        raise NotAllowed(Refusal("not_allowed", _("Det kan du ikke på dette trin.")))


@transaction.atomic
def add_participant(
    *, initiative: Initiative, organisation: Organisation, role: str, by: User, valid_from: date
) -> Participation:
    """Let an organisation take part from a day. A new participant opens requirements that each one answers."""
    _require(by, action_to_edit(initiative), initiative)
    open_ones = Participation.objects.filter(
        initiative=initiative, organisation=organisation, role=role, valid_to__isnull=True
    )
    if open_ones.exists():
        raise NotReady(Refusal("already_taking_part", _("Organisationen er med i forvejen.")))
    return Participation.objects.create(
        initiative=initiative, organisation=organisation, role=role, valid_from=valid_from
    )


@transaction.atomic
def end_participation(*, participation: Participation, by: User, on: date) -> Participation:
    """End a participation; the day is the last one. Raises NotReady for a day before it began."""
    _require(by, action_to_edit(participation.initiative), participation.initiative)
    _refuse_early_end(participation, on)
    participation.valid_to = on
    participation.save()
    return participation


def _refuse_early_end(row: Participation | Adoption, on: date) -> None:
    if on < row.valid_from:
        raise NotReady(Refusal("ends_before_start", _("Dagen ligger, før det begyndte. Vælg en senere dag.")))
    if row.valid_to is not None:
        raise NotReady(Refusal("already_ended", _("Det er afsluttet i forvejen.")))


def reasons_against_appointment(
    initiative: Initiative, role: str, person: User | None, organisation: Organisation | None, on: date
) -> list[Refusal]:
    """Why somebody cannot have a role: a project lead is the steering group's secretary, never its member (4.1.4)."""
    refusals = []
    if person is None and not (role == Appointment.Role.COORDINATOR and organisation is not None):
        refusals.append(Refusal("nobody", _("Vælg en person.")))
    if role == Appointment.Role.PROJECT_LEAD and person is not None:
        seats = (
            Membership.objects.on(on)
            .filter(body__kind=Body.Kind.STEERING_GROUP, body__initiatives=initiative, person=person)
            .exclude(function__in=Membership.NEVER_VOTES)
        )
        if seats.exists():
            refusals.append(
                Refusal("lead_in_steering_group", _("Projektlederen kan ikke være medlem af styregruppen."))
            )
    if role == Appointment.Role.SHEPHERD and person is not None and not _sits_on_board(person, on):
        refusals.append(Refusal("not_on_board", _("Bestyrelsens kontakt skal selv sidde i bestyrelsen den dag.")))
    return refusals


def _sits_on_board(person: User, on: date) -> bool:
    seats = Membership.objects.on(on).filter(body__kind=Body.Kind.BOARD, person=person)
    return seats.exclude(function__in=Membership.NEVER_VOTES).exists()


@transaction.atomic
def appoint(
    *,
    initiative: Initiative,
    role: str,
    by: User,
    valid_from: date,
    person: User | None = None,
    organisation: Organisation | None = None,
    decision: Decision | None = None,
) -> Appointment:
    """Appoint somebody to a role from a day; whoever had it until then is ended the day before.

    `decision` is given when a body's decision appoints. Raises NotAllowed or NotReady.
    """
    if decision is None:
        _require(by, Action.SET_PEOPLE, initiative)
        if role == Appointment.Role.SHEPHERD and not standing_of(by).manages:
            message = _("Forretningslederen og sekretariatet vælger bestyrelsens kontakt.")
            raise NotAllowed(Refusal("not_manager", message))
    refusals = reasons_against_appointment(initiative, role, person, organisation, valid_from)
    present = initiative.appointments.select_for_update().filter(role=role, valid_to__isnull=True).first()
    if present and present.valid_from >= valid_from:
        refusals.append(Refusal("starts_before_present", _("Vælg en startdato efter den nuværendes.")))
    if refusals:
        raise NotReady(*refusals)
    if present:
        present.valid_to = date.fromordinal(valid_from.toordinal() - 1)
        present.save()
    return Appointment.objects.create(
        initiative=initiative,
        role=role,
        person=person,
        organisation=organisation,
        decision=decision,
        valid_from=valid_from,
    )


def object_to_project_lead(body: Body, person: User | None, function: str, on: date) -> list[Refusal]:
    """Governance asks this before it gives a seat: the project lead is never a member of the steering group (4.1.4)."""
    if body.kind != Body.Kind.STEERING_GROUP or person is None or function in Membership.NEVER_VOTES:
        return []
    leads = Appointment.objects.on(on).filter(
        role=Appointment.Role.PROJECT_LEAD, person=person, initiative__bodies=body
    )
    if not leads.exists():
        return []
    return [
        Refusal("lead_in_steering_group", _("Projektlederen kan ikke være medlem af styregruppen, men dens sekretær."))
    ]


@transaction.atomic
def set_up_group(
    *,
    initiative: Initiative,
    kind: str,
    name: str,
    by: User,
    valid_from: date,
    places: Sequence[Place] = (),
    basis: Basis = NO_DECISION,
    introduced: bool = False,
    confirmed: bool = False,
    **facts: Any,
) -> Body:
    """Set up a steering, coordination or expert group, tie it to the initiative and give its seats, all or nothing.

    `facts` are its purpose, frame and limit per organisation. Raises NotAllowed; NotReady, also when a project's or
    product's level does not allow the composition; Unconfirmed for what waits for the board or for the start gate.
    """
    _require(by, Action.MANAGE_LIFE, initiative)
    body = set_up_body(kind=kind, name=name, valid_from=valid_from, introduced=introduced, **facts)
    InitiativeBody.objects.create(initiative=initiative, body=body)
    if places:
        constitute(body=body, places=places, valid_from=valid_from, basis=basis, confirmed=True)
        terms = [term_of(body, place, valid_from=valid_from, valid_to=None, basis=basis) for place in places]
        breaches = breaches_of_new_group(initiative, body, [term for term in terms if term], valid_from)
        settle(breaches, refused_on=_binding_on(initiative, valid_from), confirmed=confirmed)
    return body


def _binding_on(initiative: Initiative, day: date) -> frozenset[date]:
    """For a concept the start gate asks later, so its groups may be set up as they come."""
    return frozenset() if initiative.stage == Stage.CONCEPT else frozenset({day})


@transaction.atomic
def register_adoption(
    *, initiative: Initiative, organisation: Organisation, by: User, valid_from: date, experience: str = ""
) -> Adoption:
    """Register that an organisation uses the product from a day."""
    _require(by, Action.EDIT, initiative)
    if Adoption.objects.filter(initiative=initiative, organisation=organisation, valid_to__isnull=True).exists():
        raise NotReady(Refusal("already_adopted", _("Organisationen bruger løsningen i forvejen.")))
    return Adoption.objects.create(
        initiative=initiative, organisation=organisation, valid_from=valid_from, experience=experience
    )


@transaction.atomic
def end_adoption(*, adoption: Adoption, by: User, on: date) -> Adoption:
    """Register that an organisation no longer uses the product; the day is the last one."""
    _require(by, Action.EDIT, adoption.initiative)
    _refuse_early_end(adoption, on)
    adoption.valid_to = on
    adoption.save()
    return adoption


@transaction.atomic
def note_dialogue(
    *, initiative: Initiative, held_on: date, with_whom: str, text: str, about_requirements: bool, by: User
) -> DialogueNote:
    """Register a talk. Raises NotReady for a day that has not come."""
    _require(by, Action.NOTE_DIALOGUE, initiative)
    if held_on > timezone.localdate():
        raise NotReady(Refusal("in_the_future", _("Dialogen kan først registreres, når den er holdt.")))
    return DialogueNote.objects.create(
        initiative=initiative,
        held_on=held_on,
        with_whom=with_whom,
        text=text,
        about_requirements=about_requirements,
        written_by=by,
    )
