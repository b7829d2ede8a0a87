"""Let the first business manager in, in a portal without the demo."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.domain.people import grant_role, invite
from governance.models import Organisation, PortalRole, User
from governance.refusals import Refused
from portfolio.domain.registers import ASSOCIATION
from portfolio.management.stopping import REFUSED, USAGE, stop, stop_refused

ROLE = PortalRole.Role.BUSINESS_MANAGER


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.description = _(
            "Opretter den første forretningsleder og viser et link, som personen vælger sin adgangskode med. "
            "Kan køres igen for samme person: så kommer der et nyt link, indtil personen har valgt en adgangskode."
        )
        parser.add_argument("email", metavar="E-MAIL", help=_("forretningslederens e-mail"))
        parser.add_argument("--title", default="Forretningsleder", help=_("stilling eller funktion, som andre ser"))
        parser.add_argument("--name", default="", help=_("navn, som kun dem, der samarbejder, ser"))

    def handle(self, *, email: str, title: str, name: str, **_options) -> None:
        try:
            User(email=email, title=title.strip(), name=name).clean_fields(exclude=["password", "organisation"])
        except ValidationError as error:
            stop(self, USAGE, "; ".join(f"{field}: {' '.join(why)}" for field, why in error.message_dict.items()))
        other = self._somebody_else(email)
        if other is not None:
            message = _("Portalen har allerede en forretningsleder: %(who)s. Bed om en invitation.")
            stop(self, REFUSED, message % {"who": other.function_label})
        try:
            self.stdout.write(self._let_in(email=email, title=title.strip(), name=name.strip()))
        except Refused as refused:
            stop_refused(self, refused)

    def _somebody_else(self, email: str) -> User | None:
        """Another business manager of today who can log in, and so can invite."""
        roles = PortalRole.objects.on(timezone.localdate()).filter(role=ROLE).select_related("person__organisation")
        others = [role.person for role in roles.exclude(person__email__iexact=email)]
        return next((person for person in others if person.is_active and person.has_usable_password()), None)

    @transaction.atomic
    def _let_in(self, *, email: str, title: str, name: str) -> str:
        today = timezone.localdate()
        organisation = Organisation.objects.filter(name=ASSOCIATION).first()
        person = User.objects.filter(email__iexact=email).first()
        if person is None:
            person = User.objects.create_user(email=email, title=title, name=name, organisation=organisation)
        if not PortalRole.objects.on(today).filter(person=person, role=ROLE).exists():
            grant_role(person=person, role=ROLE, by=None, valid_from=today)
        if person.has_usable_password():
            message = _("%(email)s er forretningsleder og logger ind med sin adgangskode.")
            return message % {"email": person.email}
        invitation = invite(email=person.email, title=title, organisation=organisation, by=person, name=name)
        address = settings.PUBLIC_BASE_URL.rstrip("/") + reverse("governance:invitation", args=[invitation.token])
        return _("%(email)s er forretningsleder. Link til at vælge adgangskode: %(link)s") % {
            "email": person.email,
            "link": address,
        }
