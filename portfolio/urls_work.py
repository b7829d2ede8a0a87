"""Addresses of the work on initiatives: checklist, economy, reports, overviews."""

from django.urls import path

from .views import checklist, evidence

urlpatterns: list = [
    path("initiativer/<slug:slug>/tjekliste/", checklist.ChecklistView.as_view(), name="checklist"),
    path("initiativer/<slug:slug>/tjekliste/<slug:code>/", checklist.AnswerView.as_view(), name="answer"),
    path("initiativer/<slug:slug>/tjekliste/<slug:code>/vurdering/", checklist.JudgeView.as_view(), name="judge"),
    path("bevis/<int:pk>/", evidence.EvidenceFileView.as_view(), name="evidence-file"),
    path("bevis/<int:pk>/fjern/", evidence.EvidenceRemoveView.as_view(), name="evidence-remove"),
]
