"""The addresses of the desk of questions, under ``landelijk/``."""

from __future__ import annotations

from django.urls import path

from monitor.views import help_desk

urlpatterns = [
    path("hulp/", help_desk.help_desk, name="help_desk"),
    path("hulp/<int:pk>/", help_desk.help_answer, name="help_answer"),
    path("hulp/<int:pk>/oppakken/", help_desk.help_take, name="help_take"),
    path("hulp/<int:pk>/afsluiten/", help_desk.help_done, name="help_done"),
]
