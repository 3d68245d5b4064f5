"""The addresses of the top ten: following."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
