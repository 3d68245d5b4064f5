"""Django's entry to the room ``programmes``."""

from __future__ import annotations

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """The room ``programmes``."""

    name = "programmes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register this room's permissions."""
        from programmes import permissions  # noqa: F401, PLC0415 - models must be loaded first
