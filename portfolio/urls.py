"""Addresses of portfolio: pages of initiatives here, the work on them in urls_work.py."""

from django.urls import path

from . import urls_work
from .views import (
    descriptions,
    desk,
    dialogues,
    groups,
    history,
    ideas,
    initiatives,
    people,
    recommendations,
    relations,
    transitions,
)

app_name = "portfolio"

OWN = "initiativer/<slug:slug>/"

urlpatterns: list = [
    path("forside/", desk.DeskView.as_view(), name="desk"),
    path("initiativer/", initiatives.InitiativeListView.as_view(), name="initiatives"),
    path("initiativer/ny/", ideas.IdeaCreateView.as_view(), name="idea-create"),
    path("initiativer/lignende/", ideas.SimilarView.as_view(), name="similar"),
    path(OWN, initiatives.OverviewView.as_view(), name="initiative"),
    path(f"{OWN}beskriv/", descriptions.DescribeView.as_view(), name="describe"),
    path(f"{OWN}plan/", descriptions.PlanView.as_view(), name="plan"),
    path(f"{OWN}niveau/", transitions.PlaceView.as_view(), name="place"),
    path(f"{OWN}niveau/<int:level>/", transitions.LevelDifferenceView.as_view(), name="level-difference"),
    path(f"{OWN}skift/<slug:transition>/", transitions.TransitionView.as_view(), name="transition"),
    path(f"{OWN}dialoger/", dialogues.DialoguesView.as_view(), name="dialogues"),
    path(f"{OWN}organisation/", people.OrganisationView.as_view(), name="organisation"),
    path(f"{OWN}deltagere/ny/", people.ParticipantAddView.as_view(), name="participant-add"),
    path("deltagere/<int:pk>/afslut/", people.ParticipationEndView.as_view(), name="participation-end"),
    path(f"{OWN}roller/", people.AppointView.as_view(), name="appoint"),
    path(f"{OWN}grupper/ny/", groups.GroupCreateView.as_view(), name="group-create"),
    path(f"{OWN}ibrugtagning/", people.AdoptionView.as_view(), name="adoption"),
    path("ibrugtagning/<int:pk>/afslut/", people.AdoptionEndView.as_view(), name="adoption-end"),
    path(f"{OWN}historik/", history.HistoryView.as_view(), name="history"),
    path(f"{OWN}historik/<int:pk>/", history.EventView.as_view(), name="event"),
    path(f"{OWN}indstil/", recommendations.RecommendView.as_view(), name="recommend"),
    path(f"{OWN}sager/", recommendations.CasesView.as_view(), name="initiative-cases"),
    path(f"{OWN}sammenhaenge/", relations.RelationsView.as_view(), name="relations"),
    path("sammenhaenge/<int:pk>/fjern/", relations.RelationRemoveView.as_view(), name="relation-remove"),
    *urls_work.urlpatterns,
]
