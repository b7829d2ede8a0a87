"""Addresses about the composition of bodies: seats, chairs, joining, trying a change, whose terms end."""

from django.urls import path

from .views import composition, groups, seats

BODY = "foreningen/organer/<slug:slug>"

composition_of_bodies = [
    path(f"{BODY}/pladser/ny/", seats.SeatGive.as_view(), name="seat-give"),
    path("foreningen/pladser/<int:pk>/afloes/", seats.SeatTakeOver.as_view(), name="seat-take-over"),
    path("foreningen/pladser/<int:pk>/funktion/", seats.SeatFunction.as_view(), name="seat-function"),
    path("foreningen/pladser/<int:pk>/afslut/", seats.SeatEnd.as_view(), name="seat-end"),
    path(f"{BODY}/formand/", groups.ChairElect.as_view(), name="chair-elect"),
    path(f"{BODY}/introduktion/", groups.IntroductionNote.as_view(), name="introduction-note"),
    path(f"{BODY}/meld-ind/", groups.GroupJoin.as_view(), name="group-join"),
    path(f"{BODY}/meld-ud/", groups.GroupLeave.as_view(), name="group-leave"),
    path(f"{BODY}/facilitering/", groups.FacilitatorSet.as_view(), name="facilitator-set"),
    path("foreningen/faciliteringer/<int:pk>/afslut/", groups.FacilitationEnd.as_view(), name="facilitation-end"),
    path(f"{BODY}/aendringer/", composition.BodyChanges.as_view(), name="body-changes"),
    path(f"{BODY}/proev/", composition.SeatTrial.as_view(), name="seat-trial"),
    path("foreningen/perioder/", composition.EndingTerms.as_view(), name="ending-terms"),
    path("foreningen/mine-pladser/", composition.OwnSeatsPage.as_view(), name="own-seats"),
]
