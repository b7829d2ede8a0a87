"""Inviting people, letting them in, giving and ending portal roles."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models import Invitation, Organisation, PortalRole, User
from governance.refusals import NotAllowed, Refusal, WrongStage
from governance.standing import standing_of


@transaction.atomic
def invite(*, email: str, title: str, organisation: Organisation | None, by: User, name: str = "") -> Invitation:
    """Invite a person by e-mail; one who is known already and has not come in gets a new invitation.

    Raises NotAllowed for others than the business manager, WrongStage when the person can log in already.
    """
    if not standing_of(by).is_business_manager:
        raise NotAllowed(Refusal("not_business_manager", _("Kun forretningslederen inviterer.")))
    person = User.objects.select_for_update().filter(email__iexact=email).first()
    if person is None:
        person = User.objects.create_user(email=email, title=title, name=name, organisation=organisation)
    elif person.has_usable_password():
        raise WrongStage(
            Refusal("already_in", _("Personen har allerede en adgang. Giv en plads eller rolle i stedet."))
        )
    expires_at = timezone.now() + timedelta(days=Invitation.LIFETIME_DAYS)
    return Invitation.objects.create(person=person, invited_by=by, expires_at=expires_at)


@transaction.atomic
def accept_invitation(*, token: str, password: str) -> User:
    """Let the invited person in with a password of their own. Raises WrongStage when it is used or expired."""
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("person").filter(token=token).first()
    if invitation is None or not invitation.is_open:
        raise WrongStage(Refusal("invitation_closed", _("Invitationen er brugt eller udløbet. Bed om en ny.")))
    person = invitation.person
    person.set_password(password)
    person.save(update_fields=["password"])
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    return person


@transaction.atomic
def grant_role(*, person: User, role: str, by: User | None, valid_from: date) -> PortalRole:
    """Give a portal-wide role from a day. `by` is None only for the first business manager (command line)."""
    if by is not None and not standing_of(by).is_business_manager:
        raise NotAllowed(Refusal("not_business_manager", _("Kun forretningslederen giver roller.")))
    return PortalRole.objects.create(person=person, role=role, valid_from=valid_from)


@transaction.atomic
def end_role(*, role: PortalRole, by: User, on: date) -> PortalRole:
    """End a portal-wide role; the day is the last one it holds."""
    if not standing_of(by).is_business_manager:
        raise NotAllowed(Refusal("not_business_manager", _("Kun forretningslederen afslutter roller.")))
    role = PortalRole.objects.select_for_update().get(pk=role.pk)
    role.valid_to = on
    role.full_clean()
    role.save()
    return role
