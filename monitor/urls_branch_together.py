"""Addresses of what branches do together, under a branch."""

from __future__ import annotations

from django.urls import URLPattern, path

from monitor.views import branch_together as views

_BRANCH = "afdeling/<slug:slug>"

urlpatterns: list[URLPattern] = [
    path(f"{_BRANCH}/mededelingen/", views.news, name="news"),
    path(f"{_BRANCH}/activiteiten/", views.activities, name="activities"),
    path(f"{_BRANCH}/activiteiten/nieuw/", views.activity_new, name="activity_new"),
    path(f"{_BRANCH}/activiteiten/<int:pk>/", views.activity, name="activity"),
    path(f"{_BRANCH}/activiteiten/<int:pk>/meedoen/", views.attend, name="attend"),
    path(f"{_BRANCH}/activiteiten/<int:pk>/wijzigen/", views.activity_edit, name="activity_edit"),
    path(
        f"{_BRANCH}/activiteiten/<int:pk>/afzeggen/", views.activity_cancel, name="activity_cancel"
    ),
    path(
        f"{_BRANCH}/activiteiten/<int:pk>/activiteit.ics", views.activity_ics, name="activity_ics"
    ),
    path(f"{_BRANCH}/wie-weet-wat/", views.experts, name="experts"),
]
