"""What the business manager may want to see to before a snapshot is taken. Nothing here keeps it from being taken."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import AgendaItem, Body, Case, Meeting
from governance.refusals import Mend, Refusal
from portfolio.models import Initiative, StatusReport
from portfolio.overviews import product_lines, project_lines
from reporting.board_report.words import listed

MOST_NAMES = 5


def worth_knowing(day: date, meeting: Meeting | None) -> list[Refusal]:
    """What is missing on the day: late and unreceived reports, cases that are not ready or not on the agenda."""
    found = [_late_reports(day), _unreceived_reports(), _draft_cases(), _cases_off_agenda()]
    if meeting is not None:
        found.append(_empty_agenda(meeting))
    return [row for row in found if row is not None]


def _late_reports(day: date) -> Refusal | None:
    live = Initiative.objects.live()
    late = [
        line.name
        for line in (*project_lines(live), *product_lines(live, day))
        if line.report_due is not None and line.report_due < day
    ]
    if not late:
        return None
    message = ngettext(
        "%(count)d statusrapport er for sent på den: %(names)s.",
        "%(count)d statusrapporter er for sent på den: %(names)s.",
        len(late),
    )
    return Refusal("late_reports", message % {"count": len(late), "names": _some(late)}, _reports())


def _unreceived_reports() -> Refusal | None:
    waiting = StatusReport.objects.filter(status=StatusReport.Status.APPROVED).select_related("initiative")
    names = [report.initiative.name for report in waiting.order_by("initiative__sort_key")]
    if not names:
        return None
    message = ngettext(
        "%(count)d godkendt statusrapport er ikke modtaget og kommer ikke med: %(names)s.",
        "%(count)d godkendte statusrapporter er ikke modtaget og kommer ikke med: %(names)s.",
        len(names),
    )
    return Refusal("unreceived_reports", message % {"count": len(names), "names": _some(names)}, _reports())


def _draft_cases() -> Refusal | None:
    drafts = Case.objects.filter(body__kind__in=Body.BOARD_KINDS, status=Case.Status.DRAFT)
    return _about_cases(
        "draft_cases",
        list(drafts.order_by("number").values_list("title", flat=True)),
        _("%(count)d sag er stadig en kladde: %(names)s."),
        _("%(count)d sager er stadig kladder: %(names)s."),
    )


def _cases_off_agenda() -> Refusal | None:
    ready = Case.objects.filter(body__kind__in=Body.BOARD_KINDS, status=Case.Status.READY)
    on_agenda = AgendaItem.objects.filter(withdrawn_at=None, case__isnull=False).values("case")
    return _about_cases(
        "cases_off_agenda",
        list(ready.exclude(pk__in=on_agenda).order_by("number").values_list("title", flat=True)),
        _("%(count)d sag er klar, men ikke på en dagsorden: %(names)s."),
        _("%(count)d sager er klar, men ikke på en dagsorden: %(names)s."),
    )


def _about_cases(code: str, titles: list[str], one: str, many: str) -> Refusal | None:
    if not titles:
        return None
    message = (one if len(titles) == 1 else many) % {"count": len(titles), "names": _some(titles)}
    return Refusal(code, message, Mend("governance:cases", {}, _("Se sagerne")))


def _empty_agenda(meeting: Meeting) -> Refusal | None:
    if meeting.items.filter(withdrawn_at=None).exists():
        return None
    mend = Mend("governance:meeting", {"pk": meeting.pk}, _("Se dagsordenen"))
    return Refusal("empty_agenda", _("Mødets dagsorden er tom."), mend)


def _reports() -> Mend:
    return Mend("portfolio:reports", {}, _("Se statusrapporterne"))


def _some(names: list[str]) -> str:
    if len(names) <= MOST_NAMES:
        return listed(names)
    return _("%(names)s og %(rest)d til") % {"names": ", ".join(names[:MOST_NAMES]), "rest": len(names) - MOST_NAMES}
