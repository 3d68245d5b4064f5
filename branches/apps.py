"""Django's entry to the room ``branches``."""

from __future__ import annotations

from django.apps import AppConfig


class BranchesConfig(AppConfig):
    """The room ``branches``."""

    name = "branches"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register this room's permissions, and listen to allauth."""
        from allauth.mfa.signals import authenticator_added  # noqa: PLC0415 - after the models

        from branches import permissions, second_step  # noqa: F401, PLC0415 - as above

        authenticator_added.connect(second_step.remember_new, dispatch_uid="branches.second_step")
