"""Everything the template gets, worked out from a snapshot and nothing else: plain frozen values with Danish words."""

from dataclasses import dataclass, fields
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.frozen import SnapshotData

from . import front
from .appendix import Appendix, ConditionsSection, appendix_of, conditions_of
from .cases import CasePage, cases_of
from .changes import ChangesSection, changes_of
from .deviations import DeviationsSection, deviations_of
from .portfolio import IndexRow, PortfolioSection, index_of, portfolio_of
from .products import ProductPage, products_of
from .projects import ComingRow, ProjectEntry, ProjectPage, big_projects, coming, small_projects

CHECKSUM_SHOWN = 16
ROWS_ON_A_PAGE = 38
ENTRIES_ON_A_PAGE = 4
OTHER_PAGES = 9


@dataclass(frozen=True, slots=True)
class Key:
    """One of the four figures on the front page."""

    count: int
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class ReportContext:
    """The report, section by section, in the order members read it."""

    title: str
    meeting_line: str
    snapshot_line: str
    made_at: str
    keys: tuple[Key, ...]
    front: front.Front
    changes: ChangesSection
    deviations: DeviationsSection
    portfolio: PortfolioSection
    index: tuple[IndexRow, ...]
    taken_on: str
    full_cases: tuple[CasePage, ...]
    short_cases: tuple[CasePage, ...]
    voters: tuple[str, ...]
    coming: tuple[ComingRow, ...]
    projects: tuple[ProjectPage, ...]
    entries: tuple[ProjectEntry, ...]
    products: tuple[ProductPage, ...]
    conditions: ConditionsSection
    appendix: Appendix

    def for_template(self) -> dict[str, Any]:
        """The fields by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def expected_pages(self) -> int:
        """About how many pages it becomes, so that progress has something to be measured by."""
        lists = len(self.index) // ROWS_ON_A_PAGE + len(self.entries) // ENTRIES_ON_A_PAGE
        return OTHER_PAGES + 2 * len(self.full_cases) + len(self.projects) + len(self.products) + lists


def context_of(content: SnapshotData, *, data_checksum: str) -> ReportContext:
    """The report of a snapshot. `data_checksum` is printed on every page; the same content gives the same report."""
    first = front.front_of(content)
    deviating = deviations_of(content)
    cases = cases_of(content)
    return ReportContext(
        title=f"{first.title}, {front.words.inside_sentence(first.subtitle)}",
        meeting_line=front.meeting_line(content),
        snapshot_line=_("Øjebliksbillede nr. %(number)d, %(at)s · kontrolsum %(checksum)s")
        % {
            "number": content.number,
            "at": front.moment(content.taken_at),
            "checksum": _in_fours(data_checksum[:CHECKSUM_SHOWN]),
        },
        made_at=content.taken_at.isoformat(),
        keys=_keys(content, first, deviating),
        front=first,
        changes=changes_of(content),
        deviations=deviating,
        portfolio=portfolio_of(content),
        index=index_of(content),
        taken_on=front.words.written(front.taken_on(content)),
        full_cases=tuple(case for case in cases if not case.is_short),
        short_cases=tuple(case for case in cases if case.is_short),
        voters=content.meeting.voters if content.meeting else (),
        coming=coming(content),
        projects=big_projects(content),
        entries=small_projects(content),
        products=products_of(content),
        conditions=conditions_of(content),
        appendix=appendix_of(content),
    )


def _keys(content: SnapshotData, first: front.Front, deviating: DeviationsSection) -> tuple[Key, ...]:
    decisions, marked, all_ = len(first.decisions), len(deviating.marked), len(content.counted)
    overdue = sum(len(i.overdue_conditions) for i in content.live)
    return (
        Key(decisions, ngettext("sag til beslutning", "sager til beslutning", decisions), "beslutte"),
        Key(marked, ngettext("markeret afvigelse", "markerede afvigelser", marked), "afviger"),
        Key(overdue, _("vilkår over fristen"), "siden-sidst"),
        Key(all_, ngettext("initiativ i porteføljen", "initiativer i porteføljen", all_), "portefolje"),
    )


def _in_fours(checksum: str) -> str:
    return " ".join(checksum[start : start + 4] for start in range(0, len(checksum), 4))
