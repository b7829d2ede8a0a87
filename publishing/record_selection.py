"""From decisions and approved minutes to what the public may know: the one place where it is decided (public.md).

A point is closed to the public when it, its case or one of its decisions is marked so, and when it is about an
initiative that is not public: ideas that are not published, withdrawn and rejected ones.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from governance.minutes import Correction, DecisionLine, Minutes, MinutesItem
from governance.models import Body, Decision, Meeting
from governance.refusals import Refusal
from portfolio.models import Initiative, LifecycleEvent, Stage

from .public_record import LoggedDecision, PublicCorrection, PublicItem, PublicMinutes
from .selection import PUBLIC_STAGES


def is_public_initiative(initiative: Initiative) -> bool:
    """Whether anything about an initiative may be known today, by the same rule as the portfolio's (selection.py)."""
    if initiative.stage == Stage.IDEA:
        return initiative.is_public_idea
    if initiative.stage == Stage.CLOSED:
        closing = LifecycleEvent.objects.filter(initiative=initiative, after=Stage.CLOSED).order_by("-pk").first()
        return closing is not None and closing.before in PUBLIC_STAGES
    return initiative.stage in PUBLIC_STAGES


def initiative_of(decision: Decision) -> Initiative | None:
    """The initiative a decision is about, if any."""
    return Initiative.objects.filter(case_links__case=decision.case_id).first()


def reasons_not_public(decision: Decision) -> list[Refusal]:
    """Why a decision may not be published."""
    refusals = []
    item = decision.agenda_item
    if not decision.is_public or not decision.case.is_public or (item is not None and not item.is_public):
        refusals.append(Refusal("marked_closed", _("Beslutningen, sagen eller punktet er lukket.")))
    initiative = initiative_of(decision)
    if initiative is not None and not is_public_initiative(initiative):
        refusals.append(Refusal("initiative_not_public", _("Initiativet er ikke offentligt.")))
    return refusals


def logged(decision: Decision) -> LoggedDecision:
    """The public part of a decision. Asks nothing about whether it may be published."""
    initiative = initiative_of(decision)
    place = str(decision.meeting)
    if decision.agenda_item is not None:
        place = _("%(meeting)s, punkt %(number)d") % {"meeting": place, "number": decision.agenda_item.number}
    return LoggedDecision(
        number=decision.number,
        decided_on=decision.decided_on,
        body=decision.body.name,
        body_kind=decision.body.kind,
        title=decision.case.title,
        outcome=decision.outcome,
        text=decision.text,
        reason=decision.reason,
        conditions=tuple(_condition(row) for row in decision.conditions),
        meeting=place,
        initiative=initiative.slug if initiative else "",
        initiative_name=initiative.name if initiative else "",
    )


def _condition(row: Mapping) -> str:
    title = row.get("title") or row["code"]
    if not row.get("until"):
        return title
    day = row["until"] if isinstance(row["until"], date) else date.fromisoformat(row["until"])
    return _("%(title)s, senest %(day)s") % {"title": title, "day": date_format(day, "DATE_FORMAT")}


def has_public_minutes(meeting: Meeting) -> bool:
    """Whether anything of a body's minutes may be known: not of a group whose every initiative is not public."""
    initiatives = list(Initiative.objects.filter(bodies=meeting.body_id))
    return not initiatives or any(is_public_initiative(each) for each in initiatives)


def public_minutes(
    meeting: Meeting, minutes: Minutes, corrections: Iterable[Correction], published: Mapping[str, LoggedDecision]
) -> PublicMinutes:
    """The public version. `published` are the decisions in the public log, by number; no other is told of."""
    items = tuple(_item(item, meeting, published) for item in minutes.items)
    shown = {item.number for item in items if not item.is_closed}
    approved_on = meeting.minutes_approved_on
    return PublicMinutes(
        body=minutes.body,
        body_kind=minutes.body_kind,
        procedure=minutes.procedure,
        year=minutes.year,
        number=minutes.number,
        held_on=minutes.held_on,
        approved_on=approved_on.date if approved_on is not None else minutes.held_on,
        attended=_attended(minutes),
        items=items,
        corrections=tuple(
            PublicCorrection(note.text, note.written_on, note.item)
            for note in corrections
            # A correction of all the minutes may be about anything, also what is closed.
            if (note.item in shown if note.item is not None else len(shown) == len(items))
        ),
    )


def _attended(minutes: Minutes) -> tuple[str, ...]:
    """The board's public functions; of other bodies nobody is named, not even by function."""
    if minutes.body_kind != Body.Kind.BOARD:
        return ()
    return tuple(seat.label for seat in minutes.attended if seat.is_present and seat.has_vote)


def _item(item: MinutesItem, meeting: Meeting, published: Mapping[str, LoggedDecision]) -> PublicItem:
    if item.is_withdrawn:
        return PublicItem(item.number, is_withdrawn=True)
    if not item.is_public or not _is_told(item.decisions, published) or not _is_about_the_public(item, meeting):
        return PublicItem(item.number)
    return PublicItem(
        number=item.number,
        heading=item.heading,
        text=item.text,
        settled=item.settled,
        decisions=tuple(published[line.number] for line in item.decisions),
    )


def _is_told(lines: Iterable[DecisionLine], published: Mapping[str, LoggedDecision]) -> bool:
    return all(line.number in published for line in lines)


def _is_about_the_public(item: MinutesItem, meeting: Meeting) -> bool:
    """Whether the initiative that the point is about, if any, is public."""
    row = meeting.items.filter(number=item.number).first()
    subject = row.subject if row is not None else ""
    about = Initiative.objects.filter(case_links__case__number=item.case_number) if item.case_number else None
    if about is None:
        about = Initiative.objects.filter(slug=subject) if subject else Initiative.objects.none()
    return all(is_public_initiative(initiative) for initiative in about)
