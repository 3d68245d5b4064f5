"""The addresses of the evaluation: sheets."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
