"""What a mail consists of, as plain data: templates show it and decide nothing.

All texts are finished sentences in the reader's language, on one line, unescaped: templates escape.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core import characters

LINES_A_SECTION = 12
"""So many lines of one section stand in a mail; the rest is a number and a link."""


class Place(StrEnum):
    """The sections of a branch, in the order in which they are read."""

    NOW = "now"
    PAST = "past"
    COMING = "coming"
    MEETINGS = "meetings"
    NEWS = "news"
    PEOPLE = "people"


DEEDS = (Place.NOW, Place.PAST)
"""The sections with something to do at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing to be told.

    Attributes:
        place: the section that it stands in.
        words: what is to be done, or what is new.
        subject: the same without the section's heading above it; empty: ``words`` says it all.
        url: the page on which it is done.
        day: by which lines are ordered.
        details: short sentences below it; empty ones are left out.
        milestone_id, meeting_id: what it is about, where a calendar can hold it.
        is_new: the reader has not been told of it before, so a calendar file helps.
    """

    place: Place
    words: str
    url: str
    day: date
    subject: str = ""
    details: tuple[str, ...] = ()
    milestone_id: int | None = None
    meeting_id: int | None = None
    is_new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Lines of one sort under one heading.

    Attributes:
        title: the heading.
        lines: at most ``LINES_A_SECTION``.
        intro: what goes for all of them; may be empty.
        more: how many are left out, in words; empty when none is.
        is_deed: there is something to do at once.
    """

    title: str
    lines: tuple[Line, ...]
    intro: str = ""
    more: str = ""
    is_deed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Where a branch stands, on Mondays.

    Attributes:
        outlook: the forecast in one or two words.
        reason: why, in a sentence.
        first, url: the milestone that the reason speaks of, and its page; empty when none is open.
        counts: what is done of how much, each with its base.
        done: what was done last week.
        coming: what comes in four weeks.
        meeting: the next meeting; empty when none is planned.
    """

    outlook: str
    reason: str
    first: str = ""
    url: str = ""
    counts: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    coming: tuple[str, ...] = ()
    meeting: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchPart:
    """What one branch has to tell."""

    name: str
    url: str
    sections: tuple[Section, ...] = ()
    week: Week | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to tell."""
        return not self.sections and self.week is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A branch that the national office may want to call, with the reason."""

    name: str
    url: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """Branches under one heading; ``more`` is empty or says how many stand at ``url`` alone."""

    title: str
    branches: tuple[Call, ...]
    url: str
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalPart:
    """Where the country stands, on Mondays; ``turned``: so many turned late or silent since."""

    url: str
    turned: int = 0
    counts: tuple[str, ...] = ()
    calls: tuple[Calls, ...] = ()
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StopLink:
    """What one click stops."""

    words: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """The end of every mail: why it came, and how it stops."""

    why: tuple[str, ...]
    stops: tuple[StopLink, ...]
    preferences: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestContent:
    """The daily mail of one person."""

    hello: str
    opening: str
    branches: tuple[BranchPart, ...]
    national: NationalPart | None
    ending: Ending
    several: bool
    has_calendar: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A name and what belongs to it: ``when``, ``where``."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail about one thing.

    Attributes:
        hello: the greeting.
        opening: what happened, in a sentence or two.
        facts: when, where, who.
        paragraphs: what helps; each keeps its line breaks.
        button, url: what to do in one tap, and where.
        has_calendar: whether a calendar file goes with it.
    """

    subject: str
    hello: str
    opening: str
    button: str
    url: str
    ending: Ending
    facts: tuple[Fact, ...] = ()
    paragraphs: tuple[str, ...] = ()
    has_calendar: bool = False


def shown(text: str) -> str:
    """Return a name or title as a mail shows it: one line, nothing that turns writing around."""
    return characters.shown(text, many_lines=False)


def shown_lines(text: str) -> str:
    """Return a text of several lines as a mail shows it."""
    return characters.shown(text)


def joined(pieces: Iterable[str], *, by: str = " · ") -> str:
    """Join what is not empty."""
    return by.join(piece for piece in pieces if piece)
