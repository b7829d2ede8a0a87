"""Addresses of the work on initiatives: checklist, economy, reports, overviews."""

urlpatterns: list = []
