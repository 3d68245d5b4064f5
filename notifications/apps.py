"""Django's entry to the room ``notifications``."""

from __future__ import annotations

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """The room ``notifications``."""

    name = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register this room's permissions."""
        from notifications import permissions  # noqa: F401, PLC0415 - models must be loaded first
