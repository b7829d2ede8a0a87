"""Which initiatives cases are about, and who on the board follows them: governance asks before a meeting."""

from collections.abc import Collection
from datetime import date

from django.urls import reverse

from governance.agenda_sources import CaseSubject

from .models import Appointment, InitiativeCase


def case_subjects(cases: Collection[int], day: date) -> dict[int, CaseSubject]:
    """By case: its initiative and the board's contact on the day. Two queries however many there are."""
    links = list(InitiativeCase.objects.filter(case__in=cases).select_related("initiative"))
    shepherds = Appointment.objects.on(day).filter(
        role=Appointment.Role.SHEPHERD, initiative__in=[link.initiative_id for link in links]
    )
    contacts = {row.initiative_id: str(row.person) for row in shepherds.select_related("person__organisation")}
    return {
        link.case_id: CaseSubject(
            name=link.initiative.name,
            url=reverse("portfolio:initiative", args=[link.initiative.slug]),
            contact=contacts.get(link.initiative_id, ""),
        )
        for link in links
    }
