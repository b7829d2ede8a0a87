"""Load OS2's portfolio as it was before the portal, and people and examples for trying things out."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from governance.refusals import Refused
from portfolio.demo.load import load_demo


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.description = _(
            "Indlæser OS2's portefølje, som den var før portalen, og personer og eksempler til at prøve portalen med. "
            "Kan køres igen: det, der findes, ændres ikke."
        )

    def handle(self, **_options) -> None:
        try:
            loaded = load_demo()
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        if loaded.is_new:
            self.stdout.write(_("Demoen er indlæst: %(n)d løsninger fra før portalen.") % {"n": loaded.registered})
        else:
            self.stdout.write(_("Demoen er indlæst i forvejen."))
