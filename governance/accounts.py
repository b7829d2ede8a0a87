"""How people come in: by invitation only."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend

from governance.models import User


class InvitedOnlyAdapter(DefaultAccountAdapter):
    """Nobody signs up; the business manager invites (domain/people.py)."""

    def is_open_for_signup(self, _request):
        """Closed, always."""
        return False


class PersonBackend(AuthenticationBackend):
    """Log in by e-mail; whoever is signed in comes with the organisation, which the frame of every page shows."""

    def get_user(self, user_id):
        """The person of a session, or None when the person may no longer log in."""
        user = User.objects.select_related("organisation").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
