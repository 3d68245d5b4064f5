"""The addresses of gatherings and sessions, for the branch and for who takes part."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
