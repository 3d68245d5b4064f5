"""The addresses of the overview, themes, channels and organisations."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
