"""Addresses of the work on initiatives: checklist, economy, reports, overviews."""

from django.urls import path

from .views import catalogues, checklist, economy, evidence, guidance, overviews, report_editing, reports

OWN = "initiativer/<slug:slug>/"

urlpatterns: list = [
    path(f"{OWN}tjekliste/", checklist.ChecklistView.as_view(), name="checklist"),
    path(f"{OWN}tjekliste/<slug:code>/", checklist.AnswerView.as_view(), name="answer"),
    path(f"{OWN}tjekliste/vejledning/<int:point>/", guidance.PointAnswerView.as_view(), name="point-answer"),
    path(
        "foreningen/vejledninger/<slug:slug>/obligatorisk/",
        guidance.GuidanceRecommendView.as_view(),
        name="guidance-recommend",
    ),
    path("foreningen/kravkataloger/", catalogues.CataloguesView.as_view(), name="catalogues"),
    path(
        "foreningen/kravkataloger/<reference:version>/indstil/",
        catalogues.CatalogueRecommendView.as_view(),
        name="catalogue-recommend",
    ),
    path(f"{OWN}tjekliste/<slug:code>/vurdering/", checklist.JudgeView.as_view(), name="judge"),
    path("bevis/<int:pk>/", evidence.EvidenceFileView.as_view(), name="evidence-file"),
    path("bevis/<int:pk>/fjern/", evidence.EvidenceRemoveView.as_view(), name="evidence-remove"),
    path(f"{OWN}oekonomi/", economy.EconomyView.as_view(), name="economy"),
    path(f"{OWN}oekonomi/<slug:scope>/nyt/", economy.BudgetCreateView.as_view(), name="budget-create"),
    path("budgetter/<int:pk>/godkend/", economy.BudgetApproveView.as_view(), name="budget-approve"),
    path("rapporter/", reports.ReportsView.as_view(), name="reports"),
    path(f"{OWN}rapporter/", reports.InitiativeReportsView.as_view(), name="initiative-reports"),
    path(f"{OWN}rapporter/ny/", reports.ReportBeginView.as_view(), name="report-begin"),
    path(f"{OWN}rapporter/<int:number>/", reports.ReportView.as_view(), name="report"),
    path(f"{OWN}rapporter/<int:number>/skriv/", report_editing.ReportEditView.as_view(), name="report-edit"),
    path(f"{OWN}rapporter/<int:number>/send/", reports.ReportSubmitView.as_view(), name="report-submit"),
    path(f"{OWN}rapporter/<int:number>/godkend/", reports.ReportApproveView.as_view(), name="report-approve"),
    path(f"{OWN}rapporter/<int:number>/modtag/", reports.ReportReceiveView.as_view(), name="report-receive"),
    path(f"{OWN}rapporter/<int:number>/send-tilbage/", reports.ReportReturnView.as_view(), name="report-return"),
    path("portefoelje/projekter/", overviews.ProjectsView.as_view(), name="projects"),
    path("portefoelje/produkter/", overviews.ProductsView.as_view(), name="products"),
]
