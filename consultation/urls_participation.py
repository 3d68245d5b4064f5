"""The address of the page that tells who takes part."""

from __future__ import annotations

from django.urls import URLPattern, path

from consultation.views import participation

urlpatterns: list[URLPattern] = [
    path(
        "afdeling/<slug:slug>/inbreng/deelname/",
        participation.participation,
        name="participation",
    ),
]
