"""What deviates: only what is over a limit, then what is near it; lights that changed; reports that are late."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portfolio.models import ReportLight, Stage
from reporting.frozen import DeviationState, SnapshotData, SnapshotInitiative

from . import words
from .changes import anchor_of
from .figures import LimitBar, limit_bars
from .front import case_anchor, taken_on

MOST_BARS = 12


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A marked initiative: what is over the limit, why, and what is proposed."""

    name: str
    anchor: str
    findings: tuple[tuple[str, str], ...]
    explanation: str
    proposal: str


@dataclass(frozen=True, slots=True)
class LightChangeRow:
    """A light that has changed."""

    name: str
    area: str
    before: str
    before_class: str
    now: str
    now_class: str
    reason: str


@dataclass(frozen=True, slots=True)
class LateRow:
    """An initiative whose status report is late."""

    name: str
    due: str
    latest: str


@dataclass(frozen=True, slots=True)
class DeviationsSection:
    """The section."""

    lede: str
    marked: tuple[MarkedRow, ...]
    figure: SafeString
    limits: str
    light_changes: tuple[LightChangeRow, ...]
    late: tuple[LateRow, ...]
    reporting_count: int


def deviations_of(content: SnapshotData) -> DeviationsSection:
    """Everything over a limit on the day of the snapshot."""
    marked = [i for i in content.live if i.deviations]
    marked.sort(key=lambda i: (-len(i.deviations), i.sort_key))
    reporting = [i for i in content.counted if i.report_due is not None]
    late = [i for i in reporting if i.report_due and i.report_due < taken_on(content)]
    return DeviationsSection(
        lede=_lede(len(marked), len(late)),
        marked=tuple(_marked(i, content) for i in marked),
        figure=_figure(content),
        limits=_limits(content),
        light_changes=_light_changes(content),
        late=tuple(
            LateRow(i.name, words.day(i.report_due), words.day(i.report.period_end) if i.report else _("ingen"))
            for i in sorted(late, key=lambda i: (i.report_due, i.sort_key))
        ),
        reporting_count=len(reporting),
    )


def _lede(marked: int, late: int) -> str:
    first = (
        ngettext("%(count)d initiativ er over en grænse.", "%(count)d initiativer er over en grænse.", marked)
        if marked
        else _("Intet initiativ er over en grænse.")
    )
    second = (
        ngettext("%(count)d statusrapport er for sent på den.", "%(count)d statusrapporter er for sent på den.", late)
        if late
        else _("Ingen statusrapport er for sent på den.")
    )
    return f"{first % {'count': marked}} {second % {'count': late}}"


def _marked(initiative: SnapshotInitiative, content: SnapshotData) -> MarkedRow:
    report = initiative.report
    areas = {deviation.area for deviation in initiative.deviations if deviation.area}
    reasons = [light.reason for light in report.lights if light.area in areas and light.reason] if report else []
    case = next((c for c in content.cases if c.initiative == initiative.slug), None)
    proposal = _("Foreslås til næste dagsorden")
    if case is not None and case.agenda_number is not None:
        proposal = _("Punkt %(number)d på dagsordenen") % {"number": case.agenda_number}
    return MarkedRow(
        name=initiative.name,
        anchor=case_anchor(case) if case else anchor_of(initiative),
        findings=tuple(_finding(initiative, deviation) for deviation in initiative.deviations),
        explanation=" ".join(words.sentence(reason) for reason in dict.fromkeys(reasons))
        or _("Ingen forklaring er meldt."),
        proposal=proposal,
    )


def _finding(initiative: SnapshotInitiative, deviation: DeviationState) -> tuple[str, str]:
    """The sentence, with the light the area has in the latest report."""
    light = initiative.report.light(deviation.area) if initiative.report and deviation.area else None
    return words.light_class(light.light) if light and light.light else "", deviation.sentence


def _figure(content: SnapshotData) -> SafeString:
    bars = []
    for initiative in content.counted:
        if initiative.stage != Stage.PROJECT:
            continue
        if initiative.slip_days is not None:
            bars.append(_bar(initiative, ReportLight.Area.TIME, Decimal(initiative.slip_days), content.limits.end_days))
        if initiative.over_percent is not None and initiative.budget_is_approved:
            percent = Decimal(content.limits.overspend_percent)
            bars.append(_bar(initiative, ReportLight.Area.ECONOMY, initiative.over_percent, int(percent)))
    bars.sort(key=lambda bar: (-bar.share, bar.label))
    shown = bars[:MOST_BARS]
    if not shown:
        return SafeString()
    said = "; ".join(f"{bar.label} {bar.words}" for bar in shown)
    return limit_bars(
        shown, title=_("Afvigelser målt mod grænsen. %(said)s.") % {"said": said}, limit_label=_("grænse")
    )


def _bar(initiative: SnapshotInitiative, area: str, value: Decimal, limit: int) -> LimitBar:
    is_time = area == ReportLight.Area.TIME
    figure = (
        ngettext("%(value)s dag", "%(value)s dage", int(value)) % {"value": words.whole(value)}
        if is_time
        else words.percent(value).lstrip("+")
    )
    is_over = value > limit
    return LimitBar(
        label=f"{initiative.name}, {words.area(area).lower()}",
        words=f"{figure} ({_('grænse')} {limit})" if is_over else figure,
        share=float(value / limit) if limit else 0.0,
        is_over=is_over,
    )


def _limits(content: SnapshotData) -> str:
    values = {"percent": content.limits.overspend_percent, "days": content.limits.end_days}
    return (
        _(
            "Grænserne for projekter: prognosen er mere end %(percent)d %% over det godkendte budget, slutdatoen er "
            "mere end %(days)d dage senere end planlagt, eller et lys er rødt i to rapporter i træk. For produkter: "
            "driften er rød i to rapporter i træk, driftsaftalen er ikke overholdt, der er færre end to anvendere, "
            "styregruppen mangler, hvor der skal være en, eller gruppen svarer, at værdien ikke holder."
        )
        % values
    )


def _light_changes(content: SnapshotData) -> tuple[LightChangeRow, ...]:
    if content.changes is None:
        return ()
    return tuple(
        LightChangeRow(
            name=change.name,
            area=words.area(change.area),
            before=words.light(change.before),
            before_class=words.light_class(change.before),
            now=words.light(change.now),
            now_class=words.light_class(change.now),
            reason=change.reason or words.DASH,
        )
        for change in content.changes.lights
    )
