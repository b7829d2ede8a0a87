"""Inviting people, letting them in, giving and ending portal roles."""

from datetime import date, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models import Invitation, Organisation, PortalRole, User
from governance.refusals import NotAllowed, NotReady, Refusal, WrongStage, raise_if
from governance.standing import standing_of
from governance.tasks import send_invitation

from .clashes import refused_if_taken
from .versions import refuse_if_stale


@transaction.atomic
def invite(*, email: str, title: str, organisation: Organisation | None, by: User, name: str = "") -> Invitation:
    """Invite a person by e-mail; one who is known already and has not come in gets a new invitation.

    The e-mail goes out after commit, and earlier invitations of the person stop working. Raises NotAllowed for others
    than the business manager, WrongStage when the person can log in already.
    """
    if not standing_of(by).is_business_manager:
        raise NotAllowed(Refusal("not_business_manager", _("Kun forretningslederen inviterer.")))
    person = User.objects.select_for_update().filter(email__iexact=email).first()
    if person is None:
        with refused_if_taken(Refusal("invited_twice", _("Personen er netop inviteret."))):
            person = User.objects.create_user(email=email, title=title, name=name, organisation=organisation)
    elif person.has_usable_password():
        raise WrongStage(
            Refusal("already_in", _("Personen har allerede en adgang. Giv en plads eller rolle i stedet."))
        )
    now = timezone.now()
    person.invitations.filter(accepted_at__isnull=True, expires_at__gt=now).update(expires_at=now)
    expires_at = now + timedelta(days=Invitation.LIFETIME_DAYS)
    invitation = Invitation.objects.create(person=person, invited_by=by, expires_at=expires_at)
    transaction.on_commit(partial(send_invitation.enqueue, invitation_id=invitation.pk))
    return invitation


@transaction.atomic
def accept_invitation(*, token: str, password: str) -> User:
    """Let the invited person in with a password of their own. Raises WrongStage when it is used or expired."""
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("person").filter(token=token).first()
    if invitation is None or not invitation.is_open or not invitation.person.is_active:
        raise WrongStage(Refusal("invitation_closed", _("Invitationen er brugt eller udløbet. Bed om en ny.")))
    person = invitation.person
    person.set_password(password)
    person.save(update_fields=["password"])
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    return person


@transaction.atomic
def edit_person(
    *,
    person: User,
    version: int,
    title: str,
    name: str,
    organisation: Organisation | None,
    is_active: bool,
    by: User,
) -> User:
    """Change what is said about a person, or close the way in; seats and roles are ended by themselves.

    Raises NotAllowed, Stale, or NotReady when one would close one's own way in.
    """
    if not standing_of(by).is_business_manager:
        raise NotAllowed(Refusal("not_business_manager", _("Kun forretningslederen retter personer.")))
    person = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    refuse_if_stale(person, version)
    if person.pk == by.pk and not is_active:
        raise NotReady(Refusal("own_way_in", _("Du kan ikke lukke din egen adgang. Bed en anden om det.")))
    person.title, person.name, person.organisation, person.is_active = title, name, organisation, is_active
    person.save(update_fields=["title", "name", "organisation", "is_active"])
    return person


@transaction.atomic
def grant_role(*, person: User, role: str, by: User | None, valid_from: date) -> PortalRole:
    """Give a portal-wide role from a day. `by` is None only for the first business manager (command line).

    Raises NotAllowed, or NotReady when the person has the role at the time.
    """
    if by is not None and not standing_of(by).is_business_manager:
        raise NotAllowed(Refusal("not_business_manager", _("Kun forretningslederen giver roller.")))
    User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.portal_roles.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from), role=role).exists():
        raise NotReady(Refusal("role_held", _("Personen har allerede rollen i perioden.")))
    return PortalRole.objects.create(person=person, role=role, valid_from=valid_from)


@transaction.atomic
def end_role(*, role: PortalRole, by: User, on: date) -> PortalRole:
    """End a portal-wide role; the day is the last one it holds.

    Raises NotAllowed, or NotReady for a day outside the role's time and when nobody would be business manager after it.
    """
    if not standing_of(by).is_business_manager:
        raise NotAllowed(Refusal("not_business_manager", _("Kun forretningslederen afslutter roller.")))
    role = PortalRole.objects.select_for_update().get(pk=role.pk)
    refusals = []
    if on < role.valid_from:
        refusals.append(Refusal("ends_before_start", _("Rollen kan ikke slutte, før den begyndte.")))
    if role.valid_to is not None and on > role.valid_to:
        refusals.append(Refusal("already_ended", _("Rollen er allerede afsluttet. Giv den igen.")))
    if role.role == PortalRole.Role.BUSINESS_MANAGER and not _others_manage_after(role, on):
        message = _("Ingen vil være forretningsleder efter den dag. Giv rollen til en anden først.")
        refusals.append(Refusal("last_business_manager", message))
    raise_if(NotReady, refusals)
    role.valid_to = on
    role.save()
    return role


def _others_manage_after(role: PortalRole, day: date) -> bool:
    """Whether somebody else is business manager from the day after; only they can invite and give roles."""
    others = PortalRole.objects.on(day + timedelta(days=1)).filter(role=role.role, person__is_active=True)
    return others.exclude(pk=role.pk).exists()
