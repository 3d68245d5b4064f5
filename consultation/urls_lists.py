"""The addresses of surveys and lists."""

from __future__ import annotations

from django.urls import URLPattern, path

from consultation.views import lists

_INPUT = "afdeling/<slug:slug>/inbreng"

urlpatterns: list[URLPattern] = [
    path(f"{_INPUT}/lijsten/", lists.lists, name="lists"),
    path(f"{_INPUT}/lijst/<int:pk>/", lists.listing, name="list"),
    path(f"{_INPUT}/lijst/<int:pk>/kolommen/", lists.columns, name="list_columns"),
    path(f"{_INPUT}/lijst/<int:pk>/doen/", lists.act, name="list_act"),
]
