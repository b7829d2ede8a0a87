"""The consent item at the meeting: what all agreed on in advance is decided together (meetings.md)."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from governance.models import AgendaItem, Decision, Meeting, User
from governance.refusals import NotAllowed, NotReady, Refusal, Refused, WrongStage, raise_if

from .decisions import electorate_for, reasons_to_wait, record_decision
from .reading import consent_items
from .voting import Poll


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An item that could not be decided with the others, and why."""

    item: AgendaItem
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Consent:
    """What came of the consent item: the decisions, and the items that are left for themselves."""

    decisions: tuple[Decision, ...]
    left_out: tuple[LeftOut, ...]


def reasons_against_consent(meeting: Meeting) -> list[Refusal]:
    """Why the meeting cannot decide its consent item now: not held, nobody has said who came, or no quorum."""
    return reasons_to_wait(meeting) or electorate_for(meeting, {}).refusals


@transaction.atomic
def record_consent(*, meeting: Meeting, by: User) -> Consent:
    """Decide all items that still hold, each with a decision of its own, in one transaction.

    An item whose effects refuse is left out with its reasons; the others stand. Raises WrongStage when nothing is
    agreed on any more, NotReady when the meeting cannot decide, NotAllowed for who does not record.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)
    raise_if(NotReady, reasons_against_consent(meeting))
    items = consent_items(meeting)
    if not items:
        message = _("Ingen punkter er forhåndsgodkendt af alle. Måske er de markeret eller afgjort i mellemtiden.")
        raise WrongStage(Refusal("nothing_agreed", message))
    made, left_out = [], []
    for item in items:
        try:
            with transaction.atomic():
                made.append(_decide(item, by=by))
        except NotAllowed:
            raise
        except Refused as refused:
            left_out.append(LeftOut(item=item, refusals=tuple(refused.refusals)))
    return Consent(decisions=tuple(made), left_out=tuple(left_out))


def _decide(item: AgendaItem, *, by: User) -> Decision:
    return record_decision(
        case=item.case,  # type: ignore[arg-type]  # consent items are cases
        meeting=item.meeting,
        item=item,
        outcome=Decision.Outcome.APPROVED,
        text=_("Godkendt som indstillet. Alle med stemmeret havde forhåndsgodkendt sagen, og ingen ville drøfte den."),
        poll=Poll(method=Decision.Method.CONSENT),
        by=by,
    )
