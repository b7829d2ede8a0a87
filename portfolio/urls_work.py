"""Addresses of the work on initiatives: checklist, economy, reports, overviews."""

from django.urls import path

from .views import checklist, economy, evidence

OWN = "initiativer/<slug:slug>/"

urlpatterns: list = [
    path(f"{OWN}tjekliste/", checklist.ChecklistView.as_view(), name="checklist"),
    path(f"{OWN}tjekliste/<slug:code>/", checklist.AnswerView.as_view(), name="answer"),
    path(f"{OWN}tjekliste/<slug:code>/vurdering/", checklist.JudgeView.as_view(), name="judge"),
    path("bevis/<int:pk>/", evidence.EvidenceFileView.as_view(), name="evidence-file"),
    path("bevis/<int:pk>/fjern/", evidence.EvidenceRemoveView.as_view(), name="evidence-remove"),
    path(f"{OWN}oekonomi/", economy.EconomyView.as_view(), name="economy"),
    path(f"{OWN}oekonomi/<slug:scope>/nyt/", economy.BudgetCreateView.as_view(), name="budget-create"),
    path("budgetter/<int:pk>/godkend/", economy.BudgetApproveView.as_view(), name="budget-approve"),
]
