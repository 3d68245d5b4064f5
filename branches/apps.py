"""Django's entry to the room ``branches``."""

from __future__ import annotations

from django.apps import AppConfig


class BranchesConfig(AppConfig):
    """The room ``branches``."""

    name = "branches"
    default_auto_field = "django.db.models.BigAutoField"
