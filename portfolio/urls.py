"""Addresses of portfolio: pages of initiatives here, the work on them in urls_work.py."""

from . import urls_work

app_name = "portfolio"

urlpatterns: list = [
    *urls_work.urlpatterns,
]
