"""Show the gate of a transition: the same results as the page and a refused transition show."""

import json
import sys
import textwrap
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from governance.refusals import Mend
from governance.standing import Standing
from portfolio.gates import Gate, GateResult, Result, gate_for
from portfolio.management.stopping import USAGE, stop
from portfolio.models import Initiative
from portfolio.steps import GATED, find
from portfolio.transitions import TRANSITIONS

OPEN, CLOSED = 0, 1
GATES = tuple(name for name in TRANSITIONS if name in GATED)
ORDER = (Result.MISSING, Result.DEFERRED, Result.EXPLAINED, Result.NOT_APPLICABLE, Result.MET)
WIDTH = 110
YEARS = range(2000, 2101)


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.description = _(
            "Viser, hvilke krav der er opfyldt og mangler, før et initiativ kan gå videre. "
            "Slutkode 0: intet mangler, 1: noget mangler, eller stadiet er et andet, 2: forkert brug."
        )
        parser.add_argument("slug", metavar="INITIATIV", help=_("initiativets adressenavn, fx os2skole"))
        parser.add_argument("transition", metavar="OVERGANG", help=_("en af: %(names)s") % {"names": ", ".join(GATES)})
        parser.add_argument("--json", action="store_true", help=_("skriv resultatet som JSON"))
        parser.add_argument("--on", metavar="ÅÅÅÅ-MM-DD", help=_("den dag, reglerne spørges for; ellers i dag"))

    def handle(self, *, slug: str, transition: str, on: str | None, **options) -> None:
        if transition not in GATES:
            message = _("Overgangen „%(name)s“ findes ikke. Vælg en af: %(names)s.")
            stop(self, USAGE, message % {"name": transition, "names": ", ".join(GATES)})
        day = self._day(on)
        initiative = Initiative.objects.select_related("catalogue").filter(slug=slug).first()
        if initiative is None:
            stop(self, USAGE, _("Initiativet „%(slug)s“ findes ikke.") % {"slug": slug})
        gate, wrong_stage = gate_for(initiative, transition, on=day), _wrong_stage(initiative, transition, day)
        if options["json"]:
            self.stdout.write(
                json.dumps(_as_data(initiative, gate, wrong_stage), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
            )
        else:
            self.stdout.write("\n".join(_as_text(initiative, gate, wrong_stage)))
        sys.exit(OPEN if gate.is_open and not wrong_stage else CLOSED)

    def _day(self, on: str | None) -> date:
        if on is None:
            return timezone.localdate()
        try:
            day = parse_date(on)
        except ValueError:
            day = None
        if day is None or day.year not in YEARS:
            stop(self, USAGE, _("„%(day)s“ er ikke en dato, der findes. Skriv den som ÅÅÅÅ-MM-DD.") % {"day": on})
        return day


def _link(mend: Mend | None) -> str:
    """The full address of the page that mends something; empty without one."""
    if mend is None:
        return ""
    try:
        path = reverse(mend.url_name, kwargs=mend.kwargs)
    except NoReverseMatch:
        return ""
    return settings.PUBLIC_BASE_URL.rstrip("/") + path + (f"#{mend.fragment}" if mend.fragment else "")


def _as_data(initiative: Initiative, gate: Gate, wrong_stage: str) -> dict[str, Any]:
    frozen = gate.frozen()
    links = [{**row, "link": _link(result.mend)} for row, result in zip(frozen["results"], gate.results, strict=True)]
    return {
        "initiative": initiative.slug,
        "stage": initiative.stage,
        "wrong_stage": wrong_stage,
        **frozen,
        "counts": dict(gate.counts),
        "results": links,
    }


def _wrong_stage(initiative: Initiative, transition: str, day: date) -> str:
    """Why the transition cannot be taken from where the initiative is; empty when it can."""
    if initiative.stage in TRANSITIONS[transition].sources:
        return ""
    refusal = find(initiative, transition, standing=Standing(day=day), on=day).wrong_stage
    return str(refusal.message) if refusal else ""


def _as_text(initiative: Initiative, gate: Gate, wrong_stage: str) -> list[str]:
    rule = TRANSITIONS[gate.transition]
    level = initiative.get_level_display() or _("ikke indplaceret")
    about = [f"{initiative.name} ({initiative.get_stage_display()}, {level})"]
    if gate.catalogue:
        about.append(_("kravkatalog %(version)s") % {"version": gate.catalogue})
    counts = {"missing": len(gate.missing), "all": len(gate.results)}
    found = _("%(missing)d af %(all)d krav mangler.") % counts if gate.missing else _("Intet mangler.")
    lines = [", ".join(about), f"{rule.label}, {date_format(gate.on, 'j. F Y')}: {found}"]
    if wrong_stage:
        lines.append(wrong_stage)
    for result in ORDER:
        rows = [row for row in gate.results if row.result == result]
        if rows:
            lines += ["", f"{capfirst(result.label)} ({len(rows)})"]
            lines += [line for row in rows for line in _row_lines(row)]
    return lines


def _row_lines(row: GateResult) -> list[str]:
    lines = [f"  {row.code:<8} {row.title}"]
    lines += textwrap.wrap(str(row.message), WIDTH, initial_indent=" " * 11, subsequent_indent=" " * 11)
    if row.is_missing and (link := _link(row.mend)):
        lines.append(" " * 11 + link)
    return lines
