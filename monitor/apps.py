"""Django's entry to the room ``monitor``."""

from __future__ import annotations

from django.apps import AppConfig


class MonitorConfig(AppConfig):
    """The room ``monitor``."""

    name = "monitor"
    default_auto_field = "django.db.models.BigAutoField"
