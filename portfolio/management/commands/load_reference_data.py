"""Load the requirement catalogue, the authorities, OS2's top bodies and the short lists."""

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portfolio.domain.reference import CatalogueError
from portfolio.domain.registers import load_reference_data
from portfolio.management.stopping import stop_refused


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.description = _(
            "Indlæser portalens grunddata: kravkataloget, kommuner og regioner, OS2's generalforsamling og bestyrelse, "
            "fagområder, projektfaser og økonomikategorier. Kan køres igen: det, der findes, ændres ikke."
        )

    def handle(self, **_options) -> None:
        try:
            new = load_reference_data().total
        except CatalogueError as refused:
            stop_refused(self, refused)
        if not new:
            self.stdout.write(_("Grunddata er indlæst i forvejen."))
        else:
            message = ngettext("Grunddata er indlæst: %(n)d ny række.", "Grunddata er indlæst: %(n)d nye rækker.", new)
            self.stdout.write(message % {"n": new})
