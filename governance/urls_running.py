"""Addresses of a meeting while it is held, and of voting in writing (included by urls.py)."""

from django.urls import path

from .views import ballots, running

at_the_meeting = [
    path("moeder/<int:pk>/afhold/", running.MeetingRun.as_view(), name="meeting-run"),
    path("moeder/<int:pk>/samlet/", running.ConsentPage.as_view(), name="consent"),
    path("moeder/<int:pk>/repraesentation/", running.RepresentationPage.as_view(), name="representation"),
    path("moeder/<int:pk>/stem/", ballots.VotePage.as_view(), name="vote"),
]
