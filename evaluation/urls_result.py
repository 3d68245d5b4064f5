"""The addresses of the evaluation: result."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
