"""The addresses of this room, all under a branch."""

from __future__ import annotations

from process.urls_calendar import urlpatterns as calendar
from process.urls_meetings import urlpatterns as meetings
from process.urls_timeline import urlpatterns as timeline

app_name = "process"
urlpatterns = [*timeline, *calendar, *meetings]
