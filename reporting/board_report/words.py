"""Codes in Danish words, and figures as they are printed. Unknown is "ikke oplyst", never a guess."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import Body, Case, Meeting
from portfolio.gates import Result
from portfolio.models import (
    Appointment,
    BudgetApproval,
    BudgetLine,
    Initiative,
    LifecycleEvent,
    ReportLight,
    Requirement,
    Stage,
    StatedFact,
    StatusReport,
)
from reporting.frozen import SnapshotInitiative

NBSP = "\u00a0"
MINUS = "\u2212"
DASH = "\u2013"
LIGHT_CLASS = {"red": "r", "yellow": "y", "green": "g", "": "x"}
RESULT_CLASS = {
    "met": "met",
    "explained": "explained",
    "deferred": "deferred",
    "missing": "missing",
    "not_applicable": "na",
}
# Worst first, as lists are sorted and marks are drawn.
LIGHTS = ("red", "yellow", "green", "")


def level_short(level: int | None) -> str:
    """N1, N2, N3, "Sandkasse" or "ikke oplyst"."""
    if level is None:
        return _("ikke oplyst")
    return _("Sandkasse") if level == 0 else f"N{level}"


def level_long(level: int | None) -> str:
    """Niveau 2, never split over two lines."""
    if level is None:
        return _("niveau ikke oplyst")
    return _("sandkasse") if level == 0 else (_("niveau %(level)d") % {"level": level}).replace(" ", NBSP)


def level_of(initiative: SnapshotInitiative, *, long: bool = False) -> str:
    """An initiative's level; ideas have none yet, which is another thing than not knowing it."""
    if initiative.level is None and initiative.stage in (Stage.IDEA, Stage.CONCEPT):
        return _("ikke indplaceret")
    return level_long(initiative.level) if long else level_short(initiative.level)


def stage(code: str) -> str:
    """A stage's word; what a source wrote otherwise stands as written."""
    return str(Stage(code).label) if code in Stage.values else code


def area(code: str) -> str:
    """Tid, Økonomi ..."""
    return capfirst(str(ReportLight.Area(code).label)) if code else ""


def light(code: str) -> str:
    """Grøn, Gul, Rød, or that there is none."""
    return capfirst(str(ReportLight.Light(code).label)) if code else _("Ingen rapport")


def light_class(code: str) -> str:
    """The mark of a light."""
    return LIGHT_CLASS[code]


def result(code: str) -> str:
    """Opfyldt, Forklaret, Udskudt, Mangler, Ikke relevant."""
    return capfirst(str(Result(code).label)) if code else ""


def theme(code: str) -> str:
    """Relevans, Formkrav, Governance, Strategisk sammenhæng."""
    return capfirst(str(Requirement.Theme(code).label))


def purpose(code: str) -> str:
    """Beslutning, drøftelse, orientering."""
    return str(Case.Purpose(code).label)


def body_kind(code: str) -> str:
    """Styregruppe, koordinationsgruppe ..."""
    return str(Body.Kind(code).label)


def meeting_kind(body: str, procedure: str) -> str:
    """Bestyrelsesmøde, generalforsamling, or a written procedure of the board."""
    if procedure == Meeting.Procedure.WRITTEN:
        return _("Skriftlig procedure")
    return _("Generalforsamling") if body == Body.Kind.GENERAL_ASSEMBLY else _("Bestyrelsesmøde")


def funding(code: str) -> str:
    """Lokale midler, OS2 ..., inside a sentence."""
    return str(BudgetLine.Funding(code).label)


def approver(code: str) -> str:
    """Styregruppen, bestyrelsen, projektejeren."""
    return str(BudgetApproval.Approver(code).label)


def operating_status(code: str) -> str:
    """I drift, under udfasning ..."""
    return str(Initiative.OperatingStatus(code).label) if code else ""


def priority(code: str) -> str:
    """1, 2, 3 or venter; a dash without one."""
    return str(Initiative.Priority(code).label) if code else DASH


def role(code: str) -> str:
    """Projektejer, Projektleder, Koordinator, Systemejer."""
    return capfirst(str(Appointment.Role(code).label))


def stated(code: str) -> str:
    """What a source's words from before the portal are about."""
    return capfirst(str(StatedFact.Kind(code).label))


def sla(code: str) -> str:
    """Overholdt, ikke overholdt, ingen aftale."""
    return str(StatusReport.Sla(code).label) if code else ""


def event_kind(code: str) -> str:
    """What kind of move it was."""
    return str(LifecycleEvent.Kind(code).label)


def day(value: date | None, unknown: str = DASH) -> str:
    """01-12-2026, for tables."""
    return date_format(value, "SHORT_DATE_FORMAT") if value else unknown


def written(value: date | None) -> str:
    """1. december 2026, for sentences; never split over two lines."""
    return date_format(value, "DATE_FORMAT").replace(" ", NBSP) if value else _("ikke oplyst")


def long_day(value: date) -> str:
    """Torsdag den 10. december 2026, in lower case."""
    return date_format(value, "LONG_DATE_FORMAT").lower()


def whole(value: Decimal | int | None) -> str:
    """1.850.000 (half rounds up)."""
    if value is None:
        return DASH
    rounded = Decimal(value).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return f"{MINUS if rounded < 0 else ''}{number_format(abs(rounded), 0, force_grouping=True)}"


def kroner(value: Decimal | None) -> str:
    """1.850.000 kr., never split over two lines."""
    return _("ikke oplyst") if value is None else f"{whole(value)}{NBSP}kr."


def signed(value: Decimal | int | None, decimals: int = 0) -> str:
    """With its sign, a true minus; 0 has none."""
    if value is None:
        return DASH
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    before = MINUS if rounded < 0 else "+" if rounded else ""
    return f"{before}{number_format(abs(rounded), decimals, force_grouping=True)}"


def percent(value: Decimal | None) -> str:
    """+12,4 % with its sign."""
    return DASH if value is None else f"{signed(value, 1)}{NBSP}%"


def counted(*pairs: tuple[int, str]) -> str:
    """1 rød · 2 gule: what there is any of, parted by dots."""
    return " · ".join(f"{count}{NBSP}{word}" for count, word in pairs if count)


def listed(items: list[str]) -> str:
    """A, B og C."""
    if len(items) <= 1:
        return "".join(items)
    return _("%(most)s og %(last)s") % {"most": ", ".join(items[:-1]), "last": items[-1]}


def days_left(until: date, today: date) -> str:
    """Om 61 dage, 7 dage over, or today."""
    left = (until - today).days
    if left < 0:
        return (ngettext("%(days)d dag over", "%(days)d dage over", -left) % {"days": -left}).replace(" ", NBSP)
    if left == 0:
        return _("i dag")
    return (ngettext("om %(days)d dag", "om %(days)d dage", left) % {"days": left}).replace(" ", NBSP)


def first_sentence(text: str, longest: int = 160) -> str:
    """How a long text begins, for a table; the whole of it stands in the portal."""
    line = " ".join(text.split())
    end = line.find(". ")
    if 0 < end < longest:
        return line[:end]
    return line.rstrip(".") if len(line) <= longest else f"{line[:longest].rsplit(' ', 1)[0]} …"


def share(part: Decimal, whole_amount: Decimal) -> str:
    """63 procent, for titles that are read aloud."""
    if not whole_amount:
        return _("ikke oplyst")
    return _("%(share)s procent") % {"share": number_format(part * 100 / whole_amount, 0)}


def sentence(text: str) -> str:
    """With a full stop at the end, so that another sentence can follow."""
    line = text.strip()
    return line if not line or line[-1] in ".:?" else f"{line}."


def letters(count: int) -> str:
    """A, or a to c: how the points of a recommendation are named."""
    last = chr(ord("a") + count - 1) if count else ""
    return "a" if count == 1 else f"a til {last}" if count else ""


def inside_sentence(label: str) -> str:
    """A label's first letter made small; abbreviations stay."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def source(text: str) -> str:
    """Several sources parted by a semicolon."""
    return text.replace(" | ", "; ")
