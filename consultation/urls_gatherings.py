"""The addresses of gatherings and sessions, for the branch and for who takes part."""

from __future__ import annotations

from django.urls import URLPattern, path

from consultation.urls_reports import urlpatterns as reports
from consultation.views import clusters, gatherings, joining, notes, sessions

_HERE = "afdeling/<slug:slug>/inbreng/"
_GATHERING = f"{_HERE}bijeenkomst/<int:pk>/"
_SESSION = f"{_HERE}sessie/<int:pk>/"
_CLUSTER = f"{_HERE}onderwerp/<int:pk>/"
_PHONE = "sessie/<str:code>/"

LIVE: list[URLPattern] = [
    path(f"{_HERE}bijeenkomsten/", gatherings.gatherings, name="gatherings"),
    path(f"{_HERE}bijeenkomsten/nieuw/", gatherings.gathering_add, name="gathering_add"),
    path(_GATHERING, gatherings.gathering, name="gathering"),
    path(f"{_GATHERING}wijzigen/", gatherings.gathering_edit, name="gathering_edit"),
    path(f"{_GATHERING}gehouden/", gatherings.gathering_held, name="gathering_held"),
    path(f"{_GATHERING}aanwezig/", gatherings.people_add, name="people_add"),
    path(f"{_GATHERING}sessie-erbij/", sessions.session_add, name="session_add"),
    path(f"{_GATHERING}drie-sessies/", sessions.sessions_ready, name="sessions_ready"),
    path(_SESSION, sessions.session, name="session"),
    path(f"{_SESSION}bord/", sessions.session_board, name="session_board"),
    path(f"{_SESSION}scherm/", sessions.session_screen, name="session_screen"),
    path(f"{_SESSION}wijzigen/", sessions.session_edit, name="session_edit"),
    path(f"{_SESSION}weg/", sessions.session_remove, name="session_remove"),
    path(f"{_SESSION}fase/", sessions.session_phase, name="session_phase"),
    path(f"{_SESSION}verplaatsen/", clusters.notes_move, name="notes_move"),
    path(f"{_SESSION}van-papier/", clusters.notes_typed, name="notes_typed"),
    path(f"{_HERE}briefje/<int:pk>/van-het-bord/", clusters.note_off, name="note_off"),
    path(_CLUSTER, clusters.cluster, name="cluster"),
    path(f"{_CLUSTER}besproken/", clusters.cluster_discussed, name="cluster_discussed"),
    path(f"{_CLUSTER}uit-elkaar/", clusters.cluster_dissolve, name="cluster_dissolve"),
    path("sessie/", joining.join, name="join"),
    path(_PHONE, joining.join_code, name="join_code"),
    path(f"{_PHONE}briefje/", notes.post, name="post"),
    path(f"{_PHONE}briefje/<int:pk>/", notes.note_edit, name="note_edit"),
    path(f"{_PHONE}briefje/<int:pk>/terug/", notes.note_withdraw, name="note_withdraw"),
    path(f"{_PHONE}stand/", notes.stand, name="stand"),
    path(f"{_PHONE}adres/", notes.leave_address, name="leave_address"),
]

urlpatterns: list[URLPattern] = [*LIVE, *reports]
