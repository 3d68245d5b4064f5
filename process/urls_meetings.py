"""The addresses of meetings, decisions and the committee."""

from __future__ import annotations

from django.urls import URLPattern, path

from process.views import committee, decisions, meeting_invitations, meetings, public_meetings

_BRANCH = "afdeling/<slug:slug>"
_MEETINGS = f"{_BRANCH}/vergaderingen"
_DECISION = f"{_BRANCH}/besluit"
_COMMITTEE = f"{_BRANCH}/commissie"

urlpatterns: list[URLPattern] = [
    path(
        "openbaar/<slug:slug>/vergaderingen/",
        public_meetings.public_meetings,
        name="public_meetings",
    ),
    path(f"{_MEETINGS}/", meetings.meetings, name="meetings"),
    path(f"{_MEETINGS}/nieuw/", meetings.meeting_new, name="meeting_new"),
    path(f"{_MEETINGS}/<int:pk>/", meetings.meeting, name="meeting"),
    path(f"{_MEETINGS}/<int:pk>/wijzigen/", meetings.meeting_edit, name="meeting_edit"),
    path(f"{_MEETINGS}/<int:pk>/uitnodiging/", meetings.meeting_notice, name="meeting_notice"),
    path(f"{_MEETINGS}/<int:pk>/uitnodigen/", meeting_invitations.invite, name="meeting_invite"),
    path(f"{_MEETINGS}/<int:pk>/agenda.ics", meeting_invitations.file, name="meeting_ics"),
    path(f"{_MEETINGS}/<int:pk>/notulen/", meetings.meeting_minutes, name="meeting_minutes"),
    path(f"{_MEETINGS}/<int:pk>/afgelasten/", meetings.meeting_cancel, name="meeting_cancel"),
    path(f"{_DECISION}/nieuw/", decisions.decision_new, name="decision_new"),
    path(f"{_DECISION}/<int:pk>/", decisions.decision, name="decision"),
    path(f"{_DECISION}/<int:pk>/vervangen/", decisions.decision_replace, name="decision_replace"),
    path(f"{_DECISION}/<int:pk>/document/", decisions.decision_document, name="decision_document"),
    path(f"{_COMMITTEE}/", committee.committee, name="committee"),
    path(f"{_COMMITTEE}/lid-erbij/", committee.seat_new, name="seat_new"),
    path(f"{_COMMITTEE}/lid/<int:pk>/stopt/", committee.seat_end, name="seat_end"),
    path(f"{_COMMITTEE}/benaderen/", committee.approached_new, name="approached_new"),
    path(f"{_COMMITTEE}/benaderd/<int:pk>/", committee.approached_edit, name="approached_edit"),
    path(f"{_COMMITTEE}/samenstelling/", committee.diversity, name="diversity"),
]
