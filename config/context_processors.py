"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from core import clock


def page(request: HttpRequest) -> dict[str, Any]:
    """Give every template the viewer, the day, the help contact (R60), and whether it is a demo."""
    return {
        "viewer": getattr(request, "viewer", None),
        "today": clock.today(),
        "help_contact": settings.HELP_CONTACT,
        "demo_mode": settings.DEMO,
        "demo_clock": settings.DEMO and clock.is_movable(),
        "demo_destination": clock.destination() if settings.DEMO else None,
    }
