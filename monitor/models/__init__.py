"""The tables of this room."""

from __future__ import annotations

from monitor.models.helping import Call, ContactPerson, HelpMessage, HelpRequest
from monitor.models.overview import MonthlyReport, SavedView
from monitor.models.together import Activity, Announcement, Attendance, Expert

__all__ = [
    "Activity",
    "Announcement",
    "Attendance",
    "Call",
    "ContactPerson",
    "Expert",
    "HelpMessage",
    "HelpRequest",
    "MonthlyReport",
    "SavedView",
]
