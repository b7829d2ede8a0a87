"""Load a requirement catalogue from a file, as a draft that the board can adopt."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from portfolio.domain.reference import CatalogueError, load_catalogue
from portfolio.management.stopping import stop_refused


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.description = _(
            "Indlæser et kravkatalog fra en YAML-fil. Uden dato i valid_from er det et udkast, som bestyrelsen kan "
            "vedtage. Kan køres igen, til kataloget er vedtaget eller følges af et initiativ."
        )
        parser.add_argument("file", type=Path, metavar="FIL")

    def handle(self, *, file: Path, **_options) -> None:
        try:
            catalogue = load_catalogue(file)
        except CatalogueError as refused:
            stop_refused(self, refused)
        words = {"title": catalogue.title, "count": catalogue.requirements.count()}
        self.stdout.write(_("%(title)s er indlæst med %(count)d krav.") % words)
