"""Who is told what a body decided about an initiative (governance/decision_letters.py asks)."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from governance.models import Body, Case, Membership, User

from .models import Appointment, Initiative

Role = Appointment.Role
TOLD = (Role.PROJECT_OWNER, Role.PROJECT_LEAD, Role.COORDINATOR, Role.SYSTEM_OWNER)


def behind_initiative(case: Case) -> QuerySet[User]:
    """Owner, lead, coordinator, system owner and the steering group's chair today, and whoever proposed it.

    Nobody, when the case is about no initiative.
    """
    initiatives = Initiative.objects.filter(case_links__case=case)
    today = timezone.localdate()
    appointed = Appointment.objects.on(today).filter(initiative__in=initiatives, role__in=TOLD, person__isnull=False)
    chairs = Membership.objects.on(today).filter(
        body__in=Body.objects.filter(kind=Body.Kind.STEERING_GROUP, initiatives__in=initiatives),
        function=Membership.Function.CHAIR,
        person__isnull=False,
    )
    return User.objects.filter(
        Q(pk__in=appointed.values("person"))
        | Q(pk__in=chairs.values("person"))
        | Q(pk__in=initiatives.values("proposer"))
    )
