"""The addresses of this room under a branch: asking the office, and what branches do together."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "together"

urlpatterns: list[URLPattern] = []
