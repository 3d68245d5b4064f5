"""Django's entry to the room ``consultation``."""

from __future__ import annotations

from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    """The room ``consultation``."""

    name = "consultation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register this room's permissions."""
        from consultation import permissions  # noqa: F401, PLC0415 - models must be loaded first
