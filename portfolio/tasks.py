"""What the worker does for portfolio: letters about what a decision means for those who work on initiatives."""

from collections import defaultdict

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from governance.models import Body, Decision, Membership, User

from .models import LIVE_STAGES, Appointment, Initiative, MandatoryPoint, Stage


@task()
def tell_of_mandatory_guidance(*, decision_id: int) -> None:
    """Write to those behind each initiative that a decision's mandatory points concern; one letter per person."""
    decision = Decision.objects.get(pk=decision_id)
    rows = list(MandatoryPoint.objects.filter(decision=decision).select_related("point__version__guidance"))
    concerned: dict[User, list[Initiative]] = defaultdict(list)
    for initiative in _initiatives(rows):
        for person in _behind(initiative):
            concerned[person].append(initiative)
    points = list({row.point_id: row.point for row in rows}.values())
    for person, initiatives in concerned.items():
        context = {
            "person": person,
            "decision": decision,
            "since": rows[0].valid_from,
            "points": points,
            "links": [(initiative.name, _checklist(initiative)) for initiative in initiatives],
        }
        send_mail(
            subject=render_to_string("portfolio/mail/mandatory_guidance_subject.txt", context).strip(),
            message=render_to_string("portfolio/mail/mandatory_guidance.txt", context),
            from_email=None,
            recipient_list=[person.email],
        )


def _initiatives(rows: list[MandatoryPoint]) -> list[Initiative]:
    levels = [row.from_level for row in rows if row.from_level is not None]
    named = Q(pk__in=[row.initiative_id for row in rows if row.initiative_id])
    scope = named | Q(level__gte=min(levels)) if levels else named
    return list(Initiative.objects.filter(scope, stage__in=LIVE_STAGES).exclude(stage=Stage.IDEA))


def _behind(initiative: Initiative) -> list[User]:
    """Those who answer for the initiative today: its owner, lead, coordinator, system owner, the group's chair."""
    today = timezone.localdate()
    appointed = (
        Appointment.objects.on(today)
        .exclude(role=Appointment.Role.SHEPHERD)
        .filter(initiative=initiative, person__isnull=False)
    )
    chairs = Membership.objects.on(today).filter(
        body__kind=Body.Kind.STEERING_GROUP,
        body__initiatives=initiative,
        function=Membership.Function.CHAIR,
        person__isnull=False,
    )
    people = Q(pk__in=appointed.values("person")) | Q(pk__in=chairs.values("person"))
    return list(User.objects.filter(people, is_active=True).order_by("pk"))


def _checklist(initiative: Initiative) -> str:
    address = reverse("portfolio:checklist", args=[initiative.slug])
    return f"{settings.PUBLIC_BASE_URL.rstrip('/')}{address}#vejledning"
