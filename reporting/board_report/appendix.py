"""Open conditions by date, and the page that explains levels, stages and words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portfolio.models import Level
from reporting.frozen import CatalogueState, SnapshotData

from . import words
from .changes import ConditionRow, condition_row
from .front import taken_on

LEVEL_MEANING = {
    Level.SANDBOX: (
        gettext_lazy("Afprøvning i sandkassen"),
        gettext_lazy("Forretningslederen"),
        gettext_lazy("hvert halve år"),
    ),
    Level.N1: (
        gettext_lazy("Lokal værdi, som andre kan overtage. Lokale midler"),
        gettext_lazy("Forretningslederen; en projektejer eller styregruppe leder"),
        gettext_lazy("hvert halve år"),
    ),
    Level.N2: (
        gettext_lazy("Værdi for mange kommuner. OS2-midler er mulige"),
        gettext_lazy("Bestyrelsen godkender; en styregruppe leder"),
        gettext_lazy("hvert kvartal; produkter hvert halve år"),
    ),
    Level.N3: (
        gettext_lazy("Strategisk. Hænger sammen med nationale strategier"),
        gettext_lazy("Bestyrelsen udpeger styregruppen og har flertal i den"),
        gettext_lazy("hver måned; produkter hvert kvartal"),
    ),
}


@dataclass(frozen=True, slots=True)
class ConditionGroup:
    """Conditions that fall due in the same period."""

    label: str
    rows: tuple[ConditionRow, ...]


@dataclass(frozen=True, slots=True)
class ConditionsSection:
    """All open conditions."""

    lede: str
    groups: tuple[ConditionGroup, ...]


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level, for whom it is, who decides, how often it reports, and how many requirements it has."""

    label: str
    meaning: str
    decides: str
    reports: str
    added: str
    total: str


@dataclass(frozen=True, slots=True)
class Appendix:
    """Levels, stages and words."""

    catalogue: str
    levels: tuple[LevelRow, ...]


def conditions_of(content: SnapshotData) -> ConditionsSection:
    """Overdue first, then those before the next meeting, then the rest."""
    today = taken_on(content)
    found = [(i, c) for i in content.live for c in i.open_conditions if c.until]
    found.sort(key=lambda pair: (pair[1].until, pair[0].sort_key, pair[1].code))
    next_on = content.meeting.next_on if content.meeting else None
    overdue = [(i, c) for i, c in found if c.state == "overdue"]
    ahead = [(i, c) for i, c in found if c.state != "overdue"]
    soon = [(i, c) for i, c in ahead if next_on and c.until and c.until <= next_on]
    later = [pair for pair in ahead if pair not in soon]
    groups = (
        (_("Overskredet"), overdue),
        (_("Inden næste møde %(day)s") % {"day": words.written(next_on)}, soon),
        (_("Senere") if next_on else _("Med frist"), later),
    )
    return ConditionsSection(
        lede=_conditions_lede(len(found), len(overdue)),
        groups=tuple(
            ConditionGroup(f"{label} ({len(rows)})", tuple(condition_row(i, c, today) for i, c in rows))
            for label, rows in groups
            if rows
        ),
    )


def _conditions_lede(count: int, overdue: int) -> str:
    if not count:
        return _("Ingen krav er udskudt. Når bestyrelsen godkender med vilkår, står kravene her med deres frist.")
    first = ngettext("%(count)d krav er udskudt til en dato.", "%(count)d krav er udskudt til en dato.", count)
    second = _("Ingen er over fristen.")
    if overdue:
        second = _("%(count)d er over fristen og kommer på næste dagsorden.") % {"count": overdue}
    return f"{first % {'count': count}} {second}"


def appendix_of(content: SnapshotData) -> Appendix:
    """The levels with the counts of the newest catalogue, if there is one."""
    newest = content.catalogues[0] if content.catalogues else None
    return Appendix(
        catalogue=newest.version if newest else "",
        levels=tuple(_level_row(level, newest) for level in Level),
    )


def _level_row(level: Level, catalogue: CatalogueState | None) -> LevelRow:
    meaning, decides, reports = LEVEL_MEANING[level]
    own = [r for r in catalogue.requirements if r.level == level] if catalogue else []
    return LevelRow(
        label=words.level_short(level),
        meaning=str(meaning),
        decides=str(decides),
        reports=str(reports),
        added=str(len(own)) if own else words.DASH,
        total=str(_in_force(catalogue, level)) if own and catalogue else words.DASH,
    )


def _in_force(catalogue: CatalogueState, level: int) -> int:
    """How many requirements hold on a level: its own and those below, without those that a higher one replaces."""
    rows = [r for r in catalogue.requirements if r.level <= level]
    replaced = {code for r in rows for code in r.replaces}
    return sum(1 for r in rows if r.code not in replaced)
