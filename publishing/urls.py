"""Addresses of what everybody sees, and of publishing it."""

from django.urls import path

from .views import public, publications

app_name = "publishing"

urlpatterns = [
    path("", public.PortfolioView.as_view(), name="portfolio"),
    path("loesninger/<slug:slug>/", public.InitiativeView.as_view(), name="initiative"),
    path("offentliggoerelse/", publications.PublicationsView.as_view(), name="publications"),
    path("offentliggoerelse/<int:number>/", publications.PublishView.as_view(), name="publish"),
]
