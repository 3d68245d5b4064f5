"""Addresses of what the office does with all branches, under ``landelijk/``."""

from __future__ import annotations

from django.urls import URLPattern, path

from monitor.views import activities, announcements, experts

urlpatterns: list[URLPattern] = [
    path("mededelingen/", announcements.announcements, name="announcements"),
    path("mededelingen/nieuw/", announcements.announcement_new, name="announcement_new"),
    path("mededelingen/<int:pk>/", announcements.announcement_edit, name="announcement_edit"),
    path(
        "mededelingen/<int:pk>/intrekken/",
        announcements.announcement_withdraw,
        name="announcement_withdraw",
    ),
    path("activiteiten/", activities.activities, name="activities"),
    path("activiteiten/nieuw/", activities.activity_new, name="activity_new"),
    path("activiteiten/zonder-training/", activities.untrained, name="untrained"),
    path(
        "activiteiten/export.<str:ending>", activities.activities_export, name="activities_export"
    ),
    path("activiteiten/<int:pk>/", activities.activity, name="activity"),
    path("activiteiten/<int:pk>/wijzigen/", activities.activity_edit, name="activity_edit"),
    path("activiteiten/<int:pk>/afzeggen/", activities.activity_cancel, name="activity_cancel"),
    path("wie-weet-wat/", experts.experts, name="experts"),
    path("wie-weet-wat/nieuw/", experts.expert_new, name="expert_new"),
    path("wie-weet-wat/<int:pk>/", experts.expert_edit, name="expert_edit"),
    path("wie-weet-wat/<int:pk>/weghalen/", experts.expert_remove, name="expert_remove"),
]
