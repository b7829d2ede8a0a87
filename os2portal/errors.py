"""Answers to requests that could not be carried out. 400, 403, 404 and 500 are Django's views with our templates."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import requires_csrf_token


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django names the argument
    """A form without a valid token: nothing was saved, and the page says how to send it again.

    It happens to people who signed in or out in another tab. The page they came from is offered only if it is ours.
    """
    came_from = request.headers.get("referer", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return render(request, "403_csrf.html", {"came_from": came_from if ours else ""}, status=403)
