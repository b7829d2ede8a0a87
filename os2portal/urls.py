"""All addresses. The workspace is Danish like everything a user reads; `/` is what everybody sees."""

from django.urls import include, path

from . import health

urlpatterns = [
    path("", include("publishing.urls")),
    path("", include("governance.urls")),
    path("", include("portfolio.urls")),
    path("", include("reporting.urls")),
    path("konto/", include("os2portal.account_urls")),
    path("sundhed/", health.alive, name="health"),
    path("sundhed/klar/", health.ready, name="ready"),
]
