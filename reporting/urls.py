"""Addresses of reporting: snapshots of the portfolio, and the board report made from them."""

from django.urls import path

from .views import board_reports, decision_files, meeting_portfolio, papers, snapshots

app_name = "reporting"

urlpatterns = [
    path("moeder/<int:pk>/portefoelje/", meeting_portfolio.MeetingPortfolioPage.as_view(), name="meeting-portfolio"),
    path(
        "moeder/<int:pk>/portefoelje/<slug:slug>/",
        meeting_portfolio.MeetingInitiativePage.as_view(),
        name="meeting-initiative",
    ),
    path("moeder/<int:pk>/dagsorden/pdf/", papers.AgendaMake.as_view(), name="agenda-make"),
    path("moeder/<int:pk>/referat/pdf/", papers.MinutesMake.as_view(), name="minutes-make"),
    path("beslutninger.csv", decision_files.DecisionsCsv.as_view(), name="decisions-csv"),
    path("beslutninger.json", decision_files.DecisionsJson.as_view(), name="decisions-json"),
    path("moedepapirer/<int:pk>/", papers.PaperPage.as_view(), name="paper"),
    path("moedepapirer/<int:pk>/pdf/", papers.PaperFile.as_view(), name="paper-file"),
    path("oejebliksbilleder/", snapshots.SnapshotsPage.as_view(), name="snapshots"),
    path("oejebliksbilleder/nyt/", snapshots.SnapshotTake.as_view(), name="snapshot-take"),
    path("oejebliksbilleder/<int:number>/", snapshots.SnapshotPage.as_view(), name="snapshot"),
    path("oejebliksbilleder/<int:number>/rapport/", board_reports.BoardReportMake.as_view(), name="board-report-make"),
    path("bestyrelsesrapporter/<int:pk>/", board_reports.BoardReportPage.as_view(), name="board-report"),
    path("bestyrelsesrapporter/<int:pk>/pdf/", board_reports.BoardReportFile.as_view(), name="board-report-file"),
]
