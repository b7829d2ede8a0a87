"""Remind people of their action items. To be run once a day; running it again the same day sends nothing twice."""

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.domain.reminders import remind


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.description = _(
            "Sender påmindelser om opgaver, der skal være gjort inden for tre dage, og hver uge om dem, der er over "
            "fristen. Køres én gang om dagen; køres den igen, sendes intet to gange. Brevene sendes af workeren."
        )

    def handle(self, **_options) -> None:
        count = remind(on=timezone.localdate())
        words = ngettext("%(n)d brev er lagt i kø.", "%(n)d breve er lagt i kø.", count) % {"n": count}
        self.stdout.write(words)
