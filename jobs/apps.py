"""Django's entry to the room ``jobs``."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The room ``jobs``."""

    name = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
