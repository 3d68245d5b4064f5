"""Which source knows which rules: by the first word of the rule's key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from notifications.rules.catalogue import Rule
from notifications.sources.input import GatheringSource, InputSource
from notifications.sources.meetings import MeetingSource
from notifications.sources.milestones import MilestoneSource, StatutorySource
from notifications.sources.people import PeopleSource
from notifications.sources.protocol import Source
from notifications.sources.ten import TenSource
from notifications.sources.verdicts import VerdictSource
from notifications.sources.weeks import WeekSource

_PEOPLE = PeopleSource()
_SOURCES: Final[Mapping[str, Source]] = {
    "milestone": MilestoneSource(),
    "statutory": StatutorySource(),
    "meeting": MeetingSource(),
    "verdict": VerdictSource(),
    "input": InputSource(),
    "gathering": GatheringSource(),
    "ten": TenSource(),
    "invitation": _PEOPLE,
    "address": _PEOPLE,
    "week": WeekSource(),
}


def source_of(rule: Rule) -> Source:
    """Return the source that knows whom a rule tells what."""
    return _SOURCES[rule.key.partition(".")[0]]
