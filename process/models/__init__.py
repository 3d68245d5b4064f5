"""The tables of this room."""

from __future__ import annotations

from process.models.calendar import CalendarEvent, CalendarFeed
from process.models.committee import ApproachedPerson, CommitteeSeat, DiversityTally
from process.models.election import Election, TimetableOverride
from process.models.meeting import Decision, Meeting
from process.models.template import TemplateMilestone, TemplatePart, TemplateVersion
from process.models.timeline import Milestone, PartRecord, RollOut, Timeline

__all__ = [
    "ApproachedPerson",
    "CalendarEvent",
    "CalendarFeed",
    "CommitteeSeat",
    "Decision",
    "DiversityTally",
    "Election",
    "Meeting",
    "Milestone",
    "PartRecord",
    "RollOut",
    "TemplateMilestone",
    "TemplatePart",
    "TemplateVersion",
    "Timeline",
    "TimetableOverride",
]
