"""The addresses of who took part, and what is known of one person."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
