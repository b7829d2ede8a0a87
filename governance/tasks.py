"""What the worker does for governance: letters that go out after the change they tell of is saved."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from governance.models import Invitation


@task()
def send_invitation(*, invitation_id: int) -> None:
    """Send an invitation to its person. One that has been replaced, used or has expired meanwhile is not sent."""
    invitation = Invitation.objects.select_related("person__organisation", "invited_by__organisation").get(
        pk=invitation_id
    )
    if not invitation.is_open:
        return
    address = reverse("governance:invitation", args=[invitation.token])
    context = {"invitation": invitation, "link": settings.PUBLIC_BASE_URL.rstrip("/") + address}
    send_mail(
        subject=render_to_string("governance/mail/invitation_subject.txt", context).strip(),
        message=render_to_string("governance/mail/invitation.txt", context),
        from_email=None,
        recipient_list=[invitation.person.email],
    )
