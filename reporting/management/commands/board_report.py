"""Make the board report as a PDF, from a new snapshot or one that is taken already."""

import sys
from pathlib import Path
from typing import NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from governance.models import Meeting, PortalRole, User
from governance.refusals import Refused
from reporting.domain.board_reports import make_report
from reporting.domain.report_orders import ask_for_report
from reporting.domain.snapshots import take_snapshot
from reporting.models import BoardReport, Snapshot

WRONG_USE = 2
COULD_NOT = 1


class Command(BaseCommand):
    help = (
        "Laver bestyrelsesrapporten som PDF fra et nyt øjebliksbillede eller et, der er taget. Rapporten laves én "
        "gang; siden gives den gemte fil. Slutkode 0: lavet, 1: kunne ikke laves, 2: forkert brug."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--new", action="store_true", help="tag et nyt øjebliksbillede først")
        which.add_argument("--snapshot", type=int, metavar="N", help="nummeret på et øjebliksbillede, der er taget")
        parser.add_argument("--meeting", type=int, metavar="ID", help="mødet, som et nyt øjebliksbillede er til")
        parser.add_argument("--by", metavar="E-MAIL", help="hvem der laver den; ellers den nuværende forretningsleder")
        parser.add_argument("--output", required=True, type=Path, metavar="FIL.pdf", help="filen, der skrives")

    def handle(self, *, new: bool, output: Path, **options) -> None:
        if not output.parent.is_dir():
            self._stop(WRONG_USE, f"Mappen {output.parent} findes ikke.")
        by = self._person(options["by"])
        try:
            snapshot = self._new(by, options["meeting"]) if new else self._taken(options["snapshot"])
            report = self._made(ask_for_report(snapshot=snapshot, by=by))
        except Refused as refused:
            self._stop(COULD_NOT, " ".join(str(refusal.message) for refusal in refused.refusals))
        with report.file.open("rb") as stored:
            output.write_bytes(stored.read())
        self.stdout.write(
            f"Øjebliksbillede nr. {snapshot.number} (kontrolsum {snapshot.data_checksum[:16]}): "
            f"{report.total} sider, {report.size} bytes i {output}. Filens kontrolsum {report.pdf_checksum}."
        )

    def _made(self, report: BoardReport) -> BoardReport:
        """Make it here; the worker finds that it is done, or has begun it already."""
        report = make_report(report_id=report.pk)
        if report.status == BoardReport.Status.FAILED:
            self._stop(COULD_NOT, report.error)
        if not report.is_done:
            self._stop(COULD_NOT, "Rapporten er ved at blive lavet et andet sted. Prøv igen om lidt.")
        return report

    def _new(self, by: User, meeting: int | None) -> Snapshot:
        found = Meeting.objects.select_related("body").filter(pk=meeting).first() if meeting else None
        if meeting and found is None:
            self._stop(WRONG_USE, f"Møde {meeting} findes ikke.")
        return take_snapshot(by=by, meeting=found)

    def _taken(self, number: int) -> Snapshot:
        found = Snapshot.objects.filter(number=number).first()
        if found is None:
            self._stop(WRONG_USE, f"Øjebliksbillede nr. {number} findes ikke.")
        return found

    def _person(self, email: str | None) -> User:
        if email:
            found = User.objects.filter(email__iexact=email).first()
        else:
            roles = PortalRole.objects.on(timezone.localdate()).filter(role=PortalRole.Role.BUSINESS_MANAGER)
            role = roles.select_related("person").order_by("valid_from").first()
            found = role.person if role else None
        if found is None:
            self._stop(WRONG_USE, "Personen findes ikke. Angiv en forretningsleder eller en i sekretariatet med --by.")
        return found

    def _stop(self, code: int, message: str) -> NoReturn:
        self.stderr.write(message)
        sys.exit(code)
