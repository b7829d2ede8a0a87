"""What the portfolio answers when governance asks about groups: their levels' rules, users, vendors, roles."""

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from governance.group_rules import Duty, group_rules
from governance.models import Body, Organisation

from .guard import breaches_of, forecast
from .models import Adoption, Appointment, Initiative, Participation


def _initiatives_of(body: Body) -> QuerySet[Initiative]:
    return Initiative.objects.live().filter(bodies=body)


def uses_product(body: Body, organisation: Organisation, on: date) -> bool:
    """Whether an organisation uses a product that the group is about."""
    return Adoption.objects.on(on).filter(organisation=organisation, initiative__in=_initiatives_of(body)).exists()


def vendor_ties(body: Body, organisation: Organisation, on: date) -> list[str]:
    """The initiatives of a group that an organisation develops or operates, in words."""
    delivered = Participation.objects.on(on).filter(
        organisation=organisation, role=Participation.Role.VENDOR, initiative__in=_initiatives_of(body)
    )
    names = delivered.order_by("initiative__name").values_list("initiative__name", flat=True)
    return [_("leverandør til %(name)s") % {"name": name} for name in names]


def entails(role: str) -> str:
    """What a role on an initiative is about, in a sentence (report chapter 4, 2017 paper)."""
    return {
        Appointment.Role.PROJECT_OWNER: _("Du har ansvaret for et mindre projekt og godkender dets økonomi."),
        Appointment.Role.PROJECT_LEAD: _("Du leder projektet, er styregruppens sekretær og skriver statusrapporter."),
        Appointment.Role.COORDINATOR: _("Du samler ønsker til produktet og følger kontrakter og drift."),
        Appointment.Role.SYSTEM_OWNER: _("Du har ansvaret for, at produktet er i orden og i drift."),
        Appointment.Role.SHEPHERD: _("Du er bestyrelsens kontakt til initiativet og læser dets sager først."),
    }[Appointment.Role(role)]


def duties(person_id: int, on: date) -> list[Duty]:
    """The roles that a person has on initiatives on a day."""
    rows = Appointment.objects.on(on).filter(person=person_id, initiative__in=Initiative.objects.live())
    return [
        Duty(
            subject=row.initiative.name,
            role=capfirst(row.get_role_display()),
            entails=entails(row.role),
            url=reverse("portfolio:initiative", args=[row.initiative.slug]),
            since=row.valid_from,
        )
        for row in rows.select_related("initiative").order_by("initiative__name", "role")
    ]


def register_group_rules() -> None:
    """Tell governance. Called once, when the app starts."""
    group_rules.breaches = breaches_of
    group_rules.forecast = forecast
    group_rules.uses_product = uses_product
    group_rules.vendor_ties = vendor_ties
    group_rules.duties = duties
