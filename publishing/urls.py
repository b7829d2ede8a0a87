"""Addresses of what everybody sees, and of publishing it."""

from django.urls import path

from .views import decisions, guidance, public, publications, record

app_name = "publishing"

urlpatterns = [
    path("", public.PortfolioView.as_view(), name="portfolio"),
    path("loesninger/<slug:slug>/", public.InitiativeView.as_view(), name="initiative"),
    path("offentlige-beslutninger/", record.LogPage.as_view(), name="decisions"),
    path("offentlige-beslutninger/atom/", record.LogFeed.as_view(), name="decisions-feed"),
    path("offentlige-beslutninger/<slug:number>/", record.LoggedDecisionPage.as_view(), name="decision"),
    path("data/v1/beslutninger.json", record.LogJson.as_view(), name="decisions-json"),
    path("data/v1/beslutninger.csv", record.LogCsv.as_view(), name="decisions-csv"),
    path("referater/", record.MinutesListPage.as_view(), name="minutes-list"),
    path("referater/<int:pk>/", record.PublicMinutesPage.as_view(), name="minutes"),
    path("referater/<int:pk>/pdf/", record.PublicMinutesPdf.as_view(), name="minutes-file"),
    path(
        "offentliggoerelse/beslutninger/<slug:number>/",
        decisions.DecisionPublication.as_view(),
        name="decision-publication",
    ),
    path(
        "offentliggoerelse/beslutninger/<slug:number>/offentliggoer/",
        decisions.DecisionPublish.as_view(),
        name="decision-publish",
    ),
    path(
        "offentliggoerelse/beslutninger/<slug:number>/traek/",
        decisions.DecisionWithdraw.as_view(),
        name="decision-withdraw",
    ),
    path("vejledninger/", guidance.GuidanceListView.as_view(), name="guidance-list"),
    path("vejledninger/filer/<int:pk>/", guidance.GuidanceFileView.as_view(), name="guidance-file"),
    path("vejledninger/<slug:slug>/", guidance.GuidanceView.as_view(), name="guidance"),
    path("offentliggoerelse/", publications.PublicationsView.as_view(), name="publications"),
    path("offentliggoerelse/<int:number>/", publications.PublishView.as_view(), name="publish"),
]
