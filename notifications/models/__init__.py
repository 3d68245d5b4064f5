"""The tables of this room."""

from __future__ import annotations

from notifications.models.choices import Preference, Reader, RuleSetting
from notifications.models.messages import Message
from notifications.models.outbox import Delivery, Reminder

__all__ = ["Delivery", "Message", "Preference", "Reader", "Reminder", "RuleSetting"]
