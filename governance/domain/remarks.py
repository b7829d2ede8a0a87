"""What is said ahead of a meeting: comments, questions and replies, and a member's whole reading in one go.

Marks are in reading.py. Remarks are part of the record: they are never changed, a correction is another remark.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from governance import rules
from governance.models import AgendaItem, Meeting, Position, Remark, User
from governance.refusals import NotAllowed, NotReady, Refusal, WrongStage, raise_if
from governance.standing import standing_of

from .agendas import add_initiative, locked
from .reading import Mark, Marked, mark_items, reasons_to_read_later

Kind = Remark.Kind


@dataclass(frozen=True, slots=True)
class Said:
    """A remark that somebody wants to make about an item; a reply names what it answers.

    `subject` is the initiative's address name on the item about the portfolio.
    """

    item_id: int
    text: str
    kind: str = Kind.COMMENT
    reply_to: int | None = None
    subject: str = ""


def reasons_against_remark(item: AgendaItem, said: Said) -> list[Refusal]:
    """Why this cannot be said about the item as it is now."""
    refusals = []
    if not said.text.strip():
        refusals.append(Refusal("text_missing", _("Skriv din kommentar eller dit spørgsmål.")))
    if item.withdrawn_at is not None:
        refusals.append(Refusal("withdrawn", _("Punktet er trukket.")))
    is_reply = said.kind == Kind.REPLY
    if is_reply != (said.reply_to is not None):
        refusals.append(Refusal("reply_to_what", _("Vælg det spørgsmål, du svarer på.")))
    elif is_reply and not item.remarks.filter(pk=said.reply_to or 0).exclude(kind=Kind.REPLY).exists():
        refusals.append(Refusal("reply_elsewhere", _("Spørgsmålet står ikke på punktet.")))
    if said.subject and item.kind != AgendaItem.Kind.PORTFOLIO:
        refusals.append(Refusal("subject_elsewhere", _("Kun på porteføljens punkt skrives der om et initiativ.")))
    return refusals


@transaction.atomic
def make_remark(*, said: Said, by: User) -> Remark:
    """Say something about an item: whoever has a seat in the body, and the secretariat.

    Raises NotAllowed, WrongStage before the agenda is sent and after the meeting, NotReady with what is wrong with it.
    """
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting__body").get(pk=said.item_id)
    meeting = item.meeting
    if not rules.may_read_ahead(standing_of(by), meeting):
        message = _("Kun de, der har plads i organet, og sekretariatet skriver her.")
        raise NotAllowed(Refusal("no_seat", message))
    raise_if(WrongStage, reasons_to_read_later(meeting))
    raise_if(NotReady, reasons_against_remark(item, said))
    return Remark.objects.create(
        item=item,
        subject=said.subject,
        kind=said.kind,
        reply_to_id=said.reply_to,
        text=said.text.strip(),
        author=by,
    )


@transaction.atomic
def hand_in(*, meeting: Meeting, marks: Sequence[Mark], remarks: Sequence[Said], by: User) -> Marked:
    """Take all that somebody has marked and written on a page in one go, against fresh data.

    What has changed meanwhile is left with its reason, the rest is taken. Raises as `mark_items` and `make_remark`.
    """
    meeting = locked(meeting)
    marked = mark_items(meeting=meeting, marks=marks, by=by) if marks else Marked(taken=(), left={})
    left = dict(marked.left)
    for said in remarks:
        try:
            make_remark(said=said, by=by)
        except NotReady as refused:
            left[said.item_id] = refused.refusals[0]
    return Marked(taken=marked.taken, left=left)


@transaction.atomic
def flag_initiative(*, meeting: Meeting, subject: str, title: str, word: str, by: User) -> AgendaItem:
    """Ask to talk about an initiative of the portfolio: it becomes a point of the agenda, flagged by the member.

    Raises as `mark_items`, and NotReady without a word why.
    """
    item = add_initiative(meeting=meeting, subject=subject, title=title)
    marked = mark_items(meeting=meeting, marks=[Mark(item_id=item.pk, kind=Position.Kind.FLAGGED, word=word)], by=by)
    raise_if(NotReady, list(marked.left.values()))
    return item
