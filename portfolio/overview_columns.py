"""The columns of the overviews as plain cells, for the export: the same facts, in the same order, as the page shows."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .deferrals import OpenCondition
from .exports import Cell
from .models import Initiative, Level, ReportLight, Stage
from .overview_lines import Line
from .overviews import ProductRow, ProjectRow

Area = ReportLight.Area
Column = tuple[str | Promise, Callable[[Any], Cell]]
STATUS, CONTENT = "status", "indhold"
VIEWS: dict[str, str | Promise] = {
    STATUS: gettext_lazy("Status og økonomi"),
    CONTENT: gettext_lazy("Indhold og organisation"),
}
PROJECT_AREAS = (Area.TIME, Area.RESOURCES, Area.ECONOMY, Area.QUALITY, Area.BENEFITS)
PRODUCT_AREAS = (Area.OPERATIONS, Area.ECONOMY, Area.DEVELOPMENT)


def level_word(level: int | None) -> str:
    """A level in words."""
    return _("Ikke oplyst") if level is None else capfirst(str(Level(level).label))


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def responsible_of(row: ProjectRow | ProductRow) -> str:
    """Who answers for it: the steering group's chair, or the owner."""
    people = row.people
    if people.steering_chair:
        return _("Styregruppe: %(who)s") % {"who": people.steering_chair}
    if people.owner:
        return _("Ejer: %(who)s") % {"who": people.owner}
    return _joined(*people.steering_groups)


def conditions_in_words(conditions: Sequence[OpenCondition]) -> str:
    """Open and overdue conditions in a few words."""
    overdue = sum(1 for condition in conditions if condition.is_overdue)
    if overdue:
        return _("%(overdue)d af %(all)d forfaldet") % {"overdue": overdue, "all": len(conditions)}
    return _("%(all)d åbne") % {"all": len(conditions)} if conditions else ""


def marks_of(line: Line) -> list[str]:
    """Why a line is marked, in a few words each; areas that are red twice stand together."""
    red = [each for each in line.deviations if each.code.startswith("red_twice")]
    marks = [each.label for each in line.deviations if each not in red]
    if red:
        areas = ", ".join(str(Area(each.area).label) for each in red)
        marks.append(_("Rød to gange: %(area)s") % {"area": areas})
    return marks


def gate_in_words(row: ProjectRow) -> str:
    """How far a concept is."""
    if row.gate is None:
        return ""
    if not row.gate.missing:
        return _("Klar")
    return _("%(missing)d af %(all)d mangler") % {"missing": row.gate.missing, "all": row.gate.total}


def _light(area: str) -> Column:
    def cell(row: ProjectRow | ProductRow) -> str:
        fact = row.line.lights.get(area)
        return fact.word if fact else ""

    return capfirst(Area(area).label), cell


def _kroner(amount: Decimal) -> str:
    return _("%(amount)s kr.") % {"amount": number_format(amount, 0, use_l10n=True, force_grouping=True)}


def _percent(value: Decimal | None) -> Cell:
    return None if value is None else value.quantize(Decimal("0.1"))


def operating_word(status: str) -> str:
    """An operating status in words."""
    return capfirst(str(Initiative.OperatingStatus(status).label)) if status else ""


def users_in_words(row: ProductRow) -> str:
    """How many use it; a source's words where nobody has registered it."""
    return str(row.line.users) if row.line.users is not None else _joined(*row.stated_users)


def compliance_in_words(row: ProductRow) -> str:
    """Requirements fulfilled, of all."""
    found = row.compliance
    return _("%(done)d af %(all)d") % {"done": found.fulfilled, "all": found.total} if found else ""


def progress_of(row: ProductRow) -> str:
    """What the latest report says of changes and further development."""
    return row.line.report.change_progress if row.line.report else ""


def money_by_category(row: ProductRow) -> str:
    """Each category's forecast in the latest report."""
    return "; ".join(f"{line.category}: {_kroner(line.forecast)}" for line in row.line.economy)


_FIRST: list[Column] = [
    (gettext_lazy("Nummer"), lambda row: row.line.reference),
    (gettext_lazy("Ansvarlig"), responsible_of),
    (gettext_lazy("Markeret"), lambda row: _joined(*marks_of(row.line))),
    (gettext_lazy("Niveau"), lambda row: level_word(row.line.level)),
]
_MONEY: list[Column] = [
    (gettext_lazy("Budget"), lambda row: row.line.budget),
    (gettext_lazy("Brugt"), lambda row: row.line.spent),
    (gettext_lazy("Forventet"), lambda row: row.line.forecast),
    (gettext_lazy("Afv. %"), lambda row: _percent(row.line.over_percent)),
    (gettext_lazy("Vilkår"), lambda row: conditions_in_words(row.conditions)),
    (gettext_lazy("Rapport"), lambda row: row.line.report.period_end if row.line.report else None),
]
PROJECT_COLUMNS: dict[str, list[Column]] = {
    STATUS: [
        (gettext_lazy("Projekt"), lambda row: row.line.name),
        *_FIRST,
        (gettext_lazy("Stadie"), lambda row: capfirst(str(Stage(row.line.stage).label))),
        (gettext_lazy("Fase"), lambda row: row.line.phase),
        (gettext_lazy("Krav til igangsættelse"), gate_in_words),
        *(_light(area) for area in PROJECT_AREAS),
        (gettext_lazy("Slut, plan"), lambda row: row.line.planned_end),
        (gettext_lazy("Ventes"), lambda row: row.line.forecast_end),
        (gettext_lazy("Fremdrift i procent"), lambda row: row.line.progress),
        (gettext_lazy("Timer brugt"), lambda row: row.line.hours_used),
        (gettext_lazy("Timer estimeret"), lambda row: row.line.hours_estimated),
        *_MONEY,
    ],
    CONTENT: [
        (gettext_lazy("Projekt"), lambda row: row.line.name),
        (gettext_lazy("Niveau"), lambda row: level_word(row.line.level)),
        (gettext_lazy("Formål"), lambda row: row.purpose or row.idea),
        (gettext_lazy("Beskrivelse"), lambda row: row.description),
        (gettext_lazy("Styregruppe eller ejer"), responsible_of),
        (gettext_lazy("Projektleder"), lambda row: row.people.lead),
        (gettext_lazy("Deltagere"), lambda row: _joined(*row.people.participants)),
        (gettext_lazy("Forventet effekt"), lambda row: row.expected_effect),
        (gettext_lazy("Business case"), lambda row: row.business_case),
        (gettext_lazy("Kvalitative mål"), lambda row: row.qualitative_goals),
    ],
}
PRODUCT_COLUMNS: dict[str, list[Column]] = {
    STATUS: [
        (gettext_lazy("Produkt"), lambda row: row.line.name),
        *_FIRST,
        (gettext_lazy("Driftsstatus"), lambda row: operating_word(row.line.operating_status)),
        *(_light(area) for area in PRODUCT_AREAS),
        (gettext_lazy("Anvendere"), users_in_words),
        (gettext_lazy("Leverandører"), lambda row: row.line.vendors),
        (gettext_lazy("Krav opfyldt"), compliance_in_words),
        (gettext_lazy("Ændringer og videreudvikling"), progress_of),
        *_MONEY,
    ],
    CONTENT: [
        (gettext_lazy("Produkt"), lambda row: row.line.name),
        (gettext_lazy("Niveau"), lambda row: level_word(row.line.level)),
        (gettext_lazy("Formål"), lambda row: row.purpose),
        (gettext_lazy("Beskrivelse"), lambda row: row.description),
        (gettext_lazy("Styregruppe"), responsible_of),
        (
            gettext_lazy("Koordination"),
            lambda row: _joined(*row.people.coordination_groups, row.people.coordinator),
        ),
        (gettext_lazy("Systemejer"), lambda row: row.people.system_owner),
        (gettext_lazy("Leverandører"), lambda row: _joined(*row.people.vendors)),
        (gettext_lazy("Effekt"), lambda row: row.expected_effect),
        (gettext_lazy("Kvalitative mål"), lambda row: row.qualitative_goals),
        (gettext_lazy("Økonomi efter kategori"), money_by_category),
        (gettext_lazy("Anvendere"), lambda row: _joined(*(row.people.users or row.stated_users))),
        (gettext_lazy("Aftale"), lambda row: _joined(*row.stated_agreements)),
    ],
}
