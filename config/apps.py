"""Wiring that Django does at start-up: deployment checks, and the schedules after a migration."""

from __future__ import annotations

from django.apps import AppConfig, apps
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class ConfigConfig(AppConfig):
    """The room that wires the others."""

    name = "config"

    def ready(self) -> None:
        """Register the checks, and have the schedules written once the tables are there."""
        from config import bounces, checks  # noqa: PLC0415 - models are loaded only now
        from config.engines import django_q2  # noqa: PLC0415 - as above

        register(checks.names_exist, Tags.compatibility)
        register(checks.engine, Tags.compatibility)
        register(checks.deployment, Tags.security, deploy=True)
        bounces.listen()
        # Not ``sender=self``: Django is silent about rooms without a module of models, as this one.
        post_migrate.connect(
            django_q2.write_schedule, sender=apps.get_app_config("django_q"), dispatch_uid="tick"
        )
