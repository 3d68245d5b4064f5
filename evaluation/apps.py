"""Django's entry to the room ``evaluation``."""

from __future__ import annotations

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """The room ``evaluation``."""

    name = "evaluation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register this room's permissions."""
        from evaluation import permissions  # noqa: F401, PLC0415 - models must be loaded first
