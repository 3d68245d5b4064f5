"""The addresses of calendars: the pages, and what a calendar itself asks for."""

from __future__ import annotations

from django.urls import URLPattern, path

from process.views import calendar, calendar_fetch

urlpatterns: list[URLPattern] = [
    # Logs and error reports mask what follows agenda/: it is a key.
    path("agenda/openbaar/<slug:slug>.ics", calendar_fetch.feed_public, name="feed_public"),
    path("agenda/<str:key>.ics", calendar_fetch.feed, name="feed"),
    path("ik/agenda/", calendar.calendar, name="calendar"),
    path("ik/agenda/<int:pk>/nieuw-adres/", calendar.calendar_rotate, name="calendar_rotate"),
    path("afdeling/<slug:slug>/agenda/", calendar.branch_calendar, name="branch_calendar"),
    path(
        "afdeling/<slug:slug>/agenda/adres/",
        calendar.branch_calendar_open,
        name="branch_calendar_open",
    ),
    path("landelijk/agenda/", calendar.national_calendar, name="national_calendar"),
]
