"""Django's entry to the room ``process``."""

from __future__ import annotations

from django.apps import AppConfig


class ProcessConfig(AppConfig):
    """The room ``process``."""

    name = "process"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register this room's permissions."""
        from process import permissions  # noqa: F401, PLC0415 - models must be loaded first
