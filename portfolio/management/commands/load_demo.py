"""Load OS2's portfolio as it was before the portal, and people and examples for trying things out."""

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from governance.refusals import Refused
from portfolio.demo.load import load_demo
from portfolio.demo.synthetic import make_synthetic
from portfolio.management.stopping import USAGE, stop, stop_refused


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.description = _(
            "Indlæser OS2's portefølje, som den var før portalen, og personer og eksempler til at prøve portalen med. "
            "Kan køres igen: det, der findes, ændres ikke. Kræver OS2PORTAL_DEMO=1 på en server."
        )
        parser.add_argument(
            "--initiatives",
            metavar="N",
            help=_("sørg også for, at der er N syntetiske initiativer at måle med"),
        )

    def handle(self, *, initiatives: str | None, **_options) -> None:
        if initiatives is not None and not (initiatives.isdecimal() and initiatives.isascii()):
            stop(self, USAGE, _("--initiatives skal være et helt tal, der ikke er negativt."))
        try:
            loaded = load_demo()
        except Refused as refused:
            stop_refused(self, refused)
        if loaded.is_new:
            self.stdout.write(_("Demoen er indlæst: %(n)d løsninger fra før portalen.") % {"n": loaded.registered})
        else:
            self.stdout.write(_("Demoen er indlæst i forvejen."))
        if initiatives is not None:
            new = make_synthetic(int(initiatives))
            self.stdout.write(_("Syntetiske initiativer: %(n)d nye.") % {"n": new})
