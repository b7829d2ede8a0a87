"""The general assembly: which member organisations are represented. Each has one vote, whoever comes for it."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models import Affiliation, Body, Meeting, Organisation, Representation
from governance.refusals import NotReady, Refusal, WrongStage, raise_if

from .meetings import refuse_settled


def members_on(day: date) -> QuerySet[Organisation]:
    """The organisations that are members on the day, in Danish order."""
    membership = Affiliation.objects.on(day).filter(organisation=OuterRef("pk"), kind=Affiliation.Kind.MEMBER)
    return Organisation.objects.filter(Exists(membership)).order_by("sort_key", "pk")


def represented_at(meeting: Meeting) -> list[str]:
    """The names of the represented members, in Danish order; empty where only their number was noted."""
    rows = Organisation.objects.filter(representations__meeting=meeting).order_by("sort_key", "pk")
    return list(rows.values_list("name", flat=True))


def reasons_against_representation(meeting: Meeting, organisations: Sequence[int]) -> list[Refusal]:
    """Why these organisations cannot be the ones represented: none, one twice, or one that is no member that day."""
    if not organisations:
        return [Refusal("assembly_empty", _("Vælg mindst ét medlem, der er repræsenteret."))]
    refusals = []
    names = dict(Organisation.objects.filter(pk__in=organisations).values_list("pk", "name"))
    for pk, times in Counter(organisations).items():
        if times > 1:
            message = _("%(who)s er valgt flere gange. Hvert medlem har én stemme.")
            refusals.append(Refusal("represented_twice", message % {"who": names.get(pk, pk)}))
    members = set(members_on(meeting.date).filter(pk__in=organisations).values_list("pk", flat=True))
    for pk in dict.fromkeys(organisations):
        if pk not in members:
            message = _("%(who)s er ikke medlem på generalforsamlingens dag og har ingen stemme.")
            refusals.append(Refusal("not_a_member", message % {"who": names.get(pk, pk)}))
    return refusals


@transaction.atomic
def record_representation(*, meeting: Meeting, organisations: Sequence[int]) -> Meeting:
    """Record which members (ids of organisations) are represented. Anew as a whole until the first decision is made.

    Takes the place of a number noted before. Raises WrongStage for another body or once something is decided, NotReady
    with every reason against the choice.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)
    if meeting.body.kind != Body.Kind.GENERAL_ASSEMBLY:
        raise WrongStage(Refusal("not_an_assembly", _("Kun på generalforsamlingen stemmer medlemmerne selv.")))
    refuse_settled(meeting)
    raise_if(NotReady, reasons_against_representation(meeting, organisations))
    meeting.representations.all().delete()
    Representation.objects.bulk_create(
        Representation(meeting=meeting, organisation_id=organisation) for organisation in organisations
    )
    meeting.represented_organisations = None
    meeting.attendance_recorded_at = timezone.now()
    meeting.save()
    return meeting
