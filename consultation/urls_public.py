"""The addresses of the public form, its poster, and the public result."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
