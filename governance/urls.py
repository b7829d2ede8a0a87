"""Addresses of governance: the association, meetings, cases, decisions, and the way in."""

from django.urls import path, register_converter

from .urls_composition import composition_of_bodies
from .urls_running import at_the_meeting
from .views import (
    action_items,
    adopted,
    agendas,
    bodies,
    cases,
    decisions,
    guidance,
    invitations,
    meetings,
    minutes,
    organisations,
    people,
    reading,
    recording,
)


class Reference:
    """A case's or a decision's number, "2026-41". Other short texts lead to a row that does not exist."""

    regex = r"[^/\x00]{1,12}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(Reference, "reference")

app_name = "governance"

association = [
    path("foreningen/", bodies.BodiesPage.as_view(), name="bodies"),
    path("foreningen/organer/nyt/", bodies.BodyCreate.as_view(), name="body-create"),
    path("foreningen/organer/<slug:slug>/", bodies.BodyPage.as_view(), name="body"),
    path("foreningen/organer/<slug:slug>/ret/", bodies.BodyEdit.as_view(), name="body-edit"),
    path("foreningen/organisationer/", organisations.OrganisationsPage.as_view(), name="organisations"),
    path("foreningen/organisationer/ny/", organisations.OrganisationCreate.as_view(), name="organisation-create"),
    path("foreningen/organisationer/<slug:slug>/", organisations.OrganisationPage.as_view(), name="organisation"),
    path(
        "foreningen/organisationer/<slug:slug>/ret/", organisations.OrganisationEdit.as_view(), name="organisation-edit"
    ),
    path(
        "foreningen/organisationer/<slug:slug>/tilknytning/",
        organisations.AffiliationGive.as_view(),
        name="affiliation-give",
    ),
    path("foreningen/tilknytninger/<int:pk>/afslut/", organisations.AffiliationEnd.as_view(), name="affiliation-end"),
    path("foreningen/personer/", people.PeoplePage.as_view(), name="people"),
    path("foreningen/personer/inviter/", people.PersonInvite.as_view(), name="person-invite"),
    path("foreningen/personer/<int:pk>/", people.PersonPage.as_view(), name="person"),
    path("foreningen/personer/<int:pk>/ret/", people.PersonEdit.as_view(), name="person-edit"),
    path("foreningen/personer/<int:pk>/inviter-igen/", people.PersonReinvite.as_view(), name="person-reinvite"),
    path("foreningen/personer/<int:pk>/rolle/", people.RoleGrant.as_view(), name="role-grant"),
    path("foreningen/roller/<int:pk>/afslut/", people.RoleEnd.as_view(), name="role-end"),
    path("foreningen/organer/<slug:slug>/vejledning/ny/", guidance.GuidanceCreate.as_view(), name="guidance-create"),
    path("foreningen/vedtaget/", adopted.AdoptedPage.as_view(), name="adopted"),
    path("foreningen/vejledninger/", guidance.GuidanceList.as_view(), name="guidance-list"),
    path("foreningen/vejledninger/filer/<int:pk>/", guidance.GuidanceFileGet.as_view(), name="guidance-file"),
    path(
        "foreningen/vejledninger/filer/<int:pk>/fjern/",
        guidance.GuidanceFileRemove.as_view(),
        name="guidance-file-remove",
    ),
    path("foreningen/vejledninger/<slug:slug>/", guidance.GuidancePage.as_view(), name="guidance"),
    path("foreningen/vejledninger/<slug:slug>/ret/", guidance.GuidanceEdit.as_view(), name="guidance-edit"),
    path("foreningen/vejledninger/<slug:slug>/ny-version/", guidance.GuidanceBegin.as_view(), name="guidance-begin"),
    path(
        "foreningen/vejledninger/<slug:slug>/offentliggoer/",
        guidance.GuidancePublish.as_view(),
        name="guidance-publish",
    ),
    path("foreningen/vejledninger/<slug:slug>/filer/ny/", guidance.GuidanceFileAdd.as_view(), name="guidance-file-add"),
    path("invitation/<slug:token>/", invitations.InvitationPage.as_view(), name="invitation"),
]

deciding = [
    path("moeder/", meetings.MeetingsPage.as_view(), name="meetings"),
    path("moeder/nyt/", meetings.MeetingCreate.as_view(), name="meeting-create"),
    path("moeder/<int:pk>/", meetings.MeetingPage.as_view(), name="meeting"),
    path("moeder/<int:pk>/ret/", meetings.MeetingEdit.as_view(), name="meeting-edit"),
    path("moeder/<int:pk>/fremmoede/", meetings.AttendancePage.as_view(), name="attendance"),
    path("moeder/<int:pk>/dagsorden/", agendas.AgendaAdd.as_view(), name="agenda-add"),
    path("moeder/<int:pk>/dagsorden/laeg/", agendas.AgendaLay.as_view(), name="agenda-lay"),
    path("moeder/<int:pk>/dagsorden/punkt/", agendas.PointAdd.as_view(), name="point-add"),
    path("moeder/<int:pk>/dagsorden/orden/", agendas.AgendaArrange.as_view(), name="agenda-arrange"),
    path("moeder/<int:pk>/dagsorden/send/", agendas.AgendaSend.as_view(), name="agenda-send"),
    path("moeder/<int:pk>/kalender.ics", agendas.MeetingCalendar.as_view(), name="meeting-calendar"),
    path("moeder/<int:pk>/laes/", reading.ReadingPage.as_view(), name="reading"),
    path("moeder/<int:pk>/overblik/", reading.MeetingOverview.as_view(), name="meeting-overview"),
    path("moeder/punkter/<int:pk>/ret/", agendas.PointEdit.as_view(), name="point-edit"),
    path("moeder/punkter/<int:pk>/traek/", agendas.ItemWithdraw.as_view(), name="item-withdraw"),
    path(
        "moeder/<int:pk>/sager/<reference:number>/beslutning/",
        recording.DecisionRecord.as_view(),
        name="decision-record",
    ),
    path("sager/", cases.CasesPage.as_view(), name="cases"),
    path("sager/ny/", cases.CaseCreate.as_view(), name="case-create"),
    path("sager/<reference:number>/", cases.CasePage.as_view(), name="case"),
    path("sager/<reference:number>/ret/", cases.CaseEdit.as_view(), name="case-edit"),
    path("sager/<reference:number>/klar/", cases.CaseReady.as_view(), name="case-ready"),
    path("sager/<reference:number>/traek/", cases.CaseWithdraw.as_view(), name="case-withdraw"),
    path("sager/<reference:number>/loeft/", cases.CaseLift.as_view(), name="case-lift"),
    path("beslutninger/", decisions.DecisionsPage.as_view(), name="decisions"),
    path("beslutninger/<reference:number>/", decisions.DecisionPage.as_view(), name="decision"),
    path(
        "beslutninger/<reference:number>/gennemfoer/", decisions.DecisionCarryOut.as_view(), name="decision-carry-out"
    ),
]

following_up = [
    path("moeder/<int:pk>/referat/", minutes.MinutesPage.as_view(), name="minutes"),
    path("moeder/<int:pk>/referat/frigiv/", minutes.MinutesRelease.as_view(), name="minutes-release"),
    path("moeder/<int:pk>/referat/godkend/", minutes.MinutesApprove.as_view(), name="minutes-approve"),
    path("moeder/<int:pk>/referat/rettelse/", minutes.MinutesCorrect.as_view(), name="minutes-correct"),
    path("moeder/punkter/<int:pk>/referat/", minutes.MinutesItemEdit.as_view(), name="minutes-item"),
    path("moeder/punkter/<int:pk>/opgave/", action_items.ActionAgree.as_view(), name="action-agree"),
    path("opgaver/", action_items.ActionsPage.as_view(), name="actions"),
    path("opgaver/ny/", action_items.ActionCreate.as_view(), name="action-create"),
    path("opgaver/<int:pk>/ret/", action_items.ActionEdit.as_view(), name="action-edit"),
    path("opgaver/<int:pk>/gjort/", action_items.ActionFinish.as_view(), name="action-finish"),
    path("opgaver/<int:pk>/genaabn/", action_items.ActionReopen.as_view(), name="action-reopen"),
]

urlpatterns = [*association, *composition_of_bodies, *deciding, *at_the_meeting, *following_up]
