"""The addresses of the mailbox, surveys and lists."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
