"""The addresses around the national page: its file, and the views saved of it."""

from __future__ import annotations

from django.urls import URLPattern, path

from monitor.views import national_export, national_views

urlpatterns: list[URLPattern] = [
    path("export.<str:ending>", national_export.national_export, name="national_export"),
    path("blikken/bewaren/", national_views.view_save, name="view_save"),
    path("blikken/<int:pk>/weg/", national_views.view_remove, name="view_remove"),
]
