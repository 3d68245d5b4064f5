"""The addresses at which a branch asks the office, under ``afdeling/<slug>/``."""

from __future__ import annotations

from django.urls import path

from monitor.views import branch_help

urlpatterns = [
    path("afdeling/<slug:slug>/hulp/", branch_help.help_page, name="help"),
    path("afdeling/<slug:slug>/hulp/vragen/", branch_help.help_ask, name="help_ask"),
    path("afdeling/<slug:slug>/hulp/<int:pk>/", branch_help.help_request, name="help_request"),
    path(
        "afdeling/<slug:slug>/hulp/<int:pk>/schrijven/", branch_help.help_write, name="help_write"
    ),
    path(
        "afdeling/<slug:slug>/hulp/<int:pk>/afsluiten/", branch_help.help_close, name="help_close"
    ),
]
