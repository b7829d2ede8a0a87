"""Make the public part of a snapshot what everybody sees."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from governance.models import PortalRole, User
from governance.refusals import Refused
from portfolio.management.stopping import USAGE, stop, stop_refused
from publishing.domain.publications import publish
from reporting.models import Snapshot


class Command(BaseCommand):
    help = (
        "Offentliggør den forkortede portefølje fra et øjebliksbillede. Slutkode 0: gjort, 1: afvist, 2: forkert brug."
    )

    def add_arguments(self, parser):
        parser.add_argument("--snapshot", type=int, required=True, metavar="N", help="øjebliksbilledets nummer")
        parser.add_argument(
            "--by", metavar="E-MAIL", help="hvem der offentliggør; ellers den nuværende forretningsleder"
        )

    def handle(self, *, snapshot: int, by: str | None, **_options):
        found = Snapshot.objects.filter(number=snapshot).first()
        if found is None:
            stop(self, USAGE, f"Øjebliksbillede nr. {snapshot} findes ikke.")
        person = self._person(by)
        if person is None:
            stop(self, USAGE, "Ingen forretningsleder fundet. Angiv en person med --by.")
        try:
            publication = publish(snapshot=found, by=person)
        except Refused as refused:
            stop_refused(self, refused)
        self.stdout.write(
            f"Offentliggørelse nr. {publication.number} fra øjebliksbillede nr. {snapshot}: "
            f"{publication.initiative_count} initiativer. Kontrolsum {publication.checksum[:16]}."
        )

    def _person(self, email: str | None) -> User | None:
        if email:
            return User.objects.filter(email__iexact=email).first()
        roles = PortalRole.objects.on(timezone.localdate()).filter(role=PortalRole.Role.BUSINESS_MANAGER)
        role = roles.select_related("person").order_by("valid_from").first()
        return role.person if role else None
