"""The tables of this room."""

from __future__ import annotations

from notifications.models.choices import Preference, Reader, RuleSetting
from notifications.models.outbox import Delivery, Reminder

__all__ = ["Delivery", "Preference", "Reader", "Reminder", "RuleSetting"]
