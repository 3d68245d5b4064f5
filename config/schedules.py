"""What happens by itself, and how often: one list, written into the engine's own table."""

from __future__ import annotations

from typing import Any

# Name → (function, minutes). The sweep finds work whose nudge was lost or whose worker died.
SCHEDULES: dict[str, tuple[str, int]] = {"sweep": ("config.engines.sweep", 1)}


def write(**_signal: Any) -> None:
    """Bring django-q2's schedules in step with the list."""
    from django_q.models import Schedule  # noqa: PLC0415 - tables exist only after the migration

    for name, (function, minutes) in SCHEDULES.items():
        Schedule.objects.update_or_create(
            name=name,
            defaults={
                "func": function,
                "schedule_type": Schedule.MINUTES,
                "minutes": minutes,
                "repeats": -1,
            },
        )
    Schedule.objects.exclude(name__in=SCHEDULES).delete()
