"""Print whom one can log in as in the demo. Prints nothing where there is no demo."""

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from governance.models import User
from portfolio.demo import people


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.description = _(
            "Viser, hvem du kan logge ind som i demoen, og hvad du kan prøve. Viser intet, hvor demoen ikke er indlæst."
        )

    def handle(self, **_options) -> None:
        if not (people.is_allowed() and people.are_loaded()):
            return
        tries = {person.email: person.tries for person in people.PEOPLE}
        found = User.objects.filter(email__in=tries).select_related("organisation")
        labels = {user.email: user.function_label for user in found}
        rows = [(labels[email], email, text) for email, text in tries.items() if email in labels]
        rows.insert(0, (_("Funktion"), _("E-mail"), _("Prøv")))
        wide = [max(len(row[column]) for row in rows) for column in (0, 1)]
        self.stdout.write(_("Adgangskoden er den samme for alle: %(password)s") % {"password": people.PASSWORD})
        for label, email, text in rows:
            self.stdout.write(f"  {label:<{wide[0]}}  {email:<{wide[1]}}  {text}")
