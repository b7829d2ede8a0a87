"""How people come in: by invitation only."""

from allauth.account.adapter import DefaultAccountAdapter


class InvitedOnlyAdapter(DefaultAccountAdapter):
    """Nobody signs up; the business manager invites (domain/people.py)."""

    def is_open_for_signup(self, _request):
        """Closed, always."""
        return False
