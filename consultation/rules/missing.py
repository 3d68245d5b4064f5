"""What and whom a branch is missing in its input (R14, R19, R20, R24, R28)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

ENOUGH_TO_TELL: Final = 10
"""With fewer contributions than this, shares tell nothing yet."""

ONE_SIDED: Final = 0.75
FEW: Final = 0.2
QUIET_DAYS: Final = 14


class Missing(StrEnum):
    """One thing that is missing; ``consultation.participation_words`` says it."""

    NOTHING_YET = "nothing_yet"
    PHYSICAL = "physical"
    DIGITAL = "digital"
    NON_MEMBERS = "non_members"
    MEMBERS = "members"
    THEME = "theme"
    ONE_CHANNEL = "one_channel"
    ORGANISATIONS = "organisations"
    ENTREPRENEURS = "entrepreneurs"
    ROLES_UNKNOWN = "roles_unknown"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is missing, and of what (the name of a theme or channel; else empty)."""

    what: Missing
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What came in, counted in several ways.

    Attributes:
        total: contributions.
        members, non_members: of those who said.
        natures: "digital" and "physical" → contributions.
        open_natures: how people can take part now.
        roles: role → contributions; "" for not said.
        channels: name of a channel → contributions.
        themes: name of each theme that can be chosen → contributions.
        days_quiet: days since something came in; None: nothing did.
        is_open: whether input can still come in in time.
    """

    total: int
    members: int
    non_members: int
    natures: Mapping[str, int]
    open_natures: frozenset[str]
    roles: Mapping[str, int]
    channels: Mapping[str, int]
    themes: Mapping[str, int]
    days_quiet: int | None
    is_open: bool


def missing(counts: Counts) -> list[Finding]:
    """Return what is missing, the most important first; of little input only what is plain."""
    if not counts.total:
        return [Finding(what=Missing.NOTHING_YET), *_ways(counts)]
    found = _ways(counts)
    found += [Finding(what=Missing.THEME, name=name) for name, n in counts.themes.items() if not n]
    if counts.total < ENOUGH_TO_TELL:
        return found
    return [*found, *_people(counts), *_flow(counts)]


def _ways(counts: Counts) -> list[Finding]:
    return [
        Finding(what=what)
        for what, nature in ((Missing.PHYSICAL, "physical"), (Missing.DIGITAL, "digital"))
        if nature not in counts.open_natures and not counts.natures.get(nature)
    ]


def _people(counts: Counts) -> list[Finding]:
    found = []
    known = counts.members + counts.non_members
    if known >= ENOUGH_TO_TELL:
        if counts.non_members < FEW * known:
            found.append(Finding(what=Missing.NON_MEMBERS))
        if counts.members < FEW * known:
            found.append(Finding(what=Missing.MEMBERS))
    if not counts.roles.get("organisation"):
        found.append(Finding(what=Missing.ORGANISATIONS))
    if not counts.roles.get("entrepreneur"):
        found.append(Finding(what=Missing.ENTREPRENEURS))
    if counts.roles.get("", 0) > counts.total / 2:
        found.append(Finding(what=Missing.ROLES_UNKNOWN))
    return found


def _flow(counts: Counts) -> list[Finding]:
    found = []
    name, most = max(counts.channels.items(), key=lambda pair: pair[1], default=("", 0))
    if most > ONE_SIDED * counts.total:
        found.append(Finding(what=Missing.ONE_CHANNEL, name=name))
    if counts.is_open and counts.days_quiet is not None and counts.days_quiet >= QUIET_DAYS:
        found.append(Finding(what=Missing.QUIET))
    return found
