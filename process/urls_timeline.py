"""The addresses of today, the timeline and its milestones."""

from __future__ import annotations

from django.urls import URLPattern, path

from process.views import (
    late_start,
    milestone,
    milestone_status,
    moving,
    timeline,
    timetable,
    today,
)

_BRANCH = "afdeling/<slug:slug>"
_MILESTONE = f"{_BRANCH}/mijlpaal/<int:pk>"

urlpatterns: list[URLPattern] = [
    path(f"{_BRANCH}/", today.today, name="today"),
    path(f"{_BRANCH}/tijdlijn/", timeline.timeline, name="timeline"),
    path(f"{_BRANCH}/tijdlijn/inhalen/", late_start.late_start, name="late_start"),
    path(f"{_BRANCH}/tijdschema/", timetable.timetable, name="timetable"),
    path(f"{_MILESTONE}/", milestone.milestone, name="milestone"),
    path(f"{_MILESTONE}/onderdeel/<slug:part_key>/", milestone.part, name="part"),
    path(f"{_MILESTONE}/onderdeel/<slug:part_key>/weg/", milestone.part_remove, name="part_remove"),
    path(f"{_MILESTONE}/wie/", milestone.milestone_describe, name="milestone_describe"),
    path(f"{_MILESTONE}/klaar/", milestone_status.milestone_finish, name="milestone_finish"),
    path(f"{_MILESTONE}/heropenen/", milestone_status.milestone_reopen, name="milestone_reopen"),
    path(f"{_MILESTONE}/vervalt/", milestone_status.milestone_drop, name="milestone_drop"),
    path(f"{_MILESTONE}/terug/", milestone_status.milestone_restore, name="milestone_restore"),
    path(f"{_MILESTONE}/verzetten/", moving.milestone_move, name="milestone_move"),
    path(f"{_MILESTONE}/volgen/", moving.milestone_follow, name="milestone_follow"),
]
