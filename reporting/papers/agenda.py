"""The agenda as a paper: every point with its time, cases in their six parts."""

from collections.abc import Iterable

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.agenda_view import AgendaRow, agenda_of
from governance.effects import registry
from governance.models import Case, Meeting

from .minutes import subtitle_of, written
from .paper import Fact, Paper, Part, Section

PARTS = {
    "about": gettext_lazy("Formål"),
    "background": gettext_lazy("Baggrund"),
    "analysis": gettext_lazy("Analyse"),
    "recommendation": gettext_lazy("Indstilling"),
    "consequences": gettext_lazy("Konsekvenser"),
    "conclusion": gettext_lazy("Konklusion"),
}


def agenda_paper(meeting: Meeting) -> Paper:
    """The agenda of a meeting as it is now, in Danish."""
    with translation.override("da"):
        changed_at = meeting.published_at or timezone.now()
        return Paper(
            title=_("Dagsorden"),
            subtitle=subtitle_of(meeting.body.name, meeting.date),
            audience=_("%(body)s, %(day)s. Til medlemmerne, ikke offentligt")
            % {"body": meeting.body, "day": written(meeting.date)},
            made_of=_state(meeting),
            made_at=timezone.localtime(changed_at).isoformat(timespec="seconds"),
            facts=tuple(Fact(label, text) for label, text in _facts(meeting)),
            sections=tuple(_section(row, meeting) for row in agenda_of(meeting).rows),
            has_contents=True,
        )


def _state(meeting: Meeting) -> str:
    if meeting.published_at is None:
        return _("Kladde, ikke sendt endnu")
    words = {"day": written(timezone.localdate(meeting.published_at)), "edition": meeting.agenda_edition}
    return _("Sendt %(day)s, udgave %(edition)d") % words


def _facts(meeting: Meeting) -> Iterable[tuple[str, str]]:
    start, end = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    if meeting.procedure == Meeting.Procedure.WRITTEN:
        yield _("Frist"), date_format(end, "DATETIME_FORMAT")
    else:
        times = {"start": date_format(start, "TIME_FORMAT"), "end": date_format(end, "TIME_FORMAT")}
        yield _("Tid"), _("Kl. %(start)s til %(end)s") % times
    if meeting.place:
        yield _("Sted"), meeting.place
    if meeting.minute_taker:
        yield _("Referent"), str(meeting.minute_taker)


def _section(row: AgendaRow, meeting: Meeting) -> Section:
    item, case = row.item, row.item.case
    if row.is_withdrawn:
        return Section(item.heading, item.number, kicker=_("Trukket"))
    kicker = []
    if meeting.procedure == Meeting.Procedure.MEETING:
        kicker.append(_("kl. %(at)s") % {"at": date_format(timezone.localtime(row.at), "TIME_FORMAT")})
    if case is not None:
        kicker.append(str(case.get_purpose_display()))
        kicker.append(_("sag %(number)s") % {"number": case.number})
        kicker.append(_("ansvarlig: %(who)s") % {"who": case.responsible})
    if item.is_late:
        kicker.append(_("kom efter fristen"))
    if not item.is_public:
        kicker.append(_("lukket punkt"))
    parts = list(_parts(case)) if case is not None else []
    if row.lines:
        parts.append(Part(items=tuple(f"{line.name}. {line.text}" for line in row.lines)))
    return Section(
        item.heading, item.number, kicker=capfirst(", ".join(kicker)), parts=tuple(parts), minutes=item.minutes
    )


def _parts(case: Case) -> Iterable[Part]:
    """The recommendation first, as in the board report; then the other parts in their order."""
    asked = [str(registry.label(effect)) for effect in case.effects.all()]
    if case.recommendation or asked:
        yield Part(str(PARTS["recommendation"]), text=case.recommendation, is_boxed=True)
        if asked:
            yield Part(_("Beslutningen gennemfører"), items=tuple(asked))
    for name in Case.PARTS:
        text = getattr(case, name)
        if text and name != "recommendation":
            yield Part(str(PARTS[name]), text=text)
