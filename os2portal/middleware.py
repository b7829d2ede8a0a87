"""Closed by default, without looking at who asks where everybody may come in."""

from django.contrib.auth.middleware import LoginRequiredMiddleware


class ClosedByDefaultMiddleware(LoginRequiredMiddleware):
    """Django's middleware, asking the view before the user.

    Django asks the user first. That touches the session: a public page gets `Vary: Cookie`, and a cache keeps one
    copy per visitor.
    """

    def process_view(self, request, view_func, view_args, view_kwargs):
        """Send visitors who are not signed in to the login page, unless the view is for everybody."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)
