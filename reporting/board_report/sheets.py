"""What the sheets of projects and products share: the line over the name, lights, economy, risks, who is behind."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.frozen import BudgetState, GroupState, ReportState, RiskState, SnapshotInitiative

from . import words
from .portfolio import EconomyRow, Sums, economy_rows

# More risks than this are told by their number.
MOST_RISKS = 3


@dataclass(frozen=True, slots=True)
class LightCell:
    """One light of a page: the word, its mark, the earlier one, and why."""

    area: str
    light: str
    light_class: str
    before: str
    reason: str


@dataclass(frozen=True, slots=True)
class RiskRow:
    """One risk of the register."""

    text: str
    score: str
    owner: str
    action: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of facts: what it is, and what is known."""

    label: str
    text: str


def kicker(initiative: SnapshotInitiative, kind: str, middle: str = "") -> str:
    """What stands over the name: kind, level, phase or operating status, the day of the report."""
    report = initiative.report
    told = _("ingen statusrapport")
    if report is not None:
        told = _("status pr. %(day)s") % {"day": words.written(report.period_end)}
        if report.approved_by:
            told += _(", godkendt af %(who)s") % {"who": report.approved_by}
    paused = ""
    if initiative.paused_since:
        paused = _("på pause til %(day)s") % {"day": words.written(initiative.paused_until)}
    priority = _("prioritet %(priority)s") % {"priority": words.priority(initiative.priority)}
    parts = [
        kind,
        words.level_long(initiative.level),
        middle,
        paused,
        priority if initiative.priority else "",
        _("eksempel") if initiative.is_example else "",
        told,
    ]
    return " · ".join(part for part in parts if part)


def flag(initiative: SnapshotInitiative) -> str:
    """The label on the right: what is over a limit, else how many conditions are open."""
    if initiative.deviations:
        about = [
            words.area(d.area).lower() if d.area else words.inside_sentence(d.label) for d in initiative.deviations
        ]
        return _("Afvigelse: %(what)s") % {"what": words.listed(list(dict.fromkeys(about)))}
    count = len(initiative.open_conditions)
    if count:
        return ngettext("%(count)d åbent vilkår", "%(count)d åbne vilkår", count) % {"count": count}
    return ""


def light_cells(report: ReportState | None) -> tuple[LightCell, ...]:
    """The lights of a report in its own order."""
    return tuple(
        LightCell(
            area=words.area(light.area),
            light=words.light(light.light),
            light_class=words.light_class(light.light),
            before=_("før: %(light)s") % {"light": words.light(light.before).lower()} if light.before else "",
            reason=light.reason,
        )
        for light in (report.lights if report else ())
    )


def no_report(initiative: SnapshotInitiative) -> str:
    """The sentence instead of lights."""
    if initiative.report is not None:
        return ""
    if initiative.report_due is None:
        return _("Der er ikke modtaget en statusrapport.")
    return _("Der er ikke modtaget en statusrapport. Den første skal være her senest %(day)s.") % {
        "day": words.written(initiative.report_due)
    }


def report_economy(report: ReportState | None) -> tuple[EconomyRow, ...]:
    """Budget, spent and forecast of the latest report by category."""
    by_category: dict[str, Sums] = {}
    for line in report.economy if report else ():
        by_category.setdefault(line.category or _("Hele projektet"), Sums()).add(line)
    rows = economy_rows(by_category, figures=False)
    return rows[:1] if len(by_category) == 1 else rows


def economy_unit(budget: BudgetState | None, what: str) -> str:
    """What stands after the caption: kroner, for what, and who approved which budget."""
    if budget is None:
        return _("kr., %(what)s; intet budget er registreret i portalen") % {"what": what}
    version = _("budget version %(version)d") % {"version": budget.version}
    if not budget.approvals:
        return _("kr., %(what)s; %(version)s er ikke godkendt") % {"what": what, "version": version}
    latest = budget.approvals[-1]
    return _("kr., %(what)s; %(version)s, godkendt af %(who)s %(day)s") % {
        "what": what,
        "version": version,
        "who": words.approver(latest.approver),
        "day": words.written(latest.on),
    }


def risk_row(risk: RiskState) -> RiskRow:
    """A risk with its figures."""
    score = f"{risk.probability} \N{MULTIPLICATION SIGN} {risk.consequence} = {risk.score}"
    return RiskRow(risk.text, score, risk.owner or words.DASH, risk.action or words.DASH)


def conditions_text(initiative: SnapshotInitiative) -> str:
    """The open conditions in one line."""
    told = [
        _("%(code)s %(title)s, frist %(day)s%(over)s")
        % {
            "code": c.code,
            "title": c.title,
            "day": words.day(c.until),
            "over": _(" (overskredet)") if c.state == "overdue" else "",
        }
        for c in initiative.open_conditions
    ]
    return "; ".join(told) or _("ingen")


def organisation_text(initiative: SnapshotInitiative) -> str:
    """Groups with their votes, then who owns, leads and coordinates, by function; empty when nothing is known."""
    told = [_group(group) for group in initiative.groups]
    told += [f"{words.role(role.role)}: {role.holder}" for role in initiative.roles]
    return ". ".join(told)


def _group(group: GroupState) -> str:
    text = group.name
    if group.votes:
        values = {"name": text, "votes": group.votes, "board": group.board_votes}
        one = "%(name)s (%(votes)d stemme)"
        many = "%(name)s (%(votes)d stemmer, heraf %(board)d hos bestyrelsesmedlemmer)"
        text = ngettext(one, many, group.votes) % values
    return text if not group.chair else _("%(group)s, formand: %(chair)s") % {"group": text, "chair": group.chair}


def participants_text(initiative: SnapshotInitiative) -> str:
    """The organisations that take part, the initiator first; empty when none is registered."""
    names = [p.organisation.name for p in sorted(initiative.participants, key=lambda p: p.role != "lead")]
    return words.listed(list(dict.fromkeys(names)))


def told_and_unknown(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """What is known, one line each, and last in one line what is not known."""
    rows = list(facts)
    unknown = [fact.label.lower() for fact in rows if not fact.text]
    told = tuple(fact for fact in rows if fact.text)
    return (*told, Fact(_("Ikke oplyst"), words.listed(unknown))) if unknown else told
